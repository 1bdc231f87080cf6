"""Where a text names a counted slogan: in quotes, or at the head of a line that defines it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kouhao.language.numerals import Group, count_groups

_QUOTED = re.compile("“([^“”。！？\n]{2,24})”")
_JOINED = re.compile("[“]([^“”\n]{2,10})”(换|[、和与加+＋])?“([^“”\n]{2,10})”(?=\\s?(?:（|：|，?即|，?是指|，?分别是))")
_HEADED = re.compile(
    r"(?m)^[ \t\u3000]*(?:(?:\d{1,3}[.．、]|[（]\d{1,3}[）])[ \t\u3000]*)?([^“”\s：，。；、（）]{3,14})："
)
_BARE = re.compile(
    "(?<![0-9零一二两三四五六七八九十百千万第几数余多])([二两三四五六七八九十][个大项条种类][^，。；：、（）“”‘’《》\\s]{1,8})（"
)
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Mention:
    """A counted slogan in a text: the term without quotes and spaces, the place it takes with them, its groups."""

    term: str
    start: int
    end: int
    groups: tuple[Group, ...]


def mentions(wide: str) -> Iterator[Mention]:
    """Yield the counted slogans of a text with full-width marks, in order within each kind."""
    taken: set[int] = set()
    for found in _JOINED.finditer(wide):
        term = found[0] if found[2] == "换" else found[1] + (found[2] or "") + found[3]
        groups = count_groups(term)
        if groups:
            taken.update(range(found.start(), found.end()))
            yield Mention(term, found.start(), found.end(), groups)
    for found in _QUOTED.finditer(wide):
        term = "".join(found[1].split())
        groups = count_groups(term) if len(term) <= _LONGEST else ()
        if groups and found.start() not in taken:
            yield Mention(term, found.start(), found.end(), groups)
    for found in _HEADED.finditer(wide):
        groups = count_groups(found[1])
        if groups and groups[0].start == 0:
            yield Mention(found[1], found.start(1), found.end(1), groups)


def bare_mentions(wide: str) -> Iterator[Mention]:
    """Yield the slogans without quotes that a bracket follows and that a measure word makes a count: 四个意识（…）."""
    for found in _BARE.finditer(wide):
        groups = count_groups(found[1])
        if groups and not groups[0].start:
            yield Mention(found[1], *found.span(1), groups)
