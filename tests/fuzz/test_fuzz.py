"""Every parser and every writer gets files as they should not be: seconds in `make test`, minutes in `make fuzz`.

What was once found lies in `corpus/`, a folder a target, and is tried again at each run.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz import seeds
from tests.fuzz.harness import assert_sound
from tests.fuzz.mutations import mutated, mutated_package

CORPUS = Path(__file__).with_name("corpus")
FOUND = Path(__file__).with_name("found")
EXAMPLES = int(os.environ.get("KOUHAO_EXAMPLES", "4"))
"""So many files a target; `make fuzz` asks for more."""

FILE = "FILE"
"""Stands for the file that is tried, in a command line."""


class Target(NamedTuple):
    """What reads or writes: how the file's name ends, a good file, and the command lines that meet it."""

    name: str
    suffix: str
    seed: Callable[[], bytes]
    commands: list[list[str]]


DOCUMENT = [
    ["check", "--format", "json", FILE],
    ["scan", "--format", "jsonl", FILE],
    ["expand", "--all", FILE],
    ["harvest", "--all", FILE],
]
GLOSSARY = [
    ["-g", FILE, "--no-builtin", "三个能", "sange neng"],
    ["validate", FILE],
    ["check", "-g", FILE, "good.txt"],
    ["diff", "good.yaml", FILE],
    *(
        ["export", "-g", FILE, "--no-builtin", "--format", form, "-o", f"out.{form}"]
        for form in ("csv", "json", "html", "tbx")
    ),
    *(["export", "-g", FILE, "--no-builtin", "--format", form] for form in ("markdown",)),
    ["export", "-g", FILE, "--no-builtin", "--format", "stardict", "-o", "dict"],
    ["list", "-g", FILE, "--no-builtin", "--format", "text"],
]
TARGETS = [
    *(Target(suffix, suffix, seed, DOCUMENT) for suffix, seed in seeds.DOCUMENTS.items()),
    *(
        Target(f"fix-{suffix}", suffix, seed, [["check", "--fix", "--output", f"out.{suffix}", FILE]])
        for suffix, seed in seeds.DOCUMENTS.items()
        if suffix in ("docx", "txt", "md", "html")
    ),
    Target("yaml", "yaml", seeds.GLOSSARY.encode, GLOSSARY),
    Target("pack", "jsonl", seeds.PACK.encode, GLOSSARY),
    Target("fmt", "yaml", seeds.GLOSSARY.encode, [["fmt", FILE]]),
    Target("add", "yaml", seeds.GLOSSARY.encode, [["add", FILE, "--term", "五个会", "--quote", "做到“五个会”。"]]),
    Target("into", "yaml", seeds.GLOSSARY.encode, [["harvest", "good.txt", "--into", FILE]]),
    Target("settings", "toml", seeds.SETTINGS.encode, [["check", "good.txt"], ["五好"], ["config", "show"]]),
    Target(
        "baseline", "json", lambda: b'{"schema": 1, "fingerprints": ["a"]}', [["check", "--baseline", FILE, "good.txt"]]
    ),
    Target("records", "jsonl", seeds.RECORDS.encode, [[name, "--jsonl-in", FILE] for name in ("check", "scan")]),
    *(
        Target(f"import-{suffix}", suffix, seed, [["import", FILE, "-o", "out.yaml"]])
        for suffix, seed in {"csv": seeds.TABLE.encode, "xlsx": seeds.workbook, "ods": seeds.open_sheet}.items()
    ),
    Target(
        "evidence",
        "txt",
        seeds.FAULTY.encode,
        [["add", "new.yaml", "--title", "甲", "--quote", "五好", "--evidence", FILE]],
    ),
]
PACKAGES = {"docx", "xlsx", "pptx", "odt", "ods", "ofd"}
SLOW = {"pdf"}
"""Read in a process of their own, which takes half a second."""


def try_file(target: Target, content: bytes, commands: list[list[str]]) -> None:
    """Run command lines on a file that has this content, each in a folder of its own; one that fails is kept in `found/`."""
    for command in commands:
        try:
            try_command(target, content, command)
        except BaseException:
            FOUND.mkdir(exist_ok=True)
            (FOUND / f"{target.name}.{target.suffix}").write_bytes(content)
            raise


def try_command(target: Target, content: bytes, command: list[str]) -> None:
    """Run a command line on a file that has this content."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "good.yaml").write_text(seeds.GLOSSARY, encoding="utf-8")
        (folder / "good.txt").write_text(seeds.FAULTY, encoding="utf-8")
        file = folder / ("kouhao.toml" if target.name == "settings" else f"a.{target.suffix}")
        file.write_bytes(content)
        code = assert_sound([str(file) if word == FILE else word for word in command], folder)
        assert_readable(target, folder, code)


def assert_readable(target: Target, folder: Path, code: int) -> None:
    """Hold that a glossary that was written can be read."""
    for made in (folder / "out.yaml", folder / "new.yaml"):
        if made.exists():
            assert assert_sound(["-g", str(made), "--no-builtin", "三个能"], folder) in {0, 1}
    if target.name in ("fmt", "add", "into") and code == 0:
        assert assert_sound(["-g", str(folder / "a.yaml"), "--no-builtin", "三个能"], folder) in {0, 1}


@pytest.mark.timeout(0)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_files(target: Target) -> None:
    seed = target.seed()
    strategy = mutated_package(seed) if target.suffix in PACKAGES else mutated(seed)

    @settings(
        max_examples=max(1, EXAMPLES // 4) if target.suffix in SLOW else EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(content=strategy, command=st.sampled_from(target.commands))
    def try_one(content: bytes, command: list[str]) -> None:
        try_file(target, content, [command])

    try_one()


KEPT = [(target, path) for target in TARGETS for path in sorted((CORPUS / target.name).glob("*"))]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=lambda one: one.name)
def test_what_was_once_found(target: Target, path: Path) -> None:
    try_file(target, path.read_bytes(), target.commands)
