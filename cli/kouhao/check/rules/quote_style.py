"""引号、括号、标点的样式不统一。（默认不查）

口号外面的引号（“”、""、「」）、后面的括号（（）或()）、前后的逗号、分号、冒号（，或,），与文中多数不一样时提示。

修改：统一成文中多数的样式。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kouhao.check.context import Page, Remark
from kouhao.language.lexicon import QUOTES
from kouhao.model import Severity

ID = "quote-style"
SEVERITY = Severity.NOTE
DEFAULT = False

_QUOTES = {opening: opening + closing for opening, closing in QUOTES.items()}
_BRACKETS = {"(": "()", "（": "（）"}
_WIDTHS = dict.fromkeys(",;:", "半角标点") | dict.fromkeys("，；：", "全角标点")


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each slogan whose quotes, brackets or punctuation are not those of most."""
    slogans = sorted(
        {(mention.outer_start, mention.outer_end) for mention in page.mentions}
        | {(slogan.start, slogan.end) for slogan in page.counted}
    )
    yield from _minority(_quotes(page, slogans))
    yield from _minority(_marks(page, (end for _, end in slogans), _BRACKETS))
    beside = {at for start, end in slogans for at in (start - 1, end) if at >= 0}
    yield from _minority(_marks(page, sorted(beside), _WIDTHS))


Mark = tuple[int, int, str]


def _quotes(page: Page, slogans: list[tuple[int, int]]) -> list[Mark]:
    marks = ((start, end, _original(page, start)) for start, end in slogans)
    return [(start, end, _QUOTES[mark]) for start, end, mark in marks if mark in _QUOTES]


def _marks(page: Page, places: Iterable[int], styles: dict[str, str]) -> list[Mark]:
    marks = ((at, _original(page, at)) for at in places if at < len(page.text))
    return [(at, at + 1, styles[mark]) for at, mark in marks if mark in styles]


def _original(page: Page, at: int) -> str:
    return page.document.text[page.normalized.origin(at)]


def _minority(marks: list[Mark]) -> Iterator[Remark]:
    if not marks:
        return
    usual = Counter(style for _, _, style in marks).most_common(1)[0][0]
    for start, end, style in marks:
        if style != usual:
            yield Remark(start, end, f"这里用 {style}，文中多用 {usual}", "", usual, style)
