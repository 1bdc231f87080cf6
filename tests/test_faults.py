"""What bad input and bad surroundings get on the command line: a result or one typed error, never a traceback."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.program import RUN, kouhao

OWN = "source:\n  id: own\n  title: 甲\nentries:\n  - term: 𠮷祥三件套\n    basis: mentioned\n    quote: 𠮷祥三件套\n"


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    script = command.replace("kouhao", f"{sys.executable} -c 'from kouhao.commands.main import main; main()'")
    return subprocess.run(["bash", "-c", script], capture_output=True, timeout=60, check=False)


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def test_huge_query_on_standard_input() -> None:
    done = kouhao("-", stdin="五".encode() * 350_000)
    assert (done.returncode, b"E_LIMIT" in done.stderr, len(done.stderr) < 500) == (2, True, True)


@pytest.mark.parametrize("arguments", [["fmt", ""], ["check", ""], ["-g", "", "五好"], ["validate", ""], ["scan", ""]])
def test_an_empty_path_is_not_the_working_folder(arguments: list[str]) -> None:
    done = kouhao(*arguments)
    assert (done.returncode, b"E_NOT_FOUND" in done.stderr, done.stdout) == (2, True, b"")


def test_records_of_a_file_that_is_not_there_cost_the_others_nothing(tmp_path: Path) -> None:
    good = tmp_path / "a.jsonl"
    good.write_text('{"id": 1, "text": "五好"}\n', encoding="utf-8")
    done = kouhao("scan", "--jsonl-in", *map(str, (tmp_path / "no.jsonl", good, tmp_path)))
    assert done.returncode == 2
    assert [code in done.stderr for code in (b"E_NOT_FOUND", b"E_IS_DIR")] == [True, True]
    assert done.stdout.count(b'"id": 1') == 1


def test_reader_goes_away() -> None:
    done = shell("set -o pipefail; yes 五好 | head -20000 | kouhao - | head -1")
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["expand", "check", "check --format jsonl", "scan", "scan --format jsonl"])
def test_reader_of_a_document_goes_away(tmp_path: Path, command: str, unbuffered: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("推行“五好”建设,落实5好建设,推进三近三同步。\n" * 4000, encoding="utf-8")
    done = shell(f"export PYTHONUNBUFFERED={unbuffered}; kouhao {command} {path} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("command", ["check -", "check --text -", "expand", "scan", "scan --jsonl-in", "-"])
def test_closed_input(command: str) -> None:
    done = shell(f"kouhao {command} <&-")
    assert (done.returncode, b"E_IO" in done.stderr) == (2, True)


def test_workers_start_where_input_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "text": "五好"}\n' * 9, encoding="utf-8")
    done = shell(f"kouhao scan --jsonl-in -j 2 {path} <&-")
    assert (done.returncode, done.stdout.count(b'"id": 1'), done.stderr) == (0, 9, b"")


def heed_interrupts() -> None:
    """Undo what a shell does to its background jobs, so that the test means the same wherever it runs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupt() -> None:
    with subprocess.Popen(
        [*RUN, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  the test starts no threads
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("五好\n".encode() * 9000)
        process.stdin.flush()
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        assert (process.wait(30), process.stderr.read()) == (130, b"")


@pytest.mark.parametrize("columns", ["1", "20", "40", "80", "120"])
def test_no_width_loses_anything(columns: str) -> None:
    done = kouhao("--format", "text", "三进三同步", surroundings={"COLUMNS": columns})
    shown = "".join(mark for mark in done.stdout.decode() if mark not in " \n│╭╮╰╯─")
    for item in ("进园区", "与招商引资同步", "人才政策宣传", "2023-01-17"):
        assert item in shown


@pytest.mark.parametrize(
    ("surroundings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal(surroundings: dict[str, str], coloured: bool) -> None:  # noqa: FBT001  a table's column
    shown = on_terminal(["五好"], surroundings)
    assert "班子建设好" in shown
    assert ("\x1b[1;31m" in shown or "\x1b[31m" in shown) == coloured


@pytest.mark.parametrize(("surroundings", "coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True)])
def test_colour_in_a_pipe(surroundings: dict[str, str], coloured: bool) -> None:  # noqa: FBT001  a table's column
    done = kouhao("--format", "text", "五好", surroundings=surroundings)
    assert (b"\x1b[" in done.stdout) == coloured


def on_terminal(arguments: list[str], surroundings: dict[str, str]) -> str:
    parent, child = pty.openpty()
    environment = {"TERM": "xterm-256color", **os.environ, **surroundings, "COLUMNS": "80"}
    environment.pop("FORCE_COLOR", None)
    with subprocess.Popen([*RUN, *arguments], stdout=child, stderr=child, env=environment):
        os.close(child)
        shown = b""
        while chunk := read_terminal(parent):
            shown += chunk
    os.close(parent)
    return shown.decode()


def read_terminal(parent: int) -> bytes:
    try:
        return os.read(parent, 65536)
    except OSError:  # Linux tells the end of a terminal so
        return b""


def test_terminal_never_gets_an_escape_from_data(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace("quote: 𠮷祥三件套", 'quote: "𠮷祥三件套\\e[2J"'), encoding="utf-8")
    shown = kouhao("-g", str(path), "--format", "text", "𠮷祥三件套")
    linted = kouhao("validate", str(path))
    assert (shown.returncode, b"\x1b" in shown.stdout, b"^[[2J" in shown.stdout) == (0, False, True)
    assert (linted.returncode, b"E_CHAR" in linted.stderr, b"\x1b" in linted.stdout + linted.stderr) == (2, True, False)


@pytest.mark.parametrize("cache", ["/proc/nowhere", "/dev/null/kouhao"])
def test_no_place_for_a_cache(cache: str, own: str) -> None:
    done = kouhao("lookup", "-v", "-g", own, "𠮷祥三件套", surroundings={"KOUHAO_CACHE": cache})
    assert (done.returncode, done.stdout.decode()) == (0, "𠮷祥三件套\t\n")
    assert "缓存" in done.stderr.decode()
