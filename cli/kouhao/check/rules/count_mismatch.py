"""数目对不上。

口号里的数字与列出的项数不同时提示，不论词库里有没有这个口号；展开与词库里另一个口号完全一样时，指出是哪一个。

    错：“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)（列了四项）
    错：“四好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)（这是“五好”）

括号里未必是展开的，不提示：带“等”的，各项互不相像又不带口号里的字的，书名里的，年份、等级、地名（三年、5A、四川）后面的。
词库里有的口号，列的是词库里各项的，由 expansion-item-… 各条提示缺了哪一项。

修改：补上缺的项，或者改正数字。
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial

from kouhao.check.context import CountedSlogan, Page, Remark
from kouhao.check.expansions import BLANK
from kouhao.check.item_diff import cut
from kouhao.check.stretches import Grade, Stretch, behind
from kouhao.language.lexicon import CONNECTIVES, COUNTING, JOINING, MEASURE_WORDS, SOME_OF
from kouhao.language.numerals import Group, count_groups, expected_counts
from kouhao.model import Edit, Severity

ID = "count-mismatch"
SEVERITY = Severity.ERROR
DEFAULT = True

_NO_LIST = rf"^(?:以下|下称|简称|又称|原|见|{'|'.join(SOME_OF)}|包括|不含|共|详见|参见|注)|等$|等等|…|{BLANK.pattern}|^[0-9]|[A-Za-z]|[-－→~]"
_TALLY = re.compile(f"[0-9一{COUNTING}]")
"""What an item has that tells how many or which: 话筒（台上四个，台下两个）, 项目（一期、二期）."""

_REST = ("其余", "其他", "另", "剩")
"""What says that things beside those in a list were counted."""

_NO_COUNT = (
    f"[A-Za-z%％]|百分|个半|以[上下内外]|之一|左右|[0-9一{COUNTING}](?:年|个?(?:月|小时|季度|星期|学期|工作日)|日|天|等|级|届|号|次)"
    "|^(?:三亚|三明|三沙|三峡|三门峡|四川|四平|五指山|五家渠|六安|六盘水|七台河|九江|十堰|双鸭山|双河)"
)
_CHAIN = re.compile(f"(?:“[^“”\n]{{2,24}}”[、换加+＋{JOINING}]?)+$")
_CHAINED = "“([^“”]+)”"
_JOINTS = "|".join((*CONNECTIVES, *"或與"))
_FEWEST = 2  # items of a list
_LONGEST_ITEM = 20  # characters of an item, by hand
_LONGEST_CHAIN = 80  # characters before a slogan in which a chain may begin, by hand
_FEW_ITEMS = 4  # tell most texts from lists
_MOST_ITEMS = 40  # no list of a slogan that is counted has as many
_MOST_WRONG = 2  # by which a number and its list may differ and still belong together
_ALIKE = 2
"""Characters with which all items begin or end where they are built alike; one may be chance."""


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each counted slogan, known under another number or unknown, whose list has another number of items."""
    misnamed = [_misnamed(page, near.start, near.end, near.term) for near in page.near if near.number]
    yield from misnamed
    told = {mention.start for mention, _ in page.claims}
    known = (
        CountedSlogan(one.text, one.outer_start, one.outer_end, count_groups(one.text))
        for one in page.mentions
        if one.start not in told
        and page.text[one.outer_end : one.outer_end + 1] in {"（", "："}
        and not page.is_about(one)
    )
    named = {at for remark in misnamed for at in range(remark.start, remark.end)}
    for slogan in (*page.counted, *(one for one in known if one.groups)):
        if named.isdisjoint(range(slogan.start, slogan.end)):
            yield from page.once("count", slogan.start, slogan.end, partial(_miscounted, page, slogan), Remark.moved)


def _misnamed(page: Page, start: int, end: int, term: str) -> Remark:
    """Remark on a slogan that is expanded as a known one of another number."""
    written = page.text[start:end]
    message = f"“{written}”后面列的是“{term}”的各项"
    fix = None if page.is_known(start, end) else Edit(start, end, term)
    return Remark(start, end, message, term, term, written, fix)


def _miscounted(page: Page, slogan: CountedSlogan) -> Iterator[Remark]:
    """Yield a remark on a slogan whose list surely is its expansion, and surely of another number."""
    stretch = _expansion(page, slogan)
    if stretch is None or re.search(_NO_COUNT, slogan.term):
        return
    counts = _counts(page.text, slogan)
    listed = _numbered(stretch, counts) if stretch.heads else _listed(page, slogan, stretch, counts)
    if listed < _FEWEST or listed in counts:
        return
    quoted = page.text[slogan.start] == "“"
    wanted = min(counts, key=lambda count: abs(count - listed))
    message = f"“{counts[wanted]}”应有 {wanted} 项，列了 {listed} 项"
    yield Remark(slogan.start + quoted, slogan.end - quoted, message, slogan.term, str(wanted), str(listed))


def _expansion(page: Page, slogan: CountedSlogan) -> Stretch | None:
    """Return the bracket right behind a slogan, or what stands there behind 即 or a colon; no title's bracket, no other paragraph."""
    for stretch in behind(page.plain, slogan.end, cell=False, joints=page.joints):
        if stretch.heads and stretch.grade is not Grade.CLOSED:
            return None
        elsewhere = page.text.startswith("》", stretch.end + 1) or "\n" in page.text[slogan.end : stretch.start]
        return None if elsewhere or stretch.grade < Grade.STRONG else stretch
    return None


def _counts(text: str, slogan: CountedSlogan) -> dict[int, str]:
    """Return the numbers of items that may be right, and whose they are.

    Of slogans side by side (“六稳”“六保”) a list may expand all, or only the last ones.
    """
    chain = _CHAIN.search(text, max(0, slogan.end - _LONGEST_CHAIN), slogan.end)
    terms = re.findall(_CHAINED, chain[0]) if chain else []
    endings = [terms[at:] for at in range(len(terms))]
    found = dict.fromkeys(expected_counts(slogan.groups), slogan.term)
    for ending in endings:
        groups = tuple(group for term in ending for group in count_groups(term))
        found |= dict.fromkeys(expected_counts(groups) if groups else (), "".join(ending))
    return found


def _numbered(stretch: Stretch, counts: Collection[int]) -> int:
    """Return how many items ordinals number; 0 where they are far fewer or more than there are, and not built alike."""
    listed = len(stretch.heads)
    alike = _are_alike([one.text for one in stretch.heads], ())
    return listed if alike or min(abs(count - listed) for count in counts) == 1 else 0


def _listed(page: Page, slogan: CountedSlogan, stretch: Stretch, counts: Collection[int]) -> int:
    """Return how many items a stretch lists, where it surely is a list of the slogan's things; else 0."""
    items = _items(page, stretch)
    clauses = "，" in page.text[stretch.start : stretch.end]
    joints = sum(len(re.findall(_JOINTS, item)) for item in items)
    bare = page.text[slogan.start] != "“"
    things = {page.text.count(group.name[-1], stretch.start, stretch.end) for group in slogan.groups}
    if (
        not items
        or (bare and (any(map(_TALLY.search, items)) or _goes_on(page, stretch, items)))
        or not things.isdisjoint(counts)
        or not _are_even(items)
        or any(len(items) <= count <= len(items) + joints for count in counts)
    ):
        return 0
    wrong_by = min(abs(count - len(items)) for count in counts)
    if clauses and stretch.grade is not Grade.CLOSED:
        return 0
    if _are_alike(items, slogan.groups):
        sure = wrong_by <= _MOST_WRONG * (len(items) if stretch.grade is Grade.CLOSED else 1)
    else:
        listed = page.text[slogan.end] == "（" and max(map(len, items)) > 1 and not clauses
        sure = listed and wrong_by == 1 and _is_measured(slogan.groups)
    return len(items) if sure else 0


def _goes_on(page: Page, stretch: Stretch, items: list[str]) -> bool:
    """Return whether the sentence behind a list names more things of its kind: 三个部门（民政部门、教育部门）…，公安部门…."""
    behind = page.plain[stretch.end : page.sentence(stretch.end, stretch.end)[1]]
    return any(one in behind for one in (*_REST, items[0][-_ALIKE:]))


def _items(page: Page, stretch: Stretch) -> list[str]:
    """Return what a stretch lists between marks that are all the same, or in quotes side by side; nothing if it is no list."""
    content = page.text[stretch.start : stretch.end].rstrip("。")
    for most in (_FEW_ITEMS, _MOST_ITEMS):
        pieces = cut(page.plain, stretch, most)
        marks = {piece.mark for piece in pieces[1:]}
        if len(marks) != 1 or "：" in marks or re.search(_NO_LIST, content):
            return []
    return [page.plain[piece.start : piece.end] for piece in pieces]


def _are_even(items: list[str]) -> bool:
    """Return whether pieces look like items of one list: of like length, none of them long or empty."""
    lengths = [len(item) for item in items]
    return min(lengths) > 0 and max(lengths) <= _LONGEST_ITEM and max(lengths) <= 2 * min(lengths) + 2


def _are_alike(items: list[str], groups: tuple[Group, ...]) -> bool:
    """Return whether items are built alike, or each begins or ends with what the slogan counts (班子建设好 of 五好)."""
    things = {mark for group in groups for mark in group.name[1:]}
    beginnings, endings = ({item[:_ALIKE] for item in items}, {item[-_ALIKE:] for item in items})
    alike = min(map(len, items)) >= _ALIKE and 1 in {len(beginnings), len(endings)}
    return alike or all({item[0], item[-1]} & things for item in items)


def _is_measured(groups: tuple[Group, ...]) -> bool:
    """Return whether a slogan counts by a measure word (三个…, 四大…), which no name does (三亚, 二十大)."""
    return all(group.name[1:2] in MEASURE_WORDS and group.name[2:] for group in groups)
