"""Import SQLite's C module without functools, of which it asks `lru_cache` alone: that would cost a lookup a fifth of its time.

Only the program does so, at its start and in its one thread; where kouhao is a library, everything is imported as ever.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class _StandIn:
    """What the C module asks of functools."""

    def __init__(self) -> None:
        from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]  # noqa: PLC0415  lru_cache's C type

        self._remember = _lru_cache_wrapper

    def lru_cache(self, maxsize: int) -> Callable[[Callable[..., object]], object]:
        """Return a decorator that remembers `maxsize` results."""
        return lambda function: self._remember(function, maxsize, False, tuple)


def import_sqlite() -> None:
    """Import the C module; whoever imports functools afterwards gets the real one."""
    if "functools" in sys.modules:
        return
    try:
        sys.modules["functools"] = _StandIn()  # type: ignore[assignment]  # while one module is imported
        import _sqlite3  # noqa: F401, PLC0415
    except (ImportError, AttributeError):  # an interpreter that goes about it in another way
        sys.modules.pop("_sqlite3", None)
    finally:
        del sys.modules["functools"]
