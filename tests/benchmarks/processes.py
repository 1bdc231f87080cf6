"""Whole processes, timed in turn."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median

RUNS = 15


@dataclass(frozen=True)
class Command:
    """A command line with what its output must hold, its surroundings and its standard input."""

    words: tuple[str, ...]
    holds: str = ""
    surroundings: tuple[tuple[str, str], ...] = ()
    stdin: Path | None = None


def ratio(ours: Command, peer: Command, runs: int = RUNS) -> float:
    """Return the median of the ratios of runs in turn, once the answers are checked."""
    return median_ratio([(ours, peer)] * runs)


def median_ratio(pairs: Sequence[tuple[Command, Command]]) -> float:
    """Return the median of the ratios of pairs of commands, run in turn once all answers are checked.

    Each runs twice, and the second run counts: none pays for what the other has put out of the processor's caches.
    """
    for command in dict.fromkeys(chain.from_iterable(pairs)):
        if command.holds not in run(command):
            print(f"wrong answer: {' '.join(command.words)}")
    return median(_timed_again(ours) / _timed_again(peer) for ours, peer in pairs)


def _timed_again(command: Command) -> float:
    timed(command)
    return timed(command)


def run(command: Command) -> str:
    """Return what a command prints."""
    with command.stdin.open("rb") if command.stdin else open(os.devnull, "rb") as stdin:  # noqa: PTH123
        done = subprocess.run(command.words, stdin=stdin, capture_output=True, check=False, env=surroundings(command))
    return done.stdout.decode("utf-8", "replace")


def timed(command: Command) -> float:
    """Return the seconds of a run; its output is read, since grep stops at its first match where nobody reads."""
    with command.stdin.open("rb") if command.stdin else open(os.devnull, "rb") as stdin:  # noqa: PTH123
        started = time.perf_counter()
        subprocess.run(
            command.words,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            env=surroundings(command),
        )
        return time.perf_counter() - started


def surroundings(command: Command) -> dict[str, str]:
    """Return the environment of a command."""
    return os.environ | dict(command.surroundings)


def peak(*words: str) -> float:
    """Return the most memory that a command takes, MiB."""
    code = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=-3);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(run(Command((sys.executable, "-c", code, *words)))) / 1024
