"""Stretches of a text that are nearly a known slogan: one character off, or its counted groups in another order.

A slogan with one slip still has one of its halves, so the halves are looked for (`kouhao.index.halves`), and what stands beside
each is held against the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kouhao.index.matcher import Spelling, count_characters
from kouhao.index.patterns import Vocabulary
from kouhao.language.normalize import NUMERALS, fold, is_han

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


class SlipFinder:
    """Looks for near forms of the terms of a vocabulary in any number of squeezed texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._automata = vocabulary.halves()
        self._vocabulary = vocabulary
        self._known: dict[str, list[tuple[Spelling, int]]] = {}

    def find(self, text: str) -> Iterable[Slip]:
        """Return the near forms in a text, each stretch once for each entry."""
        content = text.encode("utf-8", "surrogatepass")
        at = characters = 0
        found: dict[tuple[int, int, int, int], Slip] = {}
        for start, end in sorted(
            {(start, end) for automaton in self._automata for start, end, _ in automaton.find(content)}
        ):
            characters += count_characters(content, at, start)
            at = start
            half = content[start:end].decode()
            for term, offset in self._terms(half):
                slip = _slip_at(text, characters, half, term, offset)
                if slip is not None:
                    found.setdefault((slip.start, slip.end, term.pack, term.number), slip)
        return found.values()

    def _terms(self, half: str) -> list[tuple[Spelling, int]]:
        if half not in self._known:
            self._known[half] = self._vocabulary.halved(half, _MOST_ALIKE)
        return self._known[half]


def _slip_at(text: str, start: int, half: str, spelling: Spelling, offset: int) -> Slip | None:
    """Return the near form of a term around one of its halves; offset -1 is the term itself with its groups exchanged."""
    if offset < 0:
        return Slip(start, start + len(half), spelling)
    term = spelling.text
    if text.startswith(term, max(0, start - offset)):
        return None
    best: tuple[int, int, Slip] | None = None
    for length in (len(term), len(term) - 1, len(term) + 1):
        begin = start if offset == 0 else start + len(half) - length
        window = text[max(0, begin) : begin + length]
        if begin < 0 or len(window) < length or not _is_slip(window, term):
            continue
        distance = OSA.distance(window, term)
        if best is None or distance < best[0]:
            best = distance, length, Slip(begin, begin + length, spelling)
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
