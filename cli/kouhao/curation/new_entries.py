"""A new entry: what its quote says of it is proposed, what the curator decides is put in the glossary's form.

Its source is one that the glossary has, or another one that joins it. No entry is put under the source of another document,
because a citation would be false that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from kouhao.entry import Part, told_orders
from kouhao.errors import KouhaoError
from kouhao.glossary.write import part_data
from kouhao.harvest import harvest
from kouhao.language.lexicon import (
    CONNECTIVES,
    CONSISTS_OF,
    COUNTING,
    NUMBER_MARKS,
    NUMBERING,
    QUOTES,
    SENTENCE_ENDS,
    THAT_IS,
)
from kouhao.language.normalize import fold
from kouhao.language.numerals import Group, count_groups, promise
from kouhao.model import Basis

SEPARATORS = re.compile("[；;\n]")
LIGHT_SEPARATORS = re.compile("[、，,]")
"""What stands between items that a person typed: the light ones where there is none of the others."""

NUMBER = (
    rf"(?:[（(][{NUMBERING}\d]{{1,3}}[）)]|[{NUMBER_MARKS}]|\d{{1,2}}(?:[.．)）](?!\d)|、)"
    rf"|[A-Za-z][.．)）、](?=[\u4e00-\u9fff“])|[{NUMBERING}]{{1,3}}(?:、|是)|[第其][{NUMBERING}]{{1,3}}[是、，,])\s*"
)
"""A number in front of an item: （一）, ①, 1., 一、, 一是, 其一，."""

_PREDICATE = re.compile(f"[”’」]?(?:{'|'.join((*THAT_IS, *CONSISTS_OF))}|是|为|指)([^{SENTENCE_ENDS}\\n]+)")
_NUMBERED = re.compile(NUMBER)
_CLAUSE_END = re.compile(f"[{SENTENCE_ENDS}，；\\n”’」）)]|$")
_JOINT = re.compile(rf"[\W_]|{'|'.join(CONNECTIVES)}|第?[{COUNTING}一0-9]+(?:是|要)?")
"""What stands between items that follow each other as such: marks, connectives, numbers."""
_NUMBER_BEFORE = re.compile(rf"(?:{NUMBER}|[{NUMBERING}]{{1,3}}是?要)$")
_LABEL_BEFORE = re.compile(rf"{_NUMBER_BEFORE.pattern}|“[^“”]{{1,6}}”(?:是指|[是为指即])$")
"""A number, or what one mark of the term is said to be: “1”是."""
_NUMBER_BEHIND = re.compile(rf"[；;，,。、\s](?:{NUMBER}|[{NUMBERING}]{{1,3}}是?要)")
_OPENING = "(（"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as the curator has it so far; `parts` are empty where the quote does not explain the term.

    `full` is the expansion as a table has it; where there is none, it is the quote's own words. `source` is the id
    of one of the glossary's sources; without it the first is meant.
    """

    term: str
    quote: str
    parts: tuple[Part, ...] = ()
    topic: str = ""
    note: str = ""
    full: str = ""
    source: str = ""


def propose(entry: NewEntry) -> NewEntry:
    """Return the entry with what its quote says where the curator has said nothing: the term, the parts."""
    found = harvest(entry.quote, {})
    wanted = fold(entry.term)
    named = [one for one in found if not wanted or fold(one.term) == wanted]
    named = named or [one for one in found if fold(one.term) in wanted]  # 五心 in 五心服务
    if not named:
        return entry if entry.parts else with_items(entry, _read_predicate(entry))
    best = max(named, key=lambda one: one.score)
    parts = entry.parts or deal_items(entry.term or best.term, best.items, best.groups)
    return replace(entry, term=entry.term or best.term, parts=parts)


def _read_predicate(entry: NewEntry) -> list[str]:
    """Return the items of a sentence that only says what the term is, where each has its last character: 六稳是稳就业、稳金融、…."""
    told = _PREDICATE.match(entry.quote.partition(entry.term)[2]) if entry.term else None
    items = read_items(entry.term, told[1]) if told else []
    return items if all(entry.term[-1] in item for item in items) else []


def read_items(term: str, text: str) -> list[str]:
    """Return the items of an expansion (A、B和C), where they are as many as the term says and only joints are left over."""
    promised = promise(term)
    if promised is None or not text:
        return []
    for one in harvest(f"“{term}”（{text}）", {}):
        at, left = 0, ""
        for item in one.items:
            start = text.find(item, at)
            left, at = left + text[at:start], start + len(item)
        if len(one.items) in promised.expected and not _JOINT.sub("", left + text[at:]):
            return list(one.items)
    return []


def with_items(entry: NewEntry, items: Sequence[str]) -> NewEntry:
    """Return the entry with these items, dealt out to the groups that its term counts; with none, as it is."""
    return replace(entry, parts=deal_items(entry.term, items)) if items else entry


def deal_items(term: str, items: Sequence[str], counts: Sequence[int] = ()) -> tuple[Part, ...]:
    """Deal items out to a term's counted groups in order, where their numbers agree; else they are one part.

    What numbers all items (一是, ①), and a bracket that is closed behind the last but opened before the first, is no part of them.
    `counts` are the numbers of items of each group where the text lists them apart. Items that take turns (四比四看: 比学习，看能力；
    比服务，看效能; …) are dealt in turn.
    """
    items = _bare(items)
    groups = count_groups(term)
    sizes = list(counts) or [group.count for group in groups]
    if len(groups) < 2 or len(sizes) != len(groups) or sum(sizes) != len(items):  # noqa: PLR2004  two groups
        return (Part(term, tuple(items)),)
    turns = [tuple(items[at :: len(groups)]) for at in range(len(groups))]
    if len(set(sizes)) == 1 and not counts and all(map(_take_turns, groups, turns)):
        return tuple(Part(group.name, own) for group, own in zip(groups, turns, strict=True))
    ends = list(accumulate(sizes))
    return tuple(
        Part(group.name, tuple(items[end - size : end])) for group, size, end in zip(groups, sizes, ends, strict=True)
    )


def _bare(items: Sequence[str]) -> list[str]:
    numbered = len(items) > 1 and all(map(_NUMBERED.match, items))
    bare = [_NUMBERED.sub("", item, count=1) if numbered else item for item in items]
    if bare and bare[-1][-1:] in ")）" and not any(mark in bare[-1] for mark in _OPENING):
        bare[-1] = bare[-1][:-1]
    return bare if all(bare) else list(items)


def _take_turns(group: Group, items: Sequence[str]) -> bool:
    """Return whether each item holds the character that the group counts (比 of 四比)."""
    return all(group.name[-1] in item for item in items)


def entry_data(entry: NewEntry) -> dict[str, Any]:
    """Return a glossary file's entry, its fields in canonical order."""
    parts = [_verbatim(part, entry.quote) for part in entry.parts]
    full = entry.full or _expansion(entry, parts)
    fields: dict[str, Any] = {
        "term": entry.term,
        "topic": entry.topic,
        "basis": _basis(entry.quote, full).value,
        "source": entry.source,
        "full": full,
        "parts": [part_data(part) for part in parts],
        "quote": entry.quote,
        "note": entry.note,
    }
    return {name: value for name, value in fields.items() if value}


def _verbatim(part: Part, quote: str) -> Part:
    """Return a part whose items have the blanks that they have in the quote (覆盖率 100%), which a reader of text passes over."""
    return replace(part, items=tuple(item if item in quote else _spaced(item, quote) for item in part.items))


def _spaced(item: str, quote: str) -> str:
    found = re.search(r"\s*".join(map(re.escape, "".join(item.split()))), quote)
    return found[0] if found else item


def _expansion(entry: NewEntry, parts: Sequence[Part]) -> str:
    """Return the shortest stretch of the quote from the first lead or item to the last item; what is not in it stands joined by 、.

    It begins in no mention of the term. Where the items are words of clauses, it goes on to the end of the last one:
    形势人人要讲，政策也要讲.
    """
    quote = entry.quote
    orders = list(told_orders(parts))
    masked = quote.replace(entry.term, "\0" * len(entry.term)) if entry.term else quote
    for texts in orders if parts else ():
        found = [
            starts
            for first in re.finditer(re.escape(texts[0]), masked)
            if (starts := _places(masked, texts, first.start()))
        ]
        if not found:
            continue
        starts = min(found, key=lambda one: one[-1] - one[0])
        ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
        between = "".join(quote[end:start] for end, start in zip(ends, starts[1:], strict=False))
        clause = _CLAUSE_END.search(quote, ends[-1]) if _JOINT.sub("", between) else None
        return _with_quotes(quote, _begin(quote, starts), clause.start() if clause else ends[-1])
    return "、".join(orders[0])


def _places(quote: str, texts: Sequence[str], start: int) -> list[int]:
    """Return where texts stand one behind the other from a place on; nothing where one does not."""
    starts = [start]
    for before, text in pairwise(texts):
        starts.append(quote.find(text, starts[-1] + len(before)))
        if starts[-1] < 0:
            return []
    return starts


def _with_quotes(quote: str, start: int, end: int) -> str:
    """Return a stretch with the quotation marks around it of which it has the other one: “向居民报告”“向组织报告”."""
    text = quote[start:end]
    for opening, closing in QUOTES.items():
        if text.find(closing) < (text.find(opening) if opening in text else len(text)) and closing in text:
            start -= quote[start - 1 : start] == opening
        if text.rfind(opening) > text.rfind(closing):
            end += quote[end : end + 1] == closing
    return quote[start:end]


def _begin(quote: str, starts: Sequence[int]) -> int:
    """Return where the expansion begins, with the number of its first item where the next is numbered too."""
    labels = [_LABEL_BEFORE.search(quote[:start]) for start in starts[:2]]
    return labels[0].start() if len(labels) > 1 and labels[0] and labels[1] else starts[0]


def lost_number(quote: str, full: str) -> str:
    """Return the number of the first item, which an expansion that numbers the others leaves in the quote; none is usual."""
    before = _NUMBER_BEFORE.search(quote[: max(0, quote.find(full))])
    return before[0].strip() if before and _NUMBER_BEHIND.search(full) else ""


def _basis(quote: str, full: str) -> Basis:
    if not full:
        return Basis.MENTIONED
    before = quote[: max(0, quote.find(full))]
    opened = max(before.rfind(mark) for mark in _OPENING) > max(before.rfind(mark) for mark in ")）")
    return Basis.STATED if opened else Basis.EXPLAINED


SourceData = dict[str, str]
"""A source as a glossary file has it."""

_NAMING = "请用 --title 写来源的题名"


def choose_source(sources: Sequence[SourceData], given: SourceData, path: str) -> SourceData:
    """Return the one source of the glossary `path` that is as given, or the given one with an id of its own.

    Where nothing is given, a glossary's only source is meant. Raises KouhaoError E_USAGE where several may be meant,
    and for a new source without a title.
    """
    said = {name: value for name, value in given.items() if value}
    alike = [source for source in sources if all(source.get(name) == value for name, value in said.items())]
    if len(alike) == 1:
        return alike[0]
    if alike:
        titles = "、".join(f"“{source['title']}”" for source in alike)
        hint = f"{_NAMING}，题名相同的再用 --published 写日期；这里有 {titles}；新的来源也请这样写。"
        raise KouhaoError("E_USAGE", f"词库有 {len(alike)} 个来源，没有写明是哪个", path=path, hint=hint)
    if not given.get("title"):
        message = "词库没有这样的来源，新的来源没有写题名" if sources else "这是新的词库，没有写来源"
        raise KouhaoError("E_USAGE", message, path=path, hint=f"{_NAMING}。")
    name = given["title"] if sources else Path(path).stem
    return {"id": free_id(name, sources), **given}


def free_id(name: str, sources: Sequence[SourceData]) -> str:
    """Return `name`, or with a number behind it, as no other source is called."""
    taken = {source["id"] for source in sources}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
