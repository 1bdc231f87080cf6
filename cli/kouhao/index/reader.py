"""Ask an index file. Belongs to the start-up path: one C module is imported, nothing is computed that a query does not need."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.index.driver import DatabaseError, open_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_POSTINGS = 4096
"""Grams that stand in more entries than this tell nothing; an index of any size reads no more of them."""

_PREFIX_LIMIT = 64
_SELECT_STORED = "SELECT key, entry, form, level, id, term, full, record FROM key JOIN entry ON number = entry"


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

    __slots__ = ("full", "id", "record", "term")

    def __init__(self, id: str, term: str, full: str, record: str) -> None:  # noqa: A002  the field's name
        self.id = id
        self.term = term
        self.full = full
        self.record = record


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

    __slots__ = ("form", "key", "level", "number", "stored")

    def __init__(self, key: str, number: int, form: str, level: str, stored: Stored | None = None) -> None:
        self.key = key
        self.number = number
        self.form = form
        self.level = level
        self.stored = stored


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
        rows = self._database.execute(
            f"SELECT key, entry, form, level FROM key WHERE key IN ({_marks(keys)})",  # noqa: S608  placeholders only
            keys,
        )
        return [KeyHit(*row) for row in rows]

    def find_stored(self, keys: list[str]) -> list[KeyHit]:
        """Return the same with what is printed of the entries, in one question."""
        rows = self._database.execute(
            f"{_SELECT_STORED} WHERE key IN ({_marks(keys)})",
            keys,
        )
        return [KeyHit(key, number, form, level, Stored(*row)) for key, number, form, level, *row in rows]

    def stored(self, number: int) -> Stored:
        """Return what is printed of an entry."""
        return Stored(
            *self._database.execute("SELECT id, term, full, record FROM entry WHERE number = ?", (number,)).fetchone()
        )

    def shape(self, number: int) -> Shape:
        """Return the forms of an entry."""
        if number not in self._shapes:
            row = self._database.execute("SELECT term, shape FROM entry WHERE number = ?", (number,)).fetchone()
            self._shapes[number] = Shape(*row)
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
        for row in self._database.execute("SELECT record FROM entry ORDER BY number"):
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
