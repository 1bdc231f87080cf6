"""Read an index file with SQLite's C module alone. Part of the start-up path.

`sqlite3`, its half in Python, imports datetime: it would cost a lookup a fifth of its time.
"""

from __future__ import annotations

import _sqlite3
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection
    from typing import Any, Self

DatabaseError: type[Exception] = _sqlite3.Error
"""What SQLite raises of a file that is damaged or no database."""


_MOST_VALUES = 250
"""So many values are asked for in one question: older builds of SQLite allow 999."""


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
