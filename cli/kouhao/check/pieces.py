"""Cut a list in a draft into pieces that may be items, with a view to the items that the glossary gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kouhao.check.noise import is_number, without_asides
from kouhao.language.lists import Span, between_marks
from kouhao.language.normalize import fold, widen

_AND = re.compile("以及|并且|和|及|与|并|、|[：。]|(?<=”)(?=“)|(?=[①-⒛])")
_LEADING = re.compile("^(?:即|指|是指|就是|包括|分别是|分别为|以及|和|及|与|并|其中)")
_TRAILING = re.compile("(?:等|等等|的)$")
_SHORTEST_BEGINNING = 3
_FEWEST_SIDE_BY_SIDE = 3
_PAIR = 2
_SHORTEST_SHARED = 2

Item = tuple[str, ...]
"""An item as the folded texts between its own marks, mostly one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft: its folded text, and what else it may say, without connectives, leads and asides."""

    span: Span
    folded: str
    spellings: frozenset[str]


_fold = lru_cache(maxsize=1024)(fold)
"""A stretch is folded again and again while it is cut."""


@lru_cache(maxsize=4096)
def item_of(text: str) -> Item:
    """Return an item of the glossary as it is compared."""
    wide = widen(text)
    return tuple(filter(None, (fold(span.of(wide)) for span in between_marks(wide, 0, len(wide)))))


class Cutter:
    """Cuts the stretches between marks further, where a connective or nothing at all joins the items in them."""

    def __init__(self, text: str, items: Sequence[Item], leads: Sequence[str]) -> None:
        self._text = text
        self._known = {part for item in items for part in item}
        self._single = [item[0] for item in items if len(item) == 1 and len(item[0]) > 1]
        self._leads = [_fold(lead) for lead in leads if lead]
        self._first = items[0][0] if items and items[0] else ""

    def cut(self, stretches: Sequence[Span]) -> list[Piece]:
        """Return the pieces of a list; stretches in which only marks or numbers stand are left out."""
        spans = (span for stretch in stretches for span in self._cut(stretch))
        pieces = [self._piece(span) for span in spans if _fold(span.of(self._text))]
        return [piece for piece in pieces if self._known & piece.spellings or not is_number(piece.span.of(self._text))]

    def _piece(self, span: Span) -> Piece:
        return Piece(span, _fold(span.of(self._text)), frozenset(self._spellings(span)))

    def _cut(self, stretch: Span) -> Iterator[Span]:
        """Yield a stretch, or its halves where a connective joins two items in it."""
        if self._known & self._spellings(stretch):
            yield stretch
            return
        for joint in _AND.finditer(stretch.of(self._text)):
            left = Span(stretch.start, stretch.start + joint.start())
            right = Span(stretch.start + joint.end(), stretch.end)
            if left.end > left.start and right.end > right.start and self._hold_item(left, right):
                yield left
                yield from self._cut(right)
                return
        yield from self._cut_side_by_side(stretch)

    def _hold_item(self, left: Span, right: Span) -> bool:
        """Tell whether one of two halves is an item, or the second begins with one."""
        if self._known & (self._spellings(left) | self._spellings(right)):
            return True
        beginnings = tuple(item for item in self._known if len(item) >= _SHORTEST_BEGINNING)
        return _fold(without_asides(right.of(self._text))).startswith(beginnings)

    def _cut_side_by_side(self, stretch: Span) -> Iterator[Span]:
        """Yield the items that stand in a stretch without marks, and what is between them: 产业就业创业行业企业."""
        content = stretch.of(self._text)
        places = [(at, at + len(item)) for item in self._single if (at := content.find(item)) >= 0]
        few = len(places) < _FEWEST_SIDE_BY_SIDE
        if len(places) < _PAIR or (few and places != sorted(places)):
            yield stretch
            return
        at = 0
        for start, end in (*sorted(places), (len(content), len(content))):
            if start < at:
                continue
            if at < start:
                yield Span(stretch.start + at, stretch.start + start)
            if start < end:
                yield Span(stretch.start + start, stretch.start + end)
            at = end

    def _spellings(self, span: Span) -> set[str]:
        content = _fold(span.of(self._text))
        found = {content, _TRAILING.sub("", content), _fold(without_asides(span.of(self._text)))}
        for lead in self._leads:
            found |= {spelling.removeprefix(lead) for spelling in found}
            at = content.rfind(lead)
            found.add(content[at + len(lead) :] if at >= 0 else content)
        found |= {_LEADING.sub("", spelling) for spelling in found}
        found |= {spelling[size:] for spelling in found for size in self._shared_beginnings(spelling)}
        return found - {""}

    def _shared_beginnings(self, spelling: str) -> Iterator[int]:
        """Yield how much of a text the first item begins with as well: 世界一流大学和世界一流学科 says 世界 twice."""
        for size in range(_SHORTEST_SHARED, len(self._first)):
            if not spelling.startswith(self._first[:size]):
                return
            yield size
