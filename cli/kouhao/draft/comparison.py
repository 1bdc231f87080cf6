"""Compare a list in a draft with the items that the glossary gives: what is missing, added, altered or out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from kouhao.enumeration import Span, separators, widen
from kouhao.text import fold

_AND = re.compile("以及|并且|和|及|与|并|、")
_LEADING = re.compile("^(?:即|指|是指|就是|包括|分别是|分别为|以及|和|及|与|并|其中)")
_TRAILING = re.compile("(?:等|等等|的)$")
_SIMILAR = 50
_MOST_EXTRA = 3
_SHORTEST_AT_EDGE = 2
_EDGE = 3
_FEWEST_SIDE_BY_SIDE = 3
_PAIR = 2
_LENIENT = 8


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
    """Compare the pieces of a text that may be items with a reading; nothing where no item agrees.

    A `closed` list (a bracket) is the list and nothing else; of an open one only what lies between items counts.
    """
    matching = _Matching(text, listed, reading)
    matching.assign_equal()
    matching.assign_verbatim()
    if not matching.places:
        return None
    if not closed:
        matching.assign_edges()
        matching.clip()
    matching.assign_similar(partial=not closed)
    if not closed:
        matching.trim()
        matching.forgive_wrapped()
        matching.drop_asides()
    return matching.result()


def pieces(text: str, start: int, end: int) -> list[Span]:
    """Return what stands between the marks of a stretch."""
    edges = [start]
    for cut in separators(text, start, end):
        edges += [cut.start, cut.end]
    edges.append(end)
    spans = [Span(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    return [span for span in spans if fold(span.of(text))]


@dataclass
class _Matching:
    """The work on one list: which item stands at which piece."""

    text: str
    pieces: list[Span]
    reading: Reading
    places: dict[int, range] = field(default_factory=dict)
    altered: dict[int, range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expected = [_item_pieces(item) for item in self.reading.items]
        self.leads = [fold(lead) for lead in self.reading.leads if lead]
        known = {piece for item in self.expected for piece in item}
        self.pieces = [part for piece in self.pieces for part in self._halves(piece, known)]
        self.spellings = [self._spellings(piece) for piece in self.pieces]

    def _halves(self, piece: Span, known: set[str]) -> Iterator[Span]:
        """Yield a piece, or its halves where a connective joins two items in it."""
        content = piece.of(self.text)
        if not known & self._spellings(piece):
            for joint in _AND.finditer(content):
                left = Span(piece.start, piece.start + joint.start())
                right = Span(piece.start + joint.end(), piece.end)
                if left.end > left.start and right.end > right.start and self._holds_item(left, right, known):
                    yield left
                    yield from self._halves(right, known)
                    return
            yield from self._side_by_side(piece)
            return
        yield piece

    def _side_by_side(self, piece: Span) -> Iterator[Span]:
        """Yield the items that stand in a piece without marks, and what is between them: 产业就业创业行业企业."""
        content = piece.of(self.text)
        ordered = [item[0] for item in self.expected if len(item) == 1 and len(item[0]) > 1]
        places = [(at, at + len(item)) for item in ordered if (at := content.find(item)) >= 0]
        few = len(places) < _FEWEST_SIDE_BY_SIDE
        if len(places) < _PAIR or (few and places != sorted(places)):
            yield piece
            return
        at = 0
        for start, end in sorted(places):
            if start < at:
                continue
            if at < start:
                yield Span(piece.start + at, piece.start + start)
            yield Span(piece.start + start, piece.start + end)
            at = end
        if at < len(content):
            yield Span(piece.start + at, piece.end)

    def _holds_item(self, left: Span, right: Span, known: set[str]) -> bool:
        """Tell whether one of two halves is an item, or the second begins with one."""
        behind = fold(right.of(self.text))
        return bool(known & (self._spellings(left) | self._spellings(right))) or any(
            behind.startswith(item) for item in known if len(item) > _SHORTEST_AT_EDGE
        )

    def _spellings(self, piece: Span) -> set[str]:
        """Return what a piece may say: as it is, and without connectives and leads."""
        content = fold(piece.of(self.text))
        found = {content, _TRAILING.sub("", content)}
        for lead in self.leads:
            found |= {spelling.removeprefix(lead) for spelling in found}
            at = content.rfind(lead)
            found.add(content[at + len(lead) :] if at >= 0 else content)
        found |= {_LEADING.sub("", spelling) for spelling in found}
        return found - {""}

    def assign_equal(self) -> None:
        taken: set[int] = set()
        for number, item in enumerate(self.expected):
            size = len(item)
            for at in range(len(self.pieces) - size + 1):
                span = range(at, at + size)
                if taken.isdisjoint(span) and all(piece in self.spellings[at + nth] for nth, piece in enumerate(item)):
                    self.places[number] = span
                    taken.update(span)
                    break

    def assign_verbatim(self) -> None:
        """Find items in clauses of the full wording, and forget its other clauses: they are as they should be."""
        full = fold(self.reading.full)
        for number in self._left_items():
            item = self.expected[number]
            for at in sorted(self._free()) if len(item) == 1 else ():
                if item[0] in self._folded(at) and self._folded(at) in full:
                    self.places[number] = range(at, at + 1)
                    break
        if len("".join(map("".join, self.expected))) < len(full):
            free = self._free()
            self._keep([at for at in range(len(self.pieces)) if at not in free or self._folded(at) not in full])

    def assign_edges(self) -> None:
        """Find items that the sentence around an open list runs into: 落实责任、…, …、早诊治工程."""
        first = min(span.start for span in self.places.values())
        last = max(span.stop for span in self.places.values())
        for number in self._left_items():
            item = self.expected[number]
            size = len(item)
            if len(item[0]) < _SHORTEST_AT_EDGE:
                continue
            before = range(first - size, max(-1, first - size - _EDGE), -1)
            behind = range(last, min(len(self.pieces) - size + 1, last + _EDGE))
            at = next(
                (at for at in before if self._folded(at).endswith(item[0]) and self._agree(item, at, 1, size)), -1
            )
            if at < 0:
                begins = (at for at in behind if self._folded(at + size - 1).startswith(item[-1]))
                at = next((at for at in begins if self._agree(item, at, 0, size - 1)), -1)
            if at >= 0 and self._free().issuperset(range(at, at + size)):
                self.places[number] = range(at, at + size)

    def _agree(self, item: tuple[str, ...], at: int, start: int, stop: int) -> bool:
        """Tell whether the pieces from `at` on are those of an item, from its piece `start` up to `stop`."""
        return at >= 0 and all(item[nth] in self.spellings[at + nth] for nth in range(start, stop))

    def _folded(self, at: int) -> str:
        return fold(self.pieces[at].of(self.text))

    def clip(self) -> None:
        """Forget the pieces outside of an open list, but for as many as items are left out at its ends."""
        first = min(span.start for span in self.places.values())
        last = max(span.stop for span in self.places.values())
        before = min(self.places)
        behind = len(self.expected) - 1 - max(self.places)
        self._keep(list(range(max(0, first - before), min(len(self.pieces), last + behind))))

    def trim(self) -> None:
        """Forget what still stands before the first item and behind the last."""
        taken = self._all_places().values()
        self._keep(list(range(min(span.start for span in taken), max(span.stop for span in taken))))

    def _keep(self, kept: list[int]) -> None:
        moved = {at: nth for nth, at in enumerate(kept)}
        self.pieces = [self.pieces[at] for at in kept]
        self.spellings = [self.spellings[at] for at in kept]
        for places in (self.places, self.altered):
            for number, span in places.items():
                places[number] = range(moved[span.start], moved[span.start] + len(span))

    def assign_similar(self, *, partial: bool) -> None:
        """Pair what is left over: what resembles an item, and what stands alone where one item is left out."""
        pairs: list[tuple[float, int, range]] = []
        for number in self._left_items():
            for run in self._left_runs():
                size = min(len(self.expected[number]), len(run))
                for at in range(run.start, run.stop - size + 1):
                    span = range(at, at + size)
                    pairs.append((self._likeness(number, span, partial), number, span))
        for likeness, number, span in sorted(pairs, key=lambda pair: -pair[0]):
            if likeness >= _SIMILAR and number in self._left_items() and self._free().issuperset(span):
                self.altered[number] = span
        for run in self._left_runs():
            between = self._items_around(run)
            inside = run.start > 0 and run.stop < len(self.pieces)
            if len(between) == 1 and (inside or not partial):
                self.altered[between[0]] = run

    def drop_asides(self) -> None:
        """Drop from an open list what is much longer than any item: a clause between two groups."""
        longest = _LENIENT + max(len("".join(item)) for item in self.expected)
        asides = {at for at in self._free() if len(self._folded(at)) > longest or "“" in self.pieces[at].of(self.text)}
        self._keep([at for at in range(len(self.pieces)) if at not in asides])

    def forgive_wrapped(self) -> None:
        """Take for equal what has words in front or behind: an open list has its own (西向川甘青走廊、…)."""
        for number, span in list(self.altered.items()):
            content = "".join(fold(self.pieces[at].of(self.text)) for at in span)
            wanted = "".join(self.expected[number])
            if content.startswith(wanted) or content.endswith(wanted):
                self.places[number] = self.altered.pop(number)

    def _likeness(self, number: int, span: range, partial: bool) -> float:  # noqa: FBT001  as the list is open or closed
        """Return how like an item a stretch is, 0 to 100; of an open list's also how like its beginning or end."""
        wanted = "".join(self.expected[number])
        rest = "".join(fold(self.pieces[at].of(self.text)) for at in span[1:])
        texts = {spelling + rest for spelling in self.spellings[span.start]}
        if partial:
            texts |= {cut for text in texts for cut in (text[: len(wanted)], text[-len(wanted) :])}
        return max(ratio(wanted, text) for text in texts)

    def _items_around(self, run: range) -> list[int]:
        """Return the items that are left out just where a run stands."""
        before = [number for number, span in self._all_places().items() if span.stop == run.start]
        behind = [number for number, span in self._all_places().items() if span.start == run.stop]
        low = before[0] if before else -1
        high = behind[0] if behind else len(self.expected)
        between = list(range(low + 1, high))
        left = set(self._left_items())
        return between if low < high and left.issuperset(between) else []

    def _all_places(self) -> dict[int, range]:
        return self.places | self.altered

    def _left_items(self) -> list[int]:
        return [
            number for number in range(len(self.expected)) if number not in self.places and number not in self.altered
        ]

    def _free(self) -> set[int]:
        taken = {at for span in self._all_places().values() for at in span}
        return set(range(len(self.pieces))) - taken

    def _left_runs(self) -> list[range]:
        runs: list[range] = []
        for at in sorted(self._free()):
            if runs and runs[-1].stop == at:
                runs[-1] = range(runs[-1].start, at + 1)
            else:
                runs.append(range(at, at + 1))
        return runs

    def _span(self, pieces: range) -> Span:
        return Span(self.pieces[pieces.start].start, self.pieces[pieces.stop - 1].end)

    def result(self) -> Comparison:
        whole = Span(self.pieces[0].start, self.pieces[-1].end)
        differences = [
            Difference("altered", self._span(span), self.reading.items[number], self._span(span).of(self.text))
            for number, span in sorted(self.altered.items())
        ]
        differences += [
            Difference("extra", Span(piece.start, piece.end), "", piece.of(self.text))
            for run in self._left_runs()
            for piece in (self.pieces[at] for at in run)
        ]
        differences += [Difference("missing", whole, self.reading.items[number]) for number in self._left_items()]
        order = sorted(self._all_places(), key=lambda number: self._all_places()[number].start)
        if order != sorted(order):
            first = next(at for at, number in enumerate(order) if number != sorted(order)[at])
            expected = "、".join(self.reading.items[number] for number in sorted(order))
            moved = self._span(self._all_places()[order[first]])
            differences.append(Difference("order", whole, expected, moved.of(self.text)))
        return Comparison(self.reading, whole, len(self.places), len(self.altered), tuple(differences))


@lru_cache(maxsize=4096)
def _item_pieces(item: str) -> tuple[str, ...]:
    wide = widen(item)
    return tuple(fold(span.of(wide)) for span in pieces(wide, 0, len(wide)))
