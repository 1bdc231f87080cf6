"""A document as the rest of kouhao sees it: decoded text, and the place of every offset in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)”》]+")
_CODE = re.compile(r"(?ms)^(```|~~~).*?(?:^\1[^\n]*$|\Z)|`[^`\n]+`")
_FRONT = re.compile(r"\A---\r?\n.*?^---\s*$", re.MULTILINE | re.DOTALL)


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
    def protected(self) -> tuple[tuple[int, int], ...]:
        """The stretches that are no prose: addresses, and in Markdown code and front matter."""
        patterns = (_ADDRESS, _CODE, _FRONT) if self.kind == "md" else (_ADDRESS,)
        return tuple(sorted(found.span() for pattern in patterns for found in pattern.finditer(self.text)))

    def is_protected(self, start: int, end: int) -> bool:
        """Tell whether a stretch touches one that is no prose."""
        at = bisect_right(self.protected, (end, 0))
        return any(left < end and start < right for left, right in self.protected[max(0, at - 2) : at + 1])
