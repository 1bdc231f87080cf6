"""Counts of character n-grams in official prose: where a word is likely to begin, to end, and to open a list.

`ngrams.bin` holds them, made by `fit/harvest.py`; see there for the texts. Its layout, little-endian: the numbers of single
characters, pairs and triples (3 x uint32); how often a pair stands behind a mark, before one, behind an opening quote, before one
(4 x float32, shares of all pairs); then for pairs, triples and singles the sorted keys (UTF-16 code units; a pair as one uint32, a
triple as one uint64, a single as one uint32) and the counts of each, a byte a count: `round(16 * log(1 + count))`. Pairs and singles
have five counts: all, and the four places; a triple has one.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from math import exp, log
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple

from kouhao.files import read_file

_FILE = Path(__file__).with_name("ngrams.bin")
_COUNTS = 5  # bytes of an n-gram's counts, as `count_harvest` writes them
_HEAD = 28  # bytes of the file's head, likewise
_UNITS = [count / 16 for count in range(256)]
_WEIGHT = 40.0
"""How many places the average counts for, beside the places that were seen."""


class Habits(NamedTuple):
    """How a pair or a single behaves against the average, in natural logarithms: above 0 is more often than others.

    `total` is the logarithm of one more than its count; `begins` tells of places behind a mark or an opening quote, `ends` of places
    before them, `opens` of places before an opening quote alone.
    """

    total: float
    begins: float
    ends: float
    opens: float


class NGrams:
    """The habits of pairs and single characters, and the counts of triples."""

    def __init__(self, data: bytes) -> None:
        singles, pairs, triples, *self._shares = unpack_from("<3I4f", data)
        self._pairs, at = _keys("I", pairs, data, _HEAD)
        self._pair_counts, at = data[at : at + _COUNTS * pairs], at + _COUNTS * pairs
        self._triples, at = _keys("Q", triples, data, at)
        self._triple_counts, at = data[at : at + triples], at + triples
        self._singles, at = _keys("I", singles, data, at)
        self._single_counts = data[at : at + _COUNTS * singles]
        self._known: dict[str, Habits] = {}
        self._known_triples: dict[str, float] = {}

    def habits(self, characters: str) -> Habits:
        """Return the habits of one or two characters."""
        known = self._known.get(characters)
        if known is None:
            known = self._known[characters] = self._look_up(characters)
        return known

    def triple(self, triple: str) -> float:
        """Return the logarithm of one more than the count of three characters side by side."""
        known = self._known_triples.get(triple)
        if known is None:
            at = _find(self._triples, triple) if len(triple) == 3 else -1  # noqa: PLR2004  a triple
            known = self._known_triples[triple] = _UNITS[self._triple_counts[at]] if at >= 0 else 0.0
        return known

    def bound(self, left: str, right: str) -> float:
        """Return how far two characters belong together: the logarithm of their count over the count by chance."""
        together = self.habits(left + right).total
        by_chance = self.habits(left).total + self.habits(right).total - _ALL
        return max(0.0, together - max(by_chance, 0.0))

    def _look_up(self, characters: str) -> Habits:
        keys, counts = (self._pairs, self._pair_counts) if len(characters) > 1 else (self._singles, self._single_counts)
        at = _find(keys, characters)
        if at < 0:
            return _UNKNOWN
        every, behind, before, quoted, quoting = [
            exp(_UNITS[code]) - 1 for code in counts[at * _COUNTS : (at + 1) * _COUNTS]
        ]
        shares = self._shares
        return Habits(
            log(1 + every),
            _against(max(behind, quoted), every, shares[0]),
            _against(max(before, quoting), every, shares[1]),
            _against(quoting, every, shares[3]),
        )

    def quoted(self, pair: str) -> float:
        """Return how far a pair is at home behind an opening quote, against the average."""
        at = _find(self._pairs, pair) if len(pair) == 2 else -1  # noqa: PLR2004  a pair
        if at < 0:
            return 0.0
        every, _, _, quoted, _ = [
            exp(_UNITS[code]) - 1 for code in self._pair_counts[at * _COUNTS : (at + 1) * _COUNTS]
        ]
        return _against(quoted, every, self._shares[2])


_UNKNOWN = Habits(0.0, 0.0, 0.0, 0.0)
_ALL = 16.4
"""The logarithm of the number of characters counted."""


def _against(seen: float, every: float, share: float) -> float:
    return log((seen + _WEIGHT * share) / (every + _WEIGHT) / share)


@cache
def ngrams() -> NGrams:
    """Return the counts that are installed with the package."""
    return NGrams(read_file(_FILE))


def _keys(kind: str, number: int, data: bytes, at: int) -> tuple[array[int], int]:
    keys: array[int] = array(kind)
    end = at + number * keys.itemsize
    keys.frombytes(data[at:end])
    if sys.byteorder == "big":
        keys.byteswap()
    return keys, end


def _find(keys: array[int], characters: str) -> int:
    key = 0
    for character in characters:
        key = key << 16 | ord(character)
    at = bisect_left(keys, key) if key < 1 << 8 * keys.itemsize else -1
    return at if 0 <= at < len(keys) and keys[at] == key else -1
