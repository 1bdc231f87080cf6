"""The ways in which a term is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kouhao.index.characters import readings
from kouhao.language.normalize import fold
from kouhao.language.pinyin import initial_of, syllable_of

_DIGITS = str.maketrans("二三四五六七八九", "23456789")


@dataclass(frozen=True)
class Writing:
    """A way to write a term as a query, and what the answer holds whichever of the terms that one may write so it names."""

    query: Callable[[str], str]
    holds: Callable[[str], str] = str


AS_IS = Writing(str)
WITH_DIGITS = Writing(lambda term: term.translate(_DIGITS))
IN_PINYIN = Writing(lambda term: "".join(syllables(term)))
IN_INITIALS = Writing(lambda term: "".join(map(initial_of, syllables(term))), lambda _: "\t")
WITH_SLIP = Writing(lambda term: term[0] + term[2:], lambda term: term[2:])


def syllables(term: str) -> list[str]:
    """Return a term's syllables."""
    return [*map(syllable_of, readings(fold(term)))]
