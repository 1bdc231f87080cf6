"""`kouhao lsp`: a language server for editors, on standard input and output."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from kouhao.commands import terminal
from kouhao.commands.glossaries import own_glossaries
from kouhao.errors import KouhaoError


def serve_editor(*, paths: list[str], builtin: bool | Sequence[str]) -> int:
    """Serve one editor until it goes."""
    try:
        from kouhao.lsp import make_server  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        hint = "请运行 pipx inject kouhao pygls；不用 pipx 的，运行 pip install pygls。"
        raise KouhaoError("E_EXTRA", f"编辑器支持要另外安装（缺 {error.name}）", hint=hint) from error
    logging.getLogger("pygls").addHandler(logging.NullHandler())  # it logs tracebacks of what the editor hears anyway
    make_server([*own_glossaries(), *paths], builtin=builtin).start_io()
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  the server has closed the real one
    return terminal.OK
