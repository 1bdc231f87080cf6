"""Align a query with a form of an entry: where the one stands in the other, and the differences in between.

Optimal string alignment with free ends: what of the query lies outside the form is left over, what of the form lies outside
the query is uncovered, and both cost less than a difference in between. The costs only choose between alignments; what
an alignment is worth is fitted (`decision`). Two different numerals never meet.
"""

from __future__ import annotations

from _operator import add  # as in `pinyin`

from kouhao.language import pinyin
from kouhao.language.normalize import NUMERALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Form, Glyph

HOMOPHONE, NEAR_SOUND, LOOK_ALIKE, TYPED, INITIAL, LETTER, MISSING, EXTRA, SWAPPED, OTHER = (
    "homophone", "near-sound", "look-alike", "pinyin", "initial", "letter", "missing", "extra", "swapped", "other",
)  # fmt: skip
NEVER = 99.0  # more than any query can cost
_COSTS = {HOMOPHONE: 0.25, NEAR_SOUND: 0.4, LOOK_ALIKE: 0.4, TYPED: 0.02, INITIAL: 0.05, OTHER: 0.95}
_MISSING, _EXTRA, _SWAPPED, _OUTSIDE, _LETTER_SLIP = 0.7, 0.7, 0.5, 0.5, 0.5
"""Costs by hand; what is decided by them is fitted (`decision`)."""

_ROUNDING = 1e-9  # sums of costs in another order
MEASURE_WORD = "个"
COUNTERS = NUMERALS | frozenset("双单多万")
"""What counts: one is never mistyped for another."""
_MAGNITUDES = frozenset("十百千")

NUMERAL_SYLLABLES = frozenset(["ling", "yi", "er", "liang", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi"])

Step = tuple[str, str, str]
"""A difference: its kind, what was typed, what is meant."""


class Alignment:
    """Where a query and a form agree.

    `start` and `end` are the stretch of the query (in characters of its folded text or places of pinyin), `form_start` and
    `form_end` that of the form; `steps` the differences in between; `clash` tells that another number is meant.
    """

    __slots__ = ("clash", "distance", "end", "form_end", "form_start", "start", "steps")

    def __init__(  # noqa: PLR0917  a record
        self, start: int, end: int, form_start: int, form_end: int, steps: list[Step], distance: float
    ) -> None:
        self.start = start
        self.end = end
        self.form_start = form_start
        self.form_end = form_end
        self.steps = steps
        self.distance = distance
        self.clash = False

    def reorder(self, chars: str, form: Form) -> None:
        """Take the form as the whole query in another order."""
        if len(self.steps) > 1 or (self.end - self.start, self.form_end - self.form_start) != (
            len(chars),
            len(form.folded),
        ):
            self.start, self.end, self.form_start, self.form_end = 0, len(chars), 0, len(form.folded)
            self.steps = [(SWAPPED, chars, form.folded)]
            self.distance = 2 * _SWAPPED
            self.clash = [mark for mark in chars if mark in NUMERALS] != [
                mark for mark in form.folded if mark in NUMERALS
            ]


def mistyped(letters: str, form: Form, meant: str) -> Alignment:
    """Return the alignment of a query in letters with the whole of a form that is spelled nearly so; its numerals must stand there."""
    found = Alignment(0, 1, 0, len(form.folded), [(LETTER, letters, meant)], _LETTER_SLIP)
    numerals = {
        pinyin.syllable_of(code) for mark, code in zip(form.folded, form.readings, strict=True) if mark in NUMERALS
    }
    spelled = {syllable if len(meant) > len(form.folded) + 1 else syllable[0] for syllable in numerals}
    typed = set(pinyin.segment(letters)[0]) if len(meant) > len(form.folded) + 1 else set(letters)
    found.clash = not spelled <= typed
    return found


def contain(chars: str, form: Form) -> Alignment | None:
    """Return where one of the two stands in the other as it is, or None."""
    typed, meant = len(chars), len(form.folded)
    at = chars.find(form.folded)
    if at >= 0:
        found = Alignment(at, at + meant, 0, meant, [], _OUTSIDE * (typed - meant))
    else:
        at = form.folded.find(chars)
        if at < 0:
            return None
        found = Alignment(0, typed, at, at + typed, [], _OUTSIDE * (meant - typed))
    found.clash = _splits_number(chars, found.start, found.end) or _splits_number(
        form.folded, found.form_start, found.form_end
    )
    return found


def align(units: list[Glyph], form: Form) -> Alignment:
    """Return the cheapest alignment of what was typed with a form."""
    rows = _costs(units, form)
    chars = "".join(unit.char or "\0" for unit in units)
    i, j = len(units), len(form.folded)
    steps = _trace(rows, units, form)
    start = form_start = 0
    while steps and steps[0][0] in (EXTRA, MISSING):
        kind, _, _ = steps.pop(0)
        start, form_start = (start + 1, form_start) if kind == EXTRA else (start, form_start + 1)
    while steps and steps[-1][0] in (EXTRA, MISSING):
        kind, _, _ = steps.pop()
        i, j = (i - 1, j) if kind == EXTRA else (i, j - 1)
    found = Alignment(start, i, form_start, j, [step for step in steps if step[0]], rows[-1][-1])
    outside = chars[:start] + chars[i:], form.folded[:form_start] + form.folded[j:]
    found.clash = (
        _numbers_differ(steps)
        or all(map(_counts, outside))
        or _splits_number(chars, start, i)
        or _splits_number(form.folded, form_start, j)
    )
    return found


def _counts(text: str) -> bool:
    return not NUMERALS.isdisjoint(text)


def _splits_number(text: str, start: int, end: int) -> bool:
    """Tell whether an edge of a stretch stands between two numerals: 一十 in 一十一."""
    return any(0 < at < len(text) and text[at - 1] in NUMERALS and text[at] in NUMERALS for at in (start, end))


def _numbers_differ(steps: list[Step]) -> bool:
    """Tell whether a step makes another number."""
    return any(
        _makes_number(step, steps[max(0, at - 1) : at], steps[at + 1 : at + 2])
        for at, step in enumerate(steps)
        if step[0]
    )


def _makes_number(step: Step, before: list[Step], after: list[Step]) -> bool:
    """Tell whether a numeral was put in, or stands for something else, or beside other ones than it should.

    A measure word parts two numerals (七个一 is not 七一); 十四 without 四 or the other way round is another number, as are 1131 for 11431, 五百个
    for 五个百, and 十八 when 十 is taken for a syllable of a verb.
    """
    kind, typed, meant = step
    last, following = (before[0] if before else ("", "", "")), (after[0] if after else ("", "", ""))
    if kind == EXTRA:
        parts = typed == MEASURE_WORD and bool(before) and {last[1], following[1]} <= NUMERALS | {""}
        return typed in NUMERALS or typed in NUMERAL_SYLLABLES or parts
    if kind == MISSING:
        around = {last[2], meant, following[2]}
        counted = len(around & NUMERALS) > 1 and not _MAGNITUDES.isdisjoint(around)
        return meant in NUMERALS and (counted or around <= NUMERALS)
    if kind == OTHER:
        return typed in NUMERALS or meant in NUMERALS
    if kind == SWAPPED:
        beside = (
            last[1][-1:] in NUMERALS and typed[0] in NUMERALS,
            typed[-1:] in NUMERALS and following[1][:1] in NUMERALS,
        )
        return any(beside) or NUMERALS.issuperset(typed)
    stands = typed in NUMERALS and meant not in NUMERALS
    return stands and (last[1] in NUMERALS or following[1] in NUMERALS)


def _prices(unit: Glyph, form: Form) -> list[float]:
    """Return what it costs to take a unit for each character of a form."""
    sounds, marks, spelled = form.pieces
    if unit.char:
        alike = unit.alike = unit.alike or frozenset((unit.char, *unit.looks, *pinyin.sound_of(unit.readings)))
        if alike.isdisjoint(sounds) and alike.isdisjoint(marks) and unit.char not in NUMERALS:
            return [_COSTS[OTHER]] * len(spelled)
    known = unit.prices
    return [known[one] if one in known else _price(unit, one) for one in spelled]


def _price(unit: Glyph, spelled: str) -> float:
    """Return what it costs to take a unit for a character, given with its reading."""
    if spelled not in unit.prices:
        char = spelled[0]
        kind = unit.kinds[spelled] = _kind(unit, char, spelled[1:])
        never = kind == OTHER and char in NUMERALS and (unit.char in NUMERALS or unit.letters in NUMERAL_SYLLABLES)
        unit.prices[spelled] = NEVER if never else _COSTS.get(kind, 0.0)
    return unit.prices[spelled]


def _costs(units: list[Glyph], form: Form) -> list[list[float]]:
    """Return the costs of aligning the first so many units with the first so many characters. Most of a query's time is spent here."""
    last, width = len(units), len(form.folded)
    above = before = [_OUTSIDE * j for j in range(width + 1)]
    rows = [above]
    for i, unit in enumerate(units, 1):
        meets = [*map(add, above, _prices(unit, form))]
        for j in _swaps(units, i, form) if i > 1 < width else ():
            meets[j - 1] = min(meets[j - 1], before[j - 2] + _SWAPPED)
        extra = [cost + _EXTRA for cost in above]
        extra[width] = above[width] + _OUTSIDE
        missing = _OUTSIDE if i == last else _MISSING
        row = [best := above[0] + _OUTSIDE]
        for met, added in zip(meets, extra[1:], strict=True):
            best += missing
            best = met if met < best else best  # noqa: FURB136  a call in the innermost loop is dear
            best = added if added < best else best  # noqa: FURB136  likewise
            row.append(best)
        rows.append(row)
        above, before = row, above
    return rows


def _kind(unit: Glyph, char: str, reading: str) -> str:
    """Return how `unit` and `char` are alike, empty when they are the same."""
    if not unit.char:
        return _typed_kind(unit, reading)
    if unit.char == char:
        return ""
    if unit.char in COUNTERS and char in COUNTERS:
        return OTHER
    alike = reading != "" and pinyin.sound_of(reading) in pinyin.sound_of(unit.readings)
    if alike and any(pinyin.same_syllable(own, reading) for own in unit.readings):
        return HOMOPHONE
    if char in unit.looks:
        return LOOK_ALIKE
    return NEAR_SOUND if alike else OTHER


def _typed_kind(unit: Glyph, reading: str) -> str:
    if unit.readings:
        if pinyin.same_syllable(unit.readings, reading):
            return TYPED
        return NEAR_SOUND if pinyin.same_sound(unit.readings, reading) else OTHER
    return INITIAL if pinyin.syllable_of(reading).startswith(unit.letters) else OTHER


def _swaps(units: list[Glyph], i: int, form: Form) -> list[int]:
    """Return how many characters of the form end in two that were typed the other way round, as the last of the first `i` units."""
    chars, readings = form.folded, form.readings
    first, second = units[i - 2].char, units[i - 1].char
    if first and second and second + first not in chars:
        return []
    return [j for j in range(2, len(chars) + 1) if _swapped(units, i, chars, readings, j)]


def _swapped(units: list[Glyph], i: int, chars: str, readings: str, j: int) -> bool:
    return _meets(units[i - 2], chars[j - 1], readings[j - 1]) and _meets(units[i - 1], chars[j - 2], readings[j - 2])


def _meets(unit: Glyph, char: str, reading: str) -> bool:
    return unit.char == char if unit.char else unit.readings != "" and pinyin.same_syllable(unit.readings, reading)


def _trace(rows: list[list[float]], units: list[Glyph], form: Form) -> list[Step]:
    """Walk back from the end of the cheapest alignment and tell its steps, those without difference too."""
    chars, readings, spelled = form.folded, form.readings, form.pieces[-1]
    width = len(chars)
    steps: list[Step] = []
    i, j = len(units), width
    while i or j:
        cost = rows[i][j]
        extra = _OUTSIDE if j in (0, width) else _EXTRA
        if i and j and _same(rows[i - 1][j - 1] + _price(units[i - 1], spelled[j - 1]), cost):
            steps.append((units[i - 1].kinds[spelled[j - 1]], _shown(units[i - 1]), chars[j - 1]))
            i, j = i - 1, j - 1
        elif i > 1 < j and _same(rows[i - 2][j - 2] + _SWAPPED, cost) and _swapped(units, i, chars, readings, j):
            steps.append((SWAPPED, _shown(units[i - 2]) + _shown(units[i - 1]), chars[j - 2 : j]))
            i, j = i - 2, j - 2
        elif i and _same(rows[i - 1][j] + extra, cost):
            steps.append((EXTRA, _shown(units[i - 1]), ""))
            i -= 1
        else:
            steps.append((MISSING, "", chars[j - 1]))
            j -= 1
    return steps[::-1]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _ROUNDING


def _shown(unit: Glyph) -> str:
    return unit.char or unit.letters
