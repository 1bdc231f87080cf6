"""Open an index file with SQLite's C module alone. Part of the start-up path.

`sqlite3`, its half in Python, imports datetime, and the C module imports functools for nothing but `lru_cache`, which is itself
a C type: each would cost a lookup a fifth of its time. So the C module is imported directly, and is given that type alone.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection
    from types import ModuleType


class _StandIn:
    """What the C module asks of functools."""

    def __init__(self) -> None:
        from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]  # noqa: PLC0415  lru_cache's C type

        self._remember = _lru_cache_wrapper

    def lru_cache(self, maxsize: int) -> Callable[[Callable[..., object]], object]:
        """Return a decorator that remembers `maxsize` results."""
        return lambda function: self._remember(function, maxsize, False, tuple)


def _import_alone() -> ModuleType:
    """Import the C module; whoever imports functools afterwards gets the real one."""
    if "functools" not in sys.modules:
        try:
            sys.modules["functools"] = _StandIn()  # type: ignore[assignment]  # while one module is imported
            import _sqlite3  # noqa: PLC0415
        except (ImportError, AttributeError):  # an interpreter that goes about it in another way
            sys.modules.pop("_sqlite3", None)
        finally:
            sys.modules.pop("functools", None)
    import _sqlite3  # noqa: PLC0415

    return _sqlite3


_sqlite3 = _import_alone()
DatabaseError: type[Exception] = _sqlite3.Error
"""What SQLite raises of a file that is damaged or no database."""


def open_database(path: str) -> Connection:
    """Return the database in the file at `path`, for reading only: nothing is written beside it, and threads may share it."""
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    database: Connection = _sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return database
