"""Run a command line in this process, under limits: an exit code that is allowed, at most typed errors, little memory, little time."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from kouhao.commands.main import run

SECONDS = 10
"""Of the processor, for an input under a megabyte."""

MEMORY = 300 * 2**20
"""Bytes that a run may take beside what the warm process has."""


class TooSlowError(BaseException):
    """A run took longer than it may; no command catches it."""


def run_limited(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
    """Return the exit code and standard error of a command line run in `folder`."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    kept = sys.stdout, sys.stderr, sys.stdin, Path.cwd()
    sys.stdout, sys.stderr = streams
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    os.chdir(folder)
    try:
        with _limits():
            code = run(list(arguments))
    finally:
        sys.stdout, sys.stderr, sys.stdin, before = kept
        os.chdir(before)
    return code, streams[1].buffer.getvalue().decode("utf-8", "replace")


@contextlib.contextmanager
def _limits() -> Iterator[None]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, _too_slow)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, hard))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGPROF, before)


def _too_slow(*_: object) -> NoReturn:
    raise TooSlowError


def assert_sound(arguments: Sequence[str], folder: Path) -> int:
    """Run a command line; hold what came of it against the rule, and return the exit code."""
    code, told = run_limited(arguments, folder)
    shown = f"{arguments}: {code} {told[:600]}"
    assert code in {0, 1, 2}, shown
    assert "E_BUG" not in told, shown
    assert "E_RULE" not in told, shown
    assert "内存不够" not in told, shown
    assert "Traceback" not in told, shown
    assert not any(mark in told for mark in "\x1b\x07\u202e"), shown
    assert code != 2 or "error[E_" in told, shown
    assert not list(folder.glob(".kouhao-*")), shown
    return code
