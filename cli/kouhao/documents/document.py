"""A document as the rest of kouhao sees it: decoded text, and the place of every offset in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kouhao.documents.protection import Protection, Spans

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")


class Place(NamedTuple):
    """A line and a column, both from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A decoded document.

    `text` has no byte order mark; a line ends at LF, CR, CR LF, U+2028 or U+2029. `kind` is txt, md, html, docx or odt. Of the
    latter three a line is a paragraph, and `labels` says where a person finds it (第 3 段).
    """

    path: str
    text: str
    encoding: str
    kind: str = "txt"
    labels: tuple[str, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def locate(self, offset: int) -> Place:
        """Return the place of a character."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place."""
        return self._starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n\u2028\u2029")

    def label(self, offset: int) -> str:
        """Return where a person finds a character in a document that has no lines, or an empty text."""
        line = self.locate(offset).line
        return self.labels[line - 1] if line <= len(self.labels) else ""

    @cached_property
    def protected(self) -> Spans:
        """The stretches that are no prose."""
        return Protection().spans(self.text)
