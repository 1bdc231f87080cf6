"""Where the words of running text part, by the likeliest way to read it as words of the general dictionary."""

from __future__ import annotations

import re

from kouhao.language.word_boundary import cut_costs

_MARK = re.compile("[^\u4e00-\u9fff]")
_REACH = 24  # characters on each side that are read with a place
_LONGEST_CLAUSE = 48  # characters of a clause that is read whole


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
