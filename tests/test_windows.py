"""What only Windows does, tried with its own path rules and with its faults made up: no Windows was at hand."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from kouhao.check.checker import plain_path
from kouhao.commands import diff, edit
from kouhao.commands.console import terminal, windows
from kouhao.commands.console.windows import editor_command, expand_wildcards, is_reader_gone
from kouhao.commands.main import run
from kouhao.entry import Position
from kouhao.files import relative_path, write_file
from kouhao.index.reader import database_uri
from kouhao.output.findings import file_uri


def test_a_path_on_another_drive_is_seen_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    monkeypatch.setattr(os.path, "abspath", lambda path: f"/d/{path}")
    assert relative_path("报告.docx") == "/d/报告.docx"
    assert plain_path("报告.docx") == "/d/报告.docx"


def test_wildcards_are_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲.txt", "乙.txt", "丙[1].txt", "丁.md"):
        Path(name).touch()
    expected = ["丙[1].txt", "乙.txt", "甲.txt", "丁.md", "没有*.doc", "丙[1].txt", "-"]
    assert expand_wildcards(["*.txt", "丁.md", "没有*.doc", "丙[1].txt", "-"]) == expected


def test_commands_take_wildcards_where_no_shell_expands_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "稿.txt").write_text("推行“五好”建设。", encoding="utf-8")
    monkeypatch.setattr("kouhao.commands.main.sys.platform", "win32")
    assert run(["scan", str(tmp_path / "*.txt")]) == 0
    assert "五好" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "found", "words"),
    [
        ("", None, ["notepad"]),
        (r"C:\vim\vim.exe -n", None, [r"C:\vim\vim.exe", "-n"]),
        (r'"C:\Program Files\VS Code\code.cmd" --wait', None, [r"C:\Program Files\VS Code\code.cmd", "--wait"]),
        ("code", r"C:\bin\code.CMD", [r"C:\bin\code.CMD"]),
    ],
)
def test_an_editor_is_what_the_setting_says(
    setting: str, found: str | None, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows.shutil, "which", lambda _: found)  # type: ignore[attr-defined]
    assert editor_command(setting) == words


def test_an_unquoted_path_with_a_blank_is_one_program(tmp_path: Path) -> None:
    program = tmp_path / "My Editor.exe"
    program.touch()
    assert editor_command(str(program)) == [str(program)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ([r"C:\bin\code.CMD", "--wait"], ["--wait", "--wait", "--goto", "稿.yaml:7"]),
        (["notepad"], ["稿.yaml"]),
        (["vim"], ["+7", "稿.yaml"]),
    ],
)
def test_an_editor_is_told_the_place_if_it_takes_one(
    command: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def start(words: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(edit.sys, "platform", "win32")  # type: ignore[attr-defined]
    monkeypatch.setattr(edit, "editor_command", lambda _: command)
    monkeypatch.setattr(edit.subprocess, "run", start)  # type: ignore[attr-defined]
    edit._open_editor(Path("稿.yaml"), Position("稿.yaml", 7, 1).line)  # noqa: SLF001  without a Windows
    assert asked == [[command[0], *expected]]


def test_an_open_file_is_tried_again_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(b"before")
    replace, tries = os.replace, []

    def refuse(source: str, target: str, *, times: int) -> None:
        tries.append(target)
        if len(tries) <= times:
            raise PermissionError(errno.EACCES, "used by another process", target)
        replace(source, target)

    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(os, "replace", lambda source, target: refuse(source, target, times=2))
    write_file(path, b"after")
    assert path.read_bytes() == b"after"
    tries.clear()
    monkeypatch.setattr(os, "replace", lambda source, target: refuse(source, target, times=99))
    with pytest.raises(PermissionError) as caught:
        write_file(path, b"again")
    assert 1 < len(tries) < 20
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["稿.txt"]


def test_an_open_file_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write() -> int:
        raise PermissionError(errno.EACCES, "used by another process", "稿.docx")

    monkeypatch.setattr(terminal.sys, "platform", "win32")  # type: ignore[attr-defined]
    monkeypatch.setattr(terminal, "_discard_output", lambda: None)
    assert terminal.guard(write) == terminal.USAGE
    told = capsys.readouterr().err
    assert "稿.docx" in told
    assert "请先关闭" in told


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (OSError(errno.EINVAL, "Invalid argument"), True),
        (OSError(errno.EINVAL, "Invalid argument", "稿.txt"), False),
        (OSError(errno.ENOSPC, "No space left"), False),
    ],
)
def test_a_reader_that_goes_away_is_no_fault(
    error: OSError,
    *,
    gone: bool,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert is_reader_gone(error) == gone
    monkeypatch.setattr(terminal.sys, "platform", "win32")  # type: ignore[attr-defined]
    monkeypatch.setattr(terminal, "_discard_output", lambda: None)

    def write() -> int:
        raise error

    assert terminal.guard(write) == (terminal.PIPE if gone else terminal.USAGE)
    assert ("E_IO" in capfd.readouterr().err) != gone


def test_output_has_the_encoding_that_is_asked_for() -> None:
    program = [sys.executable, "-m", "kouhao"]
    for words in (["--output-encoding", "gbk", "五好"], ["五好", "--output-encoding=gb18030"]):
        done = subprocess.run([*program, *words], capture_output=True, check=True)
        assert done.stdout.decode("gbk").startswith("五好\t班子建设好")
    done = subprocess.run([*program, "--output-encoding", "gbk", "--json", "五好"], capture_output=True, check=True)
    assert "五好" in done.stdout.decode("utf-8")
    for words in (["--output-encoding", "gkb", "五好"], ["五好", "--output-encoding"]):
        wrong = subprocess.run([*program, *words], capture_output=True, check=False)
        assert (wrong.returncode, "E_USAGE" in wrong.stderr.decode()) == (2, True)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\文稿\a b.txt", "file:///C:/%E6%96%87%E7%A8%BF/a%20b.txt"),
        (r"文稿\a.txt", "%E6%96%87%E7%A8%BF/a.txt"),
        (r"\\server\share\a.txt", "file://server/share/a.txt"),
    ],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    assert file_uri(path, windows=True) == uri
    assert file_uri("文稿/a:b.txt", windows=False) == "%E6%96%87%E7%A8%BF/a%3Ab.txt"


def test_an_index_is_opened_by_the_uri_that_sqlite_documents() -> None:
    assert database_uri(r"C:\Users\李\a#b.sqlite", windows=True) == "file:///C:/Users/李/a%23b.sqlite"
    assert database_uri("/home/a?b.sqlite", windows=False) == "file:/home/a%3fb.sqlite"


def test_a_missing_file_with_a_drive_is_no_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", r"C:\词库\甲.yaml", r"C:\词库\乙.yaml"]) == 2
    assert "找不到词库文件" in capsys.readouterr().err


@pytest.mark.parametrize("revision", ["--output=x:glossary", "-o:glossary", "--exec=touch x:glossary"])
def test_git_gets_no_option_of_the_user_s(revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[object] = []
    monkeypatch.setattr(diff.subprocess, "run", lambda *words, **_: asked.append(words))  # type: ignore[attr-defined]
    assert run(["diff", "--", revision, revision]) == 2
    assert not asked
    assert not list(tmp_path.iterdir())


def test_an_archive_is_unpacked_without_tar(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"source: {id: a, title: b}\nentries: [{term: c, basis: mentioned, quote: c}]\n"
    packed = io.BytesIO()
    with tarfile.TarFile(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("glossary/a.yaml")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    done = subprocess.CompletedProcess([], 0, packed.getvalue())
    monkeypatch.setattr(diff.subprocess, "run", lambda *_, **__: done)  # type: ignore[attr-defined]
    assert run(["diff", "HEAD:glossary", "HEAD:glossary"]) == 0
