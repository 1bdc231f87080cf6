"""One document, read once for all rules: its known slogans, what it says that they mean, and what is nearly one."""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple, Protocol, TypeVar

from kouhao.check.ear import Ear
from kouhao.check.expansions import (
    Arrangement,
    Claim,
    aligned,
    is_about,
    is_excepted,
    is_of_others,
    is_right,
    is_sure,
    together,
)
from kouhao.check.item_diff import DROPPED, MISSING
from kouhao.check.item_places import ItemPlaces
from kouhao.check.normalized_text import NormalizedText
from kouhao.check.outlines import PageLines, Wanted, below, cells, columns, reach
from kouhao.check.stretches import Grade, Stretch, before, behind
from kouhao.documents.document import Document
from kouhao.documents.skip_ranges import Spans
from kouhao.index.patterns import Meaning
from kouhao.language.lexicon import (
    CONNECTIVES,
    COUNTING,
    MEASURE_WORDS,
    NUMBER_CHARACTERS,
    NUMBERING,
    SENTENCE_ENDS,
)
from kouhao.language.normalize import prefers_traditional, same_length
from kouhao.language.numerals import Group, count_groups
from kouhao.language.word_boundary import stands_alone
from kouhao.model import Edit, Severity

_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}\n]")
_LINKS = frozenset(("", "、", "+", *CONNECTIVES))

_MOST_LINKED = 4  # slogans in a row that share one list, by hand
_BEFORE_CELL = re.compile(rf"[\n|\t](?:#+ )?[ *（）0-9{NUMBERING}零、.．〔〕\[\]【】［］]*$")
_REACH_BEFORE, _REACH_BEHIND = (
    500,
    2000,
)  # characters beside a slogan that tell whether it is expanded, by the longest list
_NUMBERED = 4  # characters between a slogan and its list: （一）：
_REMEMBERED = 1 << 14  # places of a page, a megabyte
_PRIVATE, _MOST_INDENTED = 0xE000, 99  # characters that no text has
_CELL_WINDOW = 12  # characters before a slogan in which its cell may begin: a number, a quote, a few marks
_QUOTED = "“([^“”，。；：！？（）\n]{2,24})”"
_MEASURED = f"([{COUNTING}](?<![0-9{NUMBER_CHARACTERS}第几数余多].)[{MEASURE_WORDS}][一-鿿]{{1,8}})（"


class KnownSlogan(NamedTuple):
    """A known slogan in the normalized text: its stretch without and with quotes, its spelling, what it can mean.

    `own` tells whether the glossary itself writes it so.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    own: bool
    meanings: tuple[Meaning, ...]

    @property
    def term(self) -> str:
        """The term as the glossary writes it."""
        return self.meanings[0].term


class Remark(NamedTuple):
    """What a rule has to say of a stretch of the normalized text; `fix` is an edit of that text.

    `severity` is the rule's own unless it is given.
    """

    start: int
    end: int
    message: str
    term: str = ""
    expected: str = ""
    found: str = ""
    fix: Edit | None = None
    severity: Severity | None = None

    def moved(self, by: int) -> Remark:
        """Return the same so many characters further on."""
        fix = self.fix and self.fix._replace(start=self.fix.start + by, end=self.fix.end + by)
        return self._replace(start=self.start + by, end=self.end + by, fix=fix)


class CountedSlogan(NamedTuple):
    """A slogan that counts and that the glossary does not have: its term, the place it takes with its quotes, its groups."""

    term: str
    start: int
    end: int
    groups: tuple[Group, ...]


_Found = TypeVar("_Found")
Known = Callable[[tuple[Meaning, ...]], tuple[Arrangement, ...]]


class NearForm(NamedTuple):
    """A stretch that means a slogan and is written otherwise.

    `proved` by a complete expansion beside it, of another `number`, `alike` in sound or shape, in quotes.
    """

    start: int
    end: int
    term: str
    number: bool = False
    proved: bool = False
    alike: bool = True
    quoted: bool = False

    def moved(self, by: int) -> NearForm:
        """Return the same so many characters further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class Search(Protocol):
    """Looks for what is nearly a known slogan."""

    @property
    def ear(self) -> Ear:
        """Which characters are taken for one another."""

    def find(self, page: Page) -> list[NearForm]:
        """Return the near forms on a page in order."""

    def of_other_number(self, written: str) -> list[str]:
        """Return the terms that a phrase with a number would be with another one."""


class Page:
    """A document and the glossary's view of it. Offsets are those of `text`, the normalized text."""

    def __init__(
        self,
        document: Document,
        normalized: NormalizedText,
        *,
        mentions: tuple[KnownSlogan, ...],
        known: Known,
        search: Search,
        as_of: str,
        protected: Spans,
    ) -> None:
        """`protected` are the stretches that are no prose."""
        self.document = document
        self.normalized = normalized
        self.mentions = mentions
        self.known = known
        self.search = search
        self.as_of = as_of
        self.protected = protected
        self.starts = [mention.start for mention in mentions]
        self.ends = [mention.end for mention in mentions]
        self._places: dict[int, tuple[int, Sequence[Any]]] = {}

    @property
    def text(self) -> str:
        """The normalized text."""
        return self.normalized.text

    @property
    def plain(self) -> str:
        """The same with every numeral spelled one way."""
        return self.normalized.plain

    @property
    def joints(self) -> list[int]:
        """Where lines were joined."""
        return self.normalized.joints

    @cached_property
    def traditional(self) -> bool:
        """Whether it is in traditional script."""
        return prefers_traditional(self.text)

    def is_known(self, start: int, end: int) -> bool:
        """Return whether a stretch touches a known slogan."""
        return bisect_right(self.ends, start) < bisect_left(self.starts, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence begins and ends in which a stretch stands."""
        behind = _SENTENCE_END.search(self.plain, end)
        first = max(self.plain.rfind(mark, 0, start) for mark in f"{SENTENCE_ENDS}\n")
        return first + 1, behind.start() if behind else len(self.plain)

    def stands_alone(self, start: int, end: int) -> bool:
        """Return whether a stretch is a word of its own and stands in prose."""
        return stands_in_prose(self.protected, self.normalized, start, end, alone=stands_alone(self.text, start, end))

    @cached_property
    def spans(self) -> frozenset[tuple[int, int]]:
        """Where its known slogans begin and end."""
        return frozenset(zip(self.starts, self.ends, strict=True))

    @cached_property
    def in_quotes(self) -> list[tuple[int, int]]:
        """Where something stands in quotes that is no known slogan; it may hold one."""
        return [span for found in re.finditer(_QUOTED, self.plain) if (span := found.span(1)) not in self.spans]

    @cached_property
    def quoted(self) -> tuple[Stretch, ...]:
        """What stands in quotes and neither is nor holds a known slogan."""
        return tuple(Stretch(*span, Grade.BEFORE) for span in self.in_quotes if not self.is_known(*span))

    @cached_property
    def counted(self) -> tuple[CountedSlogan, ...]:
        """The slogans that count and that the glossary does not have: in quotes, or with a measure word before a bracket."""
        spans = [(quoted.start - 1, quoted.end + 1, self.text[quoted.start : quoted.end]) for quoted in self.quoted]
        spans += [(*found.span(1), found[1]) for found in re.finditer(_MEASURED, self.text)]
        found = (CountedSlogan(term, start, end, count_groups(term)) for start, end, term in spans)
        return tuple(one for one in found if one.groups and not self.is_known(one.start, one.end))

    @cached_property
    def near(self) -> list[NearForm]:
        """What is nearly a known slogan."""
        return self.search.find(self)

    @cached_property
    def claims(self) -> tuple[tuple[KnownSlogan, Claim], ...]:
        """The known slogans that the document expands, and how; a mention that one of its readings explains is clean."""
        return tuple(
            (chain[nth], claim)
            for chain in self._chains()
            if self._may_be_expanded(chain)
            for nth, claim in self.once(
                "claims", chain[0].outer_start, chain[-1].outer_end, partial(self._claimed, chain), _moved
            )
        )

    @cached_property
    def _items(self) -> ItemPlaces:
        """Where the items of its known slogans stand in the text without marks."""
        meant = {mention.meanings for mention in self.mentions}
        return ItemPlaces(self.without_marks[0], {meanings: self.known(meanings) for meanings in meant})

    def may_be_expanded(self, mention: KnownSlogan) -> bool:
        """Return whether any stretch beside a known slogan may be about it."""
        return self._may_be_expanded([self.mentions[bisect_left(self.starts, mention.start)]])

    def _may_be_expanded(self, chain: Sequence[KnownSlogan]) -> bool:
        slogans = [mention.meanings for mention in chain]
        return self.are_items_near(chain[0].outer_start, chain[-1].outer_end, self._items, slogans)

    def are_items_near(self, start: int, end: int, items: ItemPlaces, slogans: Sequence[Hashable]) -> bool:
        """Return whether what stands beside a place may be about slogans, and is to be compared with their items."""
        marks = self.without_marks[1]
        low, high = max(0, start - _REACH_BEFORE), max(end + _REACH_BEHIND, reach(self.lines, start, end))
        return items.are_near(slogans, low - bisect_left(marks, low), high - bisect_left(marks, high))

    @cached_property
    def unexplained(self) -> tuple[KnownSlogan, ...]:
        """The known slogans that no clean expansion explains."""
        clean = {mention.start for mention, claim in self.claims if claim.clean}
        return tuple(mention for mention in self.mentions if mention.start not in clean)

    @cached_property
    def lines(self) -> PageLines:
        """Its lines, joined ones too."""
        return PageLines(self.text, self.plain, self.joints, self.normalized.indents)

    @cached_property
    def _joined(self) -> str:
        """The text with a mark where lines were joined, which tells how far in the second ones were."""
        marks = [chr(_PRIVATE + min(indent, _MOST_INDENTED)) for indent in self.normalized.indents]
        edges = [0, *self.joints, len(self.text)]
        lines = (self.text[start:end] for start, end in itertools.pairwise(edges))
        return "".join(mark + line for mark, line in zip(["", *marks], lines, strict=True))

    def once(
        self,
        what: str,
        start: int,
        end: int,
        find: Callable[[], Iterable[_Found]],
        move: Callable[[_Found, int], _Found],
    ) -> Sequence[_Found]:
        """Return what is found at a place; where the same surroundings were seen before, it is `move`d here from there: tables repeat much."""
        low, high = max(0, start - _REACH_BEFORE), end + _REACH_BEHIND
        text = self._joined[low + bisect_left(self.joints, low) : high + bisect_right(self.joints, high)]
        place = hash((what, text, start - low, end - low))
        if place in self._places:
            at, seen = self._places[place]
            return [move(one, start - at) for one in seen]
        found = tuple(find())
        if len(self._places) < _REMEMBERED:
            self._places[place] = start, found
        return found

    @cached_property
    def without_marks(self) -> tuple[str, array[int]]:
        """The text without marks, and where those stand."""
        return DROPPED.sub("", self.plain), array("q", (found.start() for found in DROPPED.finditer(self.plain)))

    def _bare(self, start: int, end: int) -> str:
        """Return a stretch without marks."""
        text, marks = self.without_marks
        return text[start - bisect_left(marks, start) : end - bisect_left(marks, end)]

    def compare(self, stretch: Stretch, known: Sequence[Arrangement]) -> Iterator[Claim]:
        """Yield how a stretch compares with those sequences of items that it is about."""
        content = self._bare(stretch.start, stretch.end) if known else ""
        for one in known:
            if is_about(content, one.items) and (claim := aligned(self.plain, stretch, one, self.normalized.places)):
                yield claim

    def is_about(self, mention: KnownSlogan) -> bool:
        """Return whether what stands right behind a slogan is about the items that it is known to have."""
        stretch = next(self.stretches(mention.outer_start, mention.outer_end), None)
        return stretch is not None and any(self.compare(stretch, self.known(mention.meanings)))

    def _chains(self) -> Iterator[list[KnownSlogan]]:
        """Yield the slogans that stand side by side and may be expanded together, a few at most."""
        chain: list[KnownSlogan] = []
        for mention in self.mentions:
            linked = chain and self.plain[chain[-1].outer_end : mention.outer_start] in _LINKS
            if chain and (not linked or len(chain) == _MOST_LINKED):
                yield chain
                chain = []
            chain.append(mention)
        if chain:
            yield chain

    def _claimed(self, chain: list[KnownSlogan]) -> Iterator[tuple[int, Claim]]:
        """Yield which slogans of a chain are expanded, and how: cleanly, else by the surest expansion that differs."""
        known = [self.known(mention.meanings) for mention in chain]
        all_together = tuple(together(known)) if len(chain) > 1 and all(known) else ()
        compared = ((stretch, list(self.compare(stretch, all_together))) for stretch in self._stretches(chain))
        shared = list(compared) if len(chain) > 1 and any(known) else compared
        for nth, (mention, alone) in enumerate(zip(chain, known, strict=True)):
            claim = self._claim(mention, alone, shared) if alone else None
            if claim is not None:
                yield nth, claim

    def _claim(
        self,
        mention: KnownSlogan,
        alone: Sequence[Arrangement],
        shared: Iterable[tuple[Stretch, list[Claim]]],
    ) -> Claim | None:
        """Return the clean expansion of a slogan, else the surest one that differs, or None.

        `shared` are the stretches that may expand it, with the claims of all slogans of its chain together.
        """
        surest: Claim | None = None
        for stretch, of_all in shared:
            own: list[Claim] = []
            for claim in itertools.chain(of_all, self.compare(stretch, alone)):
                if is_right(claim):
                    return claim
                own.append(claim)
            if any(one.abridged for one in own):  # which goes on behind it by one reading does so by all
                own = [one._replace(abridged=True) for one in own]
            judged = [one for one in of_all if not one.clean and _is_of(one, alone)]
            judged += [one for one in own[len(of_all) :] if not one.clean]
            sure = [
                one
                for one in judged
                if is_sure(one, same_length(mention.term), mention.start)
                and not self._is_like(mention, one)
                and not is_of_others(self.plain, one, alone, self.joints)
                and not self._is_shared(mention, one)
            ]
            if sure and surest is None and not is_excepted(self.plain, mention.outer_start):
                # a piece that is one item written otherwise tells more than one that is missing
                surest = min(
                    sure, key=lambda one: (len(one.alignment.differences), one.alignment.differences[0].kind == MISSING)
                )
        return surest

    def _is_like(self, mention: KnownSlogan, claim: Claim) -> bool:
        """Return whether a claim is the next line, which is another list, behind a slogan that is a list itself: 科学立法、严格执法、…."""
        start = claim.stretch.start
        parted = "\n" in self.text[mention.outer_end : start] or self.normalized.joined(mention.outer_end, start)
        return parted and not claim.stretch.heads and all(item.name in mention.term for item in claim.arrangement.items)

    def _is_shared(self, mention: KnownSlogan, claim: Claim) -> bool:
        """Return whether other mentions of a slogan have items that a list lacks, and none that it has: a row of a table for each item."""
        alignment = claim.alignment
        if all(one.kind != MISSING for one in alignment.differences):
            return False
        has = {piece.text for piece in claim.counted}
        items = itertools.chain.from_iterable(one.items for one in self.known(mention.meanings))
        lacked = {way for item in items for way in item.ways if len(way) > 1} - has
        low = bisect_left(self.starts, mention.start - _REACH_BEFORE)
        high = bisect_right(self.starts, mention.end + _REACH_BEHIND)
        near = (one for one in self.mentions[low:high] if one.meanings == mention.meanings)
        if claim.stretch.grade is Grade.BEFORE:
            return any(one.outer_end <= alignment.start <= one.outer_end + _NUMBERED for one in near)
        same = [one for one in near if not alignment.start <= one.start < alignment.end]  # “双循环”（国内双循环）
        ends = [*(one.outer_start for one in same[1:]), len(self.plain)]
        beside = [
            self._bare(one.outer_end, min(end, self.sentence(one.outer_end, one.outer_end)[1]))
            for one, end in zip(same, ends, strict=False)
        ]
        return any(any(map(text.__contains__, lacked)) and not any(map(text.__contains__, has)) for text in beside)

    def _stretches(self, chain: list[KnownSlogan]) -> Iterator[Stretch]:
        return self.stretches(chain[0].outer_start, chain[-1].outer_end)

    def stretches(self, begin: int, end: int, wanted: Wanted | None = None) -> Iterator[Stretch]:
        """Yield the stretches that may expand the slogan at a place, the likeliest first; of lists laid out those that are `wanted`."""
        window = self.plain[max(0, begin - _CELL_WINDOW) : begin] if begin > _CELL_WINDOW else "\n" + self.plain[:begin]
        cell = bool(_BEFORE_CELL.search(window)) or self.normalized.joined(begin - 1, begin)
        laid_out = list(below(self.lines, begin, end, wanted))
        yield from laid_out
        yield from cells(self.lines, begin, end, wanted)
        yield from columns(self.lines, begin, end, wanted)
        if not any(len(one.heads) > 1 and not one.open_end for one in laid_out):
            yield from behind(self.plain, end, cell=cell, joints=self.joints)
        led = before(self.plain, begin)
        if led:
            yield led


def stands_in_prose(protected: Spans, normalized: NormalizedText, start: int, end: int, *, alone: bool) -> bool:
    """Return whether a stretch that stands `alone`, or ends with its line, stands in prose."""
    return (alone or normalized.joined(end, end)) and not protected.touch(*normalized.origin_span(start, end))


def _is_of(claim: Claim, known: Sequence[Arrangement]) -> bool:
    """Return whether a list that slogans share differs from what belongs together in one place only, which is one of this slogan's."""
    differences = claim.alignment.differences
    if len(differences) > 1 or differences[0].item < 0:
        return len(differences) == 1
    item = claim.arrangement.items[differences[0].item].text
    return any(item in _texts(one) for one in known)


def _moved(claimed: tuple[int, Claim], by: int) -> tuple[int, Claim]:
    return claimed[0], claimed[1].moved(by)


def _texts(arrangement: Arrangement) -> tuple[str, ...]:
    return tuple(item.text for item in arrangement.items)
