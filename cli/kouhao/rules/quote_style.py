"""引号、括号的样式不统一。（默认不查）

口号外面的引号（“”、""、「」）和后面的括号（（）或()），与文中多数不一样时提示。

修改：统一成文中多数的样式。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kouhao.draft import Page, Remark
from kouhao.model import Severity

ID = "quote-style"
SEVERITY = Severity.NOTE
DEFAULT = False

_QUOTES = {"“": "“”", '"': '""', "「": "「」", "『": "『』", "＂": "＂＂", "‘": "‘’"}
_BRACKETS = {"(": "()", "（": "（）"}


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each slogan whose quotes or brackets are not those of most."""
    yield from _minority(_quotes(page))
    yield from _minority(_brackets(page))


Mark = tuple[int, int, str]


def _quotes(page: Page) -> list[Mark]:
    stretches = [
        (mention.outer_start, mention.outer_end) for mention in page.mentions if mention.outer_start < mention.start
    ]
    stretches += [(slogan.start, slogan.end) for slogan in page.unknown]
    marks = ((start, end, _original(page, start)) for start, end in sorted(stretches))
    return [(start, end, _QUOTES[mark]) for start, end, mark in marks if mark in _QUOTES]


def _brackets(page: Page) -> list[Mark]:
    ends = [mention.outer_end for mention in page.mentions] + [slogan.end for slogan in page.unknown]
    marks = ((end, _original(page, end)) for end in sorted(ends) if end < len(page.text))
    return [(end, end + 1, _BRACKETS[mark]) for end, mark in marks if mark in _BRACKETS]


def _original(page: Page, at: int) -> str:
    return page.document.text[page.squeezed.origin(at)]


def _minority(marks: list[Mark]) -> Iterator[Remark]:
    if not marks:
        return
    usual = Counter(style for _, _, style in marks).most_common(1)[0][0]
    for start, end, style in marks:
        if style != usual:
            yield Remark(start, end, f"这里用 {style}，文中多用 {usual}", "", usual, style)
