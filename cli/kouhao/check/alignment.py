"""Align the pieces of a list with the items of a reading: which item stands at which piece."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from kouhao.check.noise import is_remark
from kouhao.check.pieces import Item, Piece
from kouhao.language.normalize import fold

_SIMILAR = 50
_SHORTEST_AT_EDGE = 2
_EDGE = 3
_LENIENT = 8
_NEAR = 4
_WEIGHT = "、，；。"


class Alignment:
    """The work on one list: `places` of the items that are as they should be, `altered` of those that are worded otherwise.

    Both map an item's number to a range of `pieces`.
    """

    def __init__(self, text: str, pieces: list[Piece], items: Sequence[Item]) -> None:
        self.pieces = pieces
        self.places: dict[int, range] = {}
        self.altered: dict[int, range] = {}
        self._text = text
        self._items = items

    def assign_equal(self) -> None:
        """Pair what is equal."""
        taken: set[int] = set()
        for number, item in enumerate(self._items):
            size = len(item)
            for at in range(len(self.pieces) - size + 1):
                span = range(at, at + size)
                if taken.isdisjoint(span) and self._agree(item, at, 0, size):
                    self.places[number] = span
                    taken.update(span)
                    break

    def assign_verbatim(self, full: str) -> None:
        """Find items in clauses of the full wording, and forget its other clauses: they are as they should be."""
        wording = fold(full)
        for number in self.left_items():
            item = self._items[number]
            for at in sorted(self._free()) if len(item) == 1 else ():
                if item[0] in self.pieces[at].folded and self.pieces[at].folded in wording:
                    self.places[number] = range(at, at + 1)
                    break
        if len("".join(map("".join, self._items))) < len(wording):
            free = self._free()
            self._keep(
                [at for at in range(len(self.pieces)) if at not in free or self.pieces[at].folded not in wording]
            )

    def assign_edges(self) -> None:
        """Find items that the sentence around an open list runs into: 落实责任、…, …、早诊治工程."""
        first = min(span.start for span in self.places.values())
        last = max(span.stop for span in self.places.values())
        for number in self.left_items():
            item = self._items[number]
            size = len(item)
            if len(item[0]) < _SHORTEST_AT_EDGE:
                continue
            before = range(first - size, max(-1, first - size - _EDGE), -1)
            behind = range(last, min(len(self.pieces) - size + 1, last + _EDGE))
            at = next(
                (at for at in before if self.pieces[at].folded.endswith(item[0]) and self._agree(item, at, 1, size)), -1
            )
            if at < 0:
                begins = (at for at in behind if self.pieces[at + size - 1].folded.startswith(item[-1]))
                at = next((at for at in begins if self._agree(item, at, 0, size - 1)), -1)
            if at >= 0 and self._free().issuperset(range(at, at + size)):
                self.places[number] = range(at, at + size)

    def _agree(self, item: tuple[str, ...], at: int, start: int, stop: int) -> bool:
        """Tell whether the pieces from `at` on are those of an item, from its piece `start` up to `stop`."""
        return at >= 0 and all(item[nth] in self.pieces[at + nth].spellings for nth in range(start, stop))

    def clip(self) -> None:
        """Forget the pieces outside of an open list, but for as many as items are left out at its ends."""
        first = min(span.start for span in self.places.values())
        last = max(span.stop for span in self.places.values())
        before = min(self.places)
        behind = len(self._items) - 1 - max(self.places)
        self._keep(list(range(max(0, first - before), min(len(self.pieces), last + behind))))

    def trim(self) -> None:
        """Forget what still stands before the first item and behind the last."""
        taken = self.all_places().values()
        self._keep(list(range(min(span.start for span in taken), max(span.stop for span in taken))))

    def _keep(self, kept: list[int]) -> None:
        moved = {at: nth for nth, at in enumerate(kept)}
        self.pieces = [self.pieces[at] for at in kept]
        for places in (self.places, self.altered):
            for number, span in places.items():
                places[number] = range(moved[span.start], moved[span.start] + len(span))

    def assign_similar(self, *, partial: bool) -> None:
        """Pair what resembles an item that is left out."""
        pairs: list[tuple[float, int, range]] = []
        for number in self.left_items():
            for run in self.left_runs():
                size = min(len(self._items[number]), len(run))
                for at in range(run.start, run.stop - size + 1):
                    span = range(at, at + size)
                    pairs.append((self._likeness(number, span, partial=partial), number, span))
        for likeness, number, span in sorted(pairs, key=lambda pair: -pair[0]):
            if likeness >= _SIMILAR and number in self.left_items() and self._free().issuperset(span):
                self.altered[number] = span

    def assign_between(self, *, partial: bool) -> None:
        """Pair what stands where as many items are left out; of an open list only what stands inside."""
        for run in self.left_runs():
            between = self._items_around(run)
            inside = run.start > 0 and run.stop < len(self.pieces)
            if not inside and partial:
                continue
            if len(between) == 1:
                self.altered[between[0]] = run
            elif len(between) == len(run):
                self.altered |= {number: range(at, at + 1) for number, at in zip(between, run, strict=True)}

    def drop_remarks(self) -> None:
        """Drop from a closed list what speaks of it or of one of its items: 下同, 以下简称…, 班子建设好，即…；党员队伍好，即…"""
        heads = {self._mark_before(span.start) for span in self.places.values() if span.start}
        remarks: set[int] = set()
        for at in sorted(self._free()):
            mark = self._mark_before(at)
            begins = is_remark(self._raw(at)) or mark == "：" or (mark == "，" and heads == {"；"})
            if (begins or (at - 1 in remarks and mark != "；")) and not self._is_like_left(at):
                remarks.add(at)
        self._keep([at for at in range(len(self.pieces)) if at not in remarks])

    def drop_tail(self) -> None:
        """Drop what a weightier mark than any between the items sets off behind the last one."""
        taken = self.all_places().values()
        stop = max(span.stop for span in taken)
        weights = [_WEIGHT.find(self._mark_before(span.start)) for span in taken if span.start]
        if stop < len(self.pieces) and weights and _WEIGHT.find(self._mark_before(stop)) > max(weights):
            self._keep(list(range(stop)))

    def _is_like_left(self, at: int) -> bool:
        one = range(at, at + 1)
        return any(self._likeness(number, one, partial=False) >= _SIMILAR for number in self.left_items())

    def _mark_before(self, at: int) -> str:
        """Return the mark that a piece stands behind."""
        start = self.pieces[at].span.start
        return self._text[max(0, start - _NEAR) : start].rstrip()[-1:]

    def _raw(self, at: int) -> str:
        return self.pieces[at].span.of(self._text)

    def drop_asides(self) -> None:
        """Drop from an open list what is much longer than any item: a clause between two groups."""
        longest = _LENIENT + max(len("".join(item)) for item in self._items)
        asides = {at for at in self._free() if len(self.pieces[at].folded) > longest or "“" in self._raw(at)}
        self._keep([at for at in range(len(self.pieces)) if at not in asides])

    def forgive_wrapped(self) -> None:
        """Take for equal what has words in front or behind: an open list has its own (西向川甘青走廊、…)."""
        for number, span in list(self.altered.items()):
            content = "".join(self.pieces[at].folded for at in span)
            wanted = "".join(self._items[number])
            if content.startswith(wanted) or content.endswith(wanted):
                self.places[number] = self.altered.pop(number)

    def _likeness(self, number: int, span: range, *, partial: bool) -> float:
        """Return how like an item a stretch is, 0 to 100; of an open list's also how like its beginning or end."""
        wanted = "".join(self._items[number])
        rest = "".join(self.pieces[at].folded for at in span[1:])
        texts = {spelling + rest for spelling in self.pieces[span.start].spellings}
        if partial:
            texts |= {cut for text in texts for cut in (text[: len(wanted)], text[-len(wanted) :])}
        return max(ratio(wanted, text) for text in texts)

    def _items_around(self, run: range) -> list[int]:
        """Return the items that are left out just where a run stands."""
        before = [number for number, span in self.all_places().items() if span.stop == run.start]
        behind = [number for number, span in self.all_places().items() if span.start == run.stop]
        low = before[0] if before else -1
        high = behind[0] if behind else len(self._items)
        between = list(range(low + 1, high))
        left = set(self.left_items())
        return between if low < high and left.issuperset(between) else []

    def all_places(self) -> dict[int, range]:
        """Return where each item stands, as it is or altered."""
        return self.places | self.altered

    def left_items(self) -> list[int]:
        """Return the items that stand nowhere."""
        return [
            number for number in range(len(self._items)) if number not in self.places and number not in self.altered
        ]

    def _free(self) -> set[int]:
        taken = {at for span in self.all_places().values() for at in span}
        return set(range(len(self.pieces))) - taken

    def left_runs(self) -> list[range]:
        """Return the stretches of pieces that are no items."""
        runs: list[range] = []
        for at in sorted(self._free()):
            if runs and runs[-1].stop == at:
                runs[-1] = range(runs[-1].start, at + 1)
            else:
                runs.append(range(at, at + 1))
        return runs
