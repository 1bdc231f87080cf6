"""Answer queries. What is written as a term is written is answered from the index at once; the rest is for `recognize`."""

from __future__ import annotations

from itertools import chain

from kouhao.index import schema
from kouhao.index.cache import BUILTIN, builtin_names, open_builtin, open_pack
from kouhao.index.folder import Watcher
from kouhao.index.reader import entry_numbers
from kouhao.language.normalize import fold, is_figure
from kouhao.lookup.answer import Hit, Ranking, explained_first

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from kouhao.errors import KouhaoError
    from kouhao.index.cache import Builtin
    from kouhao.index.reader import Glyph, Index, StoredRow
    from kouhao.lookup.query import Query
    from kouhao.records import EntryRecord

    Found = dict[str, list[tuple[Index, StoredRow]]]
    """What the indexes have under some keys."""

    Terms = tuple[bool, int, int]
    """How a query is to be answered: whether exactly, how many entries at most, from which score."""

DEFAULT_LIMIT = 5  # panels that fill a screen
LONGEST_QUERY = 200  # characters: what is longer is a text
_SURE = {schema.EXACT: 100, schema.PINYIN: 99, schema.INITIALS: 98}
"""The chance, in percent, of what stands under a key of a term, as `make truth` measures it."""

_PART_BELOW = 50
"""What is printed for an entry of which the query is a part where another one is called so."""

_NAMES = {schema.PINYIN: "pinyin", schema.INITIALS: "initials"}
_PLUS = "+", "＋"
"""What an end loses in folding: 互联网 is a form of 互联网+."""

_MOST_REMEMBERED = 10_000  # queries of a batch


class Lookup:
    """Open indexes, asked together, the first one first; `tables` is the index whose character tables serve all."""

    def __init__(self, indexes: list[Index], tables: Index) -> None:
        self.indexes = indexes
        self._tables = tables
        self._glyphs: dict[str, Glyph | None] = {}
        self._searched: dict[tuple[str, Terms], Ranking] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        for index in {*self.indexes, self._tables}:
            index.close()

    def answer(self, query: str, *, exact: bool = False, limit: int = DEFAULT_LIMIT, min_score: int = 0) -> Ranking:
        """Return the answers to `query` that may be claimed, at most `limit`, or suggestions.

        With `exact` only terms, their written forms, their pinyin and their initials are answers; with `min_score` what has at
        least that chance in percent, instead of what the size of the glossaries allows.
        """
        return next(self.answer_all([query], exact=exact, limit=limit, min_score=min_score))

    def answer_all(
        self, queries: list[str], *, exact: bool = False, limit: int = DEFAULT_LIMIT, min_score: int = 0
    ) -> Iterator[Ranking]:
        """Yield the answers to `queries` in turn; what is written as a term is, is asked for together."""
        terms = exact, limit, min_score
        keys = {query: _first_keys(query) for query in dict.fromkeys(queries)}
        found = _find(self.indexes, list(chain.from_iterable(keys.values())))
        if len(queries) > 1:  # one question for the characters of all that may have to be recognized
            self.characters(
                {mark for query, asked in keys.items() if not any(key in found for key in asked) for mark in query}
            )
        answers: dict[str, Ranking] = {}
        for query in queries:
            answer = answers.get(query)
            if answer is None:
                hits = _hits(found, keys[query], limit, query, exact=exact)
                empty = not keys[query] and not is_figure(query)
                answer = Ranking(query, hits) if hits or empty else self._remembered(query, terms)
                answers[query] = answer = _trusted(answer, min_score)
            yield answer

    def _remembered(self, query: str, terms: Terms) -> Ranking:
        if (query, terms) not in self._searched:
            if len(self._searched) == _MOST_REMEMBERED:
                self._searched.clear()
            self._searched[query, terms] = self._search(query, terms)
        return self._searched[query, terms]

    def _search(self, query: str, terms: Terms) -> Ranking:
        from kouhao.lookup.query import Query  # noqa: PLC0415  most lookups end before this

        exact, limit, min_score = terms
        asked = Query(query, self.characters)
        figure = is_figure(query)
        hits = [] if figure else self._hits_otherwise(asked, limit)
        if not hits and not exact and not figure:
            from kouhao.lookup.verbatim import find_bare_line, name_terms  # noqa: PLC0415  likewise

            bare = find_bare_line(asked, self.indexes)
            if bare:
                return self._answer_question(query, bare, limit, min_score)
            hits = explained_first(name_terms(asked, self.indexes))[:limit]
        if hits:
            return Ranking(query, hits)
        from kouhao.lookup.recognize import recognize  # noqa: PLC0415  likewise

        return recognize(asked, self.indexes, 0 if exact else limit, max(0, min_score - 0.5) / 100)

    def _answer_question(self, query: str, bare: list[int], limit: int, min_score: int) -> Ranking:
        """Return the answer to what a question says at the places `bare`: 武汉五好是什么 is answered as 武汉五好 is."""
        from kouhao.lookup.question import agrees  # noqa: PLC0415  likewise

        answer = self.answer("".join(query[at] for at in bare), limit=limit, min_score=min_score)
        said = "".join(query[at] if at not in bare else " " for at in range(len(query)))
        right = [agrees(said, hit) for hit in answer.hits]
        hits = [hit.within(bare) for hit, agreed in zip(answer.hits, right, strict=True) if agreed]
        near = [hit.suggestion for hit, agreed in zip(answer.hits, right, strict=True) if not agreed]
        return Ranking(query, hits, [] if hits else [*near, *answer.suggestions])

    def _hits_otherwise(self, asked: Query, limit: int) -> list[Hit]:
        """Return the entries whose term `asked` is in another spelling or by its sounds, at most `limit`."""
        from kouhao.lookup.exact import other_keys  # noqa: PLC0415  as above

        for keys in other_keys(asked):
            hits = _hits(_find(self.indexes, keys), keys, limit, asked.raw, asked.folded, exact=True)
            if hits:
                return hits
        return []

    def records(self) -> Iterator[EntryRecord]:
        """Yield the records of all entries."""
        import json  # noqa: PLC0415  off the start-up path

        for index in self.indexes:
            for text in index.records():
                yield json.loads(text)

    def complete(self, prefix: str) -> dict[str, str]:
        """Return the terms that begin as `prefix` does, each with what begins so: itself, its pinyin or its initials.

        What is `prefix` itself comes first, then what official prose has most, the shorter term before the longer one.
        """
        from kouhao.language.background import LONGEST, count  # noqa: PLC0415  as above

        folded = fold(prefix)
        if not folded.isascii():
            glyphs = self.characters(folded)
            folded = "".join(glyphs[mark].folded if mark in glyphs else mark for mark in folded)
        kinds = (schema.EXACT, schema.PINYIN, schema.INITIALS) if folded.isascii() else (schema.EXACT,)
        found = [index.starting_with(kind + folded) for index in self.indexes for kind in kinds] if folded else []
        begun = {term: key[1:] for keys in reversed(found) for key, term in reversed(keys)}
        return dict(
            sorted(begun.items(), key=lambda one: (one[1] != folded, -count(one[0][:LONGEST]), len(one[0]), one[0]))
        )

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
        wanted = list(marks)
        unknown = [mark for mark in wanted if mark not in self._glyphs]
        if unknown:
            self._glyphs.update(dict.fromkeys(unknown))
            self._glyphs.update(self._tables.glyphs(unknown))
        return {mark: glyph for mark in wanted if (glyph := self._glyphs[mark]) is not None}


def _trusted(answer: Ranking, min_score: int) -> Ranking:
    """Return `answer` without the hits that have less than `min_score`."""
    if not min_score or all(hit.score >= min_score for hit in answer.hits):
        return answer
    return Ranking(answer.query, [hit for hit in answer.hits if hit.score >= min_score], answer.suggestions)


_BLANK = " \t\n\r\v\f\u3000\xa0\u200b\u200c\u200d\u2060\ufeff"
"""Characters that leave nothing to ask: white space, and what has no width."""


def refusal(query: str) -> KouhaoError | None:
    """Return why something cannot be asked: E_QUERY for nothing, E_LIMIT for what is too long; else None."""
    blank = not query.strip(_BLANK)
    if not blank and len(query) <= LONGEST_QUERY:
        return None
    from kouhao.errors import KouhaoError  # noqa: PLC0415  as above

    if blank:
        return KouhaoError("E_QUERY", "请输入要查的词", hint="例如：kouhao 五好")
    message = f"要查的词有 {len(query)} 个字，太长了（最多 {LONGEST_QUERY} 个）"
    return KouhaoError(
        "E_LIMIT",
        message,
        hint="整段文字里的口号，请用 kouhao scan 找，或用 kouhao expand 展开。",
    )


def _first_keys(query: str) -> list[str]:
    """Return the keys, in order, of what is written as a term is; none for what cannot be one."""
    folded = fold(query)
    if not folded or len(folded) > LONGEST_QUERY or is_figure(query):
        return []
    if folded.isascii():
        return [kind + folded for kind in (schema.EXACT, schema.PINYIN, schema.INITIALS)]
    return [schema.EXACT + folded]


def _find(indexes: list[Index], keys: list[str]) -> Found:
    found: Found = {}
    for index in indexes if keys else ():
        for row in index.find_stored(keys):
            found.setdefault(row[0], []).append((index, row))
    return found


def _hits(found: Found, keys: list[str], limit: int, query: str, folded: str = "", *, exact: bool) -> list[Hit]:
    """Return the entries whose term stands under `keys`, at most `limit`, then (unless `exact`) those of which it is a part.

    There are none where no term stands under a key. `folded` is the query's spelling where `keys` are of others.
    """
    rows = [row for key in keys if key in found for row in found[key]]
    terms = [(index, row) for index, row in rows if row[2] == schema.TERM]
    hits: dict[tuple[Index, int], Hit] = {}
    span = 0, len(query)
    for index, (key, form, _, number, entries, *stored) in terms:
        for place, entry in enumerate(entry_numbers(number, entries) if entries else (number,)):
            kept = stored if not place and entry == number else index.stored([entry])[entry]
            unsigned = kept[1] if kept[1].endswith(_PLUS) and not query.endswith(_PLUS) else ""
            how = _how(key, form or unsigned, folded)
            hits.setdefault((index, entry), Hit(index, entry, kept, _SURE[key[0]], how, form, span=span))
    if terms and not exact:
        for index, (key, form, level, number, entries, *_) in rows:
            if level == schema.PART and key[0] == schema.EXACT:
                for entry in entry_numbers(number, entries):
                    kept = index.stored([entry])[entry]
                    hits.setdefault((index, entry), Hit(index, entry, kept, _PART_BELOW, "part", form, span=span))
    return explained_first(list(hits.values()))[:limit]


def _how(key: str, form: str, folded: str) -> str:
    if key[0] != schema.EXACT:
        return _NAMES[key[0]]
    return "form" if form or (folded and key[1:] != folded) else "exact"


def open_lookup(paths: list[str], *, builtin: Builtin = True, watcher: Watcher | None = None) -> Lookup:
    """Open the glossaries at `paths` and after them built-in ones (all, none, or those named), compiling what must be.

    `watcher` hears of a long compilation and of a cache that cannot be written.
    Raises KouhaoError for a glossary that is missing or broken, E_DUP_ID for two that have an entry of the same id; nothing is
    answered from half of it.
    """
    watcher = watcher or Watcher()
    _refuse_no_paths(paths)
    if paths:
        from kouhao.paths import real_path  # noqa: PLC0415  the installed glossary needs none

        paths = list({real_path(path): path for path in paths}.values())
    characters = open_builtin(BUILTIN[0], watcher)
    indexes = [open_pack([path], watcher) for path in paths]
    _refuse_shared_ids(paths, indexes)
    indexes += [characters if name == BUILTIN[0] else open_builtin(name, watcher) for name in builtin_names(builtin)]
    return Lookup(indexes, characters)


def _refuse_no_paths(paths: list[str]) -> None:
    """Raise KouhaoError E_NOT_FOUND for an empty path, which the system takes for the present folder, and one that no file has."""
    for path in paths:
        if not path or "\0" in path:
            from kouhao.errors import KouhaoError  # noqa: PLC0415  most lookups need none

            message = "词库的路径里有空字符" if path else "词库的路径是空的"
            hint = "请写明 .yaml 文件或装有它们的文件夹；“.”是现在的文件夹。"
            raise KouhaoError("E_NOT_FOUND", message, path=path.replace("\0", "?"), hint=hint)


def _refuse_shared_ids(paths: list[str], indexes: list[Index]) -> None:
    """Raise KouhaoError E_DUP_ID where an id of one of several glossaries is one of another: which of the two is meant?"""
    first: dict[str, str] = {}
    for path, index in zip(paths, indexes, strict=True) if len(paths) > 1 else ():
        for entry in index.ids():
            other = first.setdefault(entry, path)
            if other is not path:
                from kouhao.errors import KouhaoError  # noqa: PLC0415  most lookups need none

                message = f"编号“{entry}”重复：{other} 里已经有了"
                raise KouhaoError("E_DUP_ID", message, path=path, hint="请只用其中一个词库，或另给 id。")
