"""Where a draft says what a slogan means: in a bracket behind it, after 即 or a colon, in the list that leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kouhao.check.item_diff import Comparison, Reading, compare
from kouhao.harvest.readers import COLON, THAT_IS, clause_start, sentence_end
from kouhao.harvest.shaping import drop_adverbials, skip_leads
from kouhao.language.lists import Span, between_marks
from kouhao.records import Record

_FEWEST_IN_OPEN_LIST = 2
_LONGEST = 800
_BRACKETS = {"（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕"}
_BRACKET = re.compile(
    r"(?:\[\^?[0-9]+\]|〔[0-9]+〕|【[0-9]+】)?\s?[^，。；：、（）“”！？\[［【〔\n]{0,6}\s?([（\[［【〔])"
)
_DASH = re.compile(r"\s?——(?!\s*\n)")
_FIRST_CLAUSE = re.compile("——([^，。；：\n]+)")
_DASHED = re.compile(r"[^，。；：、（）“”！？\n]{0,12}[：。]?\s*((?:\n\s*——[^\n]+)+)")
_FOLLOWED = ("，", "问题，", "要求，", "目标，", "机制，", "原则，", "任务，", "工作，", "建设，", "方针，")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch that may hold an expansion; `closed` by a bracket, or open at one of its ends.

    An `announced` one follows a bracket, 即, a colon or a dash, so that a list in it surely means the slogan. Of `paragraphs` behind
    dashes only the first clause of each is an item.
    """

    start: int
    end: int
    closed: bool
    announced: bool = True
    paragraphs: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An expansion in the draft: the slogan's stretch, the region, and how it compares with each reading that is as near."""

    start: int
    end: int
    region: Region
    comparisons: tuple[Comparison, ...]

    @property
    def best(self) -> Comparison:
        """The comparison with the nearest reading."""
        return self.comparisons[0]


def regions(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield the stretches in which the slogan at `text[start:end]` (with its quotes) may be expanded, the likeliest first."""
    bracket = _BRACKET.match(text, end)
    if bracket:
        closing = _closing_bracket(text, bracket.end())
        if closing > bracket.end():
            yield Region(skip_leads(text, bracket.end(), closing), closing, True)
    dashed = _DASHED.match(text, end)
    if dashed:
        yield Region(dashed.start(1), dashed.end(1), closed=True, paragraphs=True)
    opening = THAT_IS.match(text, end) or COLON.match(text, end) or _DASH.match(text, end)
    if opening:
        stop = sentence_end(text, opening.end())
        yield Region(skip_leads(text, opening.end(), stop), stop, False)
    elif text.startswith(_FOLLOWED, end):
        yield Region(end, sentence_end(text, end), False, announced=False)
    floor = _list_start(text, start)
    stop = drop_adverbials(text, floor, start)
    if stop > floor and "等" not in text[stop - 1 : stop + 1]:
        yield Region(floor, stop, False, announced=False)


def _closing_bracket(text: str, start: int) -> int:
    """Return where the bracket closes that opens just before `start`, or `start` where it does not."""
    opening, closing = text[start - 1], _BRACKETS[text[start - 1]]
    depth = 1
    for at in range(start, min(len(text), start + _LONGEST)):
        depth += (text[at] == opening) - (text[at] == closing)
        if not depth:
            return at
    return start


def _list_start(text: str, end: int) -> int:
    """Return where the list begins that leads to a slogan: at its clause, or further back where clauses are its items."""
    floor = clause_start(text, end)
    if "、" in text[floor:end]:
        return floor
    sentence = max(
        max(text.rfind(mark, max(0, end - _LONGEST), end) for mark in "。！？；：\n（") + 1, end - _LONGEST, 0
    )
    return _behind_list_in_brackets(text, sentence, end)


def _behind_list_in_brackets(text: str, start: int, end: int) -> int:
    """Return where the last bracket ends that has a list in it, or `start` where there is none."""
    closing = text.rfind("）", start, end)
    while closing >= 0:
        opening = max(text.rfind(mark, start, closing) for mark in "（）")
        if any(text.find(mark, max(start, opening), closing) >= 0 for mark in "、，"):
            return closing + 1
        closing = text.rfind("）", start, closing)
    return start


def stretches(text: str, region: Region) -> list[Span]:
    """Return what may be items in a region."""
    if region.paragraphs:
        return [Span(*found.span(1)) for found in _FIRST_CLAUSE.finditer(text, region.start, region.end)]
    return between_marks(text, region.start, region.end)


def find_claim(text: str, start: int, end: int, readings: Iterable[Reading]) -> Claim | None:
    """Return the expansion of a slogan whose readings are known, if the draft gives one that means to be one of them."""
    wanted = list(readings)
    for region in regions(text, start, end):
        listed = stretches(text, region)
        compared = [one for reading in wanted if (one := compare(text, listed, reading, closed=region.closed))]
        most = max((one.known for one in compared), default=0)
        convincing = [one for one in compared if one.convincing and _enough(one, region)]
        convincing = [one for one in convincing if one.known == most or not one.reading.partial]
        if convincing:
            fewest = min(len(one.differences) for one in convincing)
            nearest = [one for one in convincing if len(one.differences) == fewest]
            return Claim(start, end, region, tuple(nearest))
    return None


def _enough(comparison: Comparison, region: Region) -> bool:
    """An open stretch shows an expansion only by several items, one that nothing announces by most of them."""
    if region.closed:
        return True
    size = len(comparison.reading.items)
    return comparison.agreeing >= min(_FEWEST_IN_OPEN_LIST, size) and (
        region.announced or 3 * comparison.known >= 2 * size
    )


def readings(record: Record) -> list[Reading]:
    """Return what an entry's record gives as its expansion: the source's own, one of its groups, those of other publications."""
    items = tuple(item for part in record["parts"] for item in part["items"])
    own = [Reading(items, tuple(part["lead"] for part in record["parts"]), record["full"])] if items else []
    groups = [
        Reading(tuple(part["items"]), (part["lead"],), partial=True)
        for part in record["parts"]
        if len(part["items"]) > 1
    ]
    others = [Reading(tuple(other["items"]), (), other["full"]) for other in record["elsewhere"] if other["items"]]
    return [*own, *(groups if len(groups) > 1 else []), *others]
