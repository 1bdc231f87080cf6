"""展开是旧的说法。

一个口号前后有过几种说法时，文中的展开只合乎已经停用的一种，就提示现在的说法。以文件的日期为准：写在文首、文末的日期，或者文中写得最多的
年份；没有的，以今天为准；也可以用 --as-of 2019-10 指定。

    错：“四个全面”（全面建成小康社会、全面深化改革、全面依法治国、全面从严治党）（2020 年 10 月以后）

修改：写现在的工作用新的说法；引用旧文件的不改，可以写 kouhao: ignore。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.expansions import readings
from kouhao.language.dates import document_date
from kouhao.model import Severity

ID = "superseded-reading"
SEVERITY = Severity.NOTE
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each expansion that is right only by a reading whose years are over."""
    date = page.as_of
    for mention, claim in page.claims:
        until = claim.arrangement.reading.valid_to
        if not claim.clean or not until:
            continue
        date = date or document_date(page.document.text)
        current = [
            reading.full
            for meaning in mention.meanings
            for reading in readings(meaning.record)
            if reading.full and (not reading.valid_to or reading.valid_to >= date[: len(reading.valid_to)])
        ]
        if until < date[: len(until)] and current:
            start, end = claim.alignment.start, claim.alignment.end
            message = f"“{mention.term}”的这一说法用到 {until}，现在的说法是：{current[0]}"
            yield Remark(start, end, message, mention.term, current[0], page.text[start:end])
