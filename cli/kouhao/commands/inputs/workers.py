"""Work shared out among processes: results in the order of the work, a few pieces ahead, and a lost process is told."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from kouhao.errors import KouhaoError

if TYPE_CHECKING:
    from concurrent.futures import Future

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_START = "fork" if sys.platform == "linux" else "spawn"
AHEAD = 4
"""Pieces that wait for each process."""

_PIPES = 8
"""So many pairs of descriptors a pool takes beside two for each process."""


_MOST = 61
"""Processes at once, however many are asked for: Windows waits for no more."""


def share(work: Callable[[Piece], Result], pieces: Iterable[Piece], workers: int) -> Iterator[Result]:
    """Yield `work` of each piece, in order, done by so many processes; with one it is done here.

    What `work` raises is raised in its place. Raises KouhaoError E_WORKER where a process was killed: nothing is left out in silence.
    """
    workers = min(workers, _MOST)
    if workers == 1 or not has_room(workers):
        yield from map(work, pieces)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  one document needs no other process
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import active_children, get_context  # noqa: PLC0415

    pending: deque[Future[Result]] = deque()
    context = get_context(_START)
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        try:
            for piece in pieces:
                pending.append(pool.submit(work, piece))
                if len(pending) > AHEAD * workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except (KeyboardInterrupt, SystemExit):
            pending.clear()  # the pool gives up what a lost process leaves, and stumbles over what was cancelled meanwhile
            for process in active_children():
                process.terminate()
            raise
        except BrokenProcessPool as error:
            pending.clear()
            hint = "多半是内存不够：请减少 -j，或分批处理。"
            raise KouhaoError("E_WORKER", "一个工作进程中途被终止，没有处理完", hint=hint) from error
        finally:
            for future in pending:
                future.cancel()


def has_room(workers: int) -> bool:
    """Return whether the system grants what so many processes take: locks in shared memory, pipes, a thread, a process."""
    from multiprocessing import get_context  # noqa: PLC0415  as above

    pipes: list[tuple[int, int]] = []
    try:
        get_context(_START).Lock()
        for _ in range(_PIPES + 2 * workers):
            pipes.append(os.pipe())  # noqa: PERF401  what was opened before one is refused is closed below
        thread = Thread(target=lambda: None)
        thread.start()
        thread.join()
        if sys.platform == "linux":  # where a trial costs nothing
            child = os.fork()
            if not child:
                os._exit(0)
            os.waitpid(child, 0)
    except (OSError, ImportError, RuntimeError):
        return False
    finally:
        for end in chain.from_iterable(pipes):
            os.close(end)
    return True


def _begin() -> None:
    """Leave what a terminal sends to all to the process that started this one; end at once when that one says so, or is gone."""
    for number in (signal.SIGINT, *(getattr(signal, name) for name in ("SIGHUP", "SIGQUIT") if hasattr(signal, name))):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(128 + signal.SIGTERM)
