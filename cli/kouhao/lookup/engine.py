"""Answer queries. What is written as a form is written is answered from the index at once; the rest is for `stages`."""

from __future__ import annotations

from itertools import chain

from kouhao.index import schema
from kouhao.index.cache import BUILTIN, Watcher, builtin_names, open_builtin, open_pack
from kouhao.index.reader import entry_numbers
from kouhao.language.normalize import fold
from kouhao.lookup.answer import Answer, Hit, Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from kouhao.index.cache import Builtin
    from kouhao.index.reader import Glyph, Index, StoredRow
    from kouhao.records import Record

    Found = dict[str, list[tuple[Index, StoredRow]]]
    """What the indexes have under some keys."""

DEFAULT_LIMIT = 5
LONGEST_QUERY = 200
LEVELS = {schema.TERM: 0, schema.PART: 6, schema.ITEM: 10}
"""What is taken from the fit of a form that is not the term itself."""

_KINDS = {schema.EXACT: 98, schema.PINYIN: 96, schema.INITIALS: 90, schema.CLIPPED: 80}
_NAMES = {schema.PINYIN: "pinyin", schema.INITIALS: "initials", schema.CLIPPED: "initials"}
_MARGIN = 8
_MOST_REMEMBERED = 10_000


class Lookup:
    """Open indexes, asked together; the first one's character tables serve all."""

    def __init__(self, indexes: list[Index], tables: Index) -> None:
        self.indexes = indexes
        self._tables = tables
        self._glyphs: dict[str, Glyph | None] = {}
        self._searched: dict[tuple[str, bool, int], Answer] = {}

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
        return next(self.answer_all([query], exact=exact, limit=limit))

    def answer_all(self, queries: list[str], *, exact: bool = False, limit: int = DEFAULT_LIMIT) -> Iterator[Answer]:
        """Yield the answers to `queries` in turn; what is written as a form is, is asked for together."""
        keys = {query: _first_keys(fold(query)) for query in dict.fromkeys(queries)}
        found = _find(self.indexes, list(chain.from_iterable(keys.values())))
        answers: dict[str, Answer] = {}
        for query in queries:
            answer = answers.get(query)
            if answer is None:
                hits = _hits(found, keys[query], limit)
                answer = Answer(query, hits) if hits or not keys[query] else self._remembered(query, exact, limit)
                answers[query] = answer
            yield answer

    def _remembered(self, query: str, exact: bool, limit: int) -> Answer:  # noqa: FBT001  as `answer` was asked
        asked = query, exact, limit
        if asked not in self._searched:
            if len(self._searched) == _MOST_REMEMBERED:
                self._searched.clear()
            self._searched[asked] = self._search(query, exact, limit)
        return self._searched[asked]

    def _search(self, query: str, exact: bool, limit: int) -> Answer:  # noqa: FBT001  as `answer` was asked
        from kouhao.lookup.exact import match_query  # noqa: PLC0415
        from kouhao.lookup.query import Query  # noqa: PLC0415  most lookups end before this

        asked = Query(query, self._glyphs_of)
        hits = match_query(asked, self.indexes, limit)
        if not hits and not exact:
            from kouhao.lookup.fuzzy import search  # noqa: PLC0415  likewise

            hits = search(asked, self.indexes, limit)
        if hits:
            return Answer(query, hits)
        from kouhao.lookup.suggest import suggest  # noqa: PLC0415  rapidfuzz is loaded only when nothing was found

        return Answer(query, [], suggest(asked, self.indexes)[:DEFAULT_LIMIT])

    def records(self) -> Iterator[Record]:
        """Yield the records of all entries."""
        import json  # noqa: PLC0415  off the start-up path

        for index in self.indexes:
            for text in index.records():
                yield json.loads(text)

    def complete(self, prefix: str) -> dict[str, str]:
        """Return the terms that begin as `prefix` does, each with what begins so: itself, its pinyin or its initials."""
        folded = fold(prefix)
        if not folded.isascii():
            glyphs = self._glyphs_of(folded)
            folded = "".join(glyphs[mark].folded if mark in glyphs else mark for mark in folded)
        kinds = (schema.EXACT, schema.PINYIN, schema.INITIALS) if folded.isascii() else (schema.EXACT,)
        found = [index.starting_with(kind + folded) for index in self.indexes for kind in kinds] if folded else []
        return {term: key[1:] for keys in reversed(found) for key, term in reversed(keys)}

    def topics(self) -> dict[str, int]:
        """Return the topics, each with the number of its entries."""
        counts: dict[str, int] = {}
        for index in self.indexes:
            for topic, count in index.topics():
                counts[topic] = counts.get(topic, 0) + count
        counts.pop("", None)
        return counts

    def characters(self, marks: Iterable[str]) -> dict[str, Glyph]:
        """Return what the tables know of characters: script, readings, look-alikes."""
        return self._glyphs_of(marks)

    def _glyphs_of(self, marks: Iterable[str]) -> dict[str, Glyph]:
        wanted = list(marks)
        unknown = [mark for mark in wanted if mark not in self._glyphs]
        if unknown:
            self._glyphs.update(dict.fromkeys(unknown))
            self._glyphs.update(self._tables.glyphs(unknown))
        return {mark: glyph for mark in wanted if (glyph := self._glyphs[mark]) is not None}


def match_keys(indexes: list[Index], folded: str, keys: list[str], limit: int) -> list[Hit]:
    """Return the entries that have a form under one of `keys`, best first, at most `limit`."""
    return _hits(_find(indexes, keys), sorted(keys), limit, folded)


def _first_keys(folded: str) -> list[str]:
    """Return the keys, in order, of what is written as a form is; none for what cannot be one."""
    if not folded or len(folded) > LONGEST_QUERY:
        return []
    if folded.isascii():
        return [kind + folded for kind in (schema.EXACT, schema.INITIALS, schema.PINYIN)]
    return [schema.EXACT + folded]


def _find(indexes: list[Index], keys: list[str]) -> Found:
    found: Found = {}
    for index in indexes if keys else ():
        for row in index.find_stored(keys):
            found.setdefault(row[0], []).append((index, row))
    return found


def _hits(found: Found, keys: list[str], limit: int, folded: str = "") -> list[Hit]:
    """Return what was found under `keys`, best first, at most `limit`; `folded` is the query where they are not its own spelling."""
    rows = [row for key in keys if key in found for row in found[key]]
    if len(rows) == 1:
        index, (key, form, level, number, entries, *stored) = rows[0]
        if not entries:  # one form of one entry, as nearly always
            return [Hit(index, number, stored, _KINDS[key[0]] - LEVELS[level], _how(key, form, level, folded), form)]
    matches = [
        Match(
            index, entry_numbers(number, entries), _KINDS[key[0]] - LEVELS[level], _how(key, form, level, folded), form
        )
        for index, (key, form, level, number, entries, *_) in rows
    ]
    return best_hits(matches, limit)


def _how(key: str, form: str, level: str, folded: str) -> str:
    if key[0] != schema.EXACT:
        return _NAMES[key[0]]
    if level != schema.TERM:
        return "part" if level == schema.PART else "item"
    return "form" if form or (folded and key[1:] != folded) else "exact"


def best_hits(matches: list[Match], limit: int) -> list[Hit]:
    """Return the entries that fit best, the best first, at most `limit`; each once, none that is left far behind."""
    ordered = sorted(matches, key=lambda match: -match.fit)
    places: dict[tuple[Index, int], Match] = {}
    for match in ordered:
        if match.fit <= ordered[0].fit - _MARGIN:
            break
        for number in match.numbers:
            if len(places) < limit:
                places.setdefault((match.index, number), match)
    stored = {
        index: index.stored([number for other, number in places if other is index])
        for index in {index for index, _ in places}
    }
    return [
        Hit(index, number, stored[index][number], match.fit, match.how, match.form, match.steps)
        for (index, number), match in places.items()
    ]


def open_lookup(paths: list[str], *, builtin: Builtin = True, watcher: Watcher | None = None) -> Lookup:
    """Open the built-in glossaries (all, none, or those named) and those at `paths`, compiling what must be.

    `watcher` hears of a long compilation and of a cache that cannot be written.
    Raises KouhaoError for a glossary that is missing or broken; nothing is answered from half of it.
    """
    watcher = watcher or Watcher()
    characters = open_builtin(BUILTIN[0], watcher)
    indexes = [characters if name == BUILTIN[0] else open_builtin(name, watcher) for name in builtin_names(builtin)]
    indexes += [open_pack([path], watcher) for path in paths]
    return Lookup(indexes, characters)
