"""前后不一致。

同一份文件里，同一个口号有两种写法（“三个一”和“3个一”），或者在括号里有两种展开时提示。以先出现的为准。

修改：统一成一种。词库里有的口号，写法由 term-variant 提示。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.expansions import regions
from kouhao.check.rules.expansions import inside_quotes
from kouhao.harvest import harvest
from kouhao.harvest.terms import mentions as counted_slogans
from kouhao.language.normalize import fold
from kouhao.model import Edit, Severity

ID = "inconsistent"
SEVERITY = Severity.WARNING
DEFAULT = True


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each spelling or expansion that differs from the document's first."""
    yield from _spellings(page)
    yield from _expansions(page)


def _spellings(page: Page) -> Iterator[Remark]:
    first: dict[str, str] = {}
    for slogan in page.unknown:
        earlier = first.setdefault(fold(slogan.term), slogan.term)
        if _marks(earlier) != _marks(slogan.term):
            start, end = inside_quotes(page, slogan.start, slogan.end)
            message = f"“{slogan.term}”前文写作“{earlier}”"
            yield Remark(start, end, message, earlier, earlier, slogan.term, Edit(start, end, earlier))


def _marks(term: str) -> str:
    return "".join(mark for mark in term if mark.isalnum())


def _expansions(page: Page) -> Iterator[Remark]:
    first: dict[str, tuple[str, ...]] = {}
    wrong = {mention.outer_start for mention, claim in page.claims if claim.best.differences}
    for candidate in harvest(page.text) if _differ(page) else ():
        end = candidate.start + len(candidate.quote)
        linked = page.document.protected.touch(*page.squeezed.origin_span(candidate.start, end))
        if candidate.pattern != "paren" or candidate.start in wrong or linked:
            continue
        earlier = first.setdefault(fold(candidate.term), candidate.items)
        if [fold(item) for item in earlier] != [fold(item) for item in candidate.items]:
            expected = "、".join(earlier)
            message = f"“{candidate.term}”前文的展开是：{expected}"
            found = "、".join(candidate.items)
            yield Remark(candidate.start, end, message, candidate.term, expected, found)


def _differ(page: Page) -> bool:
    """Tell whether some slogan has two brackets that are not the same."""
    brackets: dict[str, str] = {}
    for slogan in counted_slogans(page.text):
        region = next((region for region in regions(page.text, slogan.start, slogan.end) if region.closed), None)
        if region is not None:
            content = page.text[region.start : region.end]
            if brackets.setdefault(fold(slogan.term), content) != content:
                return True
    return False
