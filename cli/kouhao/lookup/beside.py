"""What a query says beside the term that stands in it: a question for it, nothing that matters, or another slogan's words."""

from __future__ import annotations

from kouhao.language.lexicon import ASKING, ASKING_PARTICLES, COMPARISONS, ITEM_MARKS
from kouhao.language.normalize import NUMERALS, fold

_WORDS = ASKING.union(COMPARISONS)
_LONGEST = max(map(len, _WORDS))
_WHICH, _ONE = "哪", "一"
_LISTING, _UNEVEN = f"{ITEM_MARKS},;", 1


def asks(text: str, term: str) -> bool:
    """Return whether `text` consists of words that ask, at least one of them, and particles.

    两个维护是什么 and 请问五好的出处 ask for what stands in them and say nothing else; behind 哪 the `term` comes again, or a
    number: 五好是哪五好, 三严三实是哪六个.
    """
    text = text.replace("+", "")  # of a term that is also written without it
    which = text.find(_WHICH) + 1 or len(text)
    again = text[:which] + "".join(mark for mark in text[which:] if mark not in term and mark not in NUMERALS)
    return _words(again) > 0


def links(text: str) -> bool:
    """Return whether `text` between terms says nothing but how they belong together, or asks for them."""
    return _words(text) >= 0


def _words(text: str) -> int:
    """Return how many words that ask or compare `text` has between particles, the most there may be; -1 where it has anything else."""
    most = [0, *[-1] * len(text)]
    for at in range(len(text)):
        if most[at] < 0:
            continue
        if text[at] in ASKING_PARTICLES:
            most[at + 1] = max(most[at + 1], most[at])
        for end in range(at + 1, min(len(text), at + _LONGEST) + 1):
            if text[at:end] in _WORDS:
                most[end] = max(most[end], most[at] + 1)
    return most[-1]


def counts(text: str) -> bool:
    """Return whether `text` counts something: another group makes another slogan (五好两宜, 硬骨头六连)."""
    return not NUMERALS.isdisjoint(text.replace(_ONE, ""))


def is_quantity(typed: str) -> bool:
    """Return whether what was `typed` for a term with something beside it is a number of that, in digits: 918多名党员, 300户."""
    return typed.isascii() and typed.isdecimal()


def is_listed(raw: str, span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Return whether the stretch `span` of a query is but an item of a list: 点对点、一站式.

    It is where it fills its piece between marks, or has its piece's length in common with another one, in which none of `others` stands.
    """
    pieces, start = [], 0
    for at in range(len(raw) + 1):
        if at == len(raw) or raw[at] in _LISTING:
            pieces.append((start, at))
            start = at + 1
    own = [piece for piece in pieces if piece[0] < span[1] and span[0] < piece[1]]
    rest = [
        len(fold(raw[start:end]))
        for start, end in pieces
        if (start, end) not in own and not any(start < last and first < end for first, last in others)
    ]
    if not any(rest):
        return False
    length = len(fold(raw[own[0][0] : own[-1][1]]))
    return length == len(fold(raw[span[0] : span[1]])) or (
        len(own) == 1 and any(abs(length - size) <= _UNEVEN for size in rest if size)
    )
