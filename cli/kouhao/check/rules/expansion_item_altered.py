"""展开里有一项与词库不同。

某一项的用字与官方表述不一样时提示，说明应当怎样写。错一个字、两个字颠倒的是错误，换了说法的只作提醒。只有标点、全角半角、数字
写法不同的，是简称的（党支部委员会），各项前面都加了同一个字的（市委、市政府），不算。

    错：“五好”(班子建设好、党员队伍强、工作机制好、工作业绩好、群众反映好)
    对：“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)

修改：照词库改。括号里只列各项的，错字可以用 --fix 自动改。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.item_diff import ALTERED
from kouhao.check.rules.expansions import remarks
from kouhao.model import Severity

ID = "expansion-item-altered"
SEVERITY = Severity.ERROR
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each item that is worded in another way."""
    yield from remarks(page, ALTERED, "“{term}”的这一项应当是“{expected}”，文中是“{found}”")
