"""A document as running text: full-width marks, no white space between Chinese characters, no emphasis, wrapped lines joined.

What is found in it is told in the document's own characters: `origin_span` leads back.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kouhao.language.gaps import Gaps
from kouhao.language.lexicon import CURVED
from kouhao.language.normalize import widen

_DROPPED = re.compile(
    r"(?m)\*+|~~|^#{1,6}(?=[ \t])|</?(?:b|strong|em|i|u|span|font|mark)(?:\s[^<>\n]*)?>|\n(?=[^\S\n]*\n)"
    r"|(?<![A-Za-z0-9])[ \t\u3000\xa0\r]+|[ \t\u3000\xa0\r]+(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""White space, and marks of emphasis and headings in Markdown and HTML: none of them is a part of the words."""
_LIST_MARK = re.compile(r"(?m)^([^\S\n]*)[*+](?=[ \t])")
_CELL = re.compile(r"(?<=\S)\t(?=\S)")  # what parts the cells of a row
_QUOTES = CURVED | {ord("＂"): '"'}
_STOPS = "。！？；：…”）"
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 15, 60  # characters of a line that its page's width broke
_FEWEST_WRAPPED = 3  # lines of the width: one line of a table or a list is no page
_ALIKE = 0.75  # of the width: a line that is nearly full
_MANY = 0.5  # of the lines: then it is the width that breaks them


class RunningText(Gaps):
    """The running text of a document; offsets are characters."""

    def __init__(self, document: str) -> None:
        self.document = document
        listed = _LIST_MARK.sub(r"\1-", document)
        wide = _CELL.sub("|", widen(listed.translate(_QUOTES)))
        super().__init__(_dropped(wide, _wrapped_width(wide)))
        self.text = self.without(wide)

    def verbatim(self, start: int, end: int) -> str:
        """Return the document's own characters from `start` to `end`, without what is none of the text's."""
        first, last = self.origin_span(start, end)
        raw = self.document[first:last]
        return raw if len(raw) == end - start else "".join(_DROPPED.sub("", raw).split("\n"))


def _dropped(wide: str, wrapped: int) -> list[tuple[int, int]]:
    spans = [found.span() for found in _DROPPED.finditer(wide)]
    if wrapped:
        spans += _soft_breaks(wide, wrapped)
    return sorted(spans)


def _wrapped_width(wide: str) -> int:
    """Return the width at which the lines of a document are wrapped, or 0 where a line is a paragraph."""
    lengths = sorted(len(line) for line in wide.split("\n") if len(line) >= _SHORTEST_WRAPPED)
    if not lengths:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    near = sum(_ALIKE * width <= length <= width * 1.1 for length in lengths)
    is_page = near >= _FEWEST_WRAPPED and near > _MANY * len(lengths)
    return width if is_page and width <= _LONGEST_WRAPPED else 0


def _soft_breaks(wide: str, width: int) -> list[tuple[int, int]]:
    breaks: list[tuple[int, int]] = []
    at = 0
    lines = wide.split("\n")
    for line, following in pairwise(lines):
        at += len(line)
        text = line.rstrip()
        if len(line) >= _ALIKE * width and text and text[-1] not in _STOPS and following.strip():
            breaks.append((at, at + 1))
        at += 1
    return breaks
