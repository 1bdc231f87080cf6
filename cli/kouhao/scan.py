"""List the occurrences of slogans in texts of any length, with their places. Part of the start-up path of a scan."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import deque
from itertools import chain, islice

from kouhao.automaton import Automaton, compile_texts
from kouhao.matching import count_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from kouhao.matching import Matcher, Occurrence

_SEPARATORS = Automaton(compile_texts("\u2028\u2029"))


class Sighting:
    """An occurrence with its line and column, from 1, the column in characters."""

    __slots__ = ("column", "line", "occurrence")

    def __init__(self, occurrence: Occurrence, line: int, column: int) -> None:
        self.occurrence = occurrence
        self.line = line
        self.column = column


def scan(contents: Iterable[bytes], matcher: Matcher) -> Iterator[Sighting]:
    """Yield the occurrences in a text that comes as UTF-8 in pieces of whole lines.

    Lines end at LF, CR, CR LF, U+2028 and U+2029.
    """
    line = 1
    for piece in _read_ahead(contents, matcher):
        at, column = 0, 1
        for found in piece.occurrences:
            passed, begin = piece.lines_between(at, found.start)
            line += passed
            column = count_characters(piece.content, begin, found.start) + (1 if passed else column)
            at = found.start
            yield Sighting(found, line, column)
        line += piece.lines_between(at, len(piece.content))[0]


class _Piece:
    """What a piece holds: its occurrences, and its line ends where some are rare ones."""

    def __init__(self, content: bytes, matcher: Matcher) -> None:
        self.content = content
        self.occurrences = matcher.find_in_bytes(content)
        self._rare: list[int] = []
        if b"\r" in content or _SEPARATORS.find(content):
            import re  # noqa: PLC0415  such texts are rare

            line_end = re.compile("\r\n|[\n\r]|\u2028|\u2029".encode())
            self._rare = [found.end() for found in line_end.finditer(content)]

    def lines_between(self, start: int, end: int) -> tuple[int, int]:
        """Return the number of line ends in a stretch, and where its last line begins, or `start` where there is none."""
        if not self._rare:
            passed = self.content.count(b"\n", start, end)
            return passed, self.content.rfind(b"\n", start, end) + 1 if passed else start
        first, last = bisect_right(self._rare, start), bisect_right(self._rare, end)
        return last - first, self._rare[last - 1] if last > first else start


def _read_ahead(contents: Iterable[bytes], matcher: Matcher) -> Iterator[_Piece]:
    """Yield the pieces in order while threads read the next ones: the automaton runs outside the interpreter's lock."""
    pieces = iter(contents)
    for content in islice(pieces, 1):
        yield _Piece(content, matcher)
    second = list(islice(pieces, 1))
    if not second:
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  most texts are one piece

    threads = os.cpu_count() or 1
    ahead: deque[Future[_Piece]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for content in chain(second, pieces):
            ahead.append(pool.submit(_Piece, content, matcher))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
