"""展开多了一项。

括号里的展开，或者一列项目当中，有词库里没有的一项时提示。

    错：“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好、环境卫生好)
    对：“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)

修改：删去多出的一项；如果是新的官方说法，请连同出处加进词库。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.item_diff import EXTRA
from kouhao.check.rules.expansions import remarks
from kouhao.model import Severity

ID = "expansion-item-extra"
SEVERITY = Severity.ERROR
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each item that the glossary does not have."""
    yield from remarks(page, EXTRA, "“{term}”的展开里没有“{found}”这一项")
