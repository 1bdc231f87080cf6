"""Whether a slogan is part of a longer name, or of what somebody says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, takewhile

from kouhao.check.context import KnownSlogan, Page
from kouhao.expand.slogans import Slogan
from kouhao.expand.surroundings import LONGEST_LINE, without_asides
from kouhao.language.lexicon import JOINING, MEASURE_WORDS, NUMBER_CHARACTERS, ORGANS_AND_EVENTS, PRECEDING_SLOGANS
from kouhao.language.normalize import is_han
from kouhao.language.word_boundary import FOLLOWING
from kouhao.lookup.features import cut_words

_LONGEST_NAME = 16  # characters behind a slogan that may belong to its name
_LONGEST_QUOTED = 200  # characters on each side of a slogan that stand in the same quotes
_BODIES = frozenset("馆堂站社园会团队组群室班县校院营所局")
"""With what the names of bodies and of places end that bear a slogan: 红船精神纪念馆, 三会一课宣讲团."""

_PARTICLES = frozenset((*"等的是为在即指中下上后内将已同让对从到由以也都不要就被把而了着过外前时里间化好", *JOINING))
"""What a sentence goes on with behind a name, and what places a noun."""


def is_quoted(page: Page, mention: KnownSlogan) -> bool:
    """Return whether a mention stands in quotes that hold more: in a title, in a name, or in the words of another."""
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    before = without_asides(plain[max(0, start - LONGEST_LINE) : start].rpartition("\n")[2])[-_LONGEST_QUOTED:]
    behind = without_asides(plain[end : end + LONGEST_LINE].partition("\n")[0])[:_LONGEST_QUOTED]
    if plain.startswith("《", start):
        return True
    opened = "“" in before and "”" in behind
    return opened and _is_closed(reversed(before), "”", "“") and _is_closed(behind, "“", "”")


def _is_closed(text: Iterable[str], opening: str, closing: str) -> bool:
    """Return whether a mark closes, in a text, what was opened before it."""
    depth = 0
    for mark in text:
        depth += (mark == opening) - (mark == closing)
        if depth < 0:
            return True
    return False


def is_in_name(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether a slogan goes on into the name of an organ, an event or a place: “一带一路”国际合作高峰论坛, 红船精神纪念馆.

    It does where such a noun stands among the words behind it, up to a particle or a verb. What a single character makes a name of
    is one, too: “三农”人, or after another word where it ends there: 文化墙; and so is the noun that a bare slogan counts: 四个伟大飞跃. Any other noun
    is one of prose: “三农”情怀.
    """
    plain, end = page.plain, mention.outer_end
    end += len(slogan.noun(plain, end))
    behind = plain[end : end + _LONGEST_NAME]
    bare = plain[mention.outer_start] != "“"
    if page.is_known(end, end + 1):
        return False
    if not is_han(behind[:1]) or (bare and behind[0] in NUMBER_CHARACTERS):
        return behind[:1].isalnum() or (bare and behind.startswith("“"))
    run = cut_words("".join(takewhile(is_han, behind)))
    run = run[run[0] in JOINING :]
    words = run[
        : next((at for at, word in enumerate(run) if word in _PARTICLES or (at and word in PRECEDING_SLOGANS)), None)
    ]
    if any(_is_body(word) for word in words) or any(name.endswith(ORGANS_AND_EVENTS) for name in accumulate(words)):
        return True
    counts = bare and plain[mention.start : mention.end].lstrip(NUMBER_CHARACTERS)[:1] in frozenset(MEASURE_WORDS)
    if (
        counts
        and words
        and words[0] not in PRECEDING_SLOGANS
        and not behind.startswith((*FOLLOWING, *slogan.companions))
    ):
        return True
    if len(words) == 1:
        return len(words[0]) == 1 and PRECEDING_SLOGANS.isdisjoint(run[:2])
    return 1 < len(words) == len(run) and len(words[-1]) == 1 < len(words[-2])


def _is_body(word: str) -> bool:
    """Return whether a word ends as the names of bodies do, and is none of everyday: 社会, 团队."""
    return len(word) != 2 and word[-1] in _BODIES  # noqa: PLR2004  characters
