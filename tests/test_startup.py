"""A plain lookup loads what it needs and nothing else: the list is the budget."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

import kouhao
from kouhao.commands.main import run

ALLOWED = {
    "_json",
    "_sqlite3",
    "gc",
    "kouhao",
    "kouhao.commands.command_line",
    "kouhao.commands.command_line.argv",
    "kouhao.commands.command_line.options",
    "kouhao.commands",
    "kouhao.commands.lookup",
    "kouhao.commands.main",
    "kouhao.commands.console",
    "kouhao.commands.console.terminal",
    "kouhao.data",
    "kouhao.index",
    "kouhao.index.cache",
    "kouhao.index.folder",
    "kouhao.index.reader",
    "kouhao.index.schema",
    "kouhao.index.version",
    "kouhao.commands.inputs",
    "kouhao.commands.inputs.glossaries",
    "kouhao.language",
    "kouhao.language.lexicon",
    "kouhao.language.normalize",
    "kouhao.language.pinyin",
    "kouhao.lookup",
    "kouhao.lookup.answer",
    "kouhao.lookup.engine",
    "kouhao.lookup.exact",
    "kouhao.lookup.query",
    "kouhao.output",
    "kouhao.output.entries",
    "kouhao.paths",
    "zlib",
}
COUNTING = {"math", "encodings.utf_16_le", "mmap", "kouhao.errors", "kouhao.files", "kouhao.language.background"}
"""What is loaded besides to put the words that begin so in the order of their use."""

GUESSING = COUNTING | {
    "_bisect",
    "bisect",
    "kouhao.lookup.beside",
    "kouhao.lookup.candidates",
    "kouhao.lookup.decision",
    "kouhao.lookup.edit_distance",
    "kouhao.lookup.features",
    "kouhao.lookup.judged",
    "kouhao.lookup.question",
    "kouhao.lookup.recognize",
    "kouhao.lookup.verbatim",
    "kouhao.language.word_boundary",
}
"""What is loaded besides when a query is written as no term is."""

PROBE = """
import sys
before = set(sys.modules)
from kouhao.commands.main import run
from kouhao.commands.main import import_sqlite
import_sqlite()
run(sys.argv[1:])
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """In a source checkout the first lookup compiles the glossary, which takes more than the budget."""
    run(["五好"])


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",  # without settings
    )
    return set(done.stderr.splitlines()[-1].split())


def test_plain_lookup_loads_only_the_budget() -> None:
    for query in ("五好", "wuhao", "sjstb", "五個百"):
        assert loaded(query) <= ALLOWED
    for query in ("三近三同步", "五好是什么意思", "没有这个词"):
        assert loaded(query) <= ALLOWED | GUESSING


def test_completion_loads_only_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        monkeypatch.setenv("_KOUHAO_COMPLETE", shell)
        for line in ("kouhao 三进", "kouhao wuh", "kouhao --fo", "kouhao list --topic "):
            monkeypatch.setenv("_KOUHAO_LINE", line)
            assert loaded() <= ALLOWED | COUNTING | {"kouhao.commands.completion"}


def test_json_lookup_does_not_load_json() -> None:
    assert loaded("--json", "五好") <= ALLOWED


def test_lookup_in_an_own_glossary_does_not_load_typer(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "source: {id: own, title: 甲}\nentries: [{term: 三个能, basis: mentioned, quote: 三个能}]\n", encoding="utf-8"
    )
    loaded("--no-builtin", "-g", str(own), "三个能")
    assert loaded("--no-builtin", "-g", str(own), "三个能") <= ALLOWED


def test_terminal_lookup_does_not_load_typer() -> None:
    assert not {"typer", "kouhao.entry"} & loaded("--format", "text", "--color", "always", "五好")


def test_sqlite_comes_without_functools_and_leaves_it_to_others() -> None:
    code = f"""
import sys
sys.path.insert(0, {str(Path(kouhao.__path__[0]).parent)!r})
from kouhao.commands.main import import_sqlite
import_sqlite()
from kouhao.index.reader import open_database
print("functools" in sys.modules)
database = open_database(sys.argv[1])
print(database.execute("SELECT 1 + 1").fetchone(), database.execute("SELECT 1 + 1").fetchone())
import functools, sqlite3
print(functools.lru_cache(len)("ab"), sqlite3.connect(":memory:").execute("SELECT 3").fetchone())
"""
    with NamedTemporaryFile(suffix=".sqlite") as empty:
        done = subprocess.run(
            [sys.executable, "-S", "-c", code, empty.name], capture_output=True, text=True, check=True
        )
    assert done.stdout.splitlines() == ["False", "(2,) (2,)", "2 (3,)"]


def test_the_library_puts_nothing_in_the_place_of_a_module() -> None:
    code = "import sys, kouhao; kouhao.open; print(sys.modules['functools'].__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "functools\n"


@pytest.mark.parametrize("length", [1, 100_000])
def test_plain_scan_loads_no_typer_and_no_typing(length: int, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("推行“五好”建设。\n" * length, encoding="utf-8")
    threads = {"collections", "functools", "queue", "threading"}
    forbidden = {"typer", "typing", "dataclasses", "json", "contextlib", "logging"} | (
        threads if length == 1 else set()
    )
    assert not forbidden & loaded("scan", str(text))


@pytest.mark.parametrize(("content", "offered"), [("三个能办成", {"三个能办成"}), ("", set())])
def test_own_glossaries_complete_and_broken_ones_are_silent(
    content: str, offered: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        f"source: {{id: own, title: 甲}}\nentries: [{{term: '{content}', basis: mentioned, quote: '{content}'}}]\n",
        encoding="utf-8",
    )
    for name, value in {
        "KOUHAO_GLOSSARY": str(own),
        "_KOUHAO_COMPLETE": "bash",
        "_KOUHAO_LINE": "kouhao 三",
    }.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-m", "kouhao"], capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) & {"三进三同步", "三个能办成"} == {"三进三同步"} | offered
    assert not done.stderr
