"""Check many documents at once: every processor has a checker of its own, and none of them can take the others along."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from kouhao.check.checker import Checker, Report
from kouhao.commands.glossaries import open_glossaries
from kouhao.commands.progress import watched
from kouhao.commands.workers import end_with_parent, has_room
from kouhao.documents.reading import read_as_text, read_bytes, read_document
from kouhao.errors import KouhaoError
from kouhao.files import read_file

_WORTH_SHARING = 256 * 1024
"""Bytes of documents from which other processes save more time than they cost."""

Outcome = Report | KouhaoError


@dataclass(frozen=True, slots=True)
class Task:
    """How documents are checked: with which glossaries and rules, and whether what is no text is read as one."""

    glossaries: tuple[str, ...]
    builtin: bool | Sequence[str]
    rules: tuple[str, ...]
    as_text: bool
    as_of: str = ""
    stdin_filename: str = ""


def check_all(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Return a report or an error for each path, in order; a person who waits sees a progress bar."""
    return watched(_outcomes(paths, task), len(paths), "正在检查")


def _outcomes(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    with open_glossaries(task.glossaries, builtin=task.builtin) as lookup:
        check = _Check(
            Checker(lookup, task.rules, task.as_of), as_text=task.as_text, stdin_filename=task.stdin_filename
        )
        processes = min(len(paths), os.cpu_count() or 1)
        worth = processes > 1 and sys.platform != "win32" and sum(map(_size, paths)) > _WORTH_SHARING
        if worth and has_room(processes):
            yield from _share(paths, check, processes)
        else:
            yield from map(check, paths)


def _size(path: str | KouhaoError) -> int:
    return Path(path).stat().st_size if isinstance(path, str) and Path(path).is_file() else 0


class _Check:
    """Checks one document, or passes on why there is none."""

    def __init__(self, checker: Checker, *, as_text: bool, stdin_filename: str = "") -> None:
        self._checker = checker
        self._stdin_filename = stdin_filename
        self._read = read_as_text if as_text else read_document

    def __call__(self, path: str | KouhaoError) -> Outcome:
        if isinstance(path, KouhaoError):
            return path
        try:
            if path == "-" and self._stdin_filename:
                name = self._stdin_filename
                return self._checker.check(read_bytes(read_file("-"), name, Path(name).suffix.lower()))
            return self._checker.check(self._read(path))
        except KouhaoError as error:
            return error


class _Worker:
    """A process that checks one document after the other, as a copy of this one at its start."""

    def __init__(self, check: _Check, others: list[_Worker]) -> None:
        context = get_context("fork")
        self.pipe, there = context.Pipe()
        foreign = [self.pipe, *(other.pipe for other in others)]
        self.process = context.Process(target=_serve, args=(check, there, foreign), daemon=True)
        self.process.start()
        there.close()
        self.number = -1

    def ask(self, number: int, path: str | KouhaoError) -> None:
        """Give it the next document."""
        self.number = number
        self.pipe.send(path)

    def end(self) -> None:
        """Stop it at once."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _share(paths: Sequence[str | KouhaoError], check: _Check, processes: int) -> Iterator[Outcome]:
    """Yield the outcomes in order, while workers check ahead; one that dies is told for its document, and replaced."""
    workers: list[_Worker] = []
    waiting = list(enumerate(paths))[::-1]
    done: dict[int, Outcome] = {}
    try:
        for _ in range(processes):
            workers.append(_Worker(check, workers))
            workers[-1].ask(*waiting.pop())
        for number in range(len(paths)):
            while number not in done:
                for worker in _ready(workers):
                    done[worker.number] = _answer(worker, paths)
                    if not worker.process.is_alive() and waiting:
                        workers.remove(worker)
                        worker.end()
                        workers.append(worker := _Worker(check, workers))
                    worker.number = -1
                    if waiting:
                        worker.ask(*waiting.pop())
            yield done.pop(number)
    finally:
        for worker in workers:
            worker.end()


def _ready(workers: list[_Worker]) -> list[_Worker]:
    busy = {worker.pipe: worker for worker in workers if worker.number >= 0}
    return [busy[pipe] for pipe in connection.wait(busy) if isinstance(pipe, Connection)]


def _answer(worker: _Worker, paths: Sequence[str | KouhaoError]) -> Outcome:
    try:
        answer: Outcome = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        path = paths[worker.number]
        name = path.path if isinstance(path, KouhaoError) else path
        message = f"检查它的进程意外结束了（{worker.process.exitcode}），可能内存不够"
        return KouhaoError("E_LIMIT", message, path=name, hint="请单独检查这个文件。")
    return answer


def _serve(check: _Check, pipe: Connection, foreign: list[Connection]) -> None:
    """Be a worker; it leaves interrupts to the process that started it, and ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    end_with_parent()
    for other in foreign:
        other.close()
    while True:
        try:
            pipe.send(check(pipe.recv()))
        except (EOFError, BrokenPipeError):
            return


def _leave(*_: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)
