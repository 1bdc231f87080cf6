"""List the occurrences of slogans in texts of any length, with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from kouhao.matching import Matcher, Occurrence, count_characters

_RARE_LINE_ENDS = BytesAhoCorasick(
    [b"\r\n", *(mark.encode() for mark in "\n\r\u2028\u2029")], MatchKind.LeftmostLongest
)


class Sighting(NamedTuple):
    """An occurrence with its line and column, from 1, the column in characters."""

    occurrence: Occurrence
    line: int
    column: int


def scan(contents: Iterable[bytes], matcher: Matcher) -> Iterator[Sighting]:
    """Yield the occurrences in a text that comes as UTF-8 in pieces of whole lines.

    Lines end at LF, CR, CR LF, U+2028 and U+2029.
    """
    line = 1
    for content in contents:
        lines = _Lines(content)
        at, column = 0, 1
        for found in matcher.find_in_bytes(content):
            passed, begin = lines.between(at, found.start)
            line += passed
            column = count_characters(content, begin, found.start) + (1 if passed else column)
            at = found.start
            yield Sighting(found, line, column)
        line += lines.between(at, len(content))[0]


class _Lines:
    """Counts the line ends of a piece."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        rare = b"\r" in content or "\u2028".encode() in content or "\u2029".encode() in content
        found = _RARE_LINE_ENDS.find_matches_as_indexes(content) if rare else []
        self._ends = [end for _, _, end in found]
        self._plain = not rare

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the number of line ends in a stretch, and where its last line begins, or `start` where there is none."""
        if self._plain:
            passed = self._content.count(b"\n", start, end)
            return passed, self._content.rfind(b"\n", start, end) + 1 if passed else start
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end)
        return last - first, self._ends[last - 1] if last > first else start
