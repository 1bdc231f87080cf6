"""口号的写法与词库不同，或者前后不同。（默认不查）

数字或字体不一样时说明：5好（五好）、二集中二到位（两集中两到位）、三進三同步（三进三同步），同一份文件里的“三个一”和“3个一”。
通篇是繁体的文件不提示繁体。写法是体例，不是错误。

修改：照词库的写法，词库没有的照前文。可以用 --fix 自动改。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.check.context import KnownSlogan, Page, Remark
from kouhao.language.lexicon import ARABIC, MEASURE_WORDS
from kouhao.language.normalize import fold
from kouhao.language.numerals import count_groups
from kouhao.model import Edit, Severity

ID = "term-variant"
SEVERITY = Severity.NOTE
DEFAULT = False

_DIGIT = re.compile(f"[{ARABIC}]")
_LATIN = re.compile("[A-Za-z0-9.]")
_ONE = re.compile("一")
_COUNTING = re.compile(f"[{ARABIC}]+[{MEASURE_WORDS}级件年月次]")


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each term in a spelling that is not the glossary's, or of an unknown slogan not the document's first."""
    yield from _known(page)
    yield from _unknown(page)


def _known(page: Page) -> Iterator[Remark]:
    for mention in page.mentions:
        if len(fold(mention.text)) != len(fold(mention.term)):  # another name of it, whose spelling is its own matter
            continue
        if mention.own or _is_number(page, mention) or (_is_traditional(mention) and page.traditional):
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


def _unknown(page: Page) -> Iterator[Remark]:
    first: dict[str, str] = {}
    for slogan in page.counted:
        earlier = first.setdefault(fold(slogan.term), slogan.term)
        if _marks(earlier) != _marks(slogan.term):
            quoted = page.text[slogan.start] == "“"
            start, end = slogan.start + quoted, slogan.end - quoted
            message = f"“{slogan.term}”前文写作“{earlier}”"
            yield Remark(start, end, message, earlier, earlier, slogan.term, Edit(start, end, earlier))


def _marks(term: str) -> str:
    return "".join(mark for mark in term if mark.isalnum())


def _is_number(page: Page, mention: KnownSlogan) -> bool:
    """Return whether digits count things or measure (5大支柱产业, 最后1公里, M2增长) rather than spell a slogan."""
    if not _DIGIT.search(mention.text):
        return False
    if _COUNTING.match(mention.text) or page.normalized.joined(mention.start + 1, mention.end - 1):
        return True
    quoted = mention.outer_start < mention.start
    one = not count_groups(mention.term) and len(_ONE.findall(mention.term)) == 1
    return bool(_LATIN.match(page.text[mention.start - 1 : mention.start])) or (one and not quoted)


def _is_traditional(mention: KnownSlogan) -> bool:
    return fold(mention.text) != fold(mention.term)
