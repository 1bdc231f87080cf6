"""A document's text without what only lays it out: wrapped lines joined, spaces dropped, marks and quotes of one kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from kouhao.language.normalize import widen

_SPACE = "[ \t\u3000]+"
_WRAP = "(?<=[^\\s。！？；：.!?;:])(?:\r\n|[\n\r\u2028\u2029])"
_BETWEEN_WIDE = re.compile(rf"(?<=[^\x00-\x7f\s])(?:{_SPACE})(?=[^\x00-\x7f\s])")
_BETWEEN_WIDE_OR_WRAPPED = re.compile(
    rf"(?<=[^\x00-\x7f\s])(?:{_SPACE}|{_WRAP})(?=[^\x00-\x7f\s])|{_WRAP}(?=[^\x00-\x7f\s])"
)


_CORNERS = str.maketrans("「」", "“”")


class SqueezedText:
    """The squeezed text of a document, and the way back to its offsets."""

    def __init__(self, text: str, *, wrapped: bool) -> None:
        """Squeeze `text`; with `wrapped` a line end inside a sentence is layout, else it ends a paragraph."""
        wide = widen(text).translate(_CORNERS)
        pattern = _BETWEEN_WIDE_OR_WRAPPED if wrapped else _BETWEEN_WIDE
        cuts = [found.span() for found in pattern.finditer(wide)]
        kept = [0, *(end for _, end in cuts)]
        self.text = "".join(
            wide[start:end] for start, end in zip(kept, [*(start for start, _ in cuts), len(wide)], strict=True)
        )
        self._dropped = [0, *accumulate(end - start for start, end in cuts)]
        self._places = [start - dropped for (start, _), dropped in zip(cuts, self._dropped, strict=False)]

    def origin(self, offset: int) -> int:
        """Return the offset in the document of a character of the squeezed text."""
        return offset + self._dropped[bisect_right(self._places, offset)]

    def origin_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the document that a stretch of the squeezed text comes from."""
        return (
            (self.origin(start), self.origin(end - 1) + 1) if end > start else (self.origin(start), self.origin(start))
        )
