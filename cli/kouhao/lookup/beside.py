"""What a query says beside the term that stands in it, where that makes another slogan of it."""

from __future__ import annotations

from kouhao.language.lexicon import ITEM_MARKS
from kouhao.language.normalize import NUMERALS, fold

_ONE = "一"
_LISTING, _UNEVEN = f"{ITEM_MARKS},;", 1


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
