"""展开的次序与词库不同。

各项都在，但先后次序与词库里的官方表述不一样时提示，一个展开只提示一次。别的写法也可能有道理，所以只作提醒。两三个短词（废水、废气、废渣）的次序、口号前面各个短词的次序，
是体例，只作说明；官方文件里也常这样排列的（国际国内），不提示。

    错：“五个百”(即百创聚才、百巢引才、百智助才、百岗育才、百卡安才)
    对：“五个百”(即百巢引才、百创聚才、百智助才、百岗育才、百卡安才)

修改：有一定次序的，照词库的次序写。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.item_diff import ORDER
from kouhao.check.rules.expansions import remarks
from kouhao.model import Severity

ID = "expansion-item-order"
SEVERITY = Severity.WARNING
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each expansion whose items stand in another order."""
    yield from remarks(page, ORDER, "“{term}”各项在词库里的次序是：{expected}")
