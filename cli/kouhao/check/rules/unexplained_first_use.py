"""第一次出现时没有解释。（默认不查）

词库里有展开的口号，第一次出现时没有展开，就提示。一目了然的并列口号（如“选优配强”）不在此列。

修改：在后面加括号写明各项，例如 “五好”(班子建设好、…)；也可以用 kouhao expand 加上。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.model import Basis, Severity

ID = "unexplained-first-use"
SEVERITY = Severity.NOTE
DEFAULT = False


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each term whose first use is not explained."""
    explained = {mention.start for mention, _ in page.claims}
    seen: set[str] = set()
    for mention in page.mentions:
        record = mention.meanings[0].record
        if mention.term in seen or not record["full"] or record["basis"] == Basis.SELF_EXPLAINING:
            continue
        seen.add(mention.term)
        if mention.start not in explained:
            message = f"“{mention.term}”第一次出现，没有写明是哪几项"
            yield Remark(mention.start, mention.end, message, mention.term, record["full"], mention.text)
