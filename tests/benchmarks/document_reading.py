"""How much of a document comes out whole and in place, by kind, and how quickly: one table.

    python -m tests.benchmarks.document_reading

The same sixty paragraphs are written by LibreOffice and Chromium as documents of each kind (what is not on the machine is left
out with a note), and read back. Whole: the share that is exactly one paragraph of the text, white space aside. In place: the share of
those that stand in order. It prints one table and fails nothing.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.documents import writers
from tests.documents.writers import paragraphs

from kouhao.documents.reading import read_document

_TIMES = 3


def main() -> None:
    """Print the table."""
    print(f"{'kind':24}{'whole':>8}{'in place':>10}{'characters/s':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _documents(Path(folder)):
            print(f"{name:24}{_row(path)}", flush=True)


def _documents(folder: Path) -> Iterator[tuple[str, Path]]:
    (folder / "a.ofd").write_bytes(writers.ofd())
    yield "ofd", folder / "a.ofd"
    if shutil.which("soffice"):
        for source, write, kinds in (
            ("text.fodt", writers.flat_text(), ("docx", "odt", "rtf", "doc", "pdf")),
            ("columns.fodt", writers.flat_text(columns=2), ("pdf",)),
            ("slides.fodp", writers.flat_slides(), ("pptx", "ppt", "odp")),
            ("sheet.fods", writers.flat_sheet(), ("xlsx", "xls", "ods")),
        ):
            (folder / source).write_text(write, encoding="utf-8")
            for kind in kinds:
                yield f"{kind}, {source.partition('.')[0]}", writers.convert(folder / source, kind, folder)
    else:
        print("(no LibreOffice)")
    if writers.chromium():
        for columns in (1, 2):
            page = folder / f"page{columns}.html"
            page.write_text(writers.html(columns=columns), encoding="utf-8")
            writers.print_page(page, page.with_suffix(".pdf"))
            yield f"html, {columns} columns", page
            yield f"pdf of it, {columns} columns", page.with_suffix(".pdf")
    else:
        print("(no Chromium)")


def _row(path: Path) -> str:
    quickest = min(_timed(path) for _ in range(_TIMES))
    text = read_document(str(path)).text
    lines = {_squeeze(line): number for number, line in enumerate(text.split("\n"))}
    places = [lines[_squeeze(one)] for one in paragraphs() if _squeeze(one) in lines]
    ordered = sum(first < second for first, second in pairwise(places)) + bool(places)
    return f"{len(places) / writers.COUNT:8.0%}{ordered / max(1, len(places)):10.0%}{len(text) / quickest:14,.0f}"


def _timed(path: Path) -> float:
    begin = time.perf_counter()
    read_document(str(path))
    return time.perf_counter() - begin


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    main()
