"""Check many documents at once: every processor has a checker of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from kouhao.check.checker import Checker, Report
from kouhao.commands.progress import watched
from kouhao.commands.session import open_glossaries
from kouhao.documents.reading import read_as_text, read_document
from kouhao.errors import KouhaoError

_WORTH_SHARING = 256 * 1024
"""Bytes of documents from which other processes save more time than they cost."""

Outcome = Report | KouhaoError


@dataclass(frozen=True, slots=True)
class Task:
    """How documents are checked: with which glossaries and rules, and whether what is no text is read as one."""

    glossaries: tuple[str, ...]
    builtin: bool
    rules: tuple[str, ...]
    as_text: bool


def check_all(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Return a report or an error for each path, in order; a person who waits sees a progress bar."""
    return watched(_outcomes(paths, task), len(paths), "正在检查")


def _outcomes(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    workers = min(len(paths), os.cpu_count() or 1)
    if workers > 1 and sum(map(_size, paths)) > _WORTH_SHARING and sys.platform != "win32":
        _prepare(task)  # before the processes part, so that glossaries are compiled once
        with get_context("fork").Pool(workers, _prepare_worker, (task,)) as pool:
            yield from pool.imap(_check, paths, chunksize=max(1, len(paths) // (8 * workers)))
        return
    _prepare(task)
    yield from map(_check, paths)


def _size(path: str | KouhaoError) -> int:
    return Path(path).stat().st_size if isinstance(path, str) and Path(path).is_file() else 0


_prepared: list[tuple[Checker, Task]] = []


def _prepare_worker(task: Task) -> None:
    """Prepare a process that leaves interrupts to the one that started it, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prepare(task)


def _prepare(task: Task) -> None:
    lookup = open_glossaries(task.glossaries, builtin=task.builtin)
    _prepared[:] = [(Checker(lookup, task.rules), task)]


def _check(path: str | KouhaoError) -> Outcome:
    checker, task = _prepared[0]
    if isinstance(path, KouhaoError):
        return path
    try:
        return checker.check(read_as_text(path) if task.as_text else read_document(path))
    except KouhaoError as error:
        return error
