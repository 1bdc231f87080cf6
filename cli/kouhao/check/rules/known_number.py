"""数字与已知的口号不同。（默认不查）

引号里的口号，换一个数字就是词库里的口号，词库里又没有这个数字的，提示是不是写错了。各地常有这样另造的口号（“六水共治”），所以默认
不查；旁边有展开的，由 count-mismatch 判断。

    错：坚定“五个自信”
    对：坚定“四个自信”

修改：核对数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.model import Severity

ID = "known-number"
SEVERITY = Severity.WARNING
DEFAULT = False


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each quoted slogan that is known with another number only."""
    for quoted in page.quoted:
        written = page.text[quoted.start : quoted.end]
        terms = page.search.of_other_number(page.plain[quoted.start : quoted.end])
        if terms:
            meant = "”或“".join(terms)
            message = f"词库里没有“{written}”，是不是“{meant}”？"
            yield Remark(quoted.start, quoted.end, message, terms[0], meant, written)
