"""Compare a list in a draft with the items that the glossary gives: what is missing, added, altered or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kouhao.check.alignment import Alignment
from kouhao.check.noise import without_asides
from kouhao.check.pieces import Cutter, Item, item_of
from kouhao.language.lists import Span
from kouhao.language.normalize import fold, widen

_MOST_EXTRA = 3
_FEWEST_IN_ORDER = 3
_CONNECTIVES = frozenset(("", "和", "及", "与", "以及", "等"))


@dataclass(frozen=True, slots=True)
class Reading:
    """An expansion to compare with: its items, the leads that may stand before some of them, its full wording.

    A `partial` one is a group of a slogan of several: a draft may give it alone, but then all of it.
    """

    items: tuple[str, ...]
    leads: tuple[str, ...] = ()
    full: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `kind` missing, extra, altered or order; the stretch of the text that shows it."""

    kind: str
    span: Span
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out: the list's stretch, the reading, the number of items that agree and of similar ones, the differences.

    A `pure` list holds nothing but items, so that another wording can stand in its place.
    """

    reading: Reading
    span: Span
    agreeing: int
    similar: int
    differences: tuple[Difference, ...] = ()
    pure: bool = True

    @property
    def known(self) -> int:
        """The number of items that the list gives, be it in other words."""
        return self.agreeing + self.similar

    @property
    def convincing(self) -> bool:
        """Whether the list means to be this reading: at least half of the items, and not many others."""
        if self.reading.partial:
            return not self.differences
        extra = sum(difference.kind == "extra" for difference in self.differences)
        return self.agreeing > 0 and 2 * self.known >= len(self.reading.items) and extra <= max(self.known, _MOST_EXTRA)


def compare(text: str, listed: list[Span], reading: Reading, *, closed: bool) -> Comparison | None:
    """Compare the stretches of a text that may be items with a reading; nothing where no item agrees.

    A `closed` list (a bracket) is the list and nothing else; of an open one only what lies between items counts.
    """
    items = [item_of(item) for item in reading.items]
    alignment = Alignment(text, Cutter(text, items, reading.leads).cut(listed), items)
    alignment.assign_equal()
    alignment.assign_verbatim(reading.full)
    if not alignment.places:
        return None
    if closed:
        _settle_closed(alignment)
    else:
        _settle_open(alignment)
    whole = Span(alignment.pieces[0].span.start, alignment.pieces[-1].span.end)
    found = tuple(_differences(text, alignment, reading, whole))
    if not closed and alignment.left_items() and len(alignment.all_places()) < _FEWEST_IN_ORDER:
        found = tuple(difference for difference in found if difference.kind != "order")
    pure = _is_pure(text, alignment, items, reading.full)
    return Comparison(reading, whole, len(alignment.places), len(alignment.altered), found, pure)


def _settle_closed(alignment: Alignment) -> None:
    """Tell what the rest of a bracket is: items in other words, remarks, additions."""
    alignment.drop_remarks()
    alignment.assign_similar(partial=False)
    alignment.drop_tail()
    alignment.assign_between(partial=False)


def _settle_open(alignment: Alignment) -> None:
    """Tell what belongs to a list that runs into its sentence, and what that is."""
    alignment.assign_edges()
    alignment.clip()
    alignment.assign_similar(partial=True)
    alignment.assign_between(partial=True)
    alignment.trim()
    alignment.forgive_wrapped()
    alignment.drop_asides()


def _is_pure(text: str, alignment: Alignment, items: list[Item], full: str) -> bool:
    """Tell whether a list holds items and what joins them, nothing that would be lost with another wording in its place."""
    wording = fold(full)
    gaps = [fold(text[one.span.end : other.span.start]) for one, other in pairwise(alignment.pieces)]
    if not all(gap in _CONNECTIVES or gap in wording for gap in gaps):
        return False
    if any(len(span) > len(items[number]) for number, span in alignment.altered.items()):
        return False
    raw = [piece.span.of(text).strip() for piece in alignment.pieces]
    return all(_is_verbatim(one, full) or _passes_for_item(one, items) for one in raw)


def _is_verbatim(piece: str, full: str) -> bool:
    """Tell whether a piece stands so in the full wording, with no marks of its own around it."""
    return piece in widen(full) or (piece.isalnum() and fold(piece) in fold(full))


def _passes_for_item(piece: str, items: list[Item]) -> bool:
    """Tell whether a piece that is no item means to be one: plain words that begin or end as an item does, not much longer."""
    if not piece.isalnum() or without_asides(piece) != piece:
        return False
    folded = fold(piece)
    edges = {edge for item in items for edge in (item[0][0], item[-1][-1])}
    longest = max(len("".join(item)) for item in items)
    return len(folded) <= 2 * longest and not edges.isdisjoint((folded[0], folded[-1]))


def _differences(text: str, alignment: Alignment, reading: Reading, whole: Span) -> Iterator[Difference]:
    def span(pieces: range) -> Span:
        return Span(alignment.pieces[pieces.start].span.start, alignment.pieces[pieces.stop - 1].span.end)

    for number, pieces in sorted(alignment.altered.items()):
        yield Difference("altered", span(pieces), reading.items[number], span(pieces).of(text))
    for run in alignment.left_runs():
        for at in run:
            extra = alignment.pieces[at].span
            yield Difference("extra", extra, "", extra.of(text))
    for number in alignment.left_items():
        yield Difference("missing", whole, reading.items[number])
    places = alignment.all_places()
    found, wanted = sorted(places, key=lambda number: places[number].start), sorted(places)
    if found != wanted:
        moved = next(number for number, other in zip(found, wanted, strict=True) if number != other)
        expected = "、".join(reading.items[number] for number in wanted)
        yield Difference("order", whole, expected, span(places[moved]).of(text))
