"""Ask the index of a glossary, and that of the texts by which documents are searched for it.

Belongs to the start-up path: nothing is computed that no query needs, and SQLite is asked through its C module alone, since `sqlite3`,
its half in Python, imports datetime: it would cost a lookup a fifth of its time.
"""

from __future__ import annotations

import _sqlite3
import sys

from kouhao.index import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection
    from typing import Any, Self

    Stored = Sequence[str]
    """What is printed of an entry: id, term, fulls expansion."""

    Pieces = tuple[frozenset[str], frozenset[str], list[str]]
    """The sounds in a form, its characters, and each character with its reading."""

    StoredRow = tuple[str, str, str, int, bytes | None, str, str, str]
    """A key, the form under it, its level, the number of its entry, all where they are several, and what is stored of the first."""

DatabaseError: type[Exception] = _sqlite3.Error
"""What SQLite raises of a file that is damaged or no database."""

_MOST_VALUES = 250
"""So many values are asked for in one question: older builds of SQLite allow 999."""

_WITH_ENTRY = "JOIN form ON form.number = key.form JOIN entry ON entry.number = form.entry"
_PREFIX_LIMIT = 500  # keys, of which a few are shown
_MOST_SHAPES = 10_000  # entries, some ten megabytes


class Form:
    """A piece of an entry: its level, its spelling as written, its folded text and the readings of that text.

    `folded` and `readings` have the same length; `readings` is empty for context, which is found by its characters only.
    """

    __slots__ = ("_pieces", "display", "folded", "level", "readings")

    def __init__(self, level: str, display: str, folded: str, readings: str) -> None:
        self.level = level
        self.display = display
        self.folded = folded
        self.readings = readings
        self._pieces: Pieces | None = None

    @property
    def pieces(self) -> Pieces:
        """What it is compared by, computed once."""
        if self._pieces is None:
            from kouhao.language.pinyin import sound_of  # noqa: PLC0415  an exact lookup compares no forms

            spelled = [*map("".join, zip(self.folded, self.readings, strict=False))]
            self._pieces = frozenset(sound_of(self.readings)), frozenset(self.folded), spelled
        return self._pieces


class Shape:
    """All forms of one entry, the term first, and its context; each is read when it is asked for."""

    __slots__ = ("_forms", "_text", "_wording")

    def __init__(self, text: str) -> None:
        self._text = text
        self._wording = ""
        self._forms: list[Form] = []

    @property
    def term(self) -> str:
        """The term."""
        return self._text.split(schema.FIELD, 2)[1]

    @property
    def wording(self) -> str:
        """All of the entry's folded wording, in which a piece is looked for."""
        if not self._wording:
            lines = (line.split(schema.FIELD) for line in self._text.split(schema.LINE))
            self._wording = schema.FIELD.join(line[2] for line in lines)
        return self._wording

    @property
    def places(self) -> list[str]:
        """The places that the entry's source names."""
        return self._text[self._text.rindex(schema.LINE) :].split(schema.FIELD)[1].split(" ")

    @property
    def forms(self) -> list[Form]:
        """All forms."""
        if not self._forms:
            self._forms = [Form(*line.split(schema.FIELD)) for line in self._text.split(schema.LINE)[:-1]]
        return self._forms

    def form(self, level: str, display: str) -> Form:
        """Return the form of a level that is written so; that of the term itself where `display` is empty."""
        start = self._text.index(f"{schema.LINE}{level}{schema.FIELD}{display}{schema.FIELD}") + 1 if display else 0
        return Form(*self._text[start : self._text.index(schema.LINE, start)].split(schema.FIELD))


class Glyph:
    """What is typed at one place of a query: a character with its readings and look-alikes, or `letters` of pinyin without one.

    `folded` is the character in simplified script; `alike` is what others like it have (sounds, shapes); `kinds` and `prices` remember how
    it is like others, and what it costs to take it for them.
    """

    __slots__ = ("alike", "char", "folded", "kinds", "letters", "looks", "prices", "readings")

    def __init__(self, char: str, folded: str, readings: str, looks: str, letters: str = "") -> None:
        self.char = char
        self.folded = folded
        self.readings = readings
        self.looks = looks
        self.letters = letters
        self.alike: frozenset[str] = frozenset()
        self.kinds: dict[str, str] = {}
        self.prices: dict[str, float] = {}


class FormHit:
    """A form found under a key: the key, the form as written (empty: the term), its level, the numbers of its entries."""

    __slots__ = ("form", "key", "level", "numbers")

    def __init__(self, key: str, form: str, level: str, numbers: list[int]) -> None:
        self.key = key
        self.form = form
        self.level = level
        self.numbers = numbers


class StaleIndexError(Exception):
    """The file is no index: to be built anew."""


class Database:
    """An open index file; reading only, and safe on a read-only disk."""

    def __init__(self, source: str | Connection, remake: Callable[[], Self] | None = None) -> None:
        """Open the file at the path `source`, or read an open database; raise StaleIndexError where there is no index in it.

        `remake` gives the same index made anew: it is asked for once, where SQLite cannot read this one.
        """
        self._remake = remake
        try:
            self._connection = open_database(source) if isinstance(source, str) else source
            self.meta = dict(self._connection.execute("SELECT name, value FROM meta"))
        except (DatabaseError, ValueError) as error:
            raise StaleIndexError(source) from error

    def _ask(self, question: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows that answer a question; an index that proves damaged is made anew, and asked again."""
        try:
            return self._connection.execute(question, values).fetchall()
        except DatabaseError:
            if self._remake is None:
                raise
            made, self._remake = self._remake(), None
            self._connection.close()
            self._connection = made._connection  # noqa: SLF001  of the same kind
            return self._ask(question, values)

    def _rows(self, columns: str, values: list[Any]) -> Iterator[Any]:
        """Yield the rows in which the last of `columns` is one of `values`."""
        for start in range(0, len(values), _MOST_VALUES):
            some = values[start : start + _MOST_VALUES]
            yield from self._ask(f"SELECT {columns} IN ({','.join('?' * len(some))})", some)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


def open_database(path: str) -> Connection:
    """Return the database in the file at `path`, for reading only: nothing is written beside it, and threads may share it."""
    uri = database_uri(path, windows=sys.platform == "win32")
    database: Connection = _sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return database


def database_uri(path: str, *, windows: bool) -> str:
    r"""Return the URI of a file as SQLite wants it: `C:\词库` is `file:///C:/词库`."""
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:///{escaped.replace(chr(92), '/')}" if windows and ":" in escaped else f"file:{escaped}"


class Index(Database):
    """The open index of a glossary, and from `open_texts` that of the texts in which it is looked for.

    `builtin` tells whether the glossary came with the program.
    """

    def __init__(self, source: str | Connection, remake: Callable[[], Self] | None = None) -> None:
        super().__init__(source, remake)
        self.open_texts: Callable[[], TextIndex] | None = None
        self.builtin = False
        self._texts: TextIndex | None = None
        self._shapes: dict[int, Shape] = {}

    @property
    def entries(self) -> int:
        """The number of entries."""
        return int(self.meta["entries"])

    @property
    def texts(self) -> TextIndex:
        """What the entries look like in texts; the first to ask may wait until it is compiled."""
        if self._texts is None:
            assert self.open_texts  # noqa: S101  whoever searches texts has said how
            self._texts = self.open_texts()
        return self._texts

    def close(self) -> None:
        """Release the files."""
        super().close()
        if self._texts:
            self._texts.close()

    def find(self, keys: list[str]) -> list[FormHit]:
        """Return the forms that stand under any of `keys`, each once, with the first of its keys."""
        columns = "key, entry, text, level, entries FROM key JOIN form ON form.number = key.form"
        rows = sorted(self._rows(f"{columns} WHERE key", keys))
        found: dict[tuple[str, str, int], FormHit] = {}
        for key, entry, form, level, entries in rows:
            if (form, level, entry) not in found:
                found[form, level, entry] = FormHit(key, form, level, entry_numbers(entry, entries))
        return list(found.values())

    def find_stored(self, keys: list[str]) -> Iterator[StoredRow]:
        """Yield the forms that stand under any of `keys`, with what is stored of their first entries."""
        columns = f"key, text, level, entry, entries, id, term, fulls FROM key {_WITH_ENTRY}"
        return self._rows(f"{columns} WHERE key", keys)

    def stored(self, numbers: list[int]) -> dict[int, Stored]:
        """Return what is stored of some entries."""
        rows = self._rows("number, id, term, fulls FROM entry WHERE number", numbers)
        return {number: stored for number, *stored in rows}

    def record(self, number: int) -> str:
        """Return the record of an entry as JSON text."""
        return str(self._ask("SELECT json FROM record WHERE number = ?", (number,))[0][0])

    def shapes(self, numbers: list[int]) -> list[Shape]:
        """Return the forms of some entries, in the order of `numbers`."""
        unknown = [number for number in numbers if number not in self._shapes]
        if unknown:
            if len(self._shapes) > _MOST_SHAPES:
                self._shapes.clear()
                unknown = numbers
            rows = self._rows("number, forms FROM shape WHERE number", unknown)
            self._shapes.update((number, Shape(forms)) for number, forms in rows)
        return [self._shapes[number] for number in numbers]

    def sharing(self, grams: Iterable[str], most: int) -> Iterator[tuple[int, Shape]]:
        """Return the entries that share most of `grams`, the rare ones above all, `most` at the most: number and forms, best first."""
        rows = sorted(self._rows("count, entries FROM gram WHERE gram", list(grams)), key=lambda row: row[0])
        weights: dict[int, float] = {}
        for count, packed in rows:
            weight = 1.0 / (1 + count.bit_length())
            for number in memoryview(packed).cast("I"):
                weights[number] = weights.get(number, 0.0) + weight
        numbers = sorted(weights, key=weights.__getitem__, reverse=True)[:most]
        return zip(numbers, self.shapes(numbers), strict=True)

    def glyphs(self, marks: Iterable[str]) -> dict[str, Glyph]:
        """Return what the table knows of the characters `marks`."""
        rows = self._rows("glyph, folded, readings, looks FROM glyph WHERE glyph", list(marks))
        return {row[0]: Glyph(*row) for row in rows}

    def phrases(self, texts: Iterable[str]) -> dict[str, str]:
        """Return which of `texts` are words that the table knows, with their readings where these are not the usual ones."""
        return dict(self._rows("phrase, readings FROM phrase WHERE phrase", list(texts)))

    def phrases_from(self, beginning: str) -> dict[str, str]:
        """Return the words of the table that begin so, as `phrases` does."""
        ends = beginning, f"{beginning}\U0010ffff"
        return dict(self._ask("SELECT phrase, readings FROM phrase WHERE phrase >= ? AND phrase < ?", ends))

    def records(self) -> Iterator[str]:
        """Yield the record of every entry as JSON text, in the glossary's order."""
        after = -1
        while rows := self._ask(
            "SELECT number, json FROM record WHERE number > ? ORDER BY number LIMIT 1000", (after,)
        ):
            after = rows[-1][0]
            for row in rows:
                yield row[1]

    def ids(self) -> Iterator[str]:
        """Yield the ids of all entries."""
        for row in self._ask("SELECT id FROM entry"):
            yield row[0]

    def starting_with(self, prefix: str) -> list[tuple[str, str]]:
        """Return keys that begin with `prefix` (a folded form, pinyin, initials), each with its term, a few of them."""
        rows = self._ask(
            f"SELECT DISTINCT key, term FROM key {_WITH_ENTRY} WHERE key >= ? AND key < ? AND level = ? LIMIT ?",  # noqa: S608  no value
            (prefix, prefix + "\U0010ffff", schema.TERM, _PREFIX_LIMIT),
        )
        return [(row[0], row[1]) for row in rows]

    def topics(self) -> list[tuple[str, int]]:
        """Return the topics in the order of their first entries, with the number of these."""
        rows = self._ask(
            "SELECT json_extract(json, '$.topic') AS topic, count(*) FROM record GROUP BY topic ORDER BY min(number)"
        )
        return [(row[0], row[1]) for row in rows]


class TextIndex(Database):
    """How the terms of a glossary are written and sound in running text, by the numbers that the entries have in its index."""

    def automaton(self, finds: str) -> bytes:
        """Return the compiled automaton of one of schema.AUTOMATA."""
        return bytes(self._ask("SELECT compiled FROM automaton WHERE finds = ?", (finds,))[0][0])

    def all(self, finds: str) -> Iterator[str]:
        """Yield the texts of which an automaton was compiled, perhaps several times."""
        for row in self._ask(f"SELECT {schema.AUTOMATA[finds]}"):
            yield row[0]

    def spelled(self, beginning: str) -> list[tuple[str, int, int]]:
        """Return the spellings that the automaton finds by a text: the spelling, its entry, and whether it is the glossary's own."""
        last = f"{beginning}\U0010ffff" if len(beginning) == schema.BEGINNING else beginning
        return self._ask("SELECT text, entry, own FROM spelling WHERE text >= ? AND text <= ?", (beginning, last))

    def opened(self, text: str) -> list[int]:
        """Return the numbers of the entries whose full expansion begins so."""
        return [row[0] for row in self._ask("SELECT entry FROM opening WHERE text = ?", (text,))]

    def sounding(self, text: str) -> list[tuple[int, str]]:
        """Return the terms that sound so: entry and term."""
        return self._ask("SELECT entry, term FROM sounding WHERE text = ?", (text,))

    def near(self, texts: list[str]) -> list[tuple[int, str]]:
        """Return the terms of which one of `texts` is the rest with a character left out: entry and term."""
        return [*dict.fromkeys(self._rows("entry, term FROM deletion WHERE text", texts))]


def entry_numbers(entry: int, entries: bytes | None) -> list[int]:
    """Return the numbers of all entries that have a form, in their order."""
    return memoryview(entries).cast("I").tolist() if entries else [entry]
