"""Counts of character n-grams in official prose: where a word is likely to begin and to end.

`ngrams.bin` holds them, made by `fit/harvest.py`; see there for the texts. Its layout, little-endian: the numbers of single
characters, pairs and triples (3 x uint32); for each kind the sorted keys (UTF-16 code units; a pair as one uint32, a triple as one
uint64) and then one byte of logarithm per count, `round(SCALE * log(1 + count))`.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path

SCALE = 16
"""Steps of a stored logarithm in a unit of the natural logarithm."""

PAIR_COUNTS = 5
"""Counts of a pair: all, behind a mark, before a mark, behind an opening quote, before an opening quote."""

_FILE = Path(__file__).with_name("ngrams.bin")
_NONE = (0.0,) * PAIR_COUNTS


class NGrams:
    """The counts, as natural logarithms of one more than the count; what is not held counts nothing."""

    def __init__(self, data: bytes) -> None:
        singles, pairs, triples = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4, 8))
        at = 12
        self._pairs, at = _keys("I", pairs, data, at)
        self._pair_counts, at = data[at : at + PAIR_COUNTS * pairs], at + PAIR_COUNTS * pairs
        self._triples, at = _keys("Q", triples, data, at)
        self._triple_counts, at = data[at : at + triples], at + triples
        characters, at = _keys("I", singles, data, at)
        counts = data[at : at + singles]
        self._singles = {chr(code): count / SCALE for code, count in zip(characters, counts, strict=True)}
        self._known_pairs: dict[str, tuple[float, ...]] = {}
        self._known_triples: dict[str, float] = {}

    def single(self, character: str) -> float:
        """Return how often a character stands in the texts."""
        return self._singles.get(character, 0.0)

    def pair(self, pair: str) -> tuple[float, ...]:
        """Return the five counts of two characters, as `PAIR_COUNTS` names them."""
        known = self._known_pairs.get(pair)
        if known is None:
            known = self._known_pairs[pair] = self._look_up_pair(pair)
        return known

    def triple(self, triple: str) -> float:
        """Return how often three characters stand side by side."""
        known = self._known_triples.get(triple)
        if known is None:
            known = self._known_triples[triple] = self._look_up_triple(triple)
        return known

    def _look_up_pair(self, pair: str) -> tuple[float, ...]:
        if len(pair) != 2 or max(pair) > "\uffff":  # noqa: PLR2004  a pair
            return _NONE
        at = _find(self._pairs, ord(pair[0]) << 16 | ord(pair[1]))
        counts = self._pair_counts[at * PAIR_COUNTS : (at + 1) * PAIR_COUNTS] if at >= 0 else b""
        return tuple(count / SCALE for count in counts) or _NONE

    def _look_up_triple(self, triple: str) -> float:
        if len(triple) != 3 or max(triple) > "\uffff":  # noqa: PLR2004  a triple
            return 0.0
        at = _find(self._triples, ord(triple[0]) << 32 | ord(triple[1]) << 16 | ord(triple[2]))
        return self._triple_counts[at] / SCALE if at >= 0 else 0.0


@cache
def ngrams() -> NGrams:
    """Return the counts that are installed with the package."""
    return NGrams(_FILE.read_bytes())


def _keys(kind: str, number: int, data: bytes, at: int) -> tuple[array[int], int]:
    keys: array[int] = array(kind)
    end = at + number * keys.itemsize
    keys.frombytes(data[at:end])
    if sys.byteorder == "big":
        keys.byteswap()
    return keys, end


def _find(keys: array[int], key: int) -> int:
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else -1
