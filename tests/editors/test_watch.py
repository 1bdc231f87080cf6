"""`check --watch`: what is saved is checked, and its commented copy appears beside it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from kouhao.errors import KouhaoError

pytest.importorskip("watchfiles", reason="kouhao[watch] is not installed")

from kouhao.commands.inputs.documents import saved_documents
from kouhao.documents.paths import Exclusion

SLIP = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"
FULL = "推行“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)建设。"


def save(path: Path, text: str) -> None:
    """Save a document as Word does: written beside, then moved into its place."""
    document = docx.Document()
    document.add_paragraph(text)
    beside = path.with_name("~WRD0001.tmp")
    document.save(str(beside))
    beside.replace(path)
    path.with_name(f"~${path.name}").write_bytes(b"lock")


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 40
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments] if path.exists() else []


@pytest.mark.timeout(150)
def test_a_saved_document_gets_its_commented_copy(tmp_path: Path) -> None:
    report, copy = tmp_path / "报告.docx", tmp_path / "报告.批注.docx"
    (tmp_path / "旧稿.txt").write_text(SLIP, encoding="utf-8")
    told = tmp_path.parent / f"{tmp_path.name}.out"
    program = [sys.executable, "-m", "kouhao", "check", "--watch", str(tmp_path)]
    with told.open("wb") as output, subprocess.Popen(program, stdout=output, stderr=output) as running:
        wait(lambda: "存盘一次" in told.read_text(encoding="utf-8"))
        time.sleep(1)
        save(report, SLIP)
        wait(lambda: len(comments(copy)) == 1)
        assert "工作业绩好" in comments(copy)[0]
        time.sleep(1)
        save(report, FULL)
        wait(lambda: comments(copy) == [])
        running.terminate()
    assert "旧稿" not in told.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "~$报告.docx",
        "报告.docx",
        "报告.批注.docx",
        "旧稿.txt",
    ]


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(KouhaoError) as caught:
        next(saved_documents(["no-such-folder"], Exclusion((), "")))
    assert caught.value.code == "E_NOT_FOUND"
