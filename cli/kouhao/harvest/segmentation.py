"""Cut a stretch of running text into a given number of items, in every way in which official texts part the items of a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kouhao.harvest.ngrams import NGrams
from kouhao.language.background import ends_in_word, is_word
from kouhao.language.lexicon import BRACKETS, CONNECTIVES, JOINING, QUOTES, TITLES

Span = tuple[int, int]

_MARK = re.compile("[、，；：（）“”《》‘’]")
_MARK_OR_STOP = re.compile("[、，；：（）“”《》‘’。！？\n\t|]")
_CLOSING = {mark: closing for mark, closing in (BRACKETS | QUOTES | TITLES).items() if mark in "（“《‘"}
_CONNECTIVE = re.compile("|".join((*CONNECTIVES, *"暨或并同")))
_LEADING = re.compile(f"^(?:{'|'.join(CONNECTIVES)}|[暨并]|——)")
_TRAILING = re.compile("(?:等方面|等等|等|[。，；、：])+$")
_TAIL = re.compile("等|[为组构在于连实]")
_LONGEST_ITEM = 90  # characters, as in `candidates`
_LONGEST_WORD = 6  # characters of a lead that several items share
_MOST_SPLITS, _MOST_CONNECTIVES, _MOST_WAYS = 4, 8, 12  # ways to cut, by hand: they keep the work linear
_RARE = 4.0
"""The logarithm of a count up to which a connective and the character behind it are no word."""
_IN_WORD = -1.1
"""The logarithm of the share of a character's places from which on it and a neighbouring connective are a word (和谐)."""
_MOST_STARTS, _MOST_STOPS = 6, 2  # places at which the outer items may begin and end, likewise
_MOST_ENDS = 5  # ends that are tried with the likeliest beginning, one less with each further one; likewise
MOST_UNEVEN = (
    6  # times that the longest item may be longer than the shortest; of 870 lists that people marked none had more
)
_ALIKE = 1.5  # weights of evidence on where an item ends, by hand: a character that other items have there
_AFTER_CONNECTIVE = 1.0  # a connective before it
_PER_CHARACTER = 0.08  # each character that it is longer or shorter than the others


@dataclass(frozen=True, slots=True)
class Setting:
    """What is looked for in a stretch: `number` items by one `reading` of the numerals, at a `place` behind or before a `cue`."""

    place: str
    cue: str
    number: int
    reading: str


@dataclass(slots=True)
class Segmentation:
    """Items found for a mention, as offsets in the running text.

    `place` says where they stand (bracket, after, before, far, subject, ordinal, group), `cue` are the words between mention and list, `cut`
    says by what the items are parted, `splits` how many connectives were taken for separators; `natural` is the range from mark to mark
    before the outer ends were trimmed, `left_over` the number of further pieces that the stretch has; `groups` are the numbers of items
    of each counted group where the text lists them apart.
    """

    place: str
    cue: str
    reading: str
    cut: str
    items: tuple[Span, ...]
    natural: Span
    splits: int = 0
    left_over: int = 0
    groups: tuple[int, ...] = ()


class Segmenter:
    """Cuts stretches of one running text."""

    def __init__(self, text: str, ngrams: NGrams) -> None:
        self._text = text
        self._ngrams = ngrams
        self._parts: dict[int, float] = {}
        self._marks = _marks(text)
        self._mark_places = [at for at, _, _ in self._marks]

    def marks(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the marks between `start` and `end` that stand in no bracket or quotes of the stretch."""
        low, high = bisect_left(self._mark_places, start), bisect_left(self._mark_places, end)
        return [(at, mark) for at, mark, opened in self._marks[low:high] if opened < start]

    def forward(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        """Yield the ways to read a list that begins at `start` and ends at `end` or before."""
        marks = self.marks(start, end)
        for cut, separators in (("；", "；"), ("，", "，；"), ("、", "、，；")):
            places = [at for at, mark in marks if mark in separators]
            if cut == "、" or any(self._text[at] == cut for at in places):
                yield from self._from_front(setting, cut, pieces_between(start, end, places))
            if cut == "；" and len(places) >= setting.number - 1:
                yield from self._clauses(setting, pieces_between(start, end, places))
        clause = next((at for at, mark in marks if mark in "，；"), None)
        if any(mark == "、" for _, mark in marks):
            yield from self._from_front(setting, "和", [(start, clause or end)])
        if clause is not None:
            places = [at for at, mark in marks if mark == "、" and at < clause]
            if len(places) < setting.number:
                yield from self._from_front(setting, "、", pieces_between(start, clause, places))
        yield from self._quotes(setting, start, end)

    def backward(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        """Yield the ways to read a list that ends at `end` and begins at `start` or behind it."""
        marks = self.marks(start, end)
        clause = _behind_last(marks, "，；：", start)
        sentence = _behind_last(marks, "；：", start)
        yield from self._quotes_before(setting, start, end)
        for cut, low in (
            ("、", clause),
            ("，", sentence),
            ("；", _behind_last(marks, "：", start)),
            ("、，", sentence),
        ):
            places = [at for at, mark in marks if mark in cut and at >= low]
            if (places or cut == "、") and (cut != "、，" or {mark for at, mark in marks if at >= low} >= set(cut)):
                yield from self._from_back(setting, cut, pieces_between(low, end, places))
        if any(at >= clause and mark == "、" for at, mark in marks):
            yield from self._from_back(setting, "和", [(clause, end)])
        if self._text[end - 1] != "”":
            yield from self._words_before(setting, _behind_last(marks, "、，；：", start), end)

    def enclosed(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        """Yield the ways to read all that stands between two quotes or brackets, where marks part it."""
        places = [at for at, mark in self.marks(start, end) if mark in "、，；"]
        if 0 < len(places) < setting.number:
            yield from self._from_front(setting, "、", pieces_between(start, end, places))

    def parts_at(self, at: int) -> float:
        """Return how well the words part at an offset, in natural logarithms; high is well."""
        known = self._parts.get(at)
        if known is None:
            text, ngrams = self._text, self._ngrams
            left, right = ngrams.habits(text[at - 2 : at]), ngrams.habits(text[at : at + 2])
            known = 0.6 * max(left.ends, left.opens) + 0.5 * right.begins - 0.4 * ngrams.bound(text[at - 1], text[at])
            self._parts[at] = known
        return known

    def clean(self, start: int, end: int) -> Span:
        """Return the range of an item without connectives, marks and 等 at its ends, and out of quotes of its own."""
        text = self._text
        lead = _LEADING.match(text[start : start + 2])
        if lead and end - start > len(lead[0]) + 1 and (lead[0] in ("以及", "——") or self._is_rare(start)):
            start += len(lead[0])
        while start < end and text[start] in "\n，；、：":
            start += 1
        tail = _TRAILING.search(text[max(start, end - 5) : end])
        if tail and not (tail[0] == "等" and ends_in_word(text[start:end])):
            end -= len(tail[0])
        return self._out_of_quotes(start, end)

    def _out_of_quotes(self, start: int, end: int) -> Span:
        """Return the range of an item within the quotes that are all its own."""
        text = self._text
        if end - start > 2 and text[start] == "“" and text.find("”", start, end) == end - 1:  # noqa: PLR2004  two quotes
            return start + 1, end - 1
        return start, end

    def _is_rare(self, at: int) -> bool:
        return self._ngrams.habits(self._text[at : at + 2]).total < _RARE

    # From mark to mark

    def _from_front(self, setting: Setting, cut: str, pieces: list[Span]) -> Iterator[Segmentation]:
        number = setting.number
        if len(pieces) >= number:
            yield from self._trimmed(setting, cut, pieces[:number], 0, len(pieces) - number)
            return
        for chosen in self._split(pieces, number - len(pieces)):
            yield from self._trimmed(setting, cut if len(pieces) > 1 else "和", chosen, number - len(pieces), 0)
        if cut == "、":
            words = self._equal_words(pieces, number)
            if words:
                yield Segmentation(
                    setting.place, setting.cue, setting.reading, "equal", tuple(words), (pieces[0][0], pieces[-1][1])
                )

    def _from_back(self, setting: Setting, cut: str, pieces: list[Span]) -> Iterator[Segmentation]:
        for splits in range(min(setting.number - 1, _MOST_SPLITS - 1) + 1):
            wanted = setting.number - splits
            if wanted > len(pieces) or (wanted == 1 and cut not in "、和"):
                continue
            left_over = len(pieces) - wanted
            kind = cut if wanted > 1 else "和"
            for chosen in self._split(pieces[-wanted:], splits) if splits else [pieces[-wanted:]]:
                yield from self._trimmed(setting, kind, chosen, splits, left_over)

    def _clauses(self, setting: Setting, pieces: list[Span]) -> Iterator[Segmentation]:
        """Take the first clause of each sentence for an item, where each has more than one."""
        chosen = pieces[: setting.number]
        commas = [self._text.find("，", *piece) for piece in chosen]
        if min(commas) >= 0:
            items = tuple(self.clean(start, comma) for (start, _), comma in zip(chosen, commas, strict=True))
            natural = (pieces[0][0], chosen[-1][1])
            left_over = len(pieces) - setting.number
            yield Segmentation(
                setting.place, setting.cue, setting.reading, "heads", items, natural, left_over=left_over
            )

    def _split(self, pieces: Sequence[Span], wanted: int) -> Iterator[list[Span]]:
        """Yield the pieces with `wanted` connectives taken for separators; those further behind first."""
        joints = [joint for piece in pieces for joint in self._connectives(*piece)]
        if not wanted <= len(joints) <= _MOST_CONNECTIVES or wanted > _MOST_SPLITS:
            return
        for number, chosen in enumerate(combinations(reversed(joints), wanted)):
            if number >= _MOST_WAYS:
                return
            yield _cut_out(pieces, sorted(chosen))

    def _connectives(self, start: int, end: int) -> list[Span]:
        """Return the connectives of a piece that are no part of a word and stand in no quotes or brackets."""
        text = self._text
        return [
            word.span()
            for word in _CONNECTIVE.finditer(text, start + 1, end - 1)
            if text[word.start() - 1] not in "、，；"
            and text[word.end()] not in "、，；）"
            and not self._is_in_word(*word.span())
            and self._is_balanced(start, word.start())
        ]

    def _is_in_word(self, first: int, last: int) -> bool:
        text, habits = self._text, self._ngrams.habits
        pairs = ((text[first - 1], text[first - 1 : first + 1]), (text[last], text[last - 1 : last + 1]))
        return any(
            (alone := habits(character).total) > 0 and habits(pair).total - alone > _IN_WORD
            for character, pair in pairs
        )

    def _is_balanced(self, start: int, end: int) -> bool:
        """Tell whether every quote and bracket that opens in a stretch closes in it."""
        count = self._text.count
        return count("“", start, end) == count("”", start, end) and count("（", start, end) == count("）", start, end)

    # Without marks, and by quotes

    def _equal_words(self, pieces: Sequence[Span], number: int) -> list[Span] | None:
        """Cut pieces without marks into words of one length that begin or end alike (淮河海河辽河)."""
        if number % len(pieces):
            return None
        each = number // len(pieces)
        words: list[Span] = []
        for piece in pieces:
            start, end = self.clean(*piece)
            width, rest = divmod(end - start, each)
            if rest or not 1 < width <= _LONGEST_WORD or _MARK.search(self._text, start, end):
                return None
            spans = [(at, at + width) for at in range(start, end, width)]
            texts = [self._text[first:last] for first, last in spans]
            alike = max(_commonest([word[0] for word in texts]), _commonest([word[-1] for word in texts]))
            joined = any(text[0] in JOINING or text[-1] in JOINING for text in texts)
            if joined or alike < each - (len(pieces) > 1) or len(set(texts)) < each:
                return None
            words += spans
        return words

    def _words_before(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        for width in range(2, _LONGEST_WORD):
            low = end - width * setting.number
            words = self._equal_words([(low, end)], setting.number) if low >= start else None
            if words:
                yield Segmentation(setting.place, setting.cue, setting.reading, "equal", tuple(words), (start, end))
        for width in (1, 2):
            low = end - width * setting.number
            if low >= start and self._are_words(low, end, width):
                items = tuple((at, at + width) for at in range(low, end, width))
                yield Segmentation(setting.place, setting.cue, setting.reading, "words", items, (start, end))

    def _are_words(self, start: int, end: int, width: int) -> bool:
        """Tell whether words of two characters stand side by side (改革发展稳定), or single characters that make no words (德智体美劳)."""
        pairs = (self._text[at : at + 2] for at in range(start, end - 1, width))
        if width == 1:
            is_list = end - start > 2 and not _MARK.search(self._text, start, end)  # noqa: PLR2004  two items are a pair
            return is_list and not any(map(is_word, pairs))
        return all(map(is_word, pairs))

    def _quotes(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        """Read items that each stand in quotes of their own, little between them."""
        items: list[Span] = []
        at = start
        while len(items) <= setting.number:
            opened = self._text.find("“", at, min(end, at + 30))
            closed = self._text.find("”", opened, end) if opened >= 0 else -1
            if closed <= opened + 1:
                break
            items.append((opened + 1, closed))
            at = closed + 1
        yield from _by_quotes(setting, items[: setting.number], len(items) - setting.number)

    def _quotes_before(self, setting: Setting, start: int, end: int) -> Iterator[Segmentation]:
        items: list[Span] = []
        at = end
        while len(items) <= setting.number:
            closed = self._text.rfind("”", max(start, at - 14), at)
            opened = self._text.rfind("“", start, closed) if closed >= 0 else -1
            if opened < 0 or closed == opened + 1:
                break
            items.insert(0, (opened + 1, closed))
            at = opened
        yield from _by_quotes(setting, items[-setting.number :], len(items) - setting.number)

    # The outer ends

    def _trimmed(
        self, setting: Setting, cut: str, pieces: list[Span], splits: int, left_over: int
    ) -> Iterator[Segmentation]:
        """Yield the pieces as items, the first beginning and the last ending wherever they may."""
        cleaned = [self.clean(*piece) for piece in pieces]
        inner = cleaned[1:-1]
        if any(not 0 < end - start <= _LONGEST_ITEM for start, end in inner):
            return
        first, last = cleaned[0], cleaned[-1]
        lengths = sorted(end - start for start, end in inner or cleaned[1:])
        if inner and lengths[-1] > MOST_UNEVEN * lengths[0]:
            return
        usual = lengths[len(lengths) // 2]
        heads = {self._text[start] for start, end in cleaned[1:] if end > start}
        tails = {self._text[end - 1] for start, end in cleaned[:-1] if end > start}
        stops = self._stops(last, usual, tails)
        stops = [stop for stop in stops if self._is_balanced(last[0], stop)]
        natural = (first[0], last[1])
        closings = [self._out_of_quotes(last[0], stop) for stop in stops]
        for rank, start in enumerate(self._starts(first, usual, heads)):
            if self._is_balanced(start, first[1]):
                opening = self._out_of_quotes(start, first[1])
                for closing in closings[: max(1, _MOST_ENDS - rank)]:
                    items = (opening, *inner, closing)
                    yield Segmentation(
                        setting.place, setting.cue, setting.reading, cut, items, natural, splits, left_over
                    )

    def _starts(self, piece: Span, usual: int, heads: set[str]) -> list[int]:
        """Return where the first item may begin: at its mark, and where the words part best."""
        start, end = piece
        scored = [
            (
                self.parts_at(at)
                - _PER_CHARACTER * abs(end - at - usual)
                + _ALIKE * (self._text[at] in heads)
                + _AFTER_CONNECTIVE * (self._text[at - 1] in JOINING),
                at,
            )
            for at in range(max(start + 1, end - 3 * usual - 8), end)
        ]
        best = [at for _, at in sorted(scored, reverse=True)[:_MOST_STARTS]]
        return [start, *best] if 0 < end - start <= _LONGEST_ITEM else best

    def _stops(self, piece: Span, usual: int, tails: set[str]) -> list[int]:
        """Return where the last item may end: at its mark, and where the words part best."""
        start, end = piece
        scored = [
            (
                self.parts_at(at) - _PER_CHARACTER * abs(at - start - usual) + _ALIKE * (self._text[at - 1] in tails),
                at,
            )
            for at in range(start + 1, min(end, start + 3 * usual + 8))
        ]
        best = [at for _, at in sorted(scored, reverse=True)[:_MOST_STOPS]]
        best += [tail.start() for tail in _TAIL.finditer(self._text, start + 1, end) if tail.start() not in best][:2]
        return [end, *best] if 0 < end - start <= _LONGEST_ITEM else best


def pieces_between(start: int, end: int, places: Sequence[int]) -> list[Span]:
    """Return the ranges that marks at `places` leave between `start` and `end`."""
    return list(zip([start, *[at + 1 for at in places]], [*places, end], strict=True))


def _marks(text: str) -> list[tuple[int, str, int]]:
    """Return the marks that part items: offset, mark, and the offset of the innermost bracket or quote that is open there, or -1."""
    found: list[tuple[int, str, int]] = []
    opened: list[tuple[int, str]] = [(-1, "")]
    for match in _MARK_OR_STOP.finditer(text):
        mark = match[0]
        if mark in _CLOSING:
            opened.append((match.start(), _CLOSING[mark]))
        elif mark == opened[-1][1]:
            opened.pop()
        elif mark in "、，；：":
            found.append((match.start(), mark, opened[-1][0]))
        elif mark in "。！？\n\t|":
            del opened[1:]
    return found


def _behind_last(marks: Sequence[tuple[int, str]], wanted: str, start: int) -> int:
    return max([at + 1 for at, mark in marks if mark in wanted], default=start)


def _cut_out(pieces: Sequence[Span], joints: Sequence[Span]) -> list[Span]:
    """Return the pieces without the joints that lie in them."""
    cut: list[Span] = []
    for start, end in pieces:
        inside = [joint for joint in joints if start < joint[0] < end]
        cut += zip([start, *[last for _, last in inside]], [*[first for first, _ in inside], end], strict=True)
    return cut


def _commonest(characters: list[str]) -> int:
    return max(map(characters.count, characters))


def _by_quotes(setting: Setting, items: list[Span], left_over: int) -> Iterator[Segmentation]:
    if left_over >= 0:
        natural = (items[0][0], items[-1][1])
        yield Segmentation(
            setting.place, setting.cue, setting.reading, "quotes", tuple(items), natural, left_over=left_over
        )
