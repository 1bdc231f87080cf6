"""口号写错了。

文中的写法与词库里的口号只差一点，本身又不是别的词时提示：同音字（三近三同步）、形近字（两集中两道位）、漏字多字、次序颠倒
（三同步三进）。数字不同就是另一个口号，不在此列。

修改：照词库改。只有一个可能时，可以用 --fix 自动改。
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import Page, Remark
from kouhao.check.rules.expansions import expanded_as, inside_quotes, same_numbers
from kouhao.check.typos import Slip
from kouhao.index.patterns import Meaning
from kouhao.language.numerals import count_groups
from kouhao.language.word_boundary import quoted_span
from kouhao.model import Basis, Edit, Severity

ID = "term-misspelt"
SEVERITY = Severity.ERROR
DEFAULT = True

_ALIKE = ("homophone", "look-alike")
_SHORTEST = 3
_LONG = 6


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each near form, in running text and in quotes."""
    found: dict[int, tuple[int, set[str]]] = {}
    for start, end, term in (*_in_text(page), *_in_quotes(page), *_by_expansion(page)):
        stop, terms = found.setdefault(start, (end, set()))
        if stop == end:
            terms.add(term)
    for start, (end, terms) in sorted(found.items()):
        written = page.text[start:end]
        meant = "”或“".join(sorted(terms))
        term = next(iter(terms)) if len(terms) == 1 else ""
        fix = Edit(start, end, term) if term else None
        yield Remark(start, end, f"“{written}”应当是“{meant}”", term=term, expected=meant, found=written, fix=fix)


def _in_text(page: Page) -> Iterator[tuple[int, int, str]]:
    for slip, meaning in page.slips:
        if page.is_known(slip.start, slip.end):
            continue
        hits = page.near(page.text[slip.start : slip.end])
        if hits and hits[0].meaning.term == meaning.term and _is_meant(page, slip, meaning, hits[0].how):
            yield slip.start, slip.end, meaning.term


def _is_meant(page: Page, slip: Slip, meaning: Meaning, how: str) -> bool:
    """Tell whether a near form of a slogan is that slogan miswritten, and not a phrase of its own.

    A slogan that counts is recognised by its numerals. Another one has neighbours that are phrases too (学思践悟, 选优培强): a
    long one must sound or look the same, a short one must stand in quotes and sound the same.
    """
    written = page.text[slip.start : slip.end]
    reordered = sorted(written) == sorted(meaning.term)
    if count_groups(meaning.term):
        return how in _ALIKE or reordered or (how == "slip" and len(written) != len(meaning.term))
    if reordered or len(written) != len(meaning.term) or meaning.record["basis"] == Basis.SELF_EXPLAINING:
        return False
    quoted = quoted_span(page.text, slip.start, slip.end) != (slip.start, slip.end)
    return (quoted and how == "homophone") or (len(written) >= _LONG and how in _ALIKE)


def _in_quotes(page: Page) -> Iterator[tuple[int, int, str]]:
    for slogan in page.unknown:
        hits = page.near(slogan.term) if len(slogan.term) >= _SHORTEST else []
        term = hits[0].meaning.term if hits and hits[0].how in _ALIKE else ""
        if len(term) == len(slogan.term) and same_numbers(slogan.term, term):
            yield *inside_quotes(page, slogan.start, slogan.end), term


def _by_expansion(page: Page) -> Iterator[tuple[int, int, str]]:
    """A slogan that is expanded as a known one of the same numbers is that one, however far the spelling."""
    for slogan in page.unknown:
        for term in expanded_as(page, slogan.start, slogan.end):
            if same_numbers(slogan.term, term) and 2 * len(set(slogan.term) & set(term)) >= len(term):
                yield *inside_quotes(page, slogan.start, slogan.end), term
