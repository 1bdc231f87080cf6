"""Check many documents at once: every processor has a checker of its own, and none of them can take the others along."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kouhao.check.checker import Checker, Report
from kouhao.commands.console.progress import watched
from kouhao.commands.inputs.glossaries import open_glossaries
from kouhao.commands.inputs.workers import AHEAD, share
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
    builtin: bool | tuple[str, ...]
    rules: tuple[str, ...]
    as_text: bool
    as_of: str = ""
    stdin_filename: str = ""


def check_all(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Return a report or an error for each path, in order; a person who waits sees a progress bar."""
    return watched(_outcomes(paths, task), len(paths), "正在检查")


def _outcomes(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Yield the outcomes; where a process was killed, each document that may have done it gets one of its own."""
    processes = min(len(paths), os.cpu_count() or 1)
    worth = processes > 1 and sys.platform != "win32" and sum(map(_size, paths)) > _WORTH_SHARING
    check = partial(_check, task)
    left = deque(paths)
    with open_glossaries(task.glossaries, builtin=task.builtin) as lookup:
        _checkers[task] = Checker(lookup, task.rules, task.as_of)
        while left:
            try:
                for outcome in share(check, tuple(left), processes if worth else 1):
                    left.popleft()
                    yield outcome
            except KouhaoError:
                for _ in range(min(len(left), AHEAD * processes)):
                    yield _check_apart(check, left.popleft())


def _check_apart(check: partial[Outcome], path: str | KouhaoError) -> Outcome:
    try:
        return next(share(check, [path], 2))
    except KouhaoError:
        name = path.path if isinstance(path, KouhaoError) else path
        message = "检查它的进程意外结束了，可能内存不够"
        return KouhaoError("E_LIMIT", message, path=name, hint="请单独检查这个文件。")


def _size(path: str | KouhaoError) -> int:
    return Path(path).stat().st_size if isinstance(path, str) and Path(path).is_file() else 0


def _check(task: Task, path: str | KouhaoError) -> Outcome:
    """Check one document, or pass on why there is none."""
    if isinstance(path, KouhaoError):
        return path
    try:
        if path == "-" and task.stdin_filename:
            name = task.stdin_filename
            return _checker(task).check(read_bytes(read_file("-"), name, Path(name).suffix.lower()))
        return _checker(task).check(read_as_text(path) if task.as_text else read_document(path))
    except KouhaoError as error:
        return error


def _checker(task: Task) -> Checker:
    """Return what this process checks with: its own, or a copy of that of the process that started it."""
    if task not in _checkers:
        _checkers[task] = Checker(open_glossaries(task.glossaries, builtin=task.builtin), task.rules, task.as_of)
    return _checkers[task]


_checkers: dict[Task, Checker] = {}
