"""Where the words of running text part, by the likeliest way to read it as words of the general dictionary."""

from __future__ import annotations

import re
from math import log

from kouhao.language.background import word_frequency

_MARK = re.compile("[^\u4e00-\u9fff]")
_REACH = 24  # characters on each side that are read with a place
_LONGEST_CLAUSE = 48  # characters of a clause that is read whole
_LONGEST = 6  # characters of a word of the general dictionary
_ALL = log(6e7)
_UNKNOWN = 20.0
"""The cost of a character that is no word, in nats; a word costs the logarithm of how seldom it is."""


class WordCuts:
    """The costs of parting one running text at its offsets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, float] = {}

    def cost(self, at: int) -> float:
        """Return how much less likely the text is read when its words part at an offset, in nats."""
        if at not in self._known:
            start, end = self._clause(at)
            if end - start > _LONGEST_CLAUSE:
                start, end = max(start, at - _REACH), min(end, at + _REACH)
                self._known[at] = cut_costs(self._text[start:end])[at - start]
            else:
                self._known.update(enumerate(cut_costs(self._text[start:end]), start))
        return self._known[at]

    def _clause(self, at: int) -> tuple[int, int]:
        """Return the range between the marks around an offset; of a long clause what is near."""
        low = max(0, at - _LONGEST_CLAUSE)
        start = max((mark.end() for mark in _MARK.finditer(self._text, low, at)), default=low)
        mark = _MARK.search(self._text, at, at + _LONGEST_CLAUSE + 1)
        return start, mark.start() if mark else min(len(self._text), at + _LONGEST_CLAUSE + 1)


def cut_costs(clause: str) -> list[float]:
    """Return for each offset of a clause, its end included, how much less likely it is read when its words part there, in nats."""
    size = len(clause)
    forward = [0.0, *[1e9] * size]
    words: list[tuple[int, int, float]] = []
    for end in range(1, size + 1):
        for start in range(max(0, end - _LONGEST), end):
            frequency = word_frequency(clause[start:end])
            if frequency or end - start == 1:
                cost = _ALL - log(frequency) if frequency else _UNKNOWN
                words.append((start, end, cost))
                forward[end] = min(forward[end], forward[start] + cost)
    backward = [*[1e9] * size, 0.0]
    for start, end, cost in reversed(words):
        backward[start] = min(backward[start], cost + backward[end])
    return [there + back - forward[size] for there, back in zip(forward, backward, strict=True)]
