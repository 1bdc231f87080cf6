"""The draft checker beyond its golden cases: machine formats, fixes, comments, baselines, faults of files and rules."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import ModuleType

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from sarif_pydantic import Sarif

from kouhao.check import Checker, fixes
from kouhao.documents.document import Document
from kouhao.expand import apply_edits
from kouhao.lookup.packs import open_lookup
from kouhao.reports import sarif
from kouhao.rules import RULES

RUN = [sys.executable, "-c", "from kouhao.door import main; main()"]
WRONG = "推行“五好”(班子建设好、党员队伍强、工作机制好、群众反映好)建设,推进三近三同步,落实5好建设。\n"
RIGHT = "推行“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)建设,推进三进三同步,落实五好建设。\n"


def kouhao(
    *arguments: str | Path, stdin: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*RUN, *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False, cwd=folder
    )


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(open_lookup([]), list(RULES))


@pytest.mark.parametrize("rule", RULES)
def test_manual_page_of_a_rule(rule: str) -> None:
    done = kouhao("check", "--explain", rule)
    assert done.returncode == 0
    assert "修改：" in done.stdout.decode()


def test_sarif_has_no_field_that_the_standard_lacks(checker: Checker) -> None:
    log = Sarif.model_validate_json(sarif([checker.check(Document("稿 1.txt", WRONG, "utf-8"))]))
    assert unknown_fields(log) == ["columnKind"]  # section 3.14.17 of the standard, which the model leaves out
    assert log.runs[0].results


def unknown_fields(value: object) -> list[str]:
    if isinstance(value, list):
        return [name for one in value for name in unknown_fields(one)]
    if not isinstance(value, BaseModel):
        return []
    here = list(value.model_extra or {})
    return here + [name for field in type(value).model_fields for name in unknown_fields(getattr(value, field))]


def test_sarif_fingerprints_survive_moved_lines(checker: Checker) -> None:
    def marks(text: str) -> list[str]:
        log = json.loads(sarif([checker.check(Document("a.txt", text, "utf-8"))]))
        return [result["partialFingerprints"]["kouhao/v1"] for result in log["runs"][0]["results"]]

    assert marks(WRONG) == marks("标题\n\n" + WRONG)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_fix_keeps_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WRONG.replace("\n", "\r\n").encode(encoding))
    assert kouhao("check", "--fix", path).returncode == 1
    assert path.read_bytes() == RIGHT.replace("\n", "\r\n").encode(encoding)
    assert kouhao("check", path).returncode == 0
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_fix_into_another_file(tmp_path: Path) -> None:
    path, target = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text(WRONG, encoding="utf-8")
    kouhao("check", "--fix", "--output", target, path)
    assert (path.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")) == (WRONG, RIGHT)


@pytest.mark.parametrize("text", [WRONG, "5好建设。五个百（百创聚才、百巢引才、百智助才、百岗育才、百卡安才）"])
def test_fixed_text_is_clean(checker: Checker, text: str) -> None:
    fixed = apply_edits(text, fixes(checker.check(Document("-", text, "utf-8")).findings))
    assert [finding for finding in checker.check(Document("-", fixed, "utf-8")).findings if finding.edit] == []


def word_document(path: Path, *paragraphs: str) -> None:
    document = docx.Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for at in range(0, len(text), 4):
            paragraph.add_run(text[at : at + 4])
    document.save(str(path))


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


def test_word_document_gets_comments_in_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document(path, "标题", WRONG.strip())
    before = path.read_bytes()
    assert kouhao("check", "--fix", path).returncode == 1
    copy = tmp_path / "a.批注.docx"
    assert path.read_bytes() == before
    assert len(comments(copy)) == 4
    kouhao("check", "--fix", "--in-place", copy)
    assert len(comments(copy)) == 4


def test_comments_onto_the_document_itself_need_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_document(path, WRONG.strip())
    before = path.read_bytes()
    done = kouhao("check", "--fix", "--output", path, path)
    assert (done.returncode, b"--in-place" in done.stderr) == (2, True)
    assert path.read_bytes() == before


def test_baseline_hides_what_was_there(tmp_path: Path) -> None:
    path, known = tmp_path / "a.txt", tmp_path / "known.json"
    path.write_text(WRONG, encoding="utf-8")
    assert kouhao("check", "--write-baseline", known, path).returncode == 0
    path.write_text("前言\n" + WRONG, encoding="utf-8")
    assert kouhao("check", "--baseline", known, path).returncode == 0
    path.write_text("前言\n" + WRONG + "三近三同步\n", encoding="utf-8")
    done = kouhao("check", "--baseline", known, path)
    assert (done.returncode, done.stdout.count(b"[")) == (1, 1)


def test_baseline_and_ignored_places_know_every_spelling_of_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("推进三近三同步工作,今年完成任务,明年继续努力。", encoding="utf-8")
    kouhao("check", "--write-baseline", "known.json", "a.txt", folder=tmp_path)
    path.write_text("推进三近三同步工作,今年完成任务,明年继续奋斗。", encoding="utf-8")
    for spelled in ("a.txt", "./a.txt", path):
        assert kouhao("check", "--baseline", "known.json", spelled, folder=tmp_path).returncode == 0
        assert kouhao("check", "--ignore", "./a.txt:1", spelled, folder=tmp_path).returncode == 0


def test_baseline_that_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "none" / "known.json"
    done = kouhao("check", "--write-baseline", target, "-", stdin=WRONG.encode())
    assert (done.returncode, f"E_IO]: {target}:" in done.stderr.decode()) == (2, True)


def test_fix_goes_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text(WRONG, encoding="utf-8")
    link.symlink_to("a.txt")
    kouhao("check", "--fix", link)
    assert (link.is_symlink(), path.read_text(encoding="utf-8")) == (True, RIGHT)


SETTINGS = [
    ("pyproject.toml", "[tool]\nkouhao = 3\n", 2),
    ("pyproject.toml", "[foo]\nx = 1\n[tool.kouhao]\nfoo = 1\n", 4),
    ("kouhao.toml", "builtin = true\n[foo]\n", 2),
    ("kouhao.toml", 'builtin = true\nenable = ["a",\n\n', 2),
    ("kouhao.toml", "builtin = true\n# \udc81\n", 2),
]


@pytest.mark.parametrize(("name", "content", "line"), SETTINGS)
def test_broken_settings_are_told_with_their_line(tmp_path: Path, name: str, content: str, line: int) -> None:
    (tmp_path / name).write_bytes(content.encode(errors="surrogateescape"))
    done = kouhao("check", "-", folder=tmp_path)
    assert (done.returncode, f"error[E_CONFIG]: {name}:{line}: " in done.stderr.decode()) == (2, True)


def test_missing_baseline(tmp_path: Path) -> None:
    done = kouhao("check", "--baseline", tmp_path / "none.json", "-", stdin=b"")
    assert (done.returncode, b"E_NOT_FOUND" in done.stderr) == (2, True)


def test_rule_that_fails_is_told_and_the_others_go_on(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError

    rule: ModuleType = RULES["term-variant"]
    monkeypatch.setattr(rule, "check", broken)
    report = checker.check(Document("-", WRONG, "utf-8"))
    assert report.broken == ("term-variant",)
    assert "term-misspelt" in {finding.rule for finding in report.findings}


def test_folder_is_checked_by_several_processes(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(WRONG + "工作。" * 30_000, encoding="utf-8")
    done = kouhao("check", "--format", "jsonl", tmp_path)
    paths = [json.loads(line)["path"] for line in done.stdout.splitlines()]
    assert (done.returncode, paths) == (1, sorted(paths))
    assert len(paths) == 24


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_interrupt_ends_every_process(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(WRONG * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [*RUN, "check", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  the test starts no threads
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[1]
    assert (process.returncode, told) == (130, b"")
    assert {found.suffix for found in tmp_path.iterdir()} == {".txt"}


FAULTS = {
    "directory": ("E_IS_DIR", None),
    "undecodable": ("E_ENCODING", b"\xe4\xba\x94\xff\xff\xff"),
    "nul": ("E_BINARY", b"a\0b"),
    "empty.docx": ("E_DOCX", b""),
    "text.docx": ("E_DOCX", b"text"),
    "ole.docx": ("E_FORMAT", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}


@pytest.mark.parametrize("command", ["check", "scan"])
@pytest.mark.parametrize("name", [name for name in FAULTS if name != "directory"])
def test_file_that_is_no_document(tmp_path: Path, command: str, name: str) -> None:
    code, content = FAULTS[name]
    path = tmp_path / name
    path.write_bytes(content or b"")
    good = tmp_path / "good.txt"
    good.write_text(WRONG, encoding="utf-8")
    done = kouhao(command, path, good)
    assert (done.returncode, code in done.stderr.decode()) == (2, True)
    assert "good.txt" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_zip_without_content_types(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert b"E_DOCX" in kouhao("check", path).stderr


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("word/document.xml", b" " * (65 * 2**20))
    done = kouhao("check", path)
    assert (done.returncode, b"E_LIMIT" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a [<!ENTITY l "lol">]>']
)
def test_entities_are_refused(tmp_path: Path, declaration: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("word/document.xml", f"<?xml version='1.0'?>{declaration}<a>&l;</a>")
    assert b"E_XML" in kouhao("check", path).stderr


def test_nul_is_passed_over_where_the_user_says_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\0" + WRONG.encode())
    assert kouhao("check", "--text", path).returncode == 1


def test_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    assert kouhao("check", tmp_path).returncode == 0
    done = kouhao("check", tmp_path / "pipe.txt")
    assert (done.returncode, b"E_IO" in done.stderr) == (2, True)


def test_file_name_that_could_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\n.txt"
    path.write_text(WRONG, encoding="utf-8")
    done = kouhao("check", path)
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"^[" in done.stdout


@pytest.mark.parametrize("command", ["check", "scan", "expand"])
def test_empty_file(tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    done = kouhao(command, path)
    assert (done.returncode, done.stdout) == (1 if command == "scan" else 0, b"")


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_count_alike_everywhere(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"一。{ending}二。{ending}落实5好建设。".encode())
    checked = json.loads(kouhao("check", "--format", "jsonl", path).stdout)
    scanned = json.loads(kouhao("scan", "--format", "jsonl", path).stdout)
    assert [(found["line"], found["column"]) for found in (checked, scanned)] == [(3, 3), (3, 3)]


def test_places_do_not_count_the_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("落实5好建设。".encode("utf-8-sig"))
    assert json.loads(kouhao("check", "--format", "jsonl", path).stdout)["start"] == 2


def test_encoding_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("落实5好建设。".encode("gb18030"))
    assert json.loads(kouhao("check", "--format", "json", path).stdout)["files"][0]["encoding"] == "gb18030"


@given(st.text(alphabet="五好三进同步两集中到位5“”(（)）、，和\n 四个百创才", max_size=60))
def test_any_text_is_checked_and_its_places_are_inside(text: str) -> None:
    report = HYPOTHESIS.check(Document("-", text, "utf-8"))
    assert report.broken == ()
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in report.findings)
    assert io.StringIO(apply_edits(text, fixes(report.findings)))


HYPOTHESIS = Checker(open_lookup([]), list(RULES))
