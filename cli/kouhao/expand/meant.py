"""Whether a text means by a slogan what the glossary does, for many give such names to their own things."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kouhao.check.agreement import AGREES, agreement, has_own_list
from kouhao.check.context import KnownSlogan, Page
from kouhao.expand.slogans import FIELD, SET_NOUNS, Slogan, speaks_of
from kouhao.expand.surroundings import BESIDE, LONGEST_LINE, NEAR, without_asides
from kouhao.index.patterns import Meaning
from kouhao.language.background import documents
from kouhao.language.lexicon import PRECEDING_SLOGANS
from kouhao.language.numerals import is_mere_count
from kouhao.lookup.features import last_word

_WELL_KNOWN = 1 / 140  # of the documents of official prose: what fewer name is others', too (八大行动)
_COUNTED_OFF = tuple("分共第每为")
"""What stands before a mere number of things: 共分三讲, 以两国为双引擎."""


def is_meant(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether a text speaks of what the glossary means: of its field, and where others have the name, too, in its words."""
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    if not any(meaning.builtin for meaning in mention.meanings):
        return True
    line = plain.rfind("\n", max(0, start - LONGEST_LINE), start) + 1
    before = without_asides(plain[max(line, start - LONGEST_LINE) : start])
    behind = without_asides(plain[end : end + LONGEST_LINE].split("\n", 1)[0])
    left, right = before[-BESIDE:], behind[:BESIDE]
    bare_number = end == mention.end and left.endswith(_COUNTED_OFF) and is_mere_count(mention.text)
    narrowed = plain[start - 1 : start] == "）"  # 村（居）“两委”
    if bare_number or narrowed or has_own_list(left, mention.text):
        return False
    if slogan.scopes and not any(speaks_of(f"{left}\n{right}", scope) for scope in slogan.scopes):
        return False
    bound = len(slogan.nouns) > len(SET_NOUNS)  # to a noun of its own: “五位一体”总体布局
    known = not bound and documents(mention.text) > _WELL_KNOWN * documents("")
    sure = (known or _is_among_others(page, mention, line)) and not _is_owned(before, mention.meanings)
    if sure or not (bound or is_mere_count(mention.text)):
        return True
    beside = f"{left[-2 * FIELD :]}\n{right[:FIELD]}"
    if right.startswith(slogan.nouns) or any(speaks_of(beside, scope) for scope in slogan.scopes):
        return True
    return not bound and agreement(f"{before[-NEAR:]}\n{behind[:NEAR]}", mention.meanings) >= AGREES


def _is_owned(before: str, meanings: Sequence[Meaning]) -> bool:
    """Return whether a word directly before a slogan may name its owner: none that has slogans behind it, nor one of the entry's: 公路“三乱”."""
    word = last_word(before)
    return len(word) > 1 and word not in PRECEDING_SLOGANS and not agreement(word, meanings)


def _is_among_others(page: Page, mention: KnownSlogan, line: int) -> bool:
    """Return whether another slogan of the same topic stands near in the line that begins at a place, or several of any."""
    end = page.plain.find("\n", mention.end, mention.end + BESIDE)
    first, last = (
        bisect_left(page.starts, at)
        for at in (max(line, mention.start - BESIDE), end if end >= 0 else mention.end + BESIDE)
    )
    topics = {meaning.record["topic"] for meaning in mention.meanings}
    others: set[str] = set()
    for other in page.mentions[first:last]:
        term = other.term
        if term == mention.term or term in others or _is_aside(page.plain, other.start):
            continue
        others.add(term)
        if len(others) > 1 or any(meaning.record["topic"] in topics for meaning in other.meanings):
            return True
    return False


def _is_aside(plain: str, at: int) -> bool:
    """Return whether a place stands in brackets."""
    opened = plain.rfind("（", max(0, at - LONGEST_LINE), at)
    return opened >= 0 and plain.find("）", opened, at) < 0
