"""Stretches of a text that are no prose: addresses, code between fences or back quotes, front matter."""

from __future__ import annotations

import re
from bisect import bisect_right

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)”》“《（]+")
_CODE = re.compile(r"`[^`\n]+`")
_FENCE = re.compile(r"(?m)^ {0,3}(```+|~~~+)[^\n]*$")
_FRONT = re.compile(r"---\r?\n(?=[A-Za-z_]+:)")
_FRONT_END = re.compile(r"(?m)^(?:---|\.\.\.)\s*$")


class Protection:
    """Finds them in the pieces of a text, one after the other: a fence that is open at the end of one goes on in the next."""

    def __init__(self) -> None:
        self._fence = ""
        self._in_front = False
        self._first = True

    def spans(self, text: str) -> Spans:
        """Return the stretches of the next piece."""
        found: list[tuple[int, int]] = []
        at = self._skip_front(text)
        if at:
            found.append((0, at))
        opened = at
        for mark in _FENCE.finditer(text, at) if "```" in text or "~~~" in text else ():
            if not self._fence:
                self._fence, opened = mark[1], mark.start()
            elif mark[1].startswith(self._fence):
                found.append((opened, mark.end()))
                self._fence = ""
        if self._fence:
            found.append((opened, len(text)))
        if "`" in text:
            found += [code.span() for code in _CODE.finditer(text, at)]
        if "www." in text or "://" in text:
            found += [address.span() for address in _ADDRESS.finditer(text, at)]
        return Spans(found)

    def _skip_front(self, text: str) -> int:
        """Return where the prose begins behind front matter."""
        opening = _FRONT.match(text) if self._first else None
        self._first = False
        if opening:
            self._in_front = True
        if not self._in_front:
            return 0
        closing = _FRONT_END.search(text, opening.end() if opening else 0)
        self._in_front = closing is None
        return closing.end() if closing else len(text)


class Spans:
    """Stretches of a text, asked whether another touches one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of the stretches and that from `start` to `end` have a character in common."""
        at = bisect_right(self._ends, start)
        return at < len(self._ends) and self._starts[at] < end
