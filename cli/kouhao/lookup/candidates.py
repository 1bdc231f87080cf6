"""The entries that a query in Han characters may mean, each with its best evidence: where the two agree, and how they differ.

Finding is generous: one slip away, contained in the query, containing it, or sharing rare characters with it. Whether an entry may
be claimed is decided elsewhere (`decision`), by the numbers that `features` makes of the evidence.
"""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import pinyin
from kouhao.language.normalize import NUMERALS
from kouhao.lookup.edit_distance import COUNTERS, Alignment, align, contain, mistyped
from kouhao.lookup.query import one_slip_away, soundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouhao.index.reader import Form, Glyph, Index, Shape
    from kouhao.lookup.query import Query

MOST_SHARING = 8  # entries: their forms are aligned, which costs most of a query's time
_LONGEST_STRETCH = 16  # characters; a longer term is found by what it shares
_CLASH = 0.3
"""What another number is farther away: 三三同步 is 三进三同步 with one left out, rather than another 三同步."""

_CLOSE = 0.5
"""Where a term is as near as this, nothing else is looked for: one slip, or one character more."""

_FARTHEST = 0.26
"""The distance for each character of the query and the form from which a form that is not there as it is was never meant, by 30,000 candidates."""

_LEAST_SHARED = 0.226
"""The characters of the two that they must share to be nearer: each that they do not share costs 0.475, half of a replacement."""

_SLIP_EVERY = 5  # characters of a term that hides its own words
_MOST_FORMS = 2  # forms of an entry that are aligned
_MOST_INITIALS = 8  # ways to abbreviate a query that is partly in letters
_SHORTEST_TYPED, _LONGEST_TYPED, _MOST_STRAYS = 4, 40, 2
"""Letters; a shorter word is one slip from everything, a longer one costs too many questions; chunks that are no syllable."""


class NearEntry:
    """An entry, the form of it that the query resembles most, and their alignment.

    `others` is how many entries have that form, `typed` the query as it was aligned: characters, and letters of a syllable or initial.
    """

    __slots__ = ("alignment", "form", "index", "number", "others", "shape", "typed")

    def __init__(  # noqa: PLR0917  a record
        self, index: Index, number: int, shape: Shape, form: Form, alignment: Alignment, others: int, typed: list[str]
    ) -> None:
        self.index = index
        self.number = number
        self.shape = shape
        self.form = form
        self.alignment = alignment
        self.others = others
        self.typed = typed

    @property
    def complete(self) -> bool:
        """Whether the whole form was matched."""
        found = self.alignment
        return found.end > found.start and found.form_end - found.form_start == len(self.form.folded)

    @property
    def is_far(self) -> bool:
        """Whether so little of a form that is no longer than the query agrees with it that it is no candidate."""
        typed, meant = len(self.typed), len(self.form.folded)
        if typed < meant or (self.complete and not self.alignment.steps) or self.is_renumbered:
            return False
        return self.alignment.distance >= _FARTHEST * (typed + meant)

    @property
    def is_misspelt(self) -> bool:
        """Whether the query is nothing but a term with a slip in every fifth character at the most."""
        slips = len(self.alignment.steps)
        whole = self.form.level == schema.TERM and self.complete and not self.outside
        return whole and 0 < _SLIP_EVERY * slips <= len(self.form.folded)

    @property
    def stands(self) -> bool:
        """Whether the query is a term as it is written, and something beside it."""
        found = self.alignment
        return (
            self.form.level == schema.TERM
            and self.complete
            and not found.steps
            and len(self.typed) > found.end - found.start
        )

    @property
    def outside(self) -> str:
        """What the query has beside what was matched."""
        return "".join(self.typed[: self.alignment.start] + self.typed[self.alignment.end :])

    @property
    def is_renumbered(self) -> bool:
        """Whether the query is a term or a part with other numbers."""
        typed, meant = "".join(self.typed), self.form.folded
        named = self.form.level in (schema.TERM, schema.PART)
        if len(typed) != len(meant) or not named or NUMERALS.issuperset(typed):
            return False
        pairs = [(mark, own) for mark, own in zip(typed, meant, strict=True) if mark != own]
        return bool(pairs) and all(mark in COUNTERS and own in COUNTERS for mark, own in pairs)


def find_candidates(asked: Query, indexes: list[Index]) -> list[NearEntry]:
    """Return the entries that `asked` resembles, the nearest first, each once; the `indexes` are always those of one lookup."""
    found: list[NearEntry] | None = asked.candidates
    if found is None:
        found = asked.candidates = _find_candidates(asked, indexes)
    return found


def _find_candidates(asked: Query, indexes: list[Index]) -> list[NearEntry]:
    best: dict[tuple[Index, int], NearEntry] = {}
    whole = asked.pieces < 2  # noqa: PLR2004  keywords in whatever order are apart from one another
    for units in asked.units():
        typed = [unit.char or unit.letters for unit in units]
        keys = near_keys(units)
        keys += [] if asked.letters else [*stretch_keys("".join(typed)), *initials_keys(units)]
        for index in indexes:
            found = list(_by_key(index, keys, units, typed))
            if all(one.alignment.distance > _CLOSE or one.form.level != schema.TERM for one in found):
                found += _by_sharing(index, units, typed, whole=whole)
            for candidate in found:
                place = index, candidate.number
                if not (candidate.is_far and whole) and (place not in best or _nearer(candidate, best[place])):
                    best[place] = candidate
    for index in indexes if asked.letters else ():
        for candidate in _by_letters(index, asked.letters):
            place = index, candidate.number
            if place not in best or _nearer(candidate, best[place]):
                best[place] = candidate
    return sorted(best.values(), key=_farness)


def _farness(one: NearEntry) -> tuple[float, int]:
    clash = _CLASH if one.alignment.clash else 0.0
    return one.alignment.distance + clash, schema.LEVELS.index(one.form.level)


def _nearer(one: NearEntry, other: NearEntry) -> bool:
    return _farness(one) < _farness(other)


def near_keys(units: list[Glyph]) -> list[str]:
    """Return the keys under which every form stands that is one slip away: a sound lost, added or changed, two exchanged."""
    keys = [schema.ANAGRAM + "".join(sorted(unit.char for unit in units))]
    first, *others = soundings(units)
    keys += [schema.SOUND + text for text in (first, *pinyin.deletions(first), *others)]
    return list(dict.fromkeys(keys))


def stretch_keys(chars: str) -> list[str]:
    """Return the keys of all stretches of the query, under which the forms stand that it contains."""
    ends = range(2, len(chars) + 1)
    stretches = (chars[start:end] for end in ends for start in range(max(0, end - _LONGEST_STRETCH), end - 1))
    return [schema.EXACT + stretch for stretch in dict.fromkeys(stretches)]


def initials_keys(units: list[Glyph]) -> list[str]:
    """Return the keys of the initials of a query that is partly in letters; none where it is all in characters."""
    if all(unit.char for unit in units):
        return []
    ways = [""]
    for unit in units:
        syllables = map(pinyin.syllable_of, unit.readings) if unit.char else [unit.letters]
        letters = dict.fromkeys(syllable[:1] or unit.char for syllable in syllables) or [unit.char]
        ways = [way + letter for way in ways for letter in letters][:_MOST_INITIALS]
    return [schema.INITIALS + way for way in ways]


def _by_key(index: Index, keys: list[str], units: list[Glyph], typed: list[str]) -> Iterator[NearEntry]:
    chars = "".join(typed)
    found = index.find(keys)
    shapes = index.shapes([hit.numbers[0] for hit in found])
    for hit, shape in zip(found, shapes, strict=True):
        form = shape.form(hit.level, hit.form)
        alignment = _aligned(units, chars, form)
        if hit.key[0] == schema.ANAGRAM:
            alignment.reorder(chars, form)
        for number in hit.numbers:
            own = shape if number == hit.numbers[0] else index.shapes([number])[0]
            yield NearEntry(index, number, own, form, alignment, len(hit.numbers), typed)


def _by_letters(index: Index, letters: str) -> Iterator[NearEntry]:
    """Yield the entries whose pinyin or initials are one letter away: wrong, missing, put in or swapped; terms alone where one is missing."""
    if not _SHORTEST_TYPED <= len(letters) <= _LONGEST_TYPED:
        return
    strays = sum(chunk not in pinyin.typed_syllables() for chunk in pinyin.segment(letters)[0])
    spellings = one_slip_away(letters)
    keys = [schema.PINYIN + spelling for spelling in spellings] if strays <= _MOST_STRAYS else []
    sure = {schema.INITIALS + spelling for spelling in (letters, *pinyin.deletions(letters))}
    keys += [schema.INITIALS + spelling for spelling in spellings]
    found = [
        hit for hit in index.find(keys) if hit.level == schema.TERM or hit.key[0] == schema.PINYIN or hit.key in sure
    ]
    shapes = index.shapes([hit.numbers[0] for hit in found])
    for hit, shape in zip(found, shapes, strict=True):
        form = shape.form(hit.level, hit.form)
        alignment = mistyped(letters, form, hit.key[1:])
        for number in hit.numbers:
            own = shape if number == hit.numbers[0] else index.shapes([number])[0]
            yield NearEntry(index, number, own, form, alignment, len(hit.numbers), [letters])


def _aligned(units: list[Glyph], chars: str, form: Form) -> Alignment:
    return (contain(chars, form) if len(units) == len(chars) else None) or align(units, form)


def _by_sharing(index: Index, units: list[Glyph], typed: list[str], *, whole: bool) -> Iterator[NearEntry]:
    """Yield the entries that share rare characters or sounds with the query, where these are a fair part of one of the two."""
    chars = "".join(typed)
    sounds = soundings(units)[0]
    grams = {*pinyin.bigrams(chars), *pinyin.bigrams(sounds)}
    for number, shape in index.sharing(grams, MOST_SHARING):
        for form in _likeliest(shape, chars, sounds, whole=whole):
            yield NearEntry(index, number, shape, form, _aligned(units, chars, form), 1, typed)


def _likeliest(shape: Shape, chars: str, sounds: str, *, whole: bool) -> list[Form]:
    """Return the forms that share so many sounds or characters with the query that they may be near it; the fullest few.

    Half of the shorter one is enough unless the query is a `whole`, of one piece, and longer than the form.
    """
    heard, seen = frozenset(sounds), frozenset(chars)
    found: list[tuple[float, Form]] = []
    typed = len(sounds)
    for form in shape.forms:
        meant = len(form.folded)
        least = _LEAST_SHARED * (typed + meant) if whole and typed >= meant else min(len(heard), meant) / 2
        if meant < least:
            continue
        own_sounds, marks, _ = form.pieces
        shared = max(len(heard & own_sounds), len(seen & marks))
        if shared > 1 and shared >= least:
            found.append((shared - len(form.folded) / 8, form))
    found.sort(key=lambda one: -one[0])
    return [form for _, form in found[:_MOST_FORMS]]
