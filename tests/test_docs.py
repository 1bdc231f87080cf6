"""The README is true: its picture is what rich paints today, and its console blocks print what they show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.picture import PICTURE, picture

from kouhao.curation.lint import check_counts, check_items
from kouhao.glossary.load import collect_files, load_files, parse_glossary
from kouhao.index.cache import builtin_path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
HOUSE = ROOT / "cli" / "kouhao"
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
KOUHAO = f"{sys.executable} -c 'from kouhao.commands.main import main; main()'"


def commands() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for session in SESSIONS:
        for step in session.split("$ ")[1:]:
            command, _, output = step.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), commands(), ids=[command for command, _ in commands()])
def test_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    script = f'kouhao() {{ {KOUHAO} "$@"; }}\n{command}'
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80"},
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == output


def test_the_page_for_curators_leads_from_a_report_to_an_exported_glossary(tmp_path: Path) -> None:
    page = README.partition("## 整理自己的词库")[2].partition("\n## ")[0]
    steps = re.findall(r"`(kouhao [^`]+)`", page.partition("```")[0])
    report = docx.Document()
    report.add_paragraph("推行“三个能”(能学、能讲、能写)。")
    report.save(str(tmp_path / "工作总结.docx"))
    book = openpyxl.Workbook()
    for row in (["词", "展开"], ["两个不", "不怕难、不等靠"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "口号表.xlsx")
    own = tmp_path / "我的词库.yaml"
    (tmp_path / "editor").write_text('#!/bin/sh\nsed -i "s/topic: 宣讲/topic: 理论宣讲/" "$2"\n', encoding="utf-8")
    (tmp_path / "editor").chmod(0o755)
    codes: dict[str, int] = {}
    for step in steps:
        script = f'kouhao() {{ {KOUHAO} "$@"; }}\n{step}'
        surroundings = os.environ | {"EDITOR": str(tmp_path / "editor")}
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=tmp_path,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        codes[step] = done.returncode
        if step.startswith("kouhao harvest"):
            drafted = own.read_text(encoding="utf-8")
            (tmp_path / "旧词库.yaml").write_text(drafted, encoding="utf-8")
            curated = drafted.replace("    draft: true\n", "").replace("publisher: ''", "publisher: 某局")
            own.write_text(curated.replace("published: ''", "published: '2024-05-06'"), encoding="utf-8")
    differing = {"kouhao diff 旧词库.yaml 我的词库.yaml", "kouhao add 我的词库.yaml"}  # changes; a terminal is needed
    assert {step for step, code in codes.items() if code} == differing
    assert "理论宣讲" in own.read_text(encoding="utf-8")
    assert "两个必讲" in (tmp_path / "口号.html").read_text(encoding="utf-8")


def test_readme_has_its_commands() -> None:
    assert len(commands()) >= 6
    assert "make run" in README
    assert "make test" in README


def test_picture_is_what_is_painted() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()


def test_the_counts_are_those_of_the_glossaries() -> None:
    district, national = (
        load_files(collect_files([Path(builtin_path(name))])).entries for name in ("putuo-2021", "national")
    )
    listed = [entry for entry in national if any(reading.full for reading in entry.readings)]
    mentioned = [entry for entry in national if not entry.readings]
    counts = [len(district), len(national), len(listed), len(national) - len(listed) - len(mentioned), len(mentioned)]
    told = README.partition("## 词库")[2].partition("---")[0]
    unproved = (ROOT / "tests" / "curation" / "unproved.txt").read_text(encoding="utf-8").split("\n")
    assert [int(count) for count in re.findall(r"(\d+) 条", told)] == [*counts, len(list(filter(None, unproved)))]
    line = "".join(CHANGELOG.partition("- A curated glossary")[2].partition("\n- ")[0])
    assert [int(count) for count in re.findall(r"\b\d+\b", line)] == counts


def test_the_house_has_the_rooms_that_its_page_names() -> None:
    house = CONTRIBUTING.partition("## The house")[2].partition("### The words")[0]
    rows = re.findall(r"(?m)^\| [0-9, ]+ \| (.+?) \| (.+) \|$", house)
    named = {name for rooms, _ in rows for name in re.findall(r"`(\w+)/?(?:\w+/)?`", rooms)}
    there = {path.stem for path in HOUSE.iterdir() if path.name[0] not in "_." and (path / "__init__.py").exists()}
    there |= {path.stem for path in HOUSE.glob("[!_]*.py")}
    assert named == there
    for rooms, told in rows:
        places = [HOUSE / name for name in re.findall(r"`([\w/]+)/`", rooms)]
        for module in set(re.findall(r"`([a-z_]+)/?`", told)) - there:
            assert any((place / f"{module}.py").exists() or (place / module).is_dir() for place in places), module
    for name in re.findall(r"`(\w+(?:\.\w+)+)`", house + CONTRIBUTING.partition("The start-up path")[2]):
        room, *modules = name.split(".")
        place = HOUSE.joinpath(room, *modules)
        assert place.is_dir() or place.with_suffix(".py").exists() or not (HOUSE / room).exists(), name


@pytest.mark.parametrize(
    "block", re.findall(r"```yaml\n(.*?)```", CONTRIBUTING, flags=re.DOTALL), ids=["entry", "national"]
)
def test_the_entries_on_the_page_for_contributors_are_sound(block: str) -> None:
    whole = block if block.startswith("sources") else f"sources: [{{id: own, title: 甲}}]\nentries:\n{block}"
    for entry in parse_glossary(whole, "-").entries:
        assert [finding.message for check in (check_items, check_counts) for finding in check(entry)] == []
