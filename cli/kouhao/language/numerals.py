"""Numerals as counts: what number a slogan says its expansion has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kouhao.language.lexicon import ARABIC, COUNTING, JOINING, NUMERAL_VALUES, ORDINAL

_NUMBER = re.compile(f"(?<![统唯同合归惟百千万亿一{COUNTING}])(?:双|[{ARABIC}]+|[一{COUNTING}]+)(?![百千万亿])")
"""A numeral that counts: none in a word (统一, 合一), none that is only the beginning of a round number (三百六十行)."""

JOINTS = f"换以加{JOINING}、,，;；+＋·-— “”\"‘’'「」『』()（）"
_SUM = re.compile(rf"[{ARABIC}]+(?:[+＋](?:[{ARABIC}]+|[NXnx]))+")
_PLUS = re.compile("[+＋]")
_REMEMBERED = 1024
"""Terms whose groups are kept: one entry asks for those of its term several times over."""


@dataclass(frozen=True, slots=True)
class Group:
    """A counted group of a slogan: 三同步 counts 3. `start` and `end` are offsets in the slogan."""

    name: str
    count: int
    start: int
    end: int


def parse_number(text: str) -> int:
    """Return the value of a numeral up to 99 (三, 两, 双, 十二, 二十, 10), or 0 where `text` is none, such as 七一."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.partition("十")
    if len(tens) > 1 or len(units) > 1 or (not ten and units):
        return 0
    if not ten:
        return NUMERAL_VALUES.get(tens, 0)
    return NUMERAL_VALUES.get(tens, 1) * 10 + NUMERAL_VALUES.get(units, 0)


@lru_cache(_REMEMBERED)
def count_groups(term: str) -> tuple[Group, ...]:
    """Return the counted groups of a slogan in order: 三进三同步 gives 三进 3 and 三同步 3; 五好 gives one group.

    A term that counts nothing gives none: its numerals are dates (七一), plans (十五五), ordinals (第一), or only ones
    (一楼统管, 一业一证), which mean "one and the same" more often than a list of one. A numeral after 双 or 个 belongs to the
    thing that is counted (双一流, 三个一批, 三个两手抓), and one in a word (统一, 合一) is no numeral. A sum (1+10, 1+3+N)
    counts its terms.
    """
    if _SUM.fullmatch(term):
        return (Group(term, len(_PLUS.split(term)), 0, len(term)),)
    numbers = [found for found in _NUMBER.finditer(term) if not _is_of_thing(term, found)]
    groups: list[Group] = []
    for at, number in enumerate(numbers):
        count = parse_number(number[0])
        end = numbers[at + 1].start() if at + 1 < len(numbers) else len(term)
        whole = term[number.start() : end]
        name = whole.rstrip(JOINTS)
        name = name if len(name) > len(number[0]) else whole
        if not count or len(name) == len(number[0]) or term[: number.start()].endswith(ORDINAL):
            return ()
        groups.append(Group(name, count, number.start(), number.start() + len(name)))
    return tuple(groups) if any(group.count > 1 for group in groups) else ()


def _is_of_thing(term: str, number: re.Match[str]) -> bool:
    return term[: number.start()].endswith(("双", "个"))


def expected_counts(groups: tuple[Group, ...]) -> tuple[int, ...]:
    """Return the numbers of items that an expansion of `groups` may have, the likeliest first.

    All groups together (三进三同步: 6), without a closing one that names the whole (三位一体: 3); or an item a group
    (三和一少: 2), where each group is told in one clause. For a sum: an item a term, or all together (3+2: 2 or 5).
    """
    together = sum(group.count for group in groups)
    if _SUM.fullmatch(groups[0].name):
        terms = _PLUS.split(groups[0].name)
        return (together, sum(map(int, terms))) if all(map(str.isdecimal, terms)) else (together,)
    if groups[-1].name == "一体":
        return (together - 1,)
    return (together, len(groups)) if len(groups) > 1 else (together,)


def leading_count(name: str) -> int:
    """Return the numeral at the beginning of a group's name, or 0: 三进 gives 3, 面线点 gives 0."""
    found = _NUMBER.match(name)
    return parse_number(found[0]) if found else 0
