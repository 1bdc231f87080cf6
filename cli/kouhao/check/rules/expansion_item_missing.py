"""展开少了一项。

括号里、“即”后面或口号前面的展开，与词库相比少了某一项时提示；末尾有“等”或省略号的，写明只是其中几项的（前三项、包括但不限于），前后另有话说其中
几项的（抓好……、……已完成），接着在下一句、下一格、下一段里写的，不算。一个口号有几种官方说法时，符合任何一种都对。
口号里的数字也对不上的是错误，别的只作提醒。

    错：“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)
    对：“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)

修改：写上全部各项。括号里只列各项的，可以用 --fix 自动改。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.item_diff import MISSING
from kouhao.check.rules.expansions import remarks
from kouhao.model import Severity

ID = "expansion-item-missing"
SEVERITY = Severity.ERROR
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each item that an expansion leaves out."""
    yield from remarks(page, MISSING, "“{term}”的展开少了一项：“{expected}”")
