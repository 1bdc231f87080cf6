"""A document as the rest of kouhao sees it: decoded text, and the place of every offset in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kouhao.documents.skip_ranges import Protection, Spans

_LINE_END = "\r\n|[\n\r\u2028\u2029]"
_ESCAPES = {
    "md": str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#&~|"}),
    "html-source": str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"}),
}
"""What of a text would be markup, by the kind of the document that it is written into."""

Content = tuple[list[tuple[str, str]], tuple[str, ...]]
"""Labels, which say where a person finds a paragraph, and texts; then what of the document was not read."""


def numbered(texts: Iterable[str], label: str = "") -> list[tuple[str, str]]:
    """Return the texts that are not blank, with labels that count them: 第 3 段."""
    return [(f"{label}第 {number} 段", text) for number, text in enumerate(filter(str.strip, texts), 1)]


def joined(contents: Iterable[Content]) -> Content:
    """Return what several parts of a document hold as one."""
    found = list(contents)
    return [one for paragraphs, _ in found for one in paragraphs], tuple(one for _, unread in found for one in unread)


def split_lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, which are those that places are counted by."""
    ends = [0, *(end.end() for end in re.finditer(_LINE_END, text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def written_in(kind: str, text: str) -> str:
    """Return a text as one line that a document of this kind shows as it is: nothing in it is markup there."""
    text = " ".join(text.split()) if any(mark in text for mark in "\t\n\r\u2028\u2029") else text
    return text.translate(_ESCAPES.get(kind, {}))


class LineColumn(NamedTuple):
    """A line and a column, both from 1, the column in characters."""

    line: int
    column: int


class Origins:
    """Where the characters of an extracted text stand in its source: both offsets of every stretch that was copied."""

    def __init__(self, starts: list[int], origins: list[int]) -> None:
        self._starts = starts
        self._origins = origins

    def find(self, offset: int) -> int:
        """Return the offset in the source."""
        at = bisect_right(self._starts, offset) - 1
        return self._origins[at] + offset - self._starts[at] if at >= 0 else offset


class Document:
    """A decoded document.

    `text` has no byte order mark; a line ends at LF, CR, CR LF, U+2028 or U+2029. `kind` is txt, md, html, docx, pdf, …. Of all
    but the first two the text is extracted, a line a paragraph: `labels` says where a person finds one in a document without
    lines (第 3 段); of a page, `source` and `origins` give every character its place in the file. `notes` say in Chinese what a
    person should know of the file, `unread` what of it was not read.
    """

    def __init__(
        self,
        path: str,
        text: str,
        encoding: str,
        kind: str = "txt",
        *,
        labels: tuple[str, ...] = (),
        source: str = "",
        origins: Origins | None = None,
        notes: tuple[str, ...] = (),
        unread: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.kind = kind
        self.labels = labels
        self.source = source
        self.origins = origins
        self.notes = notes
        self.unread = unread

    @property
    def is_plain(self) -> bool:
        """Whether the file holds the text as it is, so that an edit of the one is an edit of the other."""
        return self.kind in {"txt", "md"}

    @property
    def _lines(self) -> str:
        """The text whose lines are counted."""
        return self.source if self.origins else self.text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(_LINE_END, self._lines))]

    def locate(self, offset: int) -> LineColumn:
        """Return the place of a character."""
        offset = self.origin(offset)
        line = bisect_right(self._starts, offset)
        return LineColumn(line, offset - self._starts[line - 1] + 1)

    def origin(self, offset: int) -> int:
        """Return where a character of the text stands in the text that has the lines."""
        return self.origins.find(offset) if self.origins else offset

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place."""
        return self._starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        return self.behind(number, 1, len(self._lines))

    def before(self, line: int, column: int, most: int) -> str:
        """Return what stands in front of a place in its line, the last `most` characters of it."""
        at = self.offset(line, column)
        return self._lines[max(self._starts[line - 1], at - most) : at]

    def behind(self, line: int, column: int, most: int) -> str:
        """Return what stands from a place on in its line, the first `most` characters of it."""
        at = self.offset(line, column)
        end = self._starts[line] if line < len(self._starts) else len(self._lines)
        return self._lines[at : min(end, at + most)].rstrip("\r\n\u2028\u2029")

    def label(self, offset: int) -> str:
        """Return where a person finds a character in a document that has no lines, or an empty text."""
        line = self.locate(offset).line
        return self.labels[line - 1] if line <= len(self.labels) else ""

    @cached_property
    def protected(self) -> Spans:
        """The stretches that are no prose."""
        return Protection().spans(self.text)
