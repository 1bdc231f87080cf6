"""Numerals as counts: the numbers of items that a slogan may promise.

Whatever asks how many items a name has, harvesting, checking, importing, validating, asks here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kouhao.language.background import documents
from kouhao.language.lexicon import ARABIC, COUNTING, JOINING, NUMBER_CHARACTERS, NUMERAL_VALUES, ORDINAL

_NUMBER = re.compile(
    f"(?<![一{COUNTING}])双"
    f"|(?<![统唯同合归惟百千万亿一{COUNTING}{ARABIC}])(?:[{ARABIC}]{{1,2}}|[一{COUNTING}]+)(?![百千万亿{ARABIC}])"
)
"""A numeral that counts: none in a word (统一, 合一), none that is only the beginning of a round number (三百六十行)."""

JOINTS = f"换以加{JOINING}、,，;；+＋·-— “”\"‘’'「」『』()（）"
_SUM = re.compile(r"((?<![0-9])[0-9]+|[NnXxMm])(?:\+([0-9]+|[NnXxMm]))+")
_CODE = re.compile(r"(?<![个0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,6}(?![0-9年万亿元个%])")
"""Figures that stand for a number each: no year, and none that counts what follows."""

_LADDER = re.compile("个?十百千?万?亿?|百千万亿?")
_NARROW = str.maketrans("０１２３４５６７８９＋Ｎ", "0123456789+N")
_OF_THINGS = ("双", "个", ORDINAL)
"""What stands before a numeral that belongs to the things that are counted (双一流, 三个一批, 六个100%), or counts none (第一)."""

_ONE = ("一", "1", "１")
_LONGEST_COUNTED = 3  # characters behind the numeral, with its measure word: 三大攻坚战 says what it is
_EVERYWHERE = 1 / 40  # of the documents
_REMEMBERED = 1024
"""Terms whose groups are kept: one entry asks for those of its term several times over."""


class Group(NamedTuple):
    """A counted group of a slogan: 三同步 counts 3. `start` and `end` are offsets in the slogan."""

    name: str
    count: int  # type: ignore[assignment]  # in place of how often a tuple has a value
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


class Promise(NamedTuple):
    """A slogan's counted groups, and the numbers of items that it may mean.

    `readings` are all of them, each with how it comes about; `expected` those that any such slogan may have, the likeliest first.
    """

    groups: tuple[Group, ...]
    readings: dict[int, str]
    expected: tuple[int, ...]


def promise(term: str) -> Promise | None:
    """Return what the numerals of a slogan promise, a list of one included, or None where they count nothing.

    Readings: the `sum` of all groups, the `first` or the `last` alone, an item a `group` (三和一少: 2), the `rest` before the last, the
    `terms` of a sum (1+M+N: 3), the `places` of a code (2522: 4; 十百千: 3), and its `digits` added up (2522: 11).
    """
    narrow = term.translate(_NARROW)
    code = _SUM.search(narrow) or _CODE.search(narrow)
    if code:
        several = tuple(Group(piece, 1, code.start(), code.start()) for piece in code[0].split("+"))
        groups = several if len(several) > 1 else (Group(code[0], len(code[0]), *code.span()),)
        readings = _readings_of_code(code[0])
        return Promise(groups, readings, tuple(readings))
    ladder = _LADDER.search(term)
    if ladder and len(ladder[0]) > 2:  # noqa: PLR2004  十百千
        size = len(ladder[0])
        return Promise((Group(ladder[0], size, *ladder.span()),), {size: "places"}, (size,))
    groups = _groups(term)
    return Promise(groups, _readings(groups), expected_counts(groups)) if groups else None


def _readings_of_code(code: str) -> dict[int, str]:
    pieces = code.split("+") if "+" in code else list(code)
    readings = {len(pieces): "terms" if "+" in code else "places"}
    if all(map(str.isdecimal, pieces)):
        readings.setdefault(sum(map(int, pieces)), "digits")
    return readings


def _readings(groups: tuple[Group, ...]) -> dict[int, str]:
    counts = [group.count for group in groups]
    readings = {sum(counts): "sum"}
    if len(counts) > 1:
        others = {"first": counts[0], "last": counts[-1], "group": len(counts), "rest": sum(counts[:-1])}
        for reading, number in others.items():
            readings.setdefault(number, reading)
    return readings


def expected_counts(groups: tuple[Group, ...]) -> tuple[int, ...]:
    """Return the numbers of items that an expansion of `groups` may have, of one slogan or of several, the likeliest first.

    All together (三进三同步: 6), as many pairs as each group counts (三抓三促: 3), or an item a group, each told in one clause
    (三和一少: 2). For a sum: an item a term, or all together (3+2: 2 or 5).
    """
    code = groups[0].name.translate(_NARROW)
    if _SUM.fullmatch(code):
        return tuple(_readings_of_code(code))
    counts = [group.count for group in groups]
    pairs = counts[:1] if len(set(counts)) == 1 else []
    return tuple(dict.fromkeys((sum(counts), *([*pairs, len(counts)] if len(counts) > 1 else []))))


@lru_cache(_REMEMBERED)
def count_groups(term: str) -> tuple[Group, ...]:
    """Return the counted groups of a slogan in order: 三进三同步 gives 三进 3 and 三同步 3; 五好 gives one group.

    A term that counts nothing gives none: its numerals are dates (七一), plans (十五五), ordinals (第一), or only ones
    (一楼统管, 一业一证), which mean "one and the same" more often than a list of one. A sum (1+10, 1+3+N) is one group of its terms.
    """
    narrow = term.translate(_NARROW)
    if _SUM.fullmatch(narrow):
        return (Group(term, narrow.count("+") + 1, 0, len(term)),)
    groups = _groups(term)
    return groups if any(group.count > 1 for group in groups) else ()


def _groups(term: str) -> tuple[Group, ...]:
    numbers = [found for found in _NUMBER.finditer(term) if not _is_of_thing(term, found)]
    groups: list[Group] = []
    for at, number in enumerate(numbers):
        count = parse_number(number[0])
        end = numbers[at + 1].start() if at + 1 < len(numbers) else len(term)
        whole = term[number.start() : end]
        name = whole.rstrip(JOINTS)
        name = name if len(name) > len(number[0]) else whole
        if not count or len(name) == len(number[0]):
            return ()
        groups.append(Group(name, count, number.start(), number.start() + len(name)))
    return tuple(groups)


def _is_of_thing(term: str, number: re.Match[str]) -> bool:
    """Return whether a numeral belongs to what is counted: 双一流, 三个一批, 三个两手抓, 六个100%, 五位一体."""
    whole = number[0] in _ONE and term.startswith("体", number.end())
    return whole or term[: number.start()].endswith(_OF_THINGS)


@lru_cache
def is_mere_count(term: str) -> bool:
    """Return whether a name is a numeral and what it counts, which others count, too: 三大工程, 双减, no 一带一路.

    One that official prose has everywhere is known to all in one meaning: 四个意识.
    """
    groups = count_groups(term)
    counted = term.lstrip(NUMBER_CHARACTERS)
    if len(groups) != 1 or groups[0].start or len(counted) > _LONGEST_COUNTED:
        return False
    return documents(term) < _EVERYWHERE * documents("")
