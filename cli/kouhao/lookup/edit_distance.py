"""Align a query with a form, place by place, each difference priced by its sound, its sight and its kind.

Optimal string alignment (Damerau-Levenshtein without reordering twice) with these costs. They are ordered by how easily a
person makes the slip: another tone of the syllable, a southern confusion, a character that looks alike, a lost or
doubled character, two swapped. A character that neither sounds nor looks alike is another word and costs too much
for any but a long form; two different numerals can never meet.
"""

from __future__ import annotations

from kouhao.language import pinyin
from kouhao.language.normalize import NUMERALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Form, Glyph

NEVER = 99.0
_ROUNDING = 1e-9
_SAME_TONE, _SAME_SYLLABLE, _SAME_SOUND, _TYPED_SOUND, _STRAY = 0.2, 0.28, 0.4, 0.15, 0.6
_LOOK_BEST, _LOOK_STEP = 0.3, 0.03
_OTHER = 1.5
_MISSING, _MISSING_NUMERAL, _EXTRA, _EXTRA_NUMERAL, _SLIGHT, _MEASURED, _SWAPPED = 0.6, 0.8, 0.6, 1.2, 0.3, 0.2, 0.45
_MEASURE_WORD = "个"
_SLIGHT_MARKS = frozenset("的个了之和与以+儿性化类项")
_NUMERAL_SYLLABLES = frozenset(["ling", "yi", "er", "liang", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi"])
_BUDGETS = (0.0, 0.0, 0.2, 0.45, 0.8, 1.0)
_BUDGET_A_PLACE, _LARGEST_BUDGET = 0.2, 2.4


class Alignment:
    """How a query and a form fit: the cost, and the differences as (kind, typed, meant)."""

    __slots__ = ("cost", "steps")

    def __init__(self, cost: float, steps: list[tuple[str, str, str]]) -> None:
        self.cost = cost
        self.steps = steps

    @property
    def how(self) -> str:
        """The kind of the gravest difference."""
        kinds = {kind for kind, _, _ in self.steps}
        return next((kind for kind in ("slip", "look-alike", "homophone", "pinyin") if kind in kinds), "form")


def budget(length: int) -> float:
    """Return the highest cost that a form of `length` places may have and still be confidently meant."""
    return _BUDGETS[length] if length < len(_BUDGETS) else min(_LARGEST_BUDGET, _BUDGET_A_PLACE * length)


def align(units: list[Glyph], form: Form) -> Alignment | None:
    """Return the cheapest alignment within the budget of `form`, or None.

    A form of two places is met only by a homophone of the same tone beside a character that is right, or with a measure word
    behind its numeral (五个好).
    """
    limit = budget(len(form.folded))
    if abs(len(units) - len(form.folded)) * _MEASURED > limit + _ROUNDING:
        return None
    units, chars, readings = _differing(units, form)
    rows = _costs(units, chars, readings, limit + _ROUNDING)
    if not rows:
        return None
    cost = rows[len(units)][len(chars)]
    steps = _trace(rows, units, chars, readings)
    return None if _numerals_clash(steps) else Alignment(cost, steps)


def _differing(units: list[Glyph], form: Form) -> tuple[list[Glyph], str, str]:
    """Return what lies between the equal beginnings and the equal ends, with one equal place on either side."""
    chars = form.folded
    start, shorter = 0, min(len(units), len(chars))
    while start < shorter and units[start].char == chars[start]:
        start += 1
    start = max(0, start - 1)
    end = 0
    while end < shorter - start and units[-1 - end].char == chars[-1 - end]:
        end += 1
    end = max(0, end - 1)
    until = len(chars) - end
    return units[start : len(units) - end], chars[start:until], form.readings[start:until]


def _numerals_clash(steps: list[tuple[str, str, str]]) -> bool:
    """Tell whether a numeral was left out and another one put in: 五 for 四 by two slips is still another slogan."""
    if len(steps) < 2:  # noqa: PLR2004  as mostly
        return False
    put_in = any(not meant and (typed in NUMERALS or typed in _NUMERAL_SYLLABLES) for _, typed, meant in steps)
    return put_in and any(not typed and meant in NUMERALS for _, typed, meant in steps)


def _costs(units: list[Glyph], chars: str, readings: str, limit: float) -> list[list[float]]:
    """Return the table of costs, or nothing as soon as no way through it can stay within the limit."""
    missing = [_missing(char) for char in chars]
    rows = [[0.0]]
    for cost in missing:
        rows[0].append(rows[0][-1] + cost)
    for i, unit in enumerate(units, 1):
        above = rows[i - 1]
        extra = _extra(units, i - 1)
        row = [above[0] + extra]
        for j, char in enumerate(chars, 1):
            best = min(above[j] + extra, row[-1] + missing[j - 1])
            if above[j - 1] < best:
                cost = 0.0 if unit.char == char else substitution(unit, char, readings[j - 1])[0]
                best = min(best, above[j - 1] + cost)
            if i > 1 < j and rows[i - 2][j - 2] + _SWAPPED < best and _swapped(units, i, chars, readings, j):
                best = rows[i - 2][j - 2] + _SWAPPED
            row.append(best)
        rows.append(row)
        if min(row) > limit and min(above) > limit:  # an exchange reaches over one row, not over two
            return []
    return rows if rows[-1][-1] <= limit else []


def substitution(unit: Glyph, char: str, reading: str) -> tuple[float, str]:
    """Return the cost and the kind of writing `unit` where `char` with `reading` is meant."""
    price = unit.prices.get(char + reading)
    if price is None:
        price = unit.prices[char + reading] = _price(unit, char, reading)
    return price


def _price(unit: Glyph, char: str, reading: str) -> tuple[float, str]:
    if not unit.char:
        return _typed(unit, char, reading)
    if unit.char == char:
        return 0.0, ""
    if unit.char in NUMERALS and char in NUMERALS:
        return NEVER, "slip"
    return min(_heard(unit, reading), _seen(unit, char))


def _typed(unit: Glyph, char: str, reading: str) -> tuple[float, str]:
    if not unit.readings:
        return _STRAY, "slip"
    if pinyin.same_syllable(unit.readings, reading):
        return 0.0, "pinyin"
    if pinyin.same_sound(unit.readings, reading):
        return _TYPED_SOUND, "pinyin"
    return (NEVER if char in NUMERALS and unit.letters in _NUMERAL_SYLLABLES else _OTHER), "slip"


def _heard(unit: Glyph, reading: str) -> tuple[float, str]:
    cost = _OTHER
    for own in unit.readings:
        if own == reading:
            return _SAME_TONE, "homophone"
        if pinyin.same_syllable(own, reading):
            cost = min(cost, _SAME_SYLLABLE)
        elif pinyin.same_sound(own, reading):
            cost = min(cost, _SAME_SOUND)
    return cost, "homophone" if cost < _OTHER else "slip"


def _seen(unit: Glyph, char: str) -> tuple[float, str]:
    at = unit.looks.find(char)
    if at < 0:
        return _OTHER, "slip"
    return _LOOK_BEST + _LOOK_STEP * (9 - int(unit.looks[at + 1])), "look-alike"


def _missing(char: str) -> float:
    if char in _SLIGHT_MARKS:
        return _SLIGHT
    return _MISSING_NUMERAL if char in NUMERALS else _MISSING


def _extra(units: list[Glyph], at: int) -> float:
    char = units[at].char
    if not char:
        return _EXTRA_NUMERAL if units[at].letters in _NUMERAL_SYLLABLES else _STRAY
    if char == _MEASURE_WORD and at and units[at - 1].char in NUMERALS:
        return _MEASURED
    doubled = (at and units[at - 1].char == char) or (at + 1 < len(units) and units[at + 1].char == char)
    if doubled or char in _SLIGHT_MARKS:
        return _SLIGHT
    return _EXTRA_NUMERAL if char in NUMERALS else _EXTRA


def _swapped(units: list[Glyph], i: int, chars: str, readings: str, j: int) -> bool:
    return _meets(units[i - 2], chars[j - 1], readings[j - 1]) and _meets(units[i - 1], chars[j - 2], readings[j - 2])


def _meets(unit: Glyph, char: str, reading: str) -> bool:
    return unit.char == char if unit.char else unit.readings != "" and pinyin.same_syllable(unit.readings, reading)


def _trace(rows: list[list[float]], units: list[Glyph], chars: str, readings: str) -> list[tuple[str, str, str]]:
    """Walk back from the end of the cheapest alignment and tell its differences."""
    steps: list[tuple[str, str, str]] = []
    i, j = len(units), len(chars)
    while i or j:
        kind = ""
        if i and j:
            cost, kind = substitution(units[i - 1], chars[j - 1], readings[j - 1])
        if i and j and _same(rows[i - 1][j - 1] + cost, rows[i][j]):
            back, typed, meant = (1, 1), _shown(units[i - 1]), chars[j - 1]
        elif i > 1 and j > 1 and _same(rows[i - 2][j - 2] + _SWAPPED, rows[i][j]):
            back, kind, typed, meant = (2, 2), "slip", _shown(units[i - 2]) + _shown(units[i - 1]), chars[j - 2 : j]
        elif i and _same(rows[i - 1][j] + _extra(units, i - 1), rows[i][j]):
            back, kind, typed, meant = (1, 0), "slip", _shown(units[i - 1]), ""
        else:
            back, kind, typed, meant = (0, 1), "slip", "", chars[j - 1]
        if kind:
            steps.append((kind, typed, meant))
        i, j = i - back[0], j - back[1]
    return steps[::-1]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _ROUNDING


def _shown(unit: Glyph) -> str:
    return unit.char or unit.letters
