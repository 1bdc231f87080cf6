"""What a narrow terminal shows, of both streams: every line fits, and none begins with a mark that ends something."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from unicodedata import east_asian_width

import pexpect
import pytest

from kouhao.commands.console.layout import fitted, width

COLUMNS = 40
CLOSING = "、，。；：？！）》」』】〕”"
DRAFT = "要增强“四个意识”（政治意识、大局意识、核心意识）。推行“五好”(班子建设好、党员队伍好)建设，落实三进三同步工作要求。\n"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\r")


def shown(folder: Path, *arguments: str, pager: str = "cat") -> list[str]:
    """Return the lines that a command leaves on a terminal."""
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    surroundings = inherited | {"HOME": str(folder), "TERM": "xterm", "LANG": "C.UTF-8", "PAGER": pager}
    (folder / "讲话稿.txt").write_text(DRAFT, encoding="utf-8")
    output, _ = pexpect.run(
        f"{Path(sys.executable).parent / 'kouhao'} {' '.join(arguments)}",
        env=surroundings,
        cwd=str(folder),
        encoding="utf-8",
        withexitstatus=True,
        timeout=60,
        dimensions=(24, COLUMNS),
    )
    return CONTROL.sub("", output).split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "没有这个词",
        "三好",
        "show 没有这个词条",
        "cite 五好 三进三同步",
        "sources",
        "topics",
        "list --topic 人才工作",
        "list --topic 没有",
        "check 讲话稿.txt",
        "check 没有这个文件.txt",
        "check --rules",
        "check --explain companion",
        "scan 讲话稿.txt",
        "expand 讲话稿.txt",
        "config show",
        "diff 讲话稿.txt 讲话稿.txt",
        "fmt 讲话稿.txt",
        "validate 讲话稿.txt",
        "--version",
        "--hlep",
        "import 讲话稿.txt",
        "export --format 没有",
    ],
)
def test_lines_fit_and_begin_as_printers_begin_them(line: str, tmp_path: Path) -> None:
    lines = shown(tmp_path, *line.split())
    assert lines != [""]
    assert [one for one in lines if width(one) > COLUMNS or (one.strip("│ ")[:1] in CLOSING and one.strip())] == []


@pytest.mark.parametrize(
    "name", ["我的词库.yaml", "报告/二月/", "~/文稿/讲话稿", "X.批注.docx", "<规则=级别>", "2023-01-17"]
)
def test_names_and_dates_stay_whole(name: str) -> None:
    for before in range(30):
        told = "字" * before + f" {name}，写在这里"
        assert name in fitted(told, 2), told


@pytest.mark.parametrize("line", ["--format text 四个带头", "--color always list", "check 讲话稿.txt", "help check"])
def test_where_quotes_take_two_columns_they_are_counted_so(line: str, tmp_path: Path) -> None:
    surroundings = os.environ | {"PYTHONIOENCODING": "gbk", "COLUMNS": "60", "NO_COLOR": "1"}
    (tmp_path / "讲话稿.txt").write_text(DRAFT, encoding="utf-8")
    program = [str(Path(sys.executable).parent / "kouhao"), *line.split()]
    done = subprocess.run(program, capture_output=True, cwd=tmp_path, env=surroundings, check=False)
    lines = CONTROL.sub("", done.stdout.decode("gbk")).split("\n")
    whole = {
        one for one in lines if one.startswith(("四个带头（", "讲话稿.txt:"))
    }  # one line in a pipe, whatever its length
    assert [one for one in lines if columns_of(one.rstrip()) > 60 and one not in whole] == []
    for above, carets in pairwise(lines):
        if carets.strip() and not carets.strip(" ^"):
            begin = next(at for at in range(len(above)) if columns_of(above[:at]) == carets.index("^"))
            assert above[begin - 1] in "（(“"


def columns_of(text: str) -> int:
    """Return how many columns a console shows that has an older encoding of Chinese."""
    return sum(1 + (east_asian_width(mark) in "WFA") for mark in text)


def test_a_long_list_goes_through_the_pager_and_a_short_one_does_not(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat\n", encoding="utf-8")
    pager.chmod(0o755)
    assert "PAGED" in shown(tmp_path, "sources", pager=str(pager))
    assert "PAGED" in shown(tmp_path, "list", pager=str(pager))
    assert "PAGED" not in shown(tmp_path, "list", "--topic", "城区更新", pager=str(pager))
