"""Paths → the documents that they name, and their open files; anything that is no document as one typed error.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os

from kouhao.errors import KouhaoError
from kouhao.files import io_error, refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
