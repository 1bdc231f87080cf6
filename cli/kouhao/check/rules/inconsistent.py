"""前后不一致。

同一份文件里，词库没有的口号在括号里有两种展开时提示。以先出现的为准。

修改：统一成一种。词库里有的口号由 expansion-item-… 各条提示，写法（“三个一”和“3个一”）由 term-variant 提示。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import CountedSlogan, Page, Remark
from kouhao.check.item_diff import cut
from kouhao.check.stretches import Grade, Stretch, behind
from kouhao.language.normalize import fold
from kouhao.model import Severity

ID = "inconsistent"
SEVERITY = Severity.WARNING
DEFAULT = True

_PAIR = 2
_MOST_ITEMS = 40  # no list of a slogan has as many


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each expansion that differs from the document's first."""
    first: dict[str, list[str]] = {}
    for slogan in page.counted:
        bracket = _bracket(page, slogan)
        if bracket is None:
            continue
        pieces = cut(page.plain, bracket, _MOST_ITEMS)
        items = [page.text[piece.start : piece.end] for piece in pieces]
        if len(items) == _PAIR and pieces[1].mark == "，":  # （错误，正确的是…）: two clauses
            continue
        if len(items) not in range(sum(group.count for group in slogan.groups), _MOST_ITEMS):
            continue
        earlier = first.setdefault(fold(slogan.term), items)
        if list(map(fold, earlier)) != list(map(fold, items)):
            expected = "、".join(earlier)
            message = f"“{slogan.term}”前文的展开是：{expected}"
            yield Remark(slogan.start, bracket.end + 1, message, slogan.term, expected, "、".join(items))


def _bracket(page: Page, slogan: CountedSlogan) -> Stretch | None:
    """Return the bracket with a list right behind a slogan, none that holds links."""
    if page.text[slogan.start] != "“" or page.text[slogan.end : slogan.end + 1] != "（":  # two phenomena are any two
        return None
    stretch = next(behind(page.plain, slogan.end, cell=False, joints=page.joints), None)
    if stretch is None or stretch.grade is not Grade.CLOSED:
        return None
    linked = page.protected.touch(*page.normalized.origin_span(slogan.start, stretch.end))
    return None if linked else stretch
