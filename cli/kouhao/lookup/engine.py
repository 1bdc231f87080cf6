"""Answer queries. What is written as a form is written is answered from the index at once; the rest is for `stages`."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.lookup.answer import Answer, Hit
from kouhao.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from kouhao.index.reader import Glyph, Index, KeyHit, Stored
    from kouhao.records import Record

    Steps = list[tuple[str, str, str]]

DEFAULT_LIMIT = 5
LONGEST_QUERY = 200
LEVELS = {schema.TERM: 0, schema.PART: 6, schema.ITEM: 10}
"""What is taken from the score of a form that is not the term itself."""

_KINDS = {schema.EXACT: 98, schema.PINYIN: 96, schema.INITIALS: 90, schema.CLIPPED: 80}
_NAMES = {schema.PINYIN: "pinyin", schema.INITIALS: "initials", schema.CLIPPED: "initials"}
_MARGIN = 8
_MOST_REMEMBERED = 10_000


class Match:
    """An entry of one index that a stage found: its place, its score, how it came, and what is printed of it if known."""

    __slots__ = ("form", "how", "index", "number", "score", "steps", "stored")

    def __init__(  # noqa: PLR0917  a record
        self,
        index: Index,
        number: int,
        score: float,
        how: str,
        form: str,
        steps: Steps | None = None,
        stored: Stored | None = None,
    ) -> None:
        self.index = index
        self.number = number
        self.score = score
        self.how = how
        self.form = form
        self.steps = steps or []
        self.stored = stored


class Lookup:
    """Open indexes, asked together; the first one's character tables serve all."""

    def __init__(self, indexes: list[Index], tables: Index) -> None:
        self.indexes = indexes
        self._tables = tables
        self._glyphs: dict[str, Glyph | None] = {}
        self._answered: dict[tuple[str, bool, int], Answer] = {}

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
        asked = query, exact, limit
        if asked not in self._answered:
            if len(self._answered) == _MOST_REMEMBERED:
                self._answered.clear()
            self._answered[asked] = self._answer(query, exact, limit)
        return self._answered[asked]

    def _answer(self, query: str, exact: bool, limit: int) -> Answer:  # noqa: FBT001  as `answer` was asked
        folded = fold(query)
        if not folded or len(folded) > LONGEST_QUERY:
            return Answer(query, [], [])
        kinds = (schema.EXACT, schema.PINYIN, schema.INITIALS) if folded.isascii() else (schema.EXACT,)
        matches = match_keys(self.indexes, folded, [kind + folded for kind in kinds])
        if matches:
            return Answer(query, [_hit(match) for match in matches[:limit]], [])
        return self._search(query, exact, limit)

    def _search(self, query: str, exact: bool, limit: int) -> Answer:  # noqa: FBT001  as `answer` was asked
        from kouhao.lookup.keys import match_query  # noqa: PLC0415
        from kouhao.lookup.query import Query  # noqa: PLC0415  most lookups end before this

        asked = Query(query, self._glyphs_of)
        matches = match_query(asked, self.indexes)
        if not matches and not exact:
            from kouhao.lookup.stages import search  # noqa: PLC0415  likewise

            matches = search(asked, self.indexes)
        if matches:
            return Answer(query, [_hit(match) for match in matches[:limit]], [])
        from kouhao.lookup.suggest import suggest  # noqa: PLC0415  rapidfuzz is loaded only when nothing was found

        return Answer(query, [], suggest(asked, self.indexes)[:DEFAULT_LIMIT])

    def records(self) -> Iterator[Record]:
        """Yield the records of all entries."""
        import json  # noqa: PLC0415  off the start-up path

        for index in self.indexes:
            for text in index.records():
                yield json.loads(text)

    def complete(self, prefix: str) -> list[str]:
        """Return the terms that begin as `prefix` does, in hanzi, pinyin or initials."""
        folded = fold(prefix)
        kinds = (schema.EXACT, schema.PINYIN, schema.INITIALS) if folded.isascii() else (schema.EXACT,)
        found = [index.starting_with(kind + folded) for index in self.indexes for kind in kinds] if folded else []
        return list(dict.fromkeys(term for terms in found for term in terms))

    def _glyphs_of(self, marks: Iterable[str]) -> dict[str, Glyph]:
        wanted = list(marks)
        unknown = [mark for mark in wanted if mark not in self._glyphs]
        if unknown:
            self._glyphs.update(dict.fromkeys(unknown))
            self._glyphs.update(self._tables.glyphs(unknown))
        return {mark: glyph for mark in wanted if (glyph := self._glyphs[mark]) is not None}


def match_keys(indexes: list[Index], folded: str, keys: list[str]) -> list[Match]:
    """Return the entries that have a form under one of `keys`, best first."""
    found: dict[tuple[Index, int], Match] = {}
    for index in indexes:
        for hit in index.find_stored(keys):
            score = _KINDS[hit.key[0]] - LEVELS[hit.level]
            place = index, hit.number
            if place not in found or found[place].score < score:
                found[place] = Match(index, hit.number, score, _how(hit, folded), hit.form, stored=hit.stored)
    return ranked(found.values())


def _how(hit: KeyHit, folded: str) -> str:
    if hit.key[0] != schema.EXACT:
        return _NAMES[hit.key[0]]
    if hit.level != schema.TERM:
        return "part" if hit.level == schema.PART else "item"
    return "exact" if not hit.form and hit.key[1:] == folded else "form"


def _hit(match: Match) -> Hit:
    stored = match.stored or match.index.stored(match.number)
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


def ranked(matches: Iterable[Match]) -> list[Match]:
    """Return the matches best first, without those that the best one leaves far behind; each entry once."""
    ordered = sorted(matches, key=lambda match: -match.score)
    if len(ordered) < 2:  # noqa: PLR2004  as nearly always
        return ordered
    seen: set[tuple[int, int]] = set()
    kept: list[Match] = []
    for match in ordered:
        place = id(match.index), match.number
        if place not in seen and match.score > ordered[0].score - _MARGIN:
            seen.add(place)
            kept.append(match)
    return kept
