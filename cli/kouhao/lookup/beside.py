"""What a query says beside the term that stands in it: a question for it, nothing that matters, or another slogan's words."""

from __future__ import annotations

from kouhao.language.lexicon import ASKING, ASKING_PARTICLES, ITEM_MARKS
from kouhao.language.normalize import NUMERALS, fold

_LONGEST_ASKING = max(map(len, ASKING))
WHICH, _ONE = "哪", "一"
_LISTING, _UNEVEN = f"{ITEM_MARKS},;", 1


def asks(text: str, term: str) -> bool:
    """Return whether `text` consists of words that ask, at least one of them, and particles.

    两个维护是什么 and 请问五好的出处 ask for what stands in them and say nothing else; behind 哪 the `term` comes again: 五好是哪五好.
    """
    reached = {0: False}  # places that words from the beginning lead to, with whether one of them asks
    for at in range(len(text)):
        if at not in reached:
            continue
        for size in range(1, _LONGEST_ASKING + 1):
            word = text[at : at + size]
            if len(word) == size and word in ASKING:
                reached[at + size] = True
        if text[at] in ASKING_PARTICLES or (text[at] in term and WHICH in text[:at]):
            reached[at + 1] = reached.get(at + 1, False) or reached[at]
    return reached.get(len(text), False)


def counts(text: str) -> bool:
    """Return whether `text` counts something: another group makes another slogan (五好两宜, 硬骨头六连)."""
    return not NUMERALS.isdisjoint(text.replace(_ONE, ""))


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
