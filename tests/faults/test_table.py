"""Every command is held against every row of `table.tsv`; which places a command has, the program's own table of options says.

A command that is new is tried by itself: its words are made up from what its arguments take.
"""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.program import Done, Program

from kouhao.commands.options import COMMANDS, Argument, Command, Option

GOOD = "source:\n  id: own\n  title: 甲\nentries:\n  - term: 三个能\n    basis: mentioned\n    quote: 三个能\n"
HEAD = "source: {id: own, title: 甲}\nentries:\n"
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 10))
CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "nul": b"a\0b\0c",
    "random": random.Random(1).randbytes(4096),  # noqa: S311  the same each time
    "undecodable": "落实三个能。".encode() + b"\xff\xfe\xfd",
    "utf-32": "落实三个能。".encode("utf-32"),
    "brackets": b"[" * 50_000,
    "deep": "".join(" " * n + "a:\n" for n in range(1500)).encode(),
    "bomb": BOMB.encode(),
    "python": (HEAD + "  - !!python/object:os.system {}\n").encode(),
    "complex-keys": (HEAD + "  - {[a]: b, ? {c: d} : [e]}\n").encode(),
    "escapes": (GOOD + '    note: "甲\\e[2J\\e]0;x\\a"\n').encode() + "落实\x1b[2J三个能".encode(),
    "zip": b"",
    "truncated-zip": b"PK\x03\x04" + bytes(100),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "markup": b"<!DOCTYPE html><html><body>" + b"<a " * 2000 + b"<!--",
    "pack": b'{"source": {"id": "own", "title": "\xe7\x94\xb2"}}\n\xff\xfe\n[1]\n{"term": 1}\n',
}
SUFFIXES = {"zip": ".docx", "truncated-zip": ".docx", "ole": ".doc", "markup": ".html", "pack": ".jsonl"}
SETTINGS = {
    "deep-toml": b"x = " + b"[" * 5000,
    "huge-number": b"x = " + b"9" * 5000,
    "nul-path": b'glossary = ["a\\u0000b"]',
    "no-toml": b"\xff\xff",
}
SURROUNDINGS = {**os.environ, "EDITOR": "true", "VISUAL": "true"}
"""An editor that leaves everything as it is, at once."""

ENDLESS = {"serve", "lsp"}
"""Commands that go on until they are told to end; they read the same glossaries as the others."""


CREATE = {"add"}
"""Commands that make the file that is missing."""


class Row(NamedTuple):
    """A row of the table."""

    place: str
    input: str
    code: str
    exits: list[int]


def rows() -> Iterator[Row]:
    """Yield the rows of the table."""
    for line in Path(__file__).with_name("table.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "place\t")):
            place, given, code, exits, _ = line.split("\t")
            yield Row(place, given, code, [int(number) for number in exits.split()])


ROWS = list(rows())
TRIED = [command for name, command in COMMANDS.items() if name not in ENDLESS]
STEP = 1 if os.environ.get("KOUHAO_THOROUGH") else 6
"""`make fuzz` tries each file on each command, `make test` on every sixth, another sixth for each file."""

FILES = [row for row in ROWS if row.place == "file"]
PAIRS = [(row, command) for at, row in enumerate(FILES) for command in TRIED[at % STEP :: STEP]]


MORE = {
    "add": ["--term", "四个会", "--quote", "做到“四个会”。", "--title", "甲"],
    "export": ["--format", "csv"],
}
"""What else a command insists on."""


def words(command: Command, folder: Path, *, without: Argument | Option | None = None) -> list[str]:
    """Return a good command line for a command, but for one of its arguments."""
    for name, content in (("good.yaml", GOOD), ("good.csv", "词,展开\n三个能,能学、能讲、能写\n")):
        (folder / name).write_text(content, encoding="utf-8")
    file = str(folder / ("good.csv" if command.name == "import" else "good.yaml"))
    good = {"file": file, "shell": "bash", "show": "show", "action": "show", "command": "lookup"}
    given = [good.get(one.offers, "五好") for one in command.arguments if one is not without]
    return [command.name, *given, *MORE.get(command.name, [])]


def places(command: Command) -> list[Argument | Option]:
    """Return the arguments of a command that name a file to read, and its option for glossaries."""
    options = [option for option in command.options if option.spellings[0] == "--glossary"]
    return [*(one for one in command.arguments if one.offers == "file"), *options]


def prepare(given: str, folder: Path) -> str:
    """Make an input in a folder, and return its path."""
    name = {"bad-name": os.fsdecode(b"x\xff"), "odd-name": "甲\n乙\x1b[2J\r\u202e"}.get(given, given)
    path = folder / (name + SUFFIXES.get(given, ".yaml"))
    if given == "missing":
        return str(path)
    if given == "folder":
        path.mkdir()
    elif given == "device":
        return "/dev/zero"
    elif given == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(CONTENTS.get(given, GOOD.encode()))
    if given == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
    return str(path)


def check(done: Done, row: Row, tried: list[str]) -> None:
    """Hold what came of a command against a row."""
    told = done.stderr.decode("utf-8", "replace")
    shown = f"{tried}: {done.code} {told[:400]}"
    assert done.code in row.exits, shown
    assert "E_BUG" not in told, shown
    assert "Traceback" not in told, shown
    assert b"\x1b" not in done.stderr, shown
    assert row.code == "-" or done.code in {0, 1} or f"error[{row.code}]" in told, shown
    assert done.code != 2 or row.place == "stdout" or "error[E_" in told, shown


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("row", "command"), PAIRS, ids=lambda one: one.input if isinstance(one, Row) else one.name)
def test_files(row: Row, command: Command, program: Program, tmp_path: Path) -> None:
    for place in places(command):
        path = prepare(row.input, tmp_path)
        option = isinstance(place, Option)
        tried = [*words(command, tmp_path), "-g"] if option else words(command, tmp_path, without=place)
        tried.append(path)
        if (row.input == "missing" and command.name in CREATE) or (row.input == "bad-name" and option):
            continue  # an option that is not UTF-8 is refused before it is read
        done = program.run("door", tried, stdin=b"", folder=tmp_path, surroundings=SURROUNDINGS)
        check(done, row, tried)
        for made in tmp_path.iterdir():
            if not made.name.startswith("good"):
                made.rmdir() if made.is_dir() else made.unlink()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("command", TRIED, ids=lambda command: command.name)
@pytest.mark.parametrize("row", [row for row in ROWS if row.place == "settings"], ids=lambda row: row.input)
def test_settings(row: Row, command: Command, program: Program, tmp_path: Path) -> None:
    (tmp_path / "kouhao.toml").write_bytes(SETTINGS[row.input])
    tried = words(command, tmp_path)
    done = program.run("door", tried, stdin=b"", folder=tmp_path, surroundings=SURROUNDINGS)
    check(done, row, tried)


@pytest.mark.timeout(120)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", TRIED, ids=lambda command: command.name)
@pytest.mark.parametrize("row", [row for row in ROWS if row.place == "stdout"], ids=lambda row: row.input)
def test_outputs(row: Row, command: Command, program: Program, tmp_path: Path) -> None:
    tried = words(command, tmp_path)
    full = Path("/dev/full")
    outputs = (full, full if row.input == "both-full" else tmp_path / "stderr")
    done = program.run("door", tried, stdin=b"", folder=tmp_path, surroundings=SURROUNDINGS, outputs=outputs)
    check(done, row, tried)
