"""Odd surroundings cost speed, never the answer: each is held against what the same command answers at home."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.fuzz import seeds

RUN = [sys.executable, "-m", "kouhao"]
OWN = "source:\n  id: own\n  title: 甲\nentries:\n  - term: 三个能\n    basis: mentioned\n    quote: 三个能\n"
COMMANDS = {
    "lookup": ["五好", "三进三同步", "wuhao", "五号"],
    "own": ["lookup", "-g", "own.yaml", "三个能"],
    "list": ["list"],
    "check": ["check", "a.txt", "b.txt", "a.docx", "a.pdf"],
    "fix": ["check", "--fix", "--in-place", "a.docx"],
    "scan": ["scan", "a.txt", "b.txt"],
    "records": ["scan", "--jsonl-in", "-j", "2", "records.jsonl"],
    "expand": ["expand", "a.txt"],
    "harvest": ["harvest", "a.txt", "a.docx"],
    "validate": ["validate", "own.yaml"],
    "export": ["export", "--format", "html", "-g", "own.yaml"],
    "config": ["config", "show"],
}
CLOCK = "import time\nreal = time.localtime\ntime.time = lambda: {0}\ntime.localtime = lambda at={0}: real(at)\n"


class Surroundings(NamedTuple):
    """What a command is run under: a program before it, variables, what is done in the process before it becomes the command."""

    before: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    prepare: Callable[[], None] | None = None
    clock: int | None = None
    cached: bool = True
    """Whether there is a cache: without one a checkout compiles its glossary for each command."""


def few_descriptors() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))


def no_processes() -> None:
    resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))


ANOTHER = ["setpriv", "--reuid", "65533", "--regid", "65533", "--clear-groups"]
READER = ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"]
"""Root is not held by a number of processes: another user is, who may read what root installed."""

AS_ANOTHER = (*ANOTHER, *READER) if os.geteuid() == 0 else ()
MOUNTED = ("unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o ro none "$0" && exec "$@"')
ODD = {
    "sixteen descriptors": Surroundings(prepare=few_descriptors),
    "400 MB": Surroundings(prepare=little_memory),
    "no processes": Surroundings(before=AS_ANOTHER, prepare=no_processes),
    "no shared memory": Surroundings(before=(*MOUNTED, "/dev/shm")),  # noqa: S108  covered, not used
    "no home": Surroundings(cached=False, variables=(("HOME", ""), ("KOUHAO_CACHE", ""), ("XDG_CACHE_HOME", ""))),
    "relative home": Surroundings(
        cached=False, variables=(("HOME", "home"), ("KOUHAO_CACHE", ""), ("XDG_CACHE_HOME", "cache"))
    ),
    "cache that cannot be": Surroundings(cached=False, variables=(("KOUHAO_CACHE", "/proc/none"),)),
    "1970": Surroundings(clock=1000),
    "before 1970": Surroundings(clock=-(10**9)),
    "2200": Surroundings(clock=7_258_118_400),
}


def fill(folder: Path) -> None:
    """Put documents into a folder, large enough that work on them is shared out."""
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"{seeds.FAULTY}\n" * 1200, encoding="utf-8")
    (folder / "a.docx").write_bytes(seeds.word())
    (folder / "a.pdf").write_bytes(seeds.portable())
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    (folder / "records.jsonl").write_text(seeds.RECORDS * 500, encoding="utf-8")
    folder.chmod(0o777)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of documents."""
    fill(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, int, str]]:
    """Give what the commands answer at home."""
    folder = tmp_path_factory.mktemp("home")
    fill(folder)
    return {name: answer(command, folder, Surroundings()) for name, command in COMMANDS.items()}


def answer(command: list[str], folder: Path, odd: Surroundings) -> tuple[bytes, int, str]:
    """Return standard output, the exit code and standard error of a command."""
    variables = {"PYTHONDONTWRITEBYTECODE": "1", **dict(odd.variables)}
    if odd.clock is not None:
        (folder / "sitecustomize.py").write_text(CLOCK.format(odd.clock), encoding="utf-8")
        variables["PYTHONPATH"] = str(folder)
    done = subprocess.run(
        [*odd.before, *RUN, *command],
        cwd=folder,
        env=os.environ | variables,
        preexec_fn=odd.prepare,
        capture_output=True,
        timeout=250,
        check=False,
    )
    return done.stdout, done.returncode, done.stderr.decode("utf-8", "replace")


def works(before: tuple[str, ...]) -> bool:
    """Return whether this system grants what is to stand before a command."""
    if not before:
        return True
    return bool(shutil.which(before[0])) and subprocess.run([*before, "true"], check=False).returncode == 0


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ODD)
def test_odd_surroundings_change_no_answer(name: str, folder: Path, at_home: dict[str, tuple[bytes, int, str]]) -> None:
    odd = ODD[name]
    if not works(odd.before):
        pytest.skip("the system does not grant it")
    for asked, command in COMMANDS.items() if odd.cached else [("own", COMMANDS["own"])]:
        stdout, code, told = answer(command, folder, odd)
        expected, usual, _ = at_home[asked]
        assert (code, "Traceback" in told, "E_BUG" in told) == (usual, False, False), f"{command}: {told[:600]}"
        assert stdout == expected or asked == "config", f"{command}: {told[:600]}"
    assert not [*folder.glob("**/*.sqlite"), *folder.glob(".kouhao-*"), *folder.glob("home"), *folder.glob("cache")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep a folder that someone is in")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_removed_working_folder_changes_no_answer(name: str, folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    words = [str(folder / word) if (folder / word).is_file() else word for word in COMMANDS[name]]
    command = [*RUN, *words]
    script = ["sh", "-c", f'cd "{gone}" && rmdir "{gone}" && exec "$@"', "sh"]
    here, there = (subprocess.run(run, capture_output=True, check=False) for run in (command, [*script, *command]))
    assert (there.returncode, there.stdout if name != "config" else b"") == (
        here.returncode,
        here.stdout if name != "config" else b"",
    ), there.stderr.decode()


@pytest.mark.timeout(300)
@pytest.mark.skipif(not works(("unshare", "-rm")), reason="no mounts")
def test_a_read_only_disk_changes_no_answer(folder: Path) -> None:
    cache = folder / "cache"
    variables = (("KOUHAO_CACHE", str(cache)),)
    expected = answer(COMMANDS["own"], folder, Surroundings(variables=variables))
    read_only = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    odd = Surroundings(before=("unshare", "-rm", "sh", "-c", read_only, str(folder)), variables=variables)
    assert answer(COMMANDS["own"], folder, odd)[:2] == expected[:2]


@pytest.mark.timeout(600)
@pytest.mark.skipif(not AS_ANOTHER or not works(AS_ANOTHER), reason="only root can be two users")
def test_two_users_on_one_cache_get_the_same_answer(folder: Path, at_home: dict[str, tuple[bytes, int, str]]) -> None:
    cache = folder / "cache"
    cache.mkdir(mode=0o700)
    variables = (("KOUHAO_CACHE", str(cache)),)
    for mode in (0o755, 0o777):
        cache.chmod(mode)
        for before in ((), AS_ANOTHER):
            odd = Surroundings(before=before, variables=variables)
            assert answer(COMMANDS["own"], folder, odd)[:2] == at_home["own"][:2], mode
