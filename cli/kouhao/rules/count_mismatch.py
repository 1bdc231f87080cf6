"""数目对不上。

口号里的数字与括号里列出的项数不同时提示，不论词库里有没有这个口号；展开与词库里另一个口号完全一样时，指出是哪一个。

    错：“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)（列了四项）
    错：“四好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)（这是“五好”）

带“等”的、不像一列项目的，不提示。词库里有的口号，由 expansion-item-… 各条提示缺了哪一项。

修改：补上缺的项，或者改正数字。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.draft import Page, Remark, regions
from kouhao.enumeration import between_marks, separators, split_items
from kouhao.harvest.terms import Mention as CountedSlogan
from kouhao.model import Edit, Severity
from kouhao.numerals import expected_counts
from kouhao.rules.expansions import expanded_as, inside_quotes, same_numbers

ID = "count-mismatch"
SEVERITY = Severity.ERROR
DEFAULT = True

_NO_LIST = re.compile(
    "^(?:以下|下称|简称|又称|原|见|含|如|例如|包括|其中|不含|共|详见|参见|注)|等$|等等|…|[0-9]|[A-Za-z]|[一二三四五六七八九十]+是"
)
_JOINTS = re.compile("和|以及|及|与|或")
_LONGEST_ITEM = 20


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each counted slogan, known under another number or unknown, whose list has another number of items."""
    for slogan in page.unknown:
        start, end = inside_quotes(page, slogan.start, slogan.end)
        terms = {term for term in expanded_as(page, slogan.start, slogan.end) if not same_numbers(slogan.term, term)}
        terms = {term for term in terms if slogan.term not in term}
        if terms:
            term = next(iter(terms)) if len(terms) == 1 else ""
            meant = "”或“".join(sorted(terms))
            message = f"“{slogan.term}”后面列的是“{meant}”的各项"
            yield Remark(start, end, message, term, meant, slogan.term, Edit(start, end, term) if term else None)
            continue
        listed = _listed(page.text, slogan)
        if listed:
            wanted = expected_counts(slogan.groups)[0]
            message = f"“{slogan.term}”应有 {wanted} 项，列了 {listed} 项"
            yield Remark(start, end, message, slogan.term, str(wanted), str(listed))


def _listed(text: str, slogan: CountedSlogan) -> int:
    """Return how many items the bracket behind a slogan lists, where it surely is a list and surely of another number; else 0."""
    region = next((region for region in regions(text, slogan.start, slogan.end) if region.closed), None)
    if region is None or _NO_LIST.search(text[region.start : region.end].rstrip("。")):
        return 0
    cuts = separators(text, region.start, region.end)
    counts = expected_counts(slogan.groups)
    if not cuts or len({cut.of(text) for cut in cuts}) > 1 or split_items(text, region.start, region.end, counts):
        return 0
    items = [span.of(text).strip() for span in between_marks(text, region.start, region.end)]
    joints = sum(len(_JOINTS.findall(item)) for item in items)
    if any(len(items) <= count <= len(items) + joints for count in counts) or not _are_alike(items):
        return 0
    return len(items)


def _are_alike(items: list[str]) -> bool:
    """Tell whether pieces look like items of one list: of like length, none of them long or empty."""
    lengths = [len(item) for item in items]
    return min(lengths) > 0 and max(lengths) <= _LONGEST_ITEM and max(lengths) <= 2 * min(lengths) + 2
