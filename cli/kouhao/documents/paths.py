"""Paths → the documents that they name, and their open files; anything that is no document as one typed error.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os
import stat
import sys

from kouhao.errors import KouhaoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".odt")
PACKAGES = (".html", ".htm", ".docx", ".odt")
"""Formats whose text is inside something else: they are read whole."""


def collect_documents(paths: Iterable[str], skip: Callable[[str], None]) -> Iterator[str | KouhaoError]:
    """Yield the documents that `paths` name, folders searched to the bottom in sorted order; `-` is standard input.

    What cannot be read is yielded as the error that says so, so that the others are still read. `skip` is told what in a
    folder is no file (a pipe, a device, a link to nothing); other kinds of files are passed over.
    """
    for path in paths:
        if path == "-":
            yield path
        elif os.path.isdir(path):  # noqa: PTH112  pathlib would cost a tenth of the start
            yield from _documents_in(path, skip)
        else:
            yield refusal(path) or path


def _documents_in(folder: str, skip: Callable[[str], None]) -> Iterator[str | KouhaoError]:
    from pathlib import Path  # noqa: PLC0415  for folders only

    refused: list[OSError] = []
    found = [Path(place, name) for place, _, names in os.walk(folder, onerror=refused.append) for name in names]
    for file in sorted(found):
        if not file.is_file():
            skip(str(file))
        elif file.suffix.lower() in SUFFIXES:
            yield str(file)
    yield from (io_error(str(error.filename), error) for error in refused)


class _StandardInput:
    """Standard input as an open file that others find open afterwards."""

    def __enter__(self) -> BinaryIO:
        return sys.stdin.buffer

    def __exit__(self, *_: object) -> None:
        """Leave it open."""


def open_stream(path: str) -> BinaryIO | _StandardInput:
    """Open a document for reading in pieces; `-` is standard input. To be used in a `with` statement.

    Raises KouhaoError E_NOT_FOUND, E_IS_DIR, E_PERMISSION or E_IO.
    """
    if path == "-":
        return _StandardInput()
    refused = refusal(path)
    if refused:
        raise refused
    try:
        return open(path, "rb")  # noqa: PTH123  likewise; whoever asked closes it
    except OSError as error:
        raise io_error(path, error) from error


def refusal(path: str) -> KouhaoError | None:
    """Return the error that says why a path is no document that can be opened, or None."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  likewise
    except FileNotFoundError:
        return KouhaoError("E_NOT_FOUND", "找不到文件", path=path, hint="请检查路径。")
    except (OSError, ValueError) as error:
        return io_error(path, error)
    if stat.S_ISDIR(mode):
        return KouhaoError("E_IS_DIR", "这是文件夹", path=path, hint="请给出其中的文件。")
    if not stat.S_ISREG(mode):
        return KouhaoError("E_IO", "不是普通文件", path=path, hint="请给出文档文件；管道里的内容请用 -。")
    return None


def io_error(path: str, error: OSError | ValueError) -> KouhaoError:
    """Return the typed error of a file that cannot be read."""
    if isinstance(error, PermissionError):
        return KouhaoError("E_PERMISSION", "没有读取的权限", path=path, hint="请检查文件的权限。")
    return KouhaoError("E_IO", f"读取失败（{getattr(error, 'strerror', None) or error}）", path=path)
