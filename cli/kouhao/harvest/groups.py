"""Cut a stretch that expands a slogan into the items of each of its counted groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.harvest.shaping import trim_defined
from kouhao.harvest.terms import Mention
from kouhao.language.lists import Span, split_items, split_unseparated
from kouhao.language.numerals import expected_counts

_PAIR = re.compile(
    r"(?<=的)(?P<one>(?P<head>[^，；、（）]{2})[^，；、（）]*)和(?P<other>(?P=head)[^，；、（）到向在]*)"
)
_COUNT_WORD = re.compile("等?[0-9一二三四五六七八九十]+[个项条大][^、，；]*$")
_COUNTED_END = re.compile("等[0-9一二三四五六七八九十]+[个项条大]")
_MOST_CUTS = 16


def items(wide: str, start: int, end: int, mention: Mention) -> list[Span]:
    """Return the items of a stretch that is one list, with or without marks."""
    return _side_by_side(wide, start, end, mention) or split_items(wide, start, end, expected_counts(mention.groups))


def _side_by_side(wide: str, start: int, end: int, mention: Mention) -> list[Span]:
    """Read items that stand without marks, a stretch for each group: 淮河海河辽河、太湖巢湖滇池."""
    groups = mention.groups
    pieces = split_items(wide, start, end, (len(groups),)) if len(groups) > 1 else [Span(start, end)]
    if len(pieces) != len(groups):
        return []
    apart = [
        split_unseparated(wide, piece.start, piece.end, group.count)
        for piece, group in zip(pieces, groups, strict=True)
    ]
    return [span for spans in apart for span in spans] if all(apart) else []


def by_group(wide: str, start: int, end: int, mention: Mention) -> tuple[list[Span], tuple[str, ...]]:
    """Cut a stretch at ， or ； into one list a group, each with its lead; nothing where the groups do not count out.

    Among the ways to cut, that one is right in which the items of a group are built alike, and the leads are short.
    """
    if len(mention.groups) < 2:  # noqa: PLR2004
        return [], ()
    cuts = [at for at in range(start, end) if wide[at] in "，；"][:_MOST_CUTS]
    best: list[list[Span]] = []
    leads: tuple[str, ...] = ()
    cheapest = (len(wide), 0)
    for lists in _deals(wide, start, end, cuts, [group.count for group in mention.groups]):
        shaped = [trim_defined(wide, spans) for spans in lists]
        led = tuple(wide[spans[0].start : cut[0].start] for spans, cut in zip(lists, shaped, strict=True))
        price = _unevenness(wide, shaped), sum(map(len, led))
        if price < cheapest:
            best, leads, cheapest = shaped, led, price
    return [span for spans in best for span in spans], leads


def _unevenness(wide: str, lists: list[list[Span]]) -> int:
    """Return how many items hold another number of separators than the first of their group."""
    inside = [[sum(mark in "、，；" for mark in span.of(wide)) for span in spans] for spans in lists]
    return sum(count != counts[0] for counts in inside for count in counts)


def _deals(wide: str, start: int, end: int, cuts: list[int], counts: list[int]) -> Iterator[list[list[Span]]]:
    """Yield the ways to cut a stretch into one list a group, each with the number of items that its group counts."""
    if len(counts) == 1:
        spans = split_items(wide, start, end, (counts[0],)) if counts[0] > 1 else []
        if spans:
            yield [spans]
        return
    for cut in cuts:
        spans = split_items(wide, start, cut, (counts[0],)) if counts[0] > 1 else []
        if spans:
            later = [other for other in cuts if other > cut]
            yield from ([spans, *rest] for rest in _deals(wide, cut + 1, end, later, counts[1:]))


def pair_inside(wide: str, start: int, end: int, mention: Mention) -> tuple[list[Span], str]:
    """Find the pair of a double term in a bracket of whole clauses: …的优秀专业干部和优秀大学生到…."""
    if mention.groups[0].count != 2 or "，" not in wide[start:end]:  # noqa: PLR2004  a pair
        return [], ""
    found = _PAIR.search(wide, start, end)
    if not found:
        return [], ""
    clause = wide.rfind("，", start, found.start()) + 1 or start
    return [Span(*found.span("one")), Span(*found.span("other"))], wide[clause : found.start("one")]


def embedded(wide: str, start: int, end: int, mention: Mention) -> list[Span]:
    """Look for the list inside a longer definition: behind 包括 or a verb, in the first clause that counts out."""
    for clause in re.finditer("[^，；：]+", wide[start:end]):
        left, right = start + clause.start(), start + clause.end()
        including = max(
            (
                wide.rfind(word, left, right) + len(word)
                for word in ("包括", "推进", "分为")
                if word in wide[left:right]
            ),
            default=left,
        )
        stop = _COUNTED_END.search(wide, including, right)
        spans = split_items(wide, including, stop.start() if stop else right, expected_counts(mention.groups)[:1])
        if len(spans) > 2 and "、" in wide[including:right]:  # noqa: PLR2004  two of anything stand side by side by chance
            return spans
    return []


def grouped(wide: str, start: int, end: int, mention: Mention) -> list[Span]:
    """Read a definition that tells each group apart: “六横”指…；“六纵”指…."""
    found: list[Span] = []
    for group in mention.groups:
        named = wide.find(f"“{group.name}”", start, end)
        if len(mention.groups) < 2 or named < 0:  # noqa: PLR2004
            return []
        stop = min(at for at in (wide.find("；", named, end), end) if at >= 0)
        begin = max(wide.rfind("包括", named, stop) + 2, wide.find("指", named, stop) + 1, named + len(group.name) + 2)
        count_word = _COUNT_WORD.search(wide, begin, stop)
        spans = split_items(wide, begin, count_word.start() if count_word else stop, (group.count,))
        if not spans:
            return []
        found += spans
    return found
