"""`kouhao lsp` and `kouhao serve`: what answers an editor, on standard input and output, or a browser on this machine."""

from __future__ import annotations

import os
import sys

from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import open_glossaries, own_glossaries
from kouhao.errors import KouhaoError, io_reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.cache import Builtin


def serve_editor(*, paths: list[str], builtin: Builtin) -> int:
    """Serve one editor until it goes."""
    import logging  # noqa: PLC0415  each server has libraries of its own

    try:
        from kouhao.lsp import make_server  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        hint = "请运行 pipx inject kouhao pygls；不用 pipx 的，运行 pip install pygls。"
        raise KouhaoError("E_EXTRA", f"编辑器支持要另外安装（缺 {error.name}）", hint=hint) from error
    logging.getLogger("pygls").addHandler(logging.NullHandler())  # it logs tracebacks of what the editor hears anyway
    make_server([*own_glossaries(), *paths], builtin=builtin).start_io()
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  the server has closed the real one
    return terminal.OK


def serve_page(*, port: int, open: bool, paths: list[str], builtin: Builtin) -> int:  # noqa: A002  the option's name
    """Serve the page until it is interrupted."""
    import webbrowser  # noqa: PLC0415  likewise

    from kouhao.serve.server import PageServer  # noqa: PLC0415  likewise

    with open_glossaries(paths, builtin=builtin) as lookup, open_glossaries(paths, builtin=builtin) as checked:
        try:
            server = PageServer(lookup, checked, port)
        except OSError as error:
            message = f"端口 {port} 用不了（{io_reason(error)}）"
            raise KouhaoError("E_IO", message, hint="请换一个 --port，或不写。") from error
        with server:
            terminal.write(f"{server.address}\n")
            sys.stdout.flush()
            terminal.tell("在浏览器里打开这个地址；按 Ctrl+C 结束。只有这台电脑能用。")
            if open:
                webbrowser.open(server.address)
            server.serve_forever()
    return terminal.OK
