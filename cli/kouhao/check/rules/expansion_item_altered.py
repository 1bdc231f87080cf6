"""展开里有一项与词库不同。

某一项的用字与官方表述不一样时提示，说明词库里怎样写。音近、形近的错字，颠倒、重复、漏掉的字是错误；换了说法的，或者各项齐全而
有一项是别的（也许另有所指），只作提醒；换了说法而与别的项仍分得清的（村党支部提议、村党组织提议），常是当时的提法，只作说明。
只有标点、全角半角、数字、“和”“与”不同的，共有的字只写一次、换了位置的（吃穿不愁），是简称的（支委会），各项前面都加了同一个字的
（市委、市政府），不算。

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

_SURE = "“{term}”的这一项应当是“{expected}”，文中是“{found}”"
_LIKELY = "“{term}”的这一项在词库里是“{expected}”，文中是“{found}”"


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each item that is worded in another way."""
    yield from remarks(page, ALTERED, _SURE, _LIKELY)
