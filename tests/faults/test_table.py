"""Every command is held against every row of `table.tsv`; which places a command has, the program's own table of options says.

A command that is new is tried by itself: its words are made up from what its arguments take. A row that no one rule over all commands can
prove names the test or the golden case that does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.faults import inputs
from tests.program import CLOSED, GONE, Done, Program

from kouhao.commands.command_line.options import COMMANDS, GROUPS, Argument, Command, Option

ROOT = Path(__file__).parent.parent.parent
SURROUNDINGS = {**os.environ, "EDITOR": "true", "VISUAL": "true"}
"""An editor that leaves everything as it is, at once."""

ENDLESS = {"serve", "lsp"}
"""Commands that go on until they are told to end; they read the same glossaries as the others."""

CREATE = {"add"}
"""Commands that make the file that is missing."""

TABLES = {"import"}
"""Commands whose file is a table."""

MORE = {
    "add": ["--term", "四个会", "--quote", "做到“四个会”。", "--title", "甲"],
    "edit": ["-g", "good.yaml"],
    "export": ["--format", "csv"],
}
"""What else a command insists on."""

RARE = "𠮷祥三个能"
"""A term with a character that GBK lacks."""

PROMISES = 60
"""How many promises are numbered; a row beyond them has none."""


class Row(NamedTuple):
    """A row of the table."""

    promise: str
    place: str
    input: str
    code: str
    exits: list[str]

    def __str__(self) -> str:
        return f"{self.promise}-{self.place}-{self.input}"


def rows() -> Iterator[Row]:
    """Yield the rows of the table; what is tried as a file is tried as what an option names, to be read or written, too."""
    for line in Path(__file__).with_name("table.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "promise\t")):
            promise, place, given, code, exits, _ = line.split("\t")
            yield Row(promise, place, given, code, exits.split())
            if place == "file":
                yield Row("-", "named", given, "-", ["0", "1", "2"])


class Trial(NamedTuple):
    """A command line, and one with its folder that it should say the same as, where there is one."""

    words: Sequence[str | bytes]
    like: tuple[list[str], Path] | None = None
    variables: Mapping[str, str] = {}
    outputs: tuple[Path, Path] | None = None


def words(command: Command, folder: Path, *, without: Argument | Option | None = None) -> list[str]:
    """Return a good command line for a command, but for one of its arguments, with the files that it names in a folder."""
    folder.mkdir(exist_ok=True)
    for name, content in (("good.yaml", inputs.GOOD), ("good.csv", "词,展开\n三个能,能学、能讲、能写\n")):
        (folder / name).write_text(content, encoding="utf-8")
    file = "good.csv" if command.name in TABLES else "good.yaml"
    term = "三个能" if "good.yaml" in MORE.get(command.name, ()) else "五好"
    good = {"file": file, "term": term, "shell": "bash", "show": "show", "action": "show", "command": "lookup"}
    given = [good.get(one.offers, "五好") for one in command.arguments if one is not without]
    return [command.name, *MORE.get(command.name, []), *given]


def takes(command: Command, offered: str) -> list[Argument]:
    """Return the arguments of a command that take something."""
    return [one for one in command.arguments if one.offers == offered]


def option(command: Command, spelling: str) -> Option | None:
    """Return an option of a command, if it has it."""
    return next((one for one in command.options if spelling in one.spellings), None)


def reads_documents(command: Command) -> bool:
    return command in GROUPS["文稿的命令"] and bool(takes(command, "file"))


def try_option(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    good = words(command, folder)
    if row.input in ODD_OPTIONS:
        for odd in ODD_OPTIONS[row.input](command):
            yield Trial([*good, *odd])
    else:
        yield Trial([*good, row.input])


def said(one: Option) -> list[str]:
    """Return the words of an option, with a value where it has one."""
    return [one.spellings[0], *([one.choices[0] if one.choices else "1"] if one.value else [])]


def not_utf_8(command: Command) -> Iterator[list[str]]:
    """Yield an argument that is no UTF-8, in each format."""
    formats = option(command, "--format")
    for form in formats.choices if formats and command.name not in MORE else ():
        yield ["--format", form, "\udcff"]


def together(command: Command) -> Iterator[list[str]]:
    """Yield what cannot stand together among the options of a command."""
    for one in command.options:
        for other in one.excludes:
            name, _, value = other.partition("=")
            excluded = option(command, name)
            if excluded and (not value or value in excluded.choices):
                yield [*said(one), *([name, value] if value else said(excluded))]


ODD_OPTIONS: dict[str, Callable[[Command], Iterable[list[str]]]] = {
    "empty": lambda command: ([one.spellings[0], ""] for one in command.options if one.value),
    "alone": lambda command: (said(one) for one in command.options if one.needs),
    "many": lambda command: (
        [one.spellings[0], "99999", *one.needs.split()[:1]] for one in command.options if one.least is not None
    ),
    "together": together,
    "not-utf-8": not_utf_8,
}
"""Options that mean nothing: without a value, without the one that they are for, beside one that says otherwise."""


def try_nothing(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    """A glossary without entries, in each format."""
    formats = option(command, "--format")
    for form in formats.choices if formats and command.name not in MORE else ["csv"]:
        yield Trial([*words(command, folder), row.input, *(["--format", form] if formats else [])])


def try_query(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    for argument in takes(command, "term"):
        yield Trial([*words(command, folder, without=argument), "--", inputs.QUERIES[row.input]])


def try_file(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    path = inputs.make(row.input, folder)
    if not (row.input == "missing" and command.name in CREATE):
        for argument in takes(command, "file"):
            yield Trial([*words(command, folder, without=argument), path])
    if option(command, "-g") and row.input != "bad-name":  # an option that is not UTF-8 is refused before it is read
        yield Trial([*words(command, folder), "-g", path])


def named(command: Command) -> list[Option]:
    """Return the options of a command that name a file, but for glossaries."""
    return [one for one in command.options if one.offers == "file" and "-g" not in one.spellings]


def try_named(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    for one in named(command):
        path = inputs.make(row.input, folder / one.spellings[0])
        (folder / "a.txt").write_text(inputs.FAULTY, encoding="utf-8")
        good = [command.name, "a.txt"] if reads_documents(command) else words(command, folder)
        yield Trial([*good, *one.needs.split()[:1], one.spellings[0], path])


def try_glossary(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    path = folder / "bad.yaml"
    path.write_text(inputs.GLOSSARIES[row.input], encoding="utf-8")
    formats = option(command, "--format")
    for_machines = ["--format", "json"] if formats and "json" in formats.choices else []
    if command in GROUPS["词库的命令"] and command.name not in TABLES:
        for argument in takes(command, "file"):
            yield Trial([*words(command, folder, without=argument), str(path), *for_machines])
    if option(command, "-g"):
        yield Trial([*words(command, folder), "-g", str(path), *for_machines])


def on_documents(command: Command) -> Iterator[list[str]]:
    """Yield the ways in which a command reads a document."""
    if reads_documents(command):
        yield [command.name]
        if option(command, "--fix"):
            yield [command.name, "--fix"]


def try_text(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    plain = folder / "plain"
    plain.mkdir()
    (plain / "a.txt").write_text(inputs.CLEAN if row.input == "empty" else inputs.FAULTY, encoding="utf-8")
    for asked in on_documents(command):
        (folder / "a.txt").write_bytes(inputs.TEXTS[row.input])
        yield Trial([*asked, "a.txt"], ([*asked, "a.txt"], plain))


def try_package(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    for asked in on_documents(command):
        (folder / "a.docx").write_bytes(inputs.PACKAGES[row.input])
        yield Trial([*asked, "a.docx"])


def try_beside(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    """What cannot be read costs what stands beside it nothing."""
    for asked in on_documents(command):
        for place in (folder, folder / "plain"):
            place.mkdir(exist_ok=True)
            (place / "good.txt").write_text(inputs.FAULTY, encoding="utf-8")
        yield Trial([*asked, inputs.make(row.input, folder), "good.txt"], ([*asked, "good.txt"], folder / "plain"))


def try_tree(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    """What is no document costs the folder that it lies in nothing."""
    trees = folder / "tree", folder / "plain" / "tree"
    for tree in trees:
        tree.mkdir(parents=True)
        (tree / "good.txt").write_text(inputs.FAULTY, encoding="utf-8")
    if row.input == "pipe":
        os.mkfifo(trees[0] / "pipe.txt")
    else:
        name, content = {
            "picture": ("a.png", b"\x89PNG\r\n\x1a\n\0\0"),
            "archive": ("a.zip", b"PK\x05\x06" + bytes(18)),
        }.get(row.input, ("bad.docx", b"PK\x03\x04" + bytes(100)))
        (trees[0] / name).write_bytes(content)
    for asked in on_documents(command):
        if "--fix" not in asked and command.name != "expand":
            yield Trial([*asked, "tree"], ([*asked, "tree"], folder / "plain"))


def try_settings(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    inputs.put(row.input, folder / "kouhao.toml")
    yield Trial(words(command, folder))


def try_records(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    good = json.dumps({"id": 1, "text": inputs.FAULTY}).encode()
    (folder / "a.jsonl").write_bytes(b"\n".join((good, inputs.RECORDS[row.input], good)))
    yield Trial([command.name, "--jsonl-in", "a.jsonl"])


def try_stdout(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    full, told = Path("/dev/full"), folder / "stderr"
    outputs = {"full": (full, told), "both-full": (full, full), "closed": (CLOSED, told), "gone": (GONE, told)}
    plain = folder / "plain"
    like = (words(command, plain), plain) if row.input == "gone" else None
    yield Trial(words(command, folder), like, outputs=outputs[row.input])


def try_surroundings(command: Command, row: Row, folder: Path) -> Iterator[Trial]:
    plain = folder / "plain"
    for place in (folder, plain):
        asked = [word.replace("五好", RARE) for word in words(command, place)]
        (place / "rare.yaml").write_text(inputs.GOOD.replace("三个能", RARE), encoding="utf-8")
    for spelling, more in (("-g", ["-g", "rare.yaml"]), ("--no-builtin", ["--no-builtin"])):
        asked += more if option(command, spelling) else []
    if row.input == "c-locale" and option(command, "--json"):
        asked.append("--json")
    yield Trial(asked, (asked, plain), variables=inputs.SURROUNDINGS[row.input])


PLACES: dict[str, Callable[[Command, Row, Path], Iterator[Trial]]] = {
    name.removeprefix("try_"): function for name, function in [*globals().items()] if name.startswith("try_")
}
HAS: dict[str, Callable[[Command], object]] = {
    "query": lambda command: takes(command, "term"),
    "nothing": lambda command: option(command, "--no-builtin"),
    "file": lambda command: takes(command, "file") or option(command, "-g"),
    "named": named,
    "glossary": lambda command: (
        (command in GROUPS["词库的命令"] and command.name not in TABLES) or option(command, "-g")
    ),
    **dict.fromkeys(("text", "package", "beside", "tree"), reads_documents),
    "records": lambda command: option(command, "--jsonl-in"),
}
"""Whether a command has a place; those that are not here every command has."""

ROWS = [*rows()]
PAIRS = [
    (row, command)
    for row in ROWS
    if row.place in PLACES
    for name, command in COMMANDS.items()
    if name not in ENDLESS and (row.place not in HAS or HAS[row.place](command))
]
STEP = 1 if os.environ.get("KOUHAO_THOROUGH") else 6
"""`make fuzz` tries each pair, `make test` every sixth."""


@pytest.fixture(scope="module")
def guarded() -> Iterator[Program]:
    """Give a program that may not read what its user may not."""
    drop = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    if os.geteuid() == 0 and not (
        shutil.which("setpriv") and subprocess.run([*drop, "true"], check=False).returncode == 0
    ):
        pytest.skip("root may read everything")
    started = Program(drop if os.geteuid() == 0 else ())
    yield started
    started.close()


def answer(trial: Trial, program: Program, folder: Path) -> Done:
    """Return what comes of a trial; where variables matter that only a new interpreter reads, one is started."""
    if trial.variables:
        command = [sys.executable, "-m", "kouhao", *trial.words]
        done = subprocess.run(
            command, cwd=folder, env={**SURROUNDINGS, **trial.variables}, input=b"", capture_output=True, check=False
        )
        return Done(done.stdout, done.stderr, done.returncode)
    return program.run("door", trial.words, stdin=b"", folder=folder, surroundings=SURROUNDINGS, outputs=trial.outputs)


def hold(done: Done, row: Row, trial: Trial, like: Done | None) -> None:
    """Hold what came of a trial against its row."""
    told = done.stderr.decode("utf-8", "replace")
    shown = f"{trial.words}: {done.code} {told[:600]}"
    allowed = {int(number) for number in row.exits if number.isdecimal()}
    if like:
        shown += f" like {like.code} {like.stderr.decode()[:200]}"
        allowed = allowed or {like.code}
        assert "same" not in row.exits or one_form(done.stdout) == one_form(like.stdout), shown
        if row.input == "gone":
            allowed = {141 if like.stdout else like.code}
            assert done.stderr in (b"", like.stderr), shown
    assert done.code in allowed, shown
    assert "E_BUG" not in told, shown
    assert "Traceback" not in told, shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", told), shown
    assert b"\x1b" not in done.stdout or trial.words[0] == "expand", shown  # which writes the document as it is
    assert row.code == "-" or done.code in {0, 1} or f"error[{row.code}]" in told, shown
    assert row.place != "glossary" or is_told(done.stdout, trial.words[-1], row.code), shown
    assert (row.place, row.input) != ("option", "not-utf-8") or is_told(done.stdout, trial.words[-2]), shown
    assert done.code != 2 or row.place in {"stdout", "records"} or "error[E_" in told, shown


def is_told(stdout: bytes, form: str | bytes, code: str = "E_ARG_ENCODING") -> bool:
    """Return whether a machine that reads a format hears of an error."""
    if form in {"json", "sarif"}:
        json.loads(stdout)
    return code.encode() in stdout or form not in {"json", "jsonl", "gcc", "sarif", "rdjsonl", "github"}


def one_form(stdout: bytes) -> str:
    """Return an output without what its encoding, its line ends, its width and others' indexes have to do with."""
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if encoding != "utf-16" or stdout.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                return re.sub("[\\s│╭╮╰╯─]|[0-9.]+\\s*MB", "", stdout.decode(encoding)).replace("𠮷", "?")
            except UnicodeDecodeError:
                continue
    raise AssertionError(stdout)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("row", "command"), PAIRS[::STEP], ids=lambda one: str(one) if isinstance(one, Row) else one.name
)
def test_promise(row: Row, command: Command, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if row.place == "stdout" and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    program: Program = request.getfixturevalue("guarded" if row.input == "unreadable" else "program")
    for trial in PLACES[row.place](command, row, tmp_path):
        like = answer(Trial([*trial.like[0]]), program, trial.like[1]) if trial.like else None
        done = answer(trial, program, tmp_path)
        hold(done, row, trial, like)
        if row.place == "records":
            answered = [json.loads(line) for line in done.stdout.decode().splitlines()]
            assert [("error" in one, one.get("line", 2)) for one in answered] == [(False, 2), (True, 2), (False, 2)]


def test_every_promise_has_a_row() -> None:
    assert {row.promise for row in ROWS} - {"-"} == {str(number) for number in range(1, PROMISES + 1)}
    assert {row.place for row in ROWS} <= PLACES.keys() | {"test", "case"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.place in {"test", "case"}], ids=str)
def test_what_a_row_names_is_there(row: Row) -> None:
    if row.place == "case":
        assert (ROOT / "tests" / "cases" / row.input / "cmd").exists()
    else:
        path, _, name = row.input.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")
