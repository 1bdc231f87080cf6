"""A progress bar on standard error for work that takes over a second, where a person is watching."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, TypeVar

from kouhao.commands.console.terminal import safe_line, tell

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
_PATIENCE = 1.0  # seconds before a person is shown that something goes on


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """Show, while work goes on that does not tell how far it is, that it goes on: after a second, to a person who waits."""
    if not _is_watched():
        yield
        return
    bar = _make_bar(title, None)
    patience = Timer(_PATIENCE, bar.start)
    patience.daemon = True
    patience.start()
    try:
        yield
    finally:
        patience.cancel()
        bar.stop()


def _make_bar(title: str, total: int | None) -> Progress:
    """Return a bar that is not shown yet; `total` is None for work that does not tell how far it is. `title` may name a file."""
    from rich.console import Console  # noqa: PLC0415  most work is done before a bar is due
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    told = (TaskProgressColumn(), TimeRemainingColumn()) if total is not None else ()
    columns = TextColumn("{task.description}"), BarColumn(), *told
    bar = Progress(*columns, console=Console(file=sys.stderr), transient=True)
    bar.add_task(escape(safe_line(title)), total=total)
    return bar


class ProgressBar:
    """Called with the work done and the whole of it; shows itself to a person once the work has lasted."""

    def __init__(self, title: str, *, slow: str = "") -> None:
        """`slow` is told once where nobody watches and the work lasts."""
        self._title = title
        self._slow = slow
        self._started = time.monotonic()
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell how far the work is; at its end the bar goes away."""
        if self._bar is None and done < total and time.monotonic() - self._started > _PATIENCE and _is_watched():
            self._bar = _make_bar(self._title, total)
            self._bar.start()
        if self._slow and self._bar is None and time.monotonic() - self._started > _PATIENCE:
            tell(f"kouhao: 提醒：{self._slow}。")
            self._slow = ""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done)
            if done >= total:
                self._bar.stop()


def watched(outcomes: Iterable[T], total: int, title: str) -> Iterator[T]:
    """Yield the outcomes of long work, with a progress bar for a person who waits."""
    bar = ProgressBar(title)
    for done, outcome in enumerate(outcomes, 1):
        bar(done, total)
        yield outcome
