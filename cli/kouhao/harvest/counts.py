"""How many items a slogan promises: every way in which its numerals may be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kouhao.language.lexicon import COUNTING
from kouhao.language.numerals import JOINTS, Group, parse_number

LARGEST = 30
"""The largest number of items that is looked for."""

_NUMERAL = re.compile(f"(?<![统唯同合归惟第])(?:[一{COUNTING}]+|双|[0-9]+)")
_SUM = re.compile(r"([0-9]+|[NnXxMm])(?:\+([0-9]+|[NnXxMm]))+")
_CODE = re.compile(r"[0-9]{3,6}")
_LADDER = re.compile("个?十百千?万?亿?|百千万亿?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NARROW = str.maketrans("０１２３４５６７８９＋Ｎ", "0123456789+N")


@dataclass(frozen=True, slots=True)
class Promise:
    """A slogan's counted groups, and the numbers of items that it may mean, each with the reading that gives it."""

    groups: tuple[Group, ...]
    readings: dict[int, str]


def promise(term: str) -> Promise | None:
    """Return what the numerals of a slogan promise, or None where they count nothing.

    Readings: `sum` of all groups, the `first` or the `last` alone, an item a `group` (三和一少: 2), the `digits` of a code
    (2522: 11), its `places` (2522: 4; 十百千: 3), the `terms` of a sum (1+M+N: 3).
    """
    narrow = term.translate(_NARROW)
    code = _SUM.search(narrow) or _CODE.search(narrow)
    if code:
        return _promise_of_code(code[0], code.start(), narrow)
    ladder = _LADDER.search(term)
    if ladder and len(ladder[0]) > 2:  # noqa: PLR2004  十百千
        return Promise((Group(ladder[0], len(ladder[0]), *ladder.span()),), {len(ladder[0]): "places"})
    groups = _groups(term)
    counts = [group.count for group in groups]
    if not counts or max(*counts, len(counts)) < 2:  # noqa: PLR2004  a list has two items
        return None
    readings: dict[int, str] = {}
    together = {"sum": sum(counts), "first": counts[0], "last": counts[-1], "group": len(counts)}
    together["rest"] = sum(counts[:-1])
    for reading, number in together.items():
        if 2 <= number <= LARGEST:  # noqa: PLR2004
            readings.setdefault(number, reading)
    return Promise(groups, readings) if readings else None


def _promise_of_code(code: str, start: int, term: str) -> Promise | None:
    pieces = code.split("+") if "+" in code else list(code)
    if _YEAR.fullmatch(code) or (len(pieces) == len(code) and term[start + len(code) :][:1] in tuple("年万亿元个%")):
        return None
    readings = {len(pieces): "terms" if "+" in code else "places"}
    if all(piece.isdecimal() for piece in pieces):
        total = sum(map(int, pieces))
        if len(pieces) < total <= LARGEST:
            readings[total] = "digits"
    groups: tuple[Group, ...] = (Group(code, len(pieces), start, start + len(code)),)
    if "+" in code:
        groups = tuple(Group(piece, 1, start, start) for piece in pieces)
    return Promise(groups, readings)


def _groups(term: str) -> tuple[Group, ...]:
    found = [numeral for numeral in _NUMERAL.finditer(term) if not _names_the_thing(term, numeral)]
    groups: list[Group] = []
    for place, numeral in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(term)
        whole = term[numeral.start() : end]
        name = whole.rstrip(JOINTS)
        name = name if len(name) > len(numeral[0]) else whole
        count = parse_number(numeral[0])
        if not count or len(name) == len(numeral[0]):
            return ()
        groups.append(Group(name, count, numeral.start(), numeral.start() + len(name)))
    return tuple(groups)


def _names_the_thing(term: str, numeral: re.Match[str]) -> bool:
    """Tell whether a numeral belongs to what is counted: the 一 of 双一流, 三个一批 and 五位一体."""
    before, after = term[: numeral.start()], term[numeral.end() :]
    return numeral[0] in ("一", "1") and (before.endswith(("双", "个", "合")) or after.startswith("体"))
