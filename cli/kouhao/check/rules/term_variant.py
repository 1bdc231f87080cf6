"""口号的写法与词库不同。

数字或字体不一样时提示：5好（五好）、二集中二到位（两集中两到位）、三進三同步（三进三同步）。通篇是繁体的文件不提示繁体。

修改：照词库的写法。可以用 --fix 自动改。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.check.context import Mention, Page, Remark
from kouhao.language.normalize import fold
from kouhao.language.numerals import count_groups
from kouhao.model import Edit, Severity

ID = "term-variant"
SEVERITY = Severity.WARNING
DEFAULT = True

_DIGIT = re.compile("[0-9０-９]")
_LATIN = re.compile("[A-Za-z0-9.]")
_ONE = re.compile("一")
_COUNTING = re.compile("[0-9０-９]+[个大项条种类级件年月次]")
_TRADITIONAL, _SIMPLIFIED = "這個們國會對發學為與動實現業務問題體進", "这个们国会对发学为与动实现业务问题体进"


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each term in a spelling that is not the glossary's."""
    for mention in page.mentions:
        if len(fold(mention.text)) != len(fold(mention.term)):  # another name of it, whose spelling is its own matter
            continue
        if mention.own or _is_number(page, mention) or (_is_traditional(mention) and _prefers_traditional(page.text)):
            continue
        terms = {meaning.term for meaning in mention.meanings}
        fix = Edit(mention.start, mention.end, mention.term) if len(terms) == 1 else None
        yield Remark(
            mention.start,
            mention.end,
            f"“{mention.text}”的规范写法是“{mention.term}”",
            term=mention.term,
            expected=mention.term,
            found=mention.text,
            fix=fix,
        )


def _is_number(page: Page, mention: Mention) -> bool:
    """Return whether digits count things or measure (5大支柱产业, 最后1公里, M2增长) rather than spell a slogan."""
    if not _DIGIT.search(mention.text):
        return False
    if _COUNTING.match(mention.text) or page.normalized.joined(mention.start + 1, mention.end - 1):
        return True
    quoted = mention.outer_start < mention.start
    one = not count_groups(mention.term) and len(_ONE.findall(mention.term)) == 1
    return bool(_LATIN.match(page.text[mention.start - 1 : mention.start])) or (one and not quoted)


def _is_traditional(mention: Mention) -> bool:
    return fold(mention.text) != fold(mention.term)


def _prefers_traditional(text: str) -> bool:
    return sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED))
