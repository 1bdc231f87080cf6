"""Twice as much of anything takes about twice as long, whatever command reads it: nothing is quadratic."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults import shapes
from tests.fuzz.harness import run_limited

THOROUGH = bool(os.environ.get("KOUHAO_THOROUGH"))
SIZE = 16_000 if THOROUGH else 4_000
"""Bytes of the smaller document; the other one is four times as large."""

MOST, FLOOR, MOST_TRIES = 6.0, 0.4, 4
"""Four times as much may take so many times as long; what takes less than the floor, in seconds, tells nothing.

A square would take sixteen times as long.
"""

COMMANDS = {
    "check": ["check", "--format", "json"],
    "expand": ["expand", "--all"],
    "scan": ["scan"],
    "harvest": ["harvest", "--all"],
}
DOCUMENTS = [
    (kind, name, unit)
    for kind, table in (("txt", shapes.TEXTS), ("html", shapes.PAGES), ("md", shapes.MARKDOWN))
    for name, unit in table.items()
]
TRIED = [(command, *document) for at, command in enumerate(COMMANDS) for document in DOCUMENTS[:: 1 if THOROUGH else 4]]


def seconds(arguments: list[str], folder: Path) -> float:
    """Return the time of the processor that a command line takes."""
    before = time.process_time()
    code, told = run_limited(arguments, folder)
    assert code in {0, 1, 2}, told
    assert "E_BUG" not in told, told
    return time.process_time() - before


def assert_linear(measure: Callable[[int], float], sizes: tuple[int, int, int]) -> None:
    """Hold the time of four times as much against the bound, each time the least of several: a busy machine adds, it never takes away."""
    times = [float("inf")] * len(sizes)
    for _ in range(MOST_TRIES):
        times = [min(least, measure(size)) for least, size in zip(times, sizes, strict=True)]
        nothing, once, more = times
        if more - nothing < FLOOR or more - nothing < MOST * max(once - nothing, FLOOR / 8):
            return
    pytest.fail(f"{times}")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("command", "kind", "name", "unit"), TRIED, ids=[f"{one[0]}-{one[2]}" for one in TRIED])
def test_documents(command: str, kind: str, name: str, unit: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.{kind}"

    def measure(size: int) -> float:
        path.write_text(unit * (size // len(unit.encode())), encoding="utf-8", newline="")
        return seconds([*COMMANDS[command], str(path)], tmp_path)

    measure(0)  # what is loaded once is not counted
    assert_linear(measure, (0, SIZE, 4 * SIZE))


def a_minute_and_a_gigabyte() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))


@pytest.mark.timeout(300)
@pytest.mark.skipif(not THOROUGH, reason="make fuzz")
@pytest.mark.parametrize("command", ["scan", "expand", "check", "harvest"])
def test_a_hundred_megabytes_in_one_line(command: str, tmp_path: Path) -> None:
    """A minute of the processor and a gigabyte are enough."""
    path = tmp_path / "a.txt"
    path.write_text("会议强调要坚持以人民为中心的发展思想，" * 1_800_000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kouhao", command, str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=a_minute_and_a_gigabyte,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr


LISTED = [(name, command) for name, (_, _, commands) in shapes.LISTS.items() for command in commands]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "command"), LISTED, ids=[f"{name}-{command[0]}" for name, command in LISTED])
def test_lists(name: str, command: list[str], tmp_path: Path) -> None:
    make, suffix, _ = shapes.LISTS[name]

    def measure(count: int) -> float:
        path = tmp_path / f"{count}.{suffix}"
        path.write_text(make(count), encoding="utf-8")
        return seconds([str(path) if word == "FILE" else word for word in command], tmp_path)

    measure(2)
    assert_linear(measure, (2, 60, 240))
