"""Work shared out among processes: results in the order of the work, a few pieces ahead, and a lost process is told."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from kouhao.errors import KouhaoError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_AHEAD = 4
"""Pieces that wait for each process."""


def share(work: Callable[[Piece], Result], pieces: Iterable[Piece], workers: int) -> Iterator[Result]:
    """Yield `work` of each piece, in order, done by so many processes; with one it is done here.

    What `work` raises is raised in its place. Raises KouhaoError E_WORKER where a process was killed: nothing is left out in silence.
    """
    if workers == 1:
        yield from map(work, pieces)
        return
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pending: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(workers, context, _ignore_interrupts) as pool:
        try:
            for piece in pieces:
                pending.append(pool.submit(work, piece))
                if len(pending) > _AHEAD * workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            hint = "多半是内存不够：请减少 -j，或分批处理。"
            raise KouhaoError("E_WORKER", "一个工作进程中途被终止，没有处理完", hint=hint) from error
        finally:
            for future in pending:
                future.cancel()


def _ignore_interrupts() -> None:
    """Leave interrupts to the process that started this one, and that ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
