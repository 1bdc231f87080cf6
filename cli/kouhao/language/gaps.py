"""Stretches that are left out of a text before it is searched, and the way back. Part of the start-up path of a scan."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import AnyStr


class Gaps:
    """Stretches (start, end) of a text that are left out, in order; in characters, or in bytes where the text is bytes.

    `places` are the offsets at which they stood, in what is left.
    """

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._stretches = stretches
        self._left_out = [0, *accumulate(end - start for start, end in stretches)]
        self.places = [start - before for (start, _), before in zip(stretches, self._left_out, strict=False)]

    def without(self, text: AnyStr) -> AnyStr:
        """Return what is left of the text."""
        if not self._stretches:
            return text
        edges = [0, *(edge for stretch in self._stretches for edge in stretch), len(text)]
        return text[:0].join([text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)])

    def origin(self, offset: int) -> int:
        """Return the offset in the text of what stands at an offset in what is left."""
        return offset + self._left_out[bisect_right(self.places, offset)]

    def origin_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that a stretch of what is left comes from."""
        if end <= start:
            return self.origin(start), self.origin(start)
        return self.origin(start), self.origin(end - 1) + 1
