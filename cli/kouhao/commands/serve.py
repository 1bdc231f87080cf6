"""`kouhao serve`: a page in the browser, for this machine alone."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence

from kouhao.commands import terminal
from kouhao.commands.glossaries import open_glossaries
from kouhao.errors import KouhaoError, io_reason
from kouhao.serve.server import PageServer


def serve_page(*, port: int, open: bool, paths: list[str], builtin: bool | Sequence[str]) -> int:  # noqa: A002  the option's name
    """Serve the page until it is interrupted."""
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
