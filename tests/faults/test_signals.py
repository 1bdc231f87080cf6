"""Whatever ends a command, and whenever: the exit code says so, nobody goes on working, and nothing is left lying about."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = [sys.executable, "-m", "kouhao"]
SENTENCE = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n"
OWN = "source:\n  id: own\n  title: 甲\nentries:\n" + "".join(
    f"  - term: 三个能{number}\n    basis: mentioned\n    quote: 三个能{number}\n" for number in range(300)
)
COMMANDS = {
    "check": ["check", "a.txt", "b.txt", "c.txt", "d.txt"],
    "fix": ["check", "--fix", "a.txt", "b.txt", "c.txt", "d.txt"],
    "records": ["scan", "--jsonl-in", "-j", "2", "records.jsonl"],
    "compile": ["lookup", "-g", "own.yaml", "三个能7"],
    "into": ["harvest", "a.txt", "--into", "own.yaml"],
    "fmt": ["fmt", "own.yaml"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with texts that take a second or so to check, and a cache of its own."""
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(SENTENCE * 3000, encoding="utf-8")
    (tmp_path / "records.jsonl").write_text(f'{{"id": 1, "text": "{SENTENCE[:-1]}"}}\n' * 100_000, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def alive(group: int) -> list[str]:
    """Return the processes of a group that have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text(encoding="utf-8").rpartition(")")
        except OSError:
            continue
        state, _, number = rest.split()[:3]
        if int(number) == group and state != "Z":
            found.append(name)
    return found


def heed_signals() -> None:
    """Take signals as a command in the foreground does, wherever the tests run."""
    for number in (signal.SIGINT, signal.SIGTERM, *OTHERS):
        signal.signal(number, signal.SIG_DFL)


def end_after(seconds: float, number: int, command: list[str], folder: Path) -> tuple[int, bytes, list[str]]:
    """Send a signal to a command after some time; return the exit code, standard error and who is still alive soon after."""
    surroundings = os.environ | {"KOUHAO_CACHE": str(folder / "cache")}
    with (folder / "stderr").open("w+b") as told:
        process = subprocess.Popen(
            [*RUN, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
            cwd=folder,
            env=surroundings,
            start_new_session=True,
            preexec_fn=heed_signals,  # noqa: PLW1509  the tests have no threads
        )
        time.sleep(seconds)
        process.send_signal(number)
        code = process.wait(30)
        left = alive(process.pid)
        until = time.monotonic() + 5
        while left and time.monotonic() < until:
            time.sleep(0.1)
            left = alive(process.pid)
        told.seek(0)
        return code, told.read(), left


MOMENTS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.6, 0.9, 1.2, 2.0] if os.environ.get("KOUHAO_THOROUGH") else [0.05, 0.3, 1.0]
"""Seconds. A process that the interpreter had not started yet is killed by the signal itself, which shells tell by the same code."""


OTHERS = (signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGXCPU, signal.SIGALRM)
ENDINGS = [
    *((name, number) for name in COMMANDS for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)),
    *zip(COMMANDS, OTHERS, strict=False),
]
if os.environ.get("KOUHAO_THOROUGH"):
    ENDINGS += [(name, number) for name in COMMANDS for number in OTHERS]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
@pytest.mark.parametrize(("name", "number"), ENDINGS, ids=lambda one: getattr(one, "name", one))
def test_a_signal_ends_everything(name: str, number: signal.Signals, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for seconds in MOMENTS:
        code, told, left = end_after(seconds, number, COMMANDS[name], folder)
        came = f"{name} after {seconds} s: {code} {told.decode()[:400]} {left}"
        assert not left, came
        if code in {0, 1}:
            break
        assert code in {-number, 128 + number}, came
        assert b"Traceback" not in told, came
        if number != signal.SIGKILL:
            assert not told or told.endswith("个。\n".encode()), came  # what is told when all is done
            assert not [*folder.glob(".kouhao-*"), *folder.glob("cache/*.tmp")], came
        assert before.keys() - {"own.yaml"} <= {path.name for path in folder.iterdir()}
        for path, content in before.items():
            now = (folder / path).read_bytes()
            assert now == content or (name in {"fix", "into", "fmt"} and now.endswith(b"\n")), came


READER = "import os, pathlib, time\ndef extract(content):\n    pathlib.Path('started').write_text(str(os.getpid()))\n    time.sleep(60)\n"
ASKED = "from kouhao.documents.isolation import run_reader; run_reader('slow', b'x', 'a.pdf', seconds=50)"
OFFICE = "#!/bin/sh\nsleep 60 &\necho $! > started\nwait\n"


def ended(folder: Path, process: subprocess.Popen[bytes]) -> bool:
    """Kill a process once what it started has said its number; return whether that one ends too."""
    told = folder / "started"
    until = time.monotonic() + 30
    while not (told.exists() and told.read_text(encoding="utf-8").strip()) and time.monotonic() < until:
        time.sleep(0.05)
    started = Path("/proc", told.read_text(encoding="utf-8").strip())
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while (
        started.exists() and time.monotonic() < until and ") Z " not in (started / "stat").read_text(encoding="utf-8")
    ):
        time.sleep(0.05)
    return time.monotonic() < until


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
def test_a_reader_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(READER, encoding="utf-8")
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path)}
    assert ended(tmp_path, subprocess.Popen([sys.executable, "-c", ASKED], cwd=tmp_path, env=surroundings))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")
def test_libreoffice_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text(OFFICE, encoding="utf-8")
    office.chmod(0o755)
    asked = "from kouhao.documents.libreoffice import convert; convert(b'x', 'doc', 'a.doc')"
    surroundings = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    assert ended(tmp_path, subprocess.Popen([sys.executable, "-c", asked], cwd=tmp_path, env=surroundings))


HIDDEN = """
import os, signal, sys
from kouhao.commands.console.terminal import guard, heed_signals

def load():
    try:
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
        signal.pause()
    except BaseException:
        raise ImportError("not found")

heed_signals()
sys.exit(guard(load))
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130), ("SIGQUIT", 131), ("SIGXCPU", 152)])
def test_a_signal_that_an_import_hides_ends_as_any_other(name: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, name], capture_output=True, check=False, preexec_fn=heed_signals
    )
    assert (done.returncode, done.stderr) == (code, b"")
