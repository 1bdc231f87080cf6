"""Where the words of running text part, by the likeliest way to read it as words of the general dictionary."""

from __future__ import annotations

import re
from math import log

from kouhao.language.background import word_frequency

_MARK = re.compile("[^\u4e00-\u9fff]")
_REACH = 24  # characters on each side that are read with a place
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
            text, low = self._text, max(0, at - _REACH)
            start = max((mark.end() for mark in _MARK.finditer(text, low, at)), default=low)
            mark = _MARK.search(text, at, at + _REACH)
            end = mark.start() if mark else min(len(text), at + _REACH)
            self._known[at] = cut_costs(text[start:end])[at - start]
        return self._known[at]


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
