"""Compile a glossary into an index, and an index into that of the texts in which it is looked for."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import cache
from operator import add
from pathlib import Path

from pydantic_core import to_json

from kouhao.entry import Entry, Glossary, Source
from kouhao.index import characters as tables
from kouhao.index import schema
from kouhao.index.automaton import compile_texts
from kouhao.index.forms import entry_forms, places_named
from kouhao.index.reader import Form, Index
from kouhao.index.spellings import deletions, openings, soundings, spellings
from kouhao.index.version import code_version
from kouhao.language import pinyin
from kouhao.records import entry_record, read_entry

_LONGEST_DELETION = 16  # sounds of a form that is found though one is wrong: longer ones share pairs of sounds
_SHORTEST_DELETION = 2  # one sound less is none
_SHORTEST_ANAGRAM = 3  # of two characters the other order is another word
_SHORTEST_PART_INITIALS = 3  # two letters are the initials of everything
_MOST_WAYS = 8  # readings of a form with several ambiguous characters
_TOGETHER = 1000
"""Entries that are written at once."""

_UNSORTED = """
CREATE TEMP TABLE occurrence (text TEXT, level TEXT, entry INTEGER, folded TEXT, readings TEXT);
CREATE TEMP TABLE unsorted (key TEXT, form INTEGER);
"""
"""Forms and keys on their way into the index: SQLite sorts them on disk, so that a glossary of any size takes little memory."""

_FORMS = """
SELECT text, level, min(entry), CASE WHEN count(*) > 1 THEN packed(group_concat(entry)) END, folded, readings
FROM occurrence GROUP BY text, level, CASE level WHEN ? THEN entry END
"""
"""Each form once, with all entries that have it; that of a term for each entry."""

Row = tuple[str | int | bytes | None, ...]
Progress = Callable[[int, int], None]
"""Hears how many entries are done, and how many there are."""


def build_index(
    glossary: Glossary,
    target: Path | sqlite3.Connection,
    *,
    digest: str,
    characters: Iterable[tables.CharacterRow] = (),
    phrases: Iterable[tuple[str, str]] = (),
    progress: Progress = lambda *_: None,
) -> None:
    """Write the index of the live entries of `glossary` to a new file, or into an open database that is empty.

    `digest` identifies the inputs and is kept in the file; `characters` and `phrases` are the tables of the index that serves all others.
    Drafts are left out. The caller moves the finished file into place.
    """
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    grams: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    common: set[str] = set()  # grams that are in too many entries to be kept
    live = [entry for entry in glossary.entries if not entry.draft]
    places = _places(live)
    total = len(live)
    live.reverse()
    del glossary  # each entry goes when it is done, unless the caller keeps it
    with _opened(target, schema.DDL + _UNSORTED) as database:
        database.executemany("INSERT INTO glyph VALUES (?, ?, ?, ?)", characters)
        database.executemany("INSERT INTO phrase VALUES (?, ?)", phrases)
        for number in range(total):
            entry = live.pop()
            forms = entry_forms(entry, places[entry.source.id])
            for table, found in _rows(number, entry, forms).items():
                rows[table] += found
            for gram in _grams(forms) - common:
                grams[gram].append(number)
            if number % _TOGETHER == 0:
                _insert(database, rows)
                common |= _forget_common(grams)
                progress(number, total)
        _forget_common(grams)
        _insert(database, rows)
        _insert_keys(database)
        packed = ((gram, len(grams[gram]), grams[gram].tobytes()) for gram in sorted(grams))
        database.executemany("INSERT INTO gram VALUES (?, ?, ?)", packed)
        meta = {"version": code_version(), "digest": digest, "entries": str(total)}
        database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    progress(total, total)


def build_text_index(index: Index, target: Path | sqlite3.Connection, *, progress: Progress = lambda *_: None) -> None:
    """Write the index of the texts in which the entries of `index` are looked for, as `build_index` writes that of the entries."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    with _opened(target, schema.TEXTS_DDL) as database:
        for number, record in enumerate(index.records()):
            entry = read_entry(json.loads(record))
            rows["spelling"] += [(text, number, own) for text, own in spellings(entry).items()]
            rows["opening"] += [(text, number) for text in openings(entry)]
            rows["sounding"] += [(text, number, term) for text, term in dict.fromkeys(soundings(entry))]
            rows["deletion"] += [(text, number, term) for text, term in dict.fromkeys(deletions(entry))]
            if number % _TOGETHER == 0:
                _insert(database, rows)
                progress(number, index.entries)
        _insert(database, rows)
        for finds, chosen in schema.AUTOMATA.items():
            texts = (text for (text,) in database.execute(f"SELECT {chosen}"))
            database.execute("INSERT INTO automaton VALUES (?, ?)", (finds, compile_texts(texts)))
        database.executemany("INSERT INTO meta VALUES (?, ?)", index.meta.items())
    progress(index.entries, index.entries)


@contextmanager
def _opened(target: Path | sqlite3.Connection, layout: str) -> Iterator[sqlite3.Connection]:
    """Give a database with empty tables; what is written to it is kept at the end."""
    with (
        closing(sqlite3.connect(target, isolation_level=None))
        if isinstance(target, Path)
        else nullcontext(target) as database
    ):
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        for statement in layout.split(";"):
            database.execute(statement)
        yield database
        database.execute("COMMIT")


def _places(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the places that each source names, in its title and publisher and in what is quoted from it."""
    quotes: defaultdict[Source, list[str]] = defaultdict(list)
    for entry in entries:
        quotes[entry.source].append(entry.quote)
    return {source.id: places_named((source.title, source.publisher), told) for source, told in quotes.items()}


def _shape(forms: Iterable[Form]) -> str:
    return schema.LINE.join(
        schema.FIELD.join((form.level, _one_line(form.display), form.folded, form.readings)) for form in forms
    )


def _insert(database: sqlite3.Connection, rows: dict[str, list[Row]]) -> None:
    """Write rows to their tables, and forget them."""
    for table, found in rows.items():
        if found:
            places = ", ".join("?" * len(found[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608  a name of the schema's
            found.clear()


def _rows(number: int, entry: Entry, forms: list[Form]) -> dict[str, list[Row]]:
    """Return all that the index keeps of an entry, by table."""
    return {
        "entry": [(number, entry.id, entry.term, schema.LINE.join(_fulls(entry)))],
        "shape": [(number, _shape(forms))],
        "record": [(number, to_json(entry_record(entry)).decode())],
        "occurrence": _occurrences(number, entry, forms),
    }


def _fulls(entry: Entry) -> list[str]:
    """Return the full expansions of an entry, and an empty one if a reading has none."""
    fulls = [_one_line(reading.full) for reading in entry.readings]
    return [*filter(None, fulls), *([""] if "" in fulls else [])]


def _one_line(text: str) -> str:
    return text if text.isalnum() else " ".join(text.split())


def _occurrences(number: int, entry: Entry, forms: Iterable[Form]) -> list[Row]:
    return [
        ("" if form.display == entry.term else _one_line(form.display), form.level, number, form.folded, form.readings)
        for form in forms
        if form.level != schema.CONTEXT and form.folded
    ]


def _insert_keys(database: sqlite3.Connection) -> None:
    """Write the forms that occur, each once, and the keys under which they are found."""
    database.create_function("packed", 1, _packed, deterministic=True)
    rows: dict[str, list[Row]] = {"form": [], "unsorted": []}
    for number, (text, level, entry, entries, folded, readings) in enumerate(database.execute(_FORMS, schema.TERM)):
        rows["form"].append((number, text, level, entry, entries))
        rows["unsorted"] += [(key, number) for key in form_keys(level, folded, readings)]
        if number % _TOGETHER == 0:
            _insert(database, rows)
    _insert(database, rows)
    database.execute("INSERT INTO key SELECT key, form FROM unsorted ORDER BY key, form")


def form_keys(level: str, folded: str, readings: str) -> set[str]:
    """Return all keys under which a form is found, each with the letter of its kind in front."""
    sounds = pinyin.sound_of(readings)
    keys = {schema.EXACT + folded, schema.SOUND + sounds, schema.SOUND + tables.usual_sounds(folded)}
    if level == schema.ITEM:  # most forms are items: they are read as they stand, and asked for whole
        keys.add(schema.PINYIN + pinyin.letters_of(readings))
        return keys
    for spoken in _spoken_ways(folded, readings):
        keys.add(schema.PINYIN + "".join(spoken))
        if level == schema.TERM or len(spoken) >= _SHORTEST_PART_INITIALS:
            keys.add(schema.INITIALS + "".join(map(pinyin.initial_of, spoken)))
            keys.add(schema.INITIALS + "".join([syllable[0] for syllable in spoken]))
    if len(folded) >= _SHORTEST_ANAGRAM:
        keys.add(schema.ANAGRAM + "".join(sorted(folded)))
    if _SHORTEST_DELETION <= len(sounds) <= _LONGEST_DELETION:
        keys.update([schema.SOUND + shorter for shorter in pinyin.deletions(sounds)])
    return keys


def _spoken_ways(folded: str, readings: str) -> list[list[str]]:
    """Return the syllables of a form as it is read in its words, and with other readings of its characters too."""
    ways: list[list[str]] = [[]]
    for mark, code in zip(folded, readings, strict=True):
        first, *others = _syllables(code + tables.char_readings(mark))
        if others:
            ways = [[*way, syllable] for way in ways for syllable in (first, *others)][:_MOST_WAYS]
        else:
            for way in ways:
                way.append(first)
    return ways


@cache
def _syllables(readings: str) -> tuple[str, ...]:
    """Return the different syllables of the readings of one character."""
    return tuple(dict.fromkeys(map(pinyin.syllable_of, readings)))


def _grams(forms: Iterable[Form]) -> set[str]:
    grams: set[str] = set()
    for form in forms:
        for text in (form.folded, pinyin.sound_of(form.readings)):
            grams.update(map(add, text, text[1:]))
    return grams


def _forget_common(grams: dict[str, array[int]]) -> set[str]:
    """Remove what stands in too many entries, and return it."""
    common = {gram for gram, entries in grams.items() if len(entries) > schema.MOST_POSTINGS}
    for gram in common:
        del grams[gram]
    return common


def _packed(numbers: str) -> bytes:
    return array("I", sorted(map(int, numbers.split(",")))).tobytes()
