"""Open an index file with SQLite's C module alone. Part of the start-up path.

`sqlite3`, its half in Python, imports datetime: it would cost a lookup a fifth of its time.
"""

from __future__ import annotations

import _sqlite3
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

DatabaseError: type[Exception] = _sqlite3.Error
"""What SQLite raises of a file that is damaged or no database."""


def open_database(path: str) -> Connection:
    """Return the database in the file at `path`, for reading only: nothing is written beside it, and threads may share it."""
    uri = database_uri(path, windows=sys.platform == "win32")
    database: Connection = _sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return database


def database_uri(path: str, *, windows: bool) -> str:
    r"""Return the URI of a file as SQLite wants it: `C:\词库` is `file:///C:/词库`."""
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:///{escaped.replace(chr(92), '/')}" if windows and ":" in escaped else f"file:{escaped}"
