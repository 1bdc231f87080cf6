"""Ask an index file. Belongs to the start-up path: one C module is imported, nothing is computed that a query does not need."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.index.driver import DatabaseError, open_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Cursor

    StoredHit = tuple[int, str, str, "Stored"]
    """The number of an entry, its form as written (empty: the term), its level, and what is printed of it."""

_MOST_POSTINGS = 4096
"""Grams that stand in more entries than this tell nothing; an index of any size reads no more of them."""

_PREFIX_LIMIT = 64
_MOST_SHAPES = 10_000
_MOST_KEYS = 500
"""So many keys are asked for in one question: older builds of SQLite allow 999."""


class StaleIndexError(Exception):
    """The file is no index, or one of another format or for other inputs: to be built anew."""


class Form:
    """A form as a lookup compares it; see `kouhao.index.forms.Form`."""

    __slots__ = ("_sounds", "display", "folded", "level", "readings")

    def __init__(self, level: str, display: str, folded: str, readings: str) -> None:
        self.level = level
        self.display = display
        self.folded = folded
        self.readings = readings
        self._sounds: str | None = None

    @property
    def sounds(self) -> str:
        """The sound string."""
        if self._sounds is None:
            from kouhao.sound import sound_of  # noqa: PLC0415  an exact lookup compares no forms

            self._sounds = sound_of(self.readings)
        return self._sounds


class Shape:
    """All forms of one entry, and its context; a form is read when it is asked for."""

    __slots__ = ("_forms", "_lines", "context", "term")

    def __init__(self, term: str, text: str) -> None:
        self.term = term
        *self._lines, context = text.split(schema.LINE)
        self.context = context.split(schema.FIELD)[2]
        self._forms: list[Form] = []

    @property
    def forms(self) -> list[Form]:
        """All forms."""
        if not self._forms:
            self._forms = [Form(*line.split(schema.FIELD)) for line in self._lines]
        return self._forms

    def form(self, display: str) -> Form:
        """Return the form that is written so."""
        written = f"{schema.FIELD}{display}{schema.FIELD}"
        return Form(*next(line for line in self._lines if line.startswith(written, 1)).split(schema.FIELD))


class Stored:
    """What is printed of an entry."""

    __slots__ = ("_index", "_number", "full", "id", "term")

    def __init__(self, index: Index, number: int, id: str, term: str, full: str) -> None:  # noqa: A002  a row
        self._index = index
        self._number = number
        self.id = id
        self.term = term
        self.full = full

    @property
    def record(self) -> str:
        """The entry's record as JSON text, which is large and read only where it is printed."""
        return self._index.record(self._number)


class Glyph:
    """A character of a query: folded to simplified, with its readings, its look-alikes, and what it cost to take it for others."""

    __slots__ = ("folded", "looks", "prices", "readings")

    def __init__(self, folded: str, readings: str, looks: str) -> None:
        self.folded = folded
        self.readings = readings
        self.looks = looks
        self.prices: dict[str, tuple[float, str]] = {}


class KeyHit:
    """A form found under a key: the key, the entry's number, the form as written (empty: the term), its level."""

    __slots__ = ("form", "key", "level", "number")

    def __init__(self, key: str, number: int, form: str, level: str) -> None:
        self.key = key
        self.number = number
        self.form = form
        self.level = level


class Index:
    """An open index file; reading only, and safe on a read-only disk."""

    def __init__(self, path: str, digest: str = "") -> None:
        """Open `path`; raise StaleIndexError unless it is an index of this format, of `digest` where one is given."""
        try:
            self._database = open_database(path)
            self.meta = dict(self._database.execute("SELECT name, value FROM meta"))
        except (DatabaseError, ValueError) as error:
            raise StaleIndexError(path) from error
        if self.meta.get("format") != schema.FORMAT or digest not in ("", self.meta.get("digest")):
            raise StaleIndexError(path)
        self._shapes: dict[int, Shape] = {}

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def find(self, keys: list[str]) -> list[KeyHit]:
        """Return the forms that stand under any of `keys`."""
        return [KeyHit(*row) for row in self._under(keys, "key, entry, form, level FROM key")]

    def find_forms(self, keys: list[str]) -> Iterator[tuple[str, str, list[int]]]:
        """Yield each form under any of `keys` once: its first key, the form as written (a term as none), the entries with it."""
        each = "GROUP BY form, level, CASE form WHEN '' THEN entry END ORDER BY min(key), min(entry)"
        for key, form, entries in self._under(keys, "min(key), form, group_concat(entry) FROM key", each):
            yield key, form, sorted(set(map(int, entries.split(","))))

    def find_stored(self, keys: list[str]) -> dict[str, list[StoredHit]]:
        """Return the forms under each of `keys` that has any, with what is printed of their entries."""
        found: dict[str, list[StoredHit]] = {}
        for start in range(0, len(keys), _MOST_KEYS):
            rows = self._under(
                keys[start : start + _MOST_KEYS],
                "key, form, level, number, id, term, full FROM key JOIN entry ON number = entry",
            )
            for key, form, level, number, *stored in rows:
                found.setdefault(key, []).append((number, form, level, Stored(self, number, *stored)))
        return found

    def _under(self, keys: list[str], columns: str, each: str = "") -> Cursor:
        return self._database.execute(f"SELECT {columns} WHERE key IN ({_marks(keys)}) {each}", keys)

    def stored(self, number: int) -> Stored:
        """Return what is printed of an entry."""
        row = self._database.execute("SELECT id, term, full FROM entry WHERE number = ?", (number,)).fetchone()
        return Stored(self, number, *row)

    def record(self, number: int) -> str:
        """Return the record of an entry as JSON text."""
        return str(self._database.execute("SELECT json FROM record WHERE number = ?", (number,)).fetchone()[0])

    def shape(self, number: int) -> Shape:
        """Return the forms of an entry."""
        if number not in self._shapes:
            if len(self._shapes) == _MOST_SHAPES:
                self._shapes.clear()
            question = "SELECT term, forms FROM entry JOIN shape USING (number) WHERE number = ?"
            self._shapes[number] = Shape(*self._database.execute(question, (number,)).fetchone())
        return self._shapes[number]

    def sharing(self, grams: Iterable[str], most: int) -> list[int]:
        """Return the numbers of the entries that share most of the rare ones of `grams`, best first, `most` at the most."""
        wanted = list(grams)
        rows = self._database.execute(
            f"SELECT count, gram FROM gram WHERE gram IN ({_marks(wanted)}) AND count <= ? ORDER BY count",  # noqa: S608
            (*wanted, _MOST_POSTINGS),
        ).fetchall()
        weights: dict[int, float] = {}
        for count, gram in rows:
            packed = self._database.execute("SELECT entries FROM gram WHERE gram = ?", (gram,)).fetchone()[0]
            weight = 1.0 / (1 + count.bit_length())
            for number in memoryview(packed).cast("I"):
                weights[number] = weights.get(number, 0.0) + weight
        return sorted(weights, key=lambda number: -weights[number])[:most]

    def glyphs(self, marks: Iterable[str]) -> dict[str, Glyph]:
        """Return what the table knows of the characters `marks`."""
        wanted = list(marks)
        rows = self._database.execute(
            f"SELECT glyph, folded, readings, looks FROM glyph WHERE glyph IN ({_marks(wanted)})",  # noqa: S608
            wanted,
        )
        return {glyph: Glyph(folded, readings, looks) for glyph, folded, readings, looks in rows}

    def records(self) -> Iterator[str]:
        """Yield the record of every entry as JSON text, in the glossary's order."""
        for row in self._database.execute("SELECT json FROM record ORDER BY number"):
            yield row[0]

    def automaton(self, finds: str) -> bytes:
        """Return the compiled automaton of one of schema.AUTOMATA."""
        return bytes(self._database.execute("SELECT compiled FROM automaton WHERE finds = ?", (finds,)).fetchone()[0])

    def texts(self, finds: str) -> Iterator[str]:
        """Yield the texts of which it was compiled, perhaps several times."""
        for row in self._database.execute(f"SELECT text FROM {schema.AUTOMATA[finds]}"):  # noqa: S608  a name of the schema's
            yield row[0]

    def spelled(self, text: str) -> list[tuple[int, int]]:
        """Return the entries that are spelled so: number, and whether it is the glossary's own spelling."""
        return self._database.execute("SELECT entry, own FROM spelling WHERE text = ?", (text,)).fetchall()

    def opened(self, text: str) -> list[int]:
        """Return the numbers of the entries whose full expansion begins so."""
        return [row[0] for row in self._database.execute("SELECT entry FROM opening WHERE text = ?", (text,))]

    def halved(self, text: str, most: int) -> list[tuple[int, str, int]]:
        """Return the terms that `text` is a half of: entry, term, offset; none where there are more than `most`."""
        rows = self._database.execute(
            "SELECT entry, term, offset FROM half WHERE text = ? LIMIT ?", (text, most + 1)
        ).fetchall()
        return rows if len(rows) <= most else []

    def starting_with(self, prefix: str) -> list[str]:
        """Return terms whose folded form, pinyin or initials begin with the key `prefix`, a few of them."""
        rows = self._database.execute(
            "SELECT DISTINCT entry.term FROM key JOIN entry ON entry.number = key.entry"
            " WHERE key >= ? AND key < ? AND level = ? LIMIT ?",
            (prefix, prefix + "\U0010ffff", schema.TERM, _PREFIX_LIMIT),
        )
        return [row[0] for row in rows]


def _marks(values: list[str]) -> str:
    return ",".join("?" * len(values))
