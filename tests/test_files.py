"""The one door in and the one writer out: what is refused, what a write keeps, and that nothing else opens a file."""

from __future__ import annotations

import ast
import errno
import lzma
import os
import pickle
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.fuzz import seeds
from tests.fuzz.harness import run_limited

from kouhao import files
from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.files import Lock, read_file, read_text, write_file

LISTED = "我们做到“三学三比”（学理论、学业务、学先进、比作风、比担当、比实绩），落实到位。\n"
SOURCES = Path(files.__file__).parent
OPENERS = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"}
NOT_FILES = {"archive", "table", "terminal", "Package", "webbrowser"}
"""Names of what else has such methods: a zip archive, a resource of the package, the terminal, python-docx, a browser."""


def opened_elsewhere(source: str) -> list[int]:
    """Return the lines on which a module opens a file by itself."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if "devnull" in ast.unparse(node):
            continue
        if isinstance(called, ast.Name) and called.id == "open":
            lines.append(node.lineno)
        elif isinstance(called, ast.Attribute) and called.attr in OPENERS:
            receiver = ast.unparse(called.value)
            other = receiver.rpartition(".")[2].lstrip("_") in NOT_FILES or "files(" in receiver
            if not other:
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("module", sorted(SOURCES.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCES)))
def test_only_the_door_opens_files(module: Path) -> None:
    found = opened_elsewhere(module.read_text(encoding="utf-8"))
    assert module.name == "files.py" or not found, f"{module}:{found}: use kouhao.files"


def test_no_link_to_itself_and_no_removed_folder_is_a_bug() -> None:
    """`Path.resolve` raises RuntimeError for a link to itself before Python 3.13, and what is asked of a removed working folder OSError."""
    calls = (".resolve()", "os.path.realpath(")
    passed_by = {
        path.name for path in SOURCES.rglob("*.py") if any(call in path.read_text(encoding="utf-8") for call in calls)
    }
    assert passed_by <= {"files.py", "paths.py"}, "use kouhao.paths.real_path"


def test_the_door_is_seen_where_it_is_passed_by() -> None:
    sources = ["open('x')", "path.open()", "Path(p).read_text()", "os.fdopen(3)", "copy.write_bytes(b'')"]
    assert all(opened_elsewhere(source) for source in sources)


def test_an_error_travels_between_processes() -> None:
    one = KouhaoError("E_X", "坏了", hint="修", path="a.txt", line=3, column=4)
    several = pickle.loads(pickle.dumps(KouhaoErrors([one, KouhaoError("E_Y", "又坏了")])))  # noqa: S301  our own
    assert [(error.code, error.place, error.hint) for error in several.errors] == [
        ("E_X", "a.txt:3:4", "修"),
        ("E_Y", "", ""),
    ]
    assert (type(several), str(several)) == (KouhaoErrors, "a.txt:3:4: 坏了。修")


def test_a_write_keeps_mode_links_and_leaves_nothing(tmp_path: Path) -> None:
    plain, linked, alias, symbolic = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt", "d.txt"))
    for path in (plain, linked):
        path.write_bytes(b"old, and longer than what follows")
        path.chmod(0o640)
    alias.hardlink_to(linked)
    symbolic.symlink_to(plain)
    write_file(symbolic, b"new")
    write_file(linked, b"new")
    assert {path.read_bytes() for path in (plain, linked, alias)} == {b"new"}
    assert symbolic.is_symlink()
    assert linked.stat().st_nlink == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in (plain, linked)} == {0o640}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_a_new_file_obeys_the_umask_and_may_have_the_longest_name(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / ("长" * 85), b"x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o640]


def test_a_pipe_and_a_device_are_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"x" * 200_000)
    reader.join(10)
    assert got == [b"x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write_file("/dev/null", b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_what_changed_meanwhile_and_what_is_read_only_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"theirs")
    with pytest.raises(KouhaoError) as conflict:
        write_file(path, b"mine", was=b"as I read it")
    path.chmod(0o444)
    with pytest.raises(KouhaoError) as refused:
        write_file(path, b"mine")
    assert (conflict.value.code, refused.value.code) == ("E_CONFLICT", "E_PERMISSION")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"theirs"]


@pytest.mark.parametrize("links", [1, 2])
def test_a_full_disk_leaves_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    if links == 2:
        (tmp_path / "b.txt").hardlink_to(path)
    sync = os.fsync
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as failed:
        write_file(path, b"new content that is longer")
    assert failed.value.filename == str(path)
    assert {one.read_bytes() for one in tmp_path.iterdir()} == {b"old"}


def test_a_refused_replace_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace
    refused: list[str] = []

    def stubborn(source: str, target: str) -> None:
        if len(refused) < 2:
            refused.append(source)
            raise PermissionError(errno.EACCES, "in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", stubborn)
    write_file(tmp_path / "a.txt", b"x")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"x"]


def test_a_signal_waits_until_the_file_is_whole(tmp_path: Path) -> None:
    program = f"""
import os, signal
from kouhao import files
sync = os.fsync
os.fsync = lambda handle: (os.kill(os.getpid(), signal.SIGTERM), sync(handle))
files.write_file({str(tmp_path / "a.txt")!r}, b"new")
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=30)
    assert done.returncode == -15
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"new")]


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "count.txt"
    path.write_bytes(b"0")
    program = f"""
from kouhao.files import Lock, read_file, write_file
for _ in range(20):
    with Lock({str(path)!r}):
        write_file({str(path)!r}, b"%d" % (int(read_file({str(path)!r})) + 1))
"""
    writers = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert path.read_bytes() == b"60"


def test_a_lock_that_is_never_given_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.1)
    program = f"from kouhao.files import Lock; import time\nwith Lock({str(tmp_path / 'a')!r}): print(flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(KouhaoError) as told, Lock(tmp_path / "b"):
            pass
    finally:
        holder.kill()
        holder.wait()
    assert told.value.code == "E_CONFLICT"


def test_the_door_refuses(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    codes = {}
    for path in (tmp_path / "none", tmp_path, pipe, Path("/dev/zero"), bad):
        with pytest.raises(KouhaoError) as refused:
            read_text(path)
        codes[path.name] = refused.value.code
    with pytest.raises(KouhaoError) as large:
        read_file(bad, largest=2)
    assert codes == {
        "none": "E_NOT_FOUND",
        tmp_path.name: "E_IS_DIR",
        "pipe": "E_IO",
        "zero": "E_IO",
        "bad.txt": "E_ENCODING",
    }
    assert large.value.code == "E_LIMIT"


def test_the_writer_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.1)
    os.mkfifo(tmp_path / "pipe")
    codes = {}
    for path in (tmp_path, Path("-"), tmp_path / "pipe"):
        with pytest.raises((KouhaoError, OSError)) as refused:
            write_file(path, b"new")
        codes[path.name] = getattr(refused.value, "code", refused.value.args[0])
    assert codes == {tmp_path.name: "E_IS_DIR", "-": "E_USAGE", "pipe": errno.ENXIO}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "own.yaml", "--term", "四个会", "--quote", "做到“四个会”。"],
        ["add", "new.yaml", "--term", "四个会", "--quote", "做到“四个会”。", "--title", "甲"],
        ["harvest", "a.txt", "--into", "own.yaml"],
        ["harvest", "a.txt", "--into", "new.yaml"],
        ["import", "a.csv", "-o", "new.yaml"],
        ["fmt", "own.yaml"],
        ["edit", "-g", "own.yaml", "三个能"],
        ["check", "--fix", "own.md"],
    ],
    ids=" ".join,
)
def test_what_another_program_wrote_meanwhile_stays(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "source: {id: own, title: 甲}\nentries:\n  - {term: 三个能, basis: mentioned, quote: 三个能}\n"
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nfor file; do :; done\necho "# 改" >> "$file"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    texts = {"own.yaml": own, "a.txt": LISTED, "own.md": seeds.FAULTY, "a.csv": "词,展开\n三个能,能学、能讲、能写\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    target = tmp_path / next(word for word in words if word.startswith(("own.", "new.")))
    enter = files._Undisturbed.__enter__  # noqa: SLF001  the moment before a file is written

    def meddle(held: files._Undisturbed) -> None:
        target.write_bytes(b"# theirs\n")
        enter(held)

    monkeypatch.setattr(files._Undisturbed, "__enter__", meddle)  # noqa: SLF001  likewise
    code, told = run_limited(words, tmp_path)
    assert (code, "E_CONFLICT" in told, target.read_bytes()) == (2, True, b"# theirs\n"), told


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    read, link = tmp_path / "a", tmp_path / "b"
    read.write_bytes(b"old")
    link.symlink_to(read)
    with pytest.raises(KouhaoError) as raised:
        write_file(link, b"new", made_of=["-", read])
    assert (raised.value.code, read.read_bytes()) == ("E_EXISTS", b"old")
    write_file(link, b"new", was=b"old", made_of=[read])
    assert read.read_bytes() == b"new"


def test_a_pipe_among_the_evidence_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    code, told = run_limited(["validate", "--evidence", str(tmp_path)], tmp_path)
    assert (code, "error[E_IO]" in told) == (2, True)


def test_packed_evidence_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(seeds.GLOSSARY, encoding="utf-8")
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(b'{"title": "' + bytes(400 * 2**20), preset=0))
    code, told = run_limited(["validate", "own.yaml", "--evidence", "."], tmp_path)
    assert (code, "E_LIMIT" in told) == (0, False), told


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
def test_a_revision_with_links_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").symlink_to("../../etc")
    git = ["git", "-c", "user.name=a", "-c", "user.email=b"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    code, told = run_limited(["diff", "HEAD:own", "HEAD:own"], tmp_path)
    assert (code, "error[E_FORMAT]" in told) == (2, True)
