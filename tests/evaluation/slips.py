"""Generate what hurried people type instead of a term: each slip by its own cause, from a fixed seed.

Homophones come from the reversed single-character table of pypinyin, restricted to the common characters of GB 2312's first
level; look-alikes are deliberately not generated here, since the matcher's own table would be tested against itself.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

Slip = Callable[[str, random.Random], str]
NUMERALS = "一二三四五六七八九十两双百千零"
DIGITS = {
    "一": "1",
    "二": "2",
    "两": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
    "十": "10",
}
SHORTEST = 4
SHORTEST_TWICE = 6


@dataclass(frozen=True, slots=True)
class Case:
    """A query, the term that must come first (empty: no confident answer), and the kind of query."""

    query: str
    expect: str
    kind: str


@cache
def homophones() -> dict[str, list[str]]:
    """Return the common characters by toneless syllable."""
    table: defaultdict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            mark = bytes((high, low)).decode("gb2312", errors="ignore")
            if mark:
                table[lazy_pinyin(mark)[0]].append(mark)
    return dict(table)


def homophone(term: str, chance: random.Random) -> str:
    """Write one character that is no numeral as another of the same syllable."""
    places = [at for at, mark in enumerate(term) if "\u4e00" <= mark <= "\u9fff" and mark not in NUMERALS]
    at = chance.choice(places)
    others = [mark for mark in homophones()[lazy_pinyin(term)[at]] if mark != term[at] and mark not in NUMERALS]
    return term[:at] + chance.choice(others or [term[at]]) + term[at + 1 :]


def two_homophones(term: str, chance: random.Random) -> str:
    """Write two characters wrong."""
    return homophone(homophone(term, chance), chance)


def missing(term: str, chance: random.Random) -> str:
    """Leave a character out."""
    at = chance.randrange(1, len(term))
    return term[:at] + term[at + 1 :]


def doubled(term: str, chance: random.Random) -> str:
    """Type a character twice."""
    at = chance.randrange(len(term))
    return term[: at + 1] + term[at:]


def swapped(term: str, chance: random.Random) -> str:
    """Type two neighbours in the wrong order."""
    at = chance.randrange(1, len(term) - 1)
    return term[:at] + term[at + 1] + term[at] + term[at + 2 :]


def pinyin(term: str, _: random.Random) -> str:
    """Type joined pinyin."""
    return "".join(lazy_pinyin(term))


def southern(term: str, chance: random.Random) -> str:
    """Type pinyin as a southern speaker hears it."""
    spelled = pinyin(term, chance)
    return spelled.replace("zh", "z").replace("ch", "c").replace("sh", "s")


def initials(term: str, _: random.Random) -> str:
    """Type the initials."""
    return "".join(lazy_pinyin(term, style=Style.FIRST_LETTER))


def traditional(term: str, _: random.Random) -> str:
    """Type traditional characters."""
    return str(opencc.OpenCC("s2t").convert(term))


def digits(term: str, _: random.Random) -> str:
    """Type numerals as digits."""
    return "".join(DIGITS.get(mark, mark) for mark in term)


def decorated(term: str, _: random.Random) -> str:
    """Paste it with marks."""
    return f"「{term}」 "


def asked(term: str, chance: random.Random) -> str:
    """Ask for it."""
    return chance.choice(["{}是什么", "什么是{}", "请问{}是什么意思", "{}的全称", "{}都有哪些内容"]).format(term)


EASY: dict[str, Slip] = {
    "exact": lambda term, _: term,
    "decorated": decorated,
    "traditional": traditional,
    "digits": digits,
    "pinyin": pinyin,
    "southern": southern,
    "question": asked,
}
SLIPS: dict[str, Slip] = {
    "homophone": homophone,
    "missing": missing,
    "doubled": doubled,
    "swapped": swapped,
    "initials": initials,
}


def positives(terms: list[str], seed: int = 7) -> Iterator[Case]:
    """Yield every kind of query for every term that is long enough for it."""
    chance = random.Random(seed)  # noqa: S311  reproducible, not secret
    for term in terms:
        plain = "".join(mark for mark in term if mark.isalnum())
        kinds = dict(EASY)
        if len(plain) >= SHORTEST:
            kinds |= SLIPS
        if len(plain) >= SHORTEST_TWICE:
            kinds["two-homophones"] = two_homophones
        for kind, slip in kinds.items():
            yield Case(slip(plain if kind in SLIPS or kind == "two-homophones" else term, chance), term, kind)


def negatives(terms: list[str], everyday: list[str], others: list[str]) -> Iterator[Case]:
    """Yield queries that must not be answered: everyday words, other slogans, and the terms with another numeral."""
    yield from (Case(word, "", "everyday") for word in everyday)
    yield from (Case(term, "", "other-slogan") for term in others)
    known = set(terms)
    for term in terms:
        if term[0] in NUMERALS[:10]:
            for numeral in "三四五六七八九":
                changed = numeral + term[1:]
                if numeral != term[0] and not any(changed in other or other in changed for other in known):
                    yield Case(changed, "", "other-numeral")
