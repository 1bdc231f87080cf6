"""提法已有更新。

词库注明已被取代的提法，提示新的提法和停用的日期。引用当时的文件、讲历史，照旧就是对的，所以只作说明，不算错误。

修改：写现在的工作时用新的提法；引用旧文件的不改，可以写 kouhao: ignore。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.model import Severity, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import EntryRecord

ID = "term-superseded"
SEVERITY = Severity.NOTE
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each term all of whose entries are superseded."""
    meant = {mention.meanings: [meaning.record for meaning in mention.meanings] for mention in page.mentions}
    superseded = {
        meanings: records[0]
        for meanings, records in meant.items()
        if all(record.get("status") == Status.SUPERSEDED for record in records)
    }
    for mention in page.mentions if superseded else ():
        if record := superseded.get(mention.meanings):
            message = _message(record)
            yield Remark(mention.start, mention.end, message, mention.term, record.get("see", ""), mention.text)


def _message(record: EntryRecord) -> str:
    until = f"（{record['valid_to']} 以后）" if record.get("valid_to") else ""
    new = f"，现在的提法是“{record['see']}”" if record.get("see") else ""
    return f"“{record['term']}”这一提法已被取代{until}{new}"
