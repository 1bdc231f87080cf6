"""What a query may mean when it stands under no key (`keys`): from the most certain evidence to the least.

1. slips: forms whose sound is the query's, or one deletion away, aligned place by place (`align`);
2. covers: the query explained by an entry's own words (`cover`), or its letters by an entry's pinyin;
3. resemblance: the terms that share most with it, aligned likewise.

The first stage that is confident answers.
"""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import pinyin
from kouhao.language.normalize import NUMERALS
from kouhao.lookup.answer import Match
from kouhao.lookup.edit_distance import align
from kouhao.lookup.engine import LEVELS, best_hits
from kouhao.lookup.query import Query, one_slip_away, soundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouhao.index.reader import Form, Glyph, Index, Shape
    from kouhao.lookup.answer import Hit
    from kouhao.lookup.edit_distance import Alignment
    from kouhao.lookup.keywords import Cover

_MOST_CANDIDATES = 48
_MOST_ALIGNED = 12
_LONGEST_GAP = 2
_REORDERED = 80
_SHORTEST_PINYIN = 4
_SHORTEST_TYPED, _LONGEST_TYPED = 7, 40
_MISTYPED = 82


def search(asked: Query, indexes: list[Index], limit: int) -> list[Hit]:
    """Return the entries that `asked` confidently means though it stands under no key, best first, at most `limit`."""
    matches = (
        _by_slip(asked, indexes)
        or _by_typing(asked, indexes)
        or _by_cover(asked, indexes)
        or _by_resemblance(asked, indexes)
    )
    return best_hits(matches, limit)


def _by_slip(asked: Query, indexes: list[Index]) -> list[Match]:
    matches: list[Match] = []
    for units in asked.units():
        keys = near_keys(units)
        for index in indexes:
            for form, numbers, reordered in _near_forms(index, keys):
                alignment = align(units, form)
                if alignment is not None:
                    matches.append(_slip(alignment, len(units), form, index, numbers))
                elif reordered:
                    score = _REORDERED - LEVELS[form.level]
                    matches.append(Match(index, numbers, score, "slip", form.display))
    return matches


def _by_typing(asked: Query, indexes: list[Index]) -> list[Match]:
    """Find joined pinyin with one letter wrong, missing, extra or swapped; a numeral must be typed right."""
    if not _SHORTEST_TYPED <= len(asked.letters) <= _LONGEST_TYPED:
        return []
    keys = [schema.PINYIN + spelling for spelling in one_slip_away(asked.letters)]
    typed = set(pinyin.segment(asked.letters)[0])
    matches: list[Match] = []
    for index in indexes:
        for form, numbers, _ in _near_forms(index, keys):
            numerals = {
                pinyin.syllable_of(code)
                for mark, code in zip(form.folded, form.readings, strict=True)
                if mark in NUMERALS
            }
            if numerals <= typed:
                score = _MISTYPED - LEVELS[form.level]
                matches.append(Match(index, numbers, score, "slip", form.display))
    return matches


def _by_resemblance(asked: Query, indexes: list[Index]) -> list[Match]:
    """Several slips at once leave no key in common: align with the terms that share most with the query."""
    matches: list[Match] = []
    for units in asked.units():
        grams = {gram for sounds in soundings(units) for gram in (*asked.core, *pinyin.bigrams(sounds))}
        for index in indexes:
            for number, shape in index.sharing(grams, _MOST_ALIGNED):
                for form in shape.forms:
                    if abs(len(form.folded) - len(units)) <= _LONGEST_GAP < len(units):
                        alignment = align(units, form)
                        if alignment is not None:
                            matches.append(_slip(alignment, len(units), form, index, (number,)))
    return matches


def _by_cover(asked: Query, indexes: list[Index]) -> list[Match]:
    if asked.letters:
        return _by_letters(asked, indexes)
    from kouhao.lookup.keywords import Cover  # noqa: PLC0415  most slips end before this

    keywords = asked.keywords
    words = keywords if len(keywords) > 1 else [asked.core]
    sounded = [(word, soundings([asked.unit(mark) for mark in word])[0]) for word in words]
    grams = {gram for word, sounds in sounded for gram in (*word, *pinyin.bigrams(word), *pinyin.bigrams(sounds))}
    matches: list[Match] = []
    for index in indexes:
        for number, shape in index.sharing(grams, _MOST_CANDIDATES):
            cover = Cover(shape, sounded)
            if _numeral_alone(asked.core):
                if any(form.level == schema.TERM and form.folded[0] == asked.core for form in shape.forms):
                    matches.append(Match(index, (number,), 60, "part", shape.term))
            elif cover.confident:
                matches.append(Match(index, (number,), 50 + 35 * cover.fit, _cover_how(cover), shape.term))
    return matches


def _by_letters(asked: Query, indexes: list[Index]) -> list[Match]:
    if len(asked.letters) < _SHORTEST_PINYIN:
        return []
    matches: list[Match] = []
    for units in asked.units():
        grams = {gram for sounds in soundings(units) for gram in pinyin.bigrams(sounds)}
        for index in indexes:
            for number, shape in index.sharing(grams, _MOST_CANDIDATES):
                form = _spelled_form(shape, asked.letters)
                if form is not None:
                    score = 80 - LEVELS[form.level] - len(form.folded) / 4
                    matches.append(Match(index, (number,), score, "pinyin", form.display))
    return matches


def _slip(alignment: Alignment, length: int, form: Form, index: Index, numbers: Sequence[int]) -> Match:
    """Return the match of a form that was typed in `length` places with slips."""
    score = 90 - 100 * alignment.cost / max(6, 2 * length) - LEVELS[form.level]
    return Match(index, numbers, score, alignment.how, form.display, alignment.steps)


def near_keys(units: list[Glyph]) -> list[str]:
    """Return the keys under which every form stands that is one slip away: a sound lost, added or changed, two exchanged."""
    keys = [schema.ANAGRAM + "".join(sorted(unit.char for unit in units))]
    for way in soundings(units):
        keys += [schema.SOUND + text for text in (way, *pinyin.deletions(way))]
    return list(dict.fromkeys(keys))


def _near_forms(index: Index, keys: list[str]) -> Iterator[tuple[Form, list[int], bool]]:
    """Yield each form under `keys`, the entries that have it, and whether it has the query's characters in another order."""
    found = index.find(keys)
    shapes = index.shapes([hit.numbers[0] for hit in found])
    for hit, shape in zip(found, shapes, strict=True):
        yield shape.form(hit.level, hit.form), hit.numbers, hit.key[0] == schema.ANAGRAM


def _numeral_alone(core: str) -> bool:
    return len(core) == 1 and core in NUMERALS


def _cover_how(cover: Cover) -> str:
    levels = [piece.level for piece in cover.pieces]
    if schema.CONTEXT in levels:
        return "context"
    if "sound" in levels:
        return "homophone"
    return "item" if schema.ITEM in levels else "part"


def _spelled_form(shape: Shape, letters: str) -> Form | None:
    """Return the first form whose pinyin contains `letters` from the beginning of one of its syllables."""
    for form in shape.forms:
        syllables = [pinyin.syllable_of(mark) for mark in form.readings]
        for at in range(len(syllables)):
            if "".join(syllables[at:]).startswith(letters):
                return form
    return None
