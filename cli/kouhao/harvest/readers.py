"""The ways in which documents expand a slogan, one reader each: from a mention to its items, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kouhao.harvest.groups import by_group, embedded, grouped, items, pair_inside
from kouhao.harvest.shaping import drop_adverbials, is_object, skip_leads, trim_defined, trim_last, trim_led
from kouhao.harvest.terms import Mention
from kouhao.language.lists import Span, split_items, split_unseparated
from kouhao.language.numerals import expected_counts

_NOUN = r"[^，。；：、（）“”！？\n]{0,12}"
BRACKET = re.compile(r"\s?[^，。；：、（）“”！？\n]{0,6}\s?（")
THAT_IS = re.compile(rf"{_NOUN}\s*[，：]?\s*(?:也就是|就是指|是指|即(?![将使便刻])|指(?![导示挥出引标数明]))")
COLON = re.compile(rf"{_NOUN}\s*：\s*")
_NUMBERED = re.compile("(?:^|[，。；：、\\s（])([一二三四五六七八九十]{1,3})(?:是|要)")
_FIRST = re.compile(rf"{_NOUN}\s*[：，。]?\s*(?:即|就是|分别是)?\s*一(?:是|要)")
_DASHED = re.compile(rf"{_NOUN}\s*[：。]?\s*\n\s*——")
_NEXT_DASH = re.compile(r"\s*——")
_OTHER_DEFINED = re.compile("[，；、]?“([^“”\n]{2,24})”(?:是指|指|即)")
_NOTE_MARK = re.compile(r"[①-⑳]|〔[0-9]{1,3}〕|\[[0-9]{1,3}\]|【[0-9]{1,3}】")
_LONGEST = 800
_FARTHEST_NOTE = 200_000
_SENTENCE_END = "。！？\n"


@dataclass(frozen=True, slots=True)
class Found:
    """Items in a text, each group's lead, and the place from `start` to `end` that shows them."""

    spans: list[Span]
    start: int
    end: int
    pattern: str
    leads: tuple[str, ...] = ()


def _read_bracket(wide: str, mention: Mention) -> Found | None:
    opening = BRACKET.match(wide, mention.end)
    if not opening:
        return None
    closing = closing_bracket(wide, opening.end())
    start = skip_leads(wide, opening.end(), closing)
    spans, leads = by_group(wide, start, closing, mention)
    if not spans:
        spans = items(wide, start, closing, mention)
    pair, lead = pair_inside(wide, start, closing, mention)
    if pair:
        spans, leads = pair, (lead,)
    return Found(spans, mention.start, min(closing + 1, len(wide)), "paren", leads) if spans else None


def closing_bracket(wide: str, start: int) -> int:
    """Return where the bracket closes that is open at `start`, or `start` where it does not."""
    depth = 1
    for at in range(start, min(len(wide), start + _LONGEST)):
        depth += (wide[at] == "（") - (wide[at] == "）")
        if not depth:
            return at
    return start


def _read_definition(wide: str, mention: Mention) -> Found | None:
    """Read 即, 是指, 指 or a colon behind the term."""
    that_is = THAT_IS.match(wide, mention.end)
    colon = COLON.match(wide, mention.end)
    opening = that_is or colon
    if not opening:
        return None
    end = sentence_end(wide, opening.end())
    start = skip_leads(wide, opening.end(), end)
    pattern = "ji" if that_is or start > opening.end() else "colon"
    again = wide.find("“", start, end)
    if again > start and "".join(wide[again : again + 24].split()).startswith(f"“{mention.term}"):
        end = again
    joined = wide.count("“", mention.start, mention.end) > 1
    others = (other for other in _OTHER_DEFINED.finditer(wide, start, end) if joined or other[1] not in mention.term)
    end = min((other.start() for other in others), default=end)
    spans = (
        grouped(wide, start, end, mention) or items(wide, start, end, mention) or embedded(wide, start, end, mention)
    )
    if not spans:
        return None
    spans = trim_last(wide, trim_defined(wide, trim_last(wide, spans)))
    return Found(spans, mention.start, spans[-1].end, pattern)


def sentence_end(wide: str, start: int) -> int:
    """Return where the sentence or paragraph ends that holds `start`."""
    depth = 0
    for at in range(start, min(len(wide), start + _LONGEST)):
        depth += (wide[at] in "（“") - (wide[at] in "）”")
        if wide[at] == "\n" or (depth <= 0 and wide[at] in _SENTENCE_END):
            return at
    return min(len(wide), start + _LONGEST)


def _read_list_before(wide: str, mention: Mention) -> Found | None:
    """Read the list that leads to the term: 责任、政策、帮扶、监管“四个不摘”."""
    end = mention.start
    if wide[max(0, end - 2) : end] in ("（即", "（指"):
        end -= 2
    elif wide[end - 1 : end] == "（":
        end -= 1
    closing = mention.end + (end != mention.start)
    floor = clause_start(wide, end)
    end = drop_adverbials(wide, floor, end)
    if end <= floor or _is_sum(mention) or wide[end - 1] in "等、，”" or is_object(wide[floor:end]):
        return None
    for count in expected_counts(mention.groups):
        spans = _counted_before(wide, floor, end, count) or _unseparated_before(wide, floor, end, mention, count)
        if spans:
            return Found(spans, floor, closing, "enumeration-before")
    return None


def clause_start(wide: str, end: int) -> int:
    """Return where the clause begins that ends at `end`."""
    depth = 0
    for at in range(end - 1, max(-1, end - _LONGEST), -1):
        depth += (wide[at] in "）”") - (wide[at] in "（“")
        if depth < 0 or wide[at] == "\n" or (depth == 0 and wide[at] in "。！？；，："):
            return at + 1
    return max(0, end - _LONGEST)


def _counted_before(wide: str, floor: int, end: int, count: int) -> list[Span]:
    spans = split_items(wide, floor, end, (count,))
    if not spans:
        return []
    return trim_last(wide, trim_led(wide, spans))


def _unseparated_before(wide: str, floor: int, end: int, mention: Mention, count: int) -> list[Span]:
    size = 2 * count
    spans = split_unseparated(wide, end - size, end, count) if end - size >= floor and count > 2 else []  # noqa: PLR2004
    return spans if spans and all(span.of(wide)[-1] == mention.term[-1] for span in spans) else []


def _read_numbered(wide: str, mention: Mention) -> Found | None:
    """Read 一是…二是… behind the term, in the same paragraph."""
    end = min(len(wide), mention.end + _LONGEST)
    paragraph = wide.find("\n", mention.end, end)
    end = end if paragraph < 0 else paragraph
    if not _FIRST.match(wide, mention.end):
        return None
    heads = list(_NUMBERED.finditer(wide, mention.end, end))
    count = expected_counts(mention.groups)[0]
    if [found[1] for found in heads[:count]] != ["一二三四五六七八九十"[at : at + 1] for at in range(count)]:
        return None
    spans: list[Span] = []
    for at, head in enumerate(heads[:count]):
        stop = heads[at + 1].start() if at + 1 < count else end
        until = min([stop, *(place for mark in "，。；" if (place := wide.find(mark, head.end(), stop)) >= 0)])
        spans.append(Span(head.end(), until))
    return Found(spans, mention.start, spans[-1].end, "numbered")


def _read_dashed(wide: str, mention: Mention) -> Found | None:
    """Read one paragraph an item, each behind a dash."""
    opening = _DASHED.match(wide, mention.end)
    if not opening:
        return None
    spans: list[Span] = []
    at = opening.end()
    for _ in range(expected_counts(mention.groups)[0]):
        line = wide.find("\n", at)
        line = len(wide) if line < 0 else line
        spans.append(
            Span(at, min([line, *(place for mark in "，。；：" if (place := wide.find(mark, at, line)) >= 0)]))
        )
        follows = _NEXT_DASH.match(wide, line)
        if not follows:
            break
        at = follows.end()
    complete = len(spans) == expected_counts(mention.groups)[0]
    return Found(spans, mention.start, spans[-1].end, "dash") if complete else None


def _read_footnote(wide: str, mention: Mention) -> Found | None:
    """Read the note, however far below, whose mark stands behind the term: “四个不摘”① … ①指不摘责任、…"""
    mark = _NOTE_MARK.match(wide, mention.end)
    note = wide.find(f"\n{mark[0]}", mark.end(), mark.end() + _FARTHEST_NOTE) if mark else -1
    if mark is None or note < 0:
        return None
    end = sentence_end(wide, note + 1)
    start = skip_leads(wide, note + 1 + len(mark[0]), end)
    spans = grouped(wide, start, end, mention) or items(wide, start, end, mention)
    return Found(trim_last(wide, trim_defined(wide, spans)), note + 1, end, "note") if spans else None


def _is_sum(mention: Mention) -> bool:
    """Tell whether the term is a sum (1+10), which only a bracket behind it explains."""
    return mention.term[0].isdecimal()


READERS: tuple[Callable[[str, Mention], Found | None], ...] = (
    _read_bracket,
    _read_dashed,
    _read_numbered,
    _read_definition,
    _read_footnote,
    _read_list_before,
)
"""In order of certainty."""
