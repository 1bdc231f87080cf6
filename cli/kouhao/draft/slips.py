"""Stretches of a text that are nearly a known slogan: one character off, or its counted groups in another order.

A slogan with one slip still has one of its halves (W. Burkhard and R. Keller's partition of a pattern into k+1 pieces), so the
halves are looked for, and what stands beside each is held against the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kouhao.automaton import Automaton, compile_texts
from kouhao.matching import Spelling, count_characters
from kouhao.numerals import count_groups
from kouhao.text import NUMERALS, fold, is_han, widen

_SHORTEST = 4
_SHORTEST_SLIP = 5
_MOST_ALIKE = 64
_LINKS = frozenset("的和与及或、，")
_MEASURES = frozenset("个大项类种条张次方面位级")


class Slip(NamedTuple):
    """A stretch that is nearly the term of `spelling`."""

    start: int
    end: int
    spelling: Spelling


class _Piece(NamedTuple):
    spelling: Spelling
    offset: int
    whole: bool


class SlipFinder:
    """Looks for near forms of the same terms in any number of squeezed texts, whose marks are wide."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        pieces: defaultdict[str, list[_Piece]] = defaultdict(list)
        own = [spelling for spelling in spellings if spelling.own and spelling.text == widen(spelling.text)]
        known = {spelling.text for spelling in own}
        for spelling in own:
            term = spelling.text
            if len(term) >= _SHORTEST and sum(map(is_han, term)) >= _SHORTEST:
                middle = len(term) // 2
                pieces[term[:middle]].append(_Piece(spelling, 0, whole=False))
                pieces[term[middle:]].append(_Piece(spelling, middle, whole=False))
            for other in _reordered(term):
                if other not in known:
                    pieces[other].append(_Piece(spelling, 0, whole=True))
        self._pieces = {text: several for text, several in pieces.items() if len(several) <= _MOST_ALIKE}
        self._automaton = Automaton(compile_texts(self._pieces))

    def find(self, text: str) -> Iterator[Slip]:
        """Yield the near forms in a text, each stretch once for each term."""
        content = text.encode("utf-8", "surrogatepass")
        at = characters = 0
        seen: set[Slip] = set()
        for start, end in sorted(self._automaton.find(content)):
            characters += count_characters(content, at, start)
            at = start
            half = content[start:end].decode()
            for piece in self._pieces[half]:
                slip = _slip_at(text, characters, len(half), piece)
                if slip is not None and slip not in seen:
                    seen.add(slip)
                    yield slip


def _reordered(term: str) -> Iterator[str]:
    """Yield a term of two counted groups with these exchanged: 三同步三进."""
    groups = count_groups(term)
    if len(groups) == 2 and groups[0].name + groups[1].name == term:  # noqa: PLR2004  a pair
        yield groups[1].name + groups[0].name


def _slip_at(text: str, start: int, size: int, piece: _Piece) -> Slip | None:
    if piece.whole:
        return Slip(start, start + size, piece.spelling)
    term = piece.spelling.text
    if text.startswith(term, max(0, start - piece.offset)):
        return None
    best: tuple[int, int, Slip] | None = None
    for length in (len(term), len(term) - 1, len(term) + 1):
        begin = start if piece.offset == 0 else start + size - length
        window = text[max(0, begin) : begin + length]
        if begin < 0 or len(window) < length or not _is_slip(window, term):
            continue
        distance = OSA.distance(window, term)
        if best is None or distance < best[0]:
            best = distance, length, Slip(begin, begin + length, piece.spelling)
    return best[2] if best else None


def _is_slip(window: str, term: str) -> bool:
    """Tell whether a text is one slip away from a term, one that cannot be told by a cut at its edge."""
    if window == term or not all(is_han(mark) or mark in term for mark in window):
        return False
    if _numerals(window) != _numerals(term):
        return False
    if len(window) == len(term):
        if any({one, other} <= _MEASURES for one, other in zip(window, term, strict=True) if one != other):
            return False
        return OSA.distance(window, term, score_cutoff=2) <= 2  # noqa: PLR2004  two wrong characters, judged by their sound
    if len(term) < _SHORTEST_SLIP or window[0] != term[0] or window[-1] != term[-1]:
        return False
    added = set(window) - set(term)
    return OSA.distance(window, term, score_cutoff=1) == 1 and not added & _LINKS


@lru_cache(maxsize=4096)
def _numerals(text: str) -> list[str]:
    return [mark for mark in fold(text) if mark in NUMERALS]
