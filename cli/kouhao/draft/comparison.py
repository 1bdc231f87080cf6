"""Compare a list in a draft with the items that the glossary gives: what is missing, added, altered or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kouhao.draft.alignment import Alignment
from kouhao.draft.pieces import Cutter, item_of
from kouhao.enumeration import Span

_MOST_EXTRA = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """An expansion to compare with: its items, the leads that may stand before some of them, its full wording."""

    items: tuple[str, ...]
    leads: tuple[str, ...] = ()
    full: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `kind` missing, extra, altered or order; the stretch of the text that shows it."""

    kind: str
    span: Span
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out: the list's stretch, the reading, the number of items that agree and of similar ones, the differences."""

    reading: Reading
    span: Span
    agreeing: int
    similar: int
    differences: tuple[Difference, ...] = ()

    @property
    def convincing(self) -> bool:
        """Whether the list means to be this reading: at least half of the items, and not many others."""
        extra = sum(difference.kind == "extra" for difference in self.differences)
        known = self.agreeing + self.similar
        return self.agreeing > 0 and 2 * known >= len(self.reading.items) and extra <= max(known, _MOST_EXTRA)


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
    if not closed:
        alignment.assign_edges()
        alignment.clip()
    alignment.assign_similar(partial=not closed)
    if not closed:
        alignment.trim()
        alignment.forgive_wrapped()
        alignment.drop_asides()
    whole = Span(alignment.pieces[0].span.start, alignment.pieces[-1].span.end)
    differences = tuple(_differences(text, alignment, reading, whole))
    return Comparison(reading, whole, len(alignment.places), len(alignment.altered), differences)


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
