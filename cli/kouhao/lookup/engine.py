"""Answer queries: from the most certain evidence to the least, and no further than it carries.

1. keys: a folded form, joined pinyin or initials stand in the index as they were typed;
2. slips: forms whose sound is the query's, or one deletion away, aligned place by place (`align`);
3. covers: the query explained by an entry's own words (`cover`), or its letters by an entry's pinyin.

The first stage that is confident answers. When none is, the answer is "not found", with suggestions.
"""

from __future__ import annotations

from kouhao import sound
from kouhao.index import schema
from kouhao.lookup.align import align
from kouhao.lookup.answer import Answer, Hit, Suggestion
from kouhao.lookup.cover import Cover
from kouhao.lookup.query import Query, soundings
from kouhao.text import NUMERALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from kouhao.index.reader import Form, Glyph, Index, KeyHit, Shape
    from kouhao.lookup.query import Unit
    from kouhao.records import Record

    Steps = list[tuple[str, str, str]]

DEFAULT_LIMIT = 5
LONGEST_QUERY = 200
_LEVELS = {schema.TERM: 0, schema.PART: 6, schema.ITEM: 10}
_KINDS = {schema.EXACT: 98, schema.PINYIN: 96, schema.INITIALS: 90, schema.CLIPPED: 80}
_NAMES = {schema.PINYIN: "pinyin", schema.INITIALS: "initials", schema.CLIPPED: "initials"}
_MARGIN = 8
_MOST_CANDIDATES = 48
_MOST_ALIGNED = 12
_LONGEST_GAP = 2
_REORDERED = 80
_SHORTEST_PINYIN = 4


class Match:
    """An entry of one index that a stage found: its place, its score, and how it came."""

    __slots__ = ("form", "how", "index", "number", "score", "steps")

    def __init__(  # noqa: PLR0917  a record
        self, index: Index, number: int, score: float, how: str, form: str, steps: Steps | None = None
    ) -> None:
        self.index = index
        self.number = number
        self.score = score
        self.how = how
        self.form = form
        self.steps = steps or []


class Lookup:
    """Open indexes, asked together; the first one's character tables serve all."""

    def __init__(self, indexes: list[Index], tables: Index) -> None:
        self.indexes = indexes
        self._tables = tables
        self._glyphs: dict[str, Glyph | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        for index in {*self.indexes, self._tables}:
            index.close()

    def answer(self, query: str, *, exact: bool = False, limit: int = DEFAULT_LIMIT) -> Answer:
        """Return the confident answers to `query`, at most `limit`, or suggestions.

        With `exact` only keys are asked: folded forms, pinyin and initials as they stand.
        """
        asked = Query(query, self._glyphs_of)
        if not asked.folded or len(asked.folded) > LONGEST_QUERY:
            return Answer(query, [], [])
        matches = self._by_key(asked)
        if not matches and not exact:
            matches = self._by_slip(asked) or self._by_cover(asked) or self._by_resemblance(asked)
        if matches:
            return Answer(query, [_hit(match) for match in matches[:limit]], [])
        return Answer(query, [], self._suggest(asked)[:DEFAULT_LIMIT])

    def records(self) -> Iterator[Record]:
        """Yield the records of all entries."""
        import json  # noqa: PLC0415  off the start-up path

        for index in self.indexes:
            for text in index.records():
                yield json.loads(text)

    def complete(self, prefix: str) -> list[str]:
        """Return the terms that begin as `prefix` does, in hanzi, pinyin or initials."""
        asked = Query(prefix, self._glyphs_of)
        kinds = (schema.EXACT, schema.PINYIN, schema.INITIALS) if asked.letters else (schema.EXACT,)
        terms = [
            term
            for index in self.indexes
            for kind in kinds
            for term in index.starting_with(kind + (asked.letters or asked.folded))
        ]
        return list(dict.fromkeys(terms))

    def _glyphs_of(self, marks: Iterable[str]) -> dict[str, Glyph]:
        wanted = list(marks)
        unknown = [mark for mark in wanted if mark not in self._glyphs]
        if unknown:
            self._glyphs.update(dict.fromkeys(unknown))
            self._glyphs.update(self._tables.glyphs(unknown))
        return {mark: glyph for mark in wanted if (glyph := self._glyphs[mark]) is not None}

    def _by_key(self, asked: Query) -> list[Match]:
        matches = self._under(asked, _written_keys(asked))
        if not matches and asked.simplify():
            matches = self._under(asked, _written_keys(asked))
        if not matches and any(mark.isascii() and mark.isalpha() for mark in sound.strip_tones(asked.raw)):
            matches = self._under(asked, _spoken_keys(asked))
        return matches

    def _under(self, asked: Query, keys: list[str]) -> list[Match]:
        found: dict[tuple[Index, int], Match] = {}
        for index in self.indexes:
            for hit in index.find(keys):
                score = _KINDS[hit.key[0]] - _LEVELS[hit.level]
                place = index, hit.number
                if place not in found or found[place].score < score:
                    found[place] = Match(index, hit.number, score, _key_how(hit, asked), hit.form)
        if not found:
            return []
        best = max(match.score for match in found.values())
        return _ranked([match for match in found.values() if match.score > best - _MARGIN])

    def _by_slip(self, asked: Query) -> list[Match]:
        matches: list[Match] = []
        for units in asked.units():
            keys = _near_keys("".join(unit.char for unit in units), soundings(units))
            for index in self.indexes:
                for number, form, reordered in _near_forms(index, index.find(keys)):
                    matches.extend(_slip(units, form, reordered, index, number))
        return _ranked(matches)

    def _by_resemblance(self, asked: Query) -> list[Match]:
        """Several slips at once leave no key in common: align with the terms that share most with the query."""
        matches: list[Match] = []
        for units in asked.units():
            grams = {gram for sounds in soundings(units) for gram in (*asked.core, *sound.bigrams(sounds))}
            for index in self.indexes:
                for number in index.sharing(grams, _MOST_ALIGNED):
                    for form in index.shape(number).forms:
                        if abs(len(form.folded) - len(units)) <= _LONGEST_GAP < len(units):
                            matches.extend(_slip(units, form, False, index, number))
        return _ranked(matches)

    def _by_cover(self, asked: Query) -> list[Match]:
        if asked.letters:
            return self._by_letters(asked)
        words = asked.keywords if len(asked.keywords) > 1 else [asked.core]
        sounded = [(word, soundings([asked.unit(mark) for mark in word])[0]) for word in words]
        grams = {gram for word, sounds in sounded for gram in (*word, *sound.bigrams(word), *sound.bigrams(sounds))}
        matches: list[Match] = []
        for index in self.indexes:
            for number in index.sharing(grams, _MOST_CANDIDATES):
                shape = index.shape(number)
                cover = Cover(shape, sounded)
                if _numeral_alone(asked.core):
                    if any(form.level == schema.TERM and form.folded[0] == asked.core for form in shape.forms):
                        matches.append(Match(index, number, 60, "part", shape.term))
                elif cover.confident:
                    matches.append(Match(index, number, 50 + 35 * cover.fit, _cover_how(cover), shape.term))
        return _ranked(matches)

    def _by_letters(self, asked: Query) -> list[Match]:
        if len(asked.letters) < _SHORTEST_PINYIN:
            return []
        matches: list[Match] = []
        for units in asked.units():
            grams = {gram for sounds in soundings(units) for gram in sound.bigrams(sounds)}
            for index in self.indexes:
                for number in index.sharing(grams, _MOST_CANDIDATES):
                    form = _spelled_form(index.shape(number), asked.letters)
                    if form is not None:
                        score = 80 - _LEVELS[form.level] - len(form.folded) / 4
                        matches.append(Match(index, number, score, "pinyin", form.display))
        return _ranked(matches)

    def _suggest(self, asked: Query) -> list[Suggestion]:
        from kouhao.lookup.suggest import suggest  # noqa: PLC0415  rapidfuzz is loaded only when nothing was found

        return suggest(asked, self.indexes)


def _slip(units: list[Unit], form: Form, reordered: bool, index: Index, number: int) -> Iterator[Match]:  # noqa: FBT001
    """Yield the match of a form that was typed with slips, or in another order, if it can be meant."""
    alignment = align(units, form)
    if alignment is not None:
        score = 90 - 100 * alignment.cost / max(6, 2 * len(units)) - _LEVELS[form.level]
        yield Match(index, number, score, alignment.how, form.display, alignment.steps)
    elif reordered:
        yield Match(index, number, _REORDERED - _LEVELS[form.level], "slip", form.display)


def _hit(match: Match) -> Hit:
    stored = match.index.stored(match.number)
    return Hit(
        id=stored.id,
        term=stored.term,
        full=stored.full,
        record_json=stored.record,
        how=match.how,
        score=round(match.score),
        form=match.form or stored.term,
        steps=match.steps,
    )


def _ranked(matches: Iterable[Match]) -> list[Match]:
    """Return the matches best first, without those that the best one leaves far behind; each entry once."""
    ordered = sorted(matches, key=lambda match: -match.score)
    seen: set[tuple[int, int]] = set()
    kept: list[Match] = []
    for match in ordered:
        place = id(match.index), match.number
        if place not in seen and match.score > ordered[0].score - _MARGIN:
            seen.add(place)
            kept.append(match)
    return kept


def _written_keys(asked: Query) -> list[str]:
    return [schema.EXACT + asked.folded, *([schema.EXACT + asked.core] if asked.core != asked.folded else [])]


def _spoken_keys(asked: Query) -> list[str]:
    keys = [schema.PINYIN + spelling for spelling in asked.spellings()]
    return keys + ([schema.INITIALS + asked.letters, schema.CLIPPED + asked.letters] if asked.letters else [])


def _key_how(hit: KeyHit, asked: Query) -> str:
    if hit.key[0] != schema.EXACT:
        return _NAMES[hit.key[0]]
    if hit.level != schema.TERM:
        return "part" if hit.level == schema.PART else "item"
    return "exact" if not hit.form and hit.key[1:] == asked.folded else "form"


def _near_keys(chars: str, ways: list[str]) -> list[str]:
    keys = [schema.ANAGRAM + "".join(sorted(chars))]
    for way in ways:
        shorter = sound.deletions(way)
        keys += [schema.SOUND + way, schema.DELETION + way]
        keys += [kind + text for text in shorter for kind in (schema.SOUND, schema.DELETION)]
    return list(dict.fromkeys(keys))


def _near_forms(index: Index, hits: list[KeyHit]) -> Iterator[tuple[int, Form, bool]]:
    """Yield each entry and form once, with whether it has the query's characters in another order."""
    reordered = {(hit.number, hit.form) for hit in hits if hit.key[0] == schema.ANAGRAM}
    for number, display in dict.fromkeys((hit.number, hit.form) for hit in hits):
        shape = index.shape(number)
        form = next(form for form in shape.forms if form.display == (display or shape.term))
        yield number, form, (number, display) in reordered


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
        syllables = [sound.syllable_of(mark) for mark in form.readings]
        for at in range(len(syllables)):
            if "".join(syllables[at:]).startswith(letters):
                return form
    return None
