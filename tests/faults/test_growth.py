"""Twice as much of anything takes about twice as long, whatever command reads it: nothing is quadratic."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.faults import shapes
from tests.faults.test_table import ENDLESS, HAS, option, takes, words
from tests.fuzz.harness import run_limited

from kouhao.commands.command_line.options import COMMANDS, GROUPS, Command

THOROUGH = bool(os.environ.get("KOUHAO_THOROUGH"))
SIZE = 16_000 if THOROUGH else 4_000
"""Bytes of the smaller document; the other one is four times as large."""

MOST, FLOOR, MOST_TRIES = 6.0, 0.4, 4
"""Four times as much may take so many times as long; what takes less than the floor, in seconds, tells nothing.

A square would take sixteen times as long.
"""

READERS = {
    "check": ["check", "--format", "json"],
    "expand": ["expand", "--all"],
    "scan": ["scan"],
    "harvest": ["harvest", "--all"],
    "import": ["import"],
}
WRITERS = [
    ["check"],
    ["check", "--color", "always"],
    ["check", "--format", "sarif"],
    ["check", "--diff"],
    ["check", "--fix", "--output", "fixed.txt"],
    ["check", "--write-baseline", "known.json"],
    ["expand", "--all", "--footnotes"],
    ["expand", "--all", "--replace"],
    ["harvest", "--all", "--format", "jsonl"],
    ["harvest", "--into", "new.yaml"],
    ["scan", "--format", "json"],
]
"""What else commands do with what they read."""

DOCUMENTS = [
    (kind, name, unit)
    for kind, table in (("txt", shapes.TEXTS), ("html", shapes.PAGES), ("md", shapes.MARKDOWN))
    for name, unit in table.items()
]
TRIED = [
    (command, *document)
    for command in READERS
    for document in DOCUMENTS[:: 1 if THOROUGH else 4]
    if command != "import" or document[0] != "txt"
]


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
        return seconds([*READERS[command], str(path)], tmp_path)

    measure(0)  # what is loaded once is not counted
    assert_linear(measure, (0, SIZE, 4 * SIZE))


PIECES = st.sampled_from([*shapes.TEXTS.values(), "落实", "。", "的", "\n", "（一）", "“三比”：比学、比赶、比超。"])


@pytest.mark.timeout(0)
@settings(max_examples=60 if THOROUGH else 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    unit=st.lists(PIECES, min_size=1, max_size=5).map("".join),
    command=st.sampled_from([*READERS.values(), *WRITERS]),
    kind=st.sampled_from(["txt", "md", "html"]),
)
def test_any_shape(unit: str, command: list[str], kind: str) -> None:
    """Whatever is repeated, in whatever format it is told."""

    def measure(size: int) -> float:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"a.{kind}")
            path.write_text(unit * (size // len(unit.encode()) + 1), encoding="utf-8", newline="")
            return seconds([*command, str(path)], Path(folder))

    measure(0)
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


def assert_list_linear(make: Callable[[int], str], suffix: str, command: list[str], folder: Path) -> None:
    """Hold four times as long a file, which FILE stands for in the command line, against the bound."""

    def measure(count: int) -> float:
        path = folder / f"{count}.{suffix}"
        path.write_text(make(count), encoding="utf-8")
        return seconds([str(path) if word == FILE else word for word in command], folder)

    measure(2)
    assert_linear(measure, (2, 60, 240))


FILE = "FILE"
LISTED = [(name, command) for name, (_, _, commands) in shapes.LISTS.items() for command in commands]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "command"), LISTED, ids=[f"{name}-{command[0]}" for name, command in LISTED])
def test_lists(name: str, command: list[str], tmp_path: Path) -> None:
    make, suffix, _ = shapes.LISTS[name]
    assert_list_linear(make, suffix, command, tmp_path)


GLOSSARIES = [
    (make, command)
    for command in COMMANDS.values()
    if command.name not in ENDLESS and HAS["glossary"](command)
    for make in (shapes.glossary, shapes.many_forms)
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("make", "command"), GLOSSARIES, ids=[f"{make.__name__}-{command.name}" for make, command in GLOSSARIES]
)
def test_glossaries(
    make: Callable[[int], str], command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever command reads a glossary, as its file or with -g."""
    monkeypatch.setenv("VISUAL", "true")
    if option(command, "-g"):
        assert_list_linear(make, "yaml", [*words(command, tmp_path), "-g", FILE], tmp_path)
    for argument in takes(command, "file") if command in GROUPS["词库的命令"] else ():
        assert_list_linear(make, "yaml", [*words(command, tmp_path, without=argument), FILE], tmp_path)
