"""Lists in running text: cut a stretch into the items that it enumerates, guided by the number that there should be.

Offsets are kept: an item is a span of the text that was given. Marks inside brackets and quotes separate nothing. The text has
full-width marks (`widen`), so that half-width documents are read in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kouhao.language.lexicon import BRACKETS, CONNECTIVES, ITEM_MARKS, QUOTES, SENTENCE_ENDS, TITLES

_PAIRS = BRACKETS | QUOTES | TITLES
_OPENING = frozenset(opening for opening, closing in _PAIRS.items() if opening != closing)
_CLOSING = frozenset(_PAIRS[opening] for opening in _OPENING)
_SPACE = " \t\n\r\u3000"
_ROUNDS = (("；",), ("；", "，"), ("、",), ("；", "，", "、"), ("，",))


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of an item in its text, `end` behind its last character."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the span."""
        return text[self.start : self.end]


def split_items(text: str, start: int, end: int, counts: tuple[int, ...]) -> list[Span]:
    """Return the items of the list that `text[start:end]` is, when their number is one of `counts`; else nothing.

    Tried from the weightiest mark to the lightest, so that 、 inside items separates nothing where ， or ； gives the right
    number; at last 和, 以及 and their like, where one is missing, or where they show a pair (甲、乙关于丙负担和丁负担).
    """
    cuts = separators(text, start, end)
    for count in counts:
        plain: list[list[Span]] = []
        joined: list[list[Span]] = []
        for marks in (*_ROUNDS, ()):
            spans = _between(text, start, end, [cut for cut in cuts if text[cut.start] in marks])
            if len(spans) == count:
                plain.append(spans)
            elif len(spans) == count - 1:
                joined += _with_ands(text, spans)
        way = _best(text, plain, joined)
        if way:
            return way
    return []


def _best(text: str, plain: list[list[Span]], joined: list[list[Span]]) -> list[Span]:
    """Return the way to cut at marks alone, unless one that cuts at a connective gives two items of one pattern instead."""
    alike = [way for way in joined if len(way) == 2 and likeness([span.of(text) for span in way])]  # noqa: PLR2004  a pair
    if plain and not (alike and not likeness([span.of(text) for span in plain[0]])):
        return plain[0]
    return max(alike or joined, key=lambda way: likeness([span.of(text) for span in way]), default=[])


def likeness(items: list[str]) -> int:
    """Return how many characters all items have in common at their beginnings or ends, at most four, one not counting."""
    ending = _shared([item[::-1] for item in items])
    beginning = _shared(items)
    return min(4, max(ending, beginning)) if max(ending, beginning) > 1 else 0


def _shared(items: list[str]) -> int:
    size = 0
    while all(len(item) > size and item[size] == items[0][size] for item in items):
        size += 1
    return size


def separators(text: str, start: int, end: int) -> list[Span]:
    """Return the marks that separate items in a stretch, outside of brackets and quotes."""
    cuts: list[Span] = []
    depth = 0
    for at in range(start, end):
        mark = text[at]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and mark in ITEM_MARKS:
            cuts.append(Span(at, at + 1))
    return cuts


def between_marks(text: str, start: int, end: int) -> list[Span]:
    """Return what stands between all marks of a stretch, with its spaces."""
    return _apart(start, end, separators(text, start, end))


def _between(text: str, start: int, end: int, cuts: list[Span]) -> list[Span]:
    spans = [_trim(text, span.start, span.end) for span in _apart(start, end, cuts)]
    return [span for span in spans if span.start < span.end]


def _apart(start: int, end: int, cuts: list[Span]) -> list[Span]:
    edges = [start, *(edge for cut in cuts for edge in (cut.start, cut.end)), end]
    return [Span(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]


def _with_ands(text: str, spans: list[Span]) -> list[list[Span]]:
    """Return the ways to cut one of `spans` at a connective, the last ones first."""
    ways: list[list[Span]] = []
    for place in range(len(spans) - 1, -1, -1):
        halves = _halve(text, spans[place])
        if halves:
            ways.append([*spans[:place], *halves, *spans[place + 1 :]])
    return ways


def _halve(text: str, span: Span) -> list[Span]:
    """Cut a span at its connective, the one that leaves the most even halves; connectives inside quotes do not count."""
    found: list[tuple[int, list[Span]]] = []
    for word in CONNECTIVES:
        for at in re.finditer(word, span.of(text)):
            left = _trim(text, span.start, span.start + at.start())
            right = _trim(text, span.start + at.end(), span.end)
            if (
                _depth(text, span.start, span.start + at.start()) == 0
                and left.end - left.start > 1 < right.end - right.start
            ):
                found.append((abs(left.end - left.start - right.end + right.start), [left, right]))
    return min(found, key=lambda halves: halves[0])[1] if found else []


def _depth(text: str, start: int, end: int) -> int:
    stretch = text[start:end]
    return sum(stretch.count(mark) for mark in _OPENING) - sum(stretch.count(mark) for mark in _CLOSING)


def _trim(text: str, start: int, end: int) -> Span:
    """Drop spaces at both ends, a connective in front, and quotes that hold the whole item."""
    while start < end and text[start] in _SPACE:
        start += 1
    while start < end and text[end - 1] in f"{_SPACE}{SENTENCE_ENDS}…":
        end -= 1
    if text[start : start + 2] == "以及":
        start += 2
    if end - start > 2 and text[start] == "“" and text.find("”", start, end) == end - 1:  # noqa: PLR2004  two quotes and more
        start, end = start + 1, end - 1
    return Span(start, end)


def split_unseparated(text: str, start: int, end: int, count: int) -> list[Span]:
    """Return `count` items of equal length that stand side by side without marks: 淮河海河辽河 gives three; else nothing."""
    size, rest = divmod(end - start, count)
    if rest or size not in (2, 3):
        return []
    spans = [Span(at, at + size) for at in range(start, end, size)]
    last = {span.of(text)[-1] for span in spans}
    return spans if len(last) == 1 or len(last) < count else []
