"""What a curator writes and hands on: canonical files, spreadsheets in, dictionaries and pages out."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.program import RUN, kouhao

from kouhao.commands.edit import edit as edit_entry
from kouhao.curation.new_entries import NewEntry, entry_data, propose
from kouhao.curation.spreadsheets import import_tables
from kouhao.curation.tables import read_tables
from kouhao.documents.sheet import Sheet
from kouhao.entry import Part
from kouhao.errors import KouhaoError
from kouhao.glossary.load import builtin_files, load_files, parse_glossary
from kouhao.glossary.write import format_yaml
from kouhao.lookup.engine import open_lookup
from kouhao.output.exports.page import html_page
from kouhao.output.exports.stardict import stardict_files
from kouhao.output.exports.tables import csv_table, table_cells
from kouhao.output.exports.tbx import tbx_document
from kouhao.records import EntryRecord

ROWS: list[list[str | int | None]] = [
    ["词", "展开", "备注"],
    ["三个能", "能学、能讲、能写", None],
    ["两个不", None, 12],
]


def records() -> list[EntryRecord]:
    with open_lookup([]) as lookup:
        return list(lookup.records())


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: path.name)
def test_glossary_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_yaml(text, str(path)) == text


UNTIDY = """# 顶
source:
  title: 甲
  id: own
entries:
- quote: 三个能
  basis: mentioned
  term: '三个能'
"""
TIDY = """# 顶
sources:
  - id: own
    title: 甲
entries:
  - term: 三个能
    basis: mentioned
    quote: 三个能
"""


def test_fmt_orders_keys_and_keeps_comments(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    checked = kouhao("fmt", "--check", path, folder=tmp_path)
    assert (checked.returncode, path.read_text(encoding="utf-8")) == (1, UNTIDY)
    done = kouhao("fmt", path, folder=tmp_path)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (0, TIDY)
    again = kouhao("fmt", path, folder=tmp_path)
    assert (again.returncode, again.stdout, path.read_text(encoding="utf-8")) == (0, b"", TIDY)
    assert [found.name for found in tmp_path.iterdir()] == ["own.yaml"]


def test_fmt_leaves_what_it_would_move_a_comment_in(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    content = UNTIDY.replace("- quote", "# 一\n- quote")
    path.write_text(content, encoding="utf-8")
    done = kouhao("fmt", path, folder=tmp_path)
    assert (done.returncode, "注释" in done.stderr.decode()) == (2, True)
    assert "own.yaml:6" in done.stderr.decode()
    assert "“三个能”的字段排成 term、basis、quote" in done.stderr.decode()
    assert path.read_text(encoding="utf-8") == content


MARK = b"\xef\xbb\xbf"
COMMENTED = TIDY.replace("甲\n", "甲  # 题\n").replace("  - term", "  # 一\n  - term") + "# 尾\n"


@pytest.mark.parametrize("mark", [b"", MARK])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("command", ["fmt", "add", "harvest"])
def test_encoding_and_line_ends_of_a_file_stay(command: str, end: str, mark: bytes, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    written = COMMENTED.replace("mentioned", "'mentioned'") if command == "fmt" else COMMENTED
    own.write_bytes(mark + written.replace("\n", end).encode())
    (tmp_path / "own.txt").write_text(QUOTE, encoding="utf-8")
    options: dict[str, list[str | Path]] = {"fmt": [], "add": ["--quote", QUOTE], "harvest": ["own.txt", "--into"]}
    done = kouhao(command, *options[command], own, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    after = own.read_bytes()
    assert after.startswith(mark + b"# ")
    kept = iter(after.decode("utf-8-sig").splitlines())
    assert all(line in kept for line in COMMENTED.splitlines())
    assert after.count(b"\n") == (after.count(b"\r\n") or after.count(b"\n"))
    assert len(load_files([own]).entries) == (1 if command == "fmt" else 2)
    assert kouhao("fmt", "--check", own, folder=tmp_path).returncode == 0


def test_fmt_and_add_write_what_can_be_read(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    flow = "sources:\n  - {id: own, url: 'https://x.cn/a', title: '时间: 甲'}\nentries:\n- {term: 三个能, basis: mentioned, quote: '三个能: 能学'}\n"
    own.write_text(flow, encoding="utf-8")
    before = load_files([own]).entries
    assert kouhao("fmt", own, folder=tmp_path).returncode == 0
    assert [entry.quote for entry in load_files([own]).entries] == [entry.quote for entry in before]
    own.write_text(flow, encoding="utf-8")
    quote = "落实“两条”(a:b、c:d)。"
    done = kouhao("add", own, "--quote", quote, "--term", "两条", "--item", "a:b", "--item", "c:d", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert own.read_text(encoding="utf-8").startswith(flow)
    assert load_files([own]).entries[1].parts[0].items == ("a:b", "c:d")


@pytest.mark.parametrize(
    ("term", "quote", "items"),
    [
        ("", "“三个 100%”：覆盖率 100%、知晓率 100%、满意率 100%。", ["覆盖率 100%", "知晓率 100%", "满意率 100%"]),
        ("五心服务", "提供“五心”服务（热心、耐心、细心、贴心、放心）。", ["热心", "耐心", "细心", "贴心", "放心"]),
        (
            "六稳",
            "六稳是稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
            ["稳就业", "稳金融", "稳外贸", "稳外资", "稳投资", "稳预期"],
        ),
        ("四个清", "“四个清”为底数清、情况清、责任清和措施清，请照办。", ["底数清", "情况清", "责任清", "措施清"]),
        ("三个清", "三个清是基础、前提和保障。", []),
        ("三会一课", "三会一课是党的组织生活的基本制度，是加强党员教育的方式。", []),
    ],
)
def test_what_the_quote_explains_is_proposed_as_it_stands_there(term: str, quote: str, items: list[str]) -> None:
    proposed = propose(NewEntry(term, quote))
    assert [item for part in proposed.parts for item in entry_data(proposed)["parts"][0]["items"]] == items


@pytest.mark.parametrize(
    ("term", "items", "quote", "full"),
    [
        ("五常", "仁义礼智信", "讲仁义，“五常”：仁、义、礼、智、信。", "仁、义、礼、智、信"),
        ("真善美三标准", "真善美", "坚持“真善美三标准”：真、善、美。", "真、善、美"),
        ("双报告", ["向居民报告", "向组织报告"], "“双报告”：“向居民报告”“向组织报告”。", "“向居民报告”“向组织报告”"),
        ("1+N", ["党总支", "支队伍"], "“1+N”：“1”是党总支，“N”是支队伍。", "“1”是党总支，“N”是支队伍"),
        ("三个能", ["能学", "能讲", "能写"], "（“三个能”：能学、能讲、“能写”）", "能学、能讲、“能写”"),
    ],
)
def test_an_expansion_is_the_shortest_stretch_outside_the_term_with_its_quotes(
    term: str, items: Sequence[str], quote: str, full: str
) -> None:
    assert entry_data(NewEntry(term, quote, (Part(term, tuple(items)),)))["full"] == full


@pytest.mark.parametrize(
    "numbers",
    ["一是 ，二是 ，三是 ", "（一） ；（二） ；（三） ", "① ；② ；③ ", "1. ；2. ；3. ", "其一， ；其二， ；其三， "],
)
@pytest.mark.parametrize("around", ["“三个必”：{}。", "“三个必”（{}）。"])
def test_numbers_are_all_in_the_expansion_and_in_no_item(numbers: str, around: str) -> None:
    items = ["必须讲政治", "必须守规矩", "必须抓落实"]
    full = "".join(number + item for number, item in zip(numbers.split(), items, strict=True))
    entry = entry_data(propose(NewEntry("", around.format(full))))
    assert (entry["full"], entry["parts"][0]["items"]) == (full, items)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("'2024-05-06'", "'2024-5-6'", "日期“2024-5-6”写法不对"),
        ("'2024-05-06'", "'2024-02-30'", "日期“2024-02-30”写法不对"),
        ("'2024-05-06'", "2024年5月6日", "日期“2024年5月6日”写法不对"),
        ("'2024-05-06'", "'2024-05'", ""),
        ("[能学, 能讲, 能写]", "[能学，能讲，能写]", "各项之间请用半角逗号"),
        ("[能学, 能讲, 能写]", "[能学, 能讲]", "请写在 exception 里"),
    ],
)
def test_validate_knows_the_causes(was: str, becomes: str, told: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    head = "sources:\n  - id: own\n    title: 甲\n    publisher: 乙\n    published: '2024-05-06'\nentries:\n"
    entry = "  - term: 三个能\n    basis: stated\n    full: 能学、能讲、能写\n    quote: 三个能：能学、能讲、能写。\n"
    entry += "    parts:\n      - name: 三个能\n        items: [能学, 能讲, 能写]\n"
    own.write_text((head + entry).replace(was, becomes), encoding="utf-8")
    done = kouhao("validate", own, folder=tmp_path)
    assert told in done.stderr.decode() + done.stdout.decode()
    assert bool(told) or done.stdout == b""


_READY = "\x1b[?2004h"
"""What a prompt writes when it begins to read keys; what is typed before may still be taken by the terminal itself."""


def converse(folder: Path, answers: list[str], *arguments: str) -> tuple[int, str]:
    """Run kouhao on a terminal of its own, on which each answer is typed when it is asked for."""
    surroundings = os.environ | {"TERM": "xterm"}
    shown = io.StringIO()
    child = pexpect.spawn(
        RUN[0], [*RUN[1:], *arguments], cwd=folder, env=surroundings, encoding="utf-8", timeout=60, dimensions=(40, 120)
    )
    child.logfile_read = shown
    for answer in answers:
        child.expect_exact(_READY)
        child.send(answer if answer == "\x04" else f"{answer}\r")
    child.expect_exact(pexpect.EOF)
    child.close()
    return child.exitstatus, shown.getvalue()


QUOTE = "落实“四到位”(人员到位、场地到位、经费到位、制度到位)。"


def test_two_files_of_one_name_in_two_folders_are_two_texts(tmp_path: Path) -> None:
    for name, term in (("一", "三个能"), ("二", "四个会")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "原文.txt").write_text(f"做到{term}。\n", encoding="utf-8")
        head = f"source: {{id: own, title: {name}, publisher: 乙, published: '2024-05-06', file: 原文.txt}}\n"
        entry = f"  - {{term: {term}, topic: 丙, basis: mentioned, quote: 做到{term}。}}\n"
        (folder / "own.yaml").write_text(f"{head}entries:\n{entry}", encoding="utf-8")
    done = kouhao("validate", "一", "二", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    (tmp_path / "二" / "原文.txt").write_text("做到三个能。\n", encoding="utf-8")
    assert "四个会" in kouhao("validate", "一", "二", folder=tmp_path).stdout.decode()


def test_add_asks_and_proposes(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    code, shown = converse(
        tmp_path, ["工作总结", "某局", "2024-05-06", "", QUOTE, "", "", "y", "党建", ""], "add", "own.yaml"
    )
    assert code == 0, shown
    (entry,) = load_files([own]).entries
    assert (entry.term, entry.topic, entry.basis.value, len(entry.items)) == ("四到位", "党建", "stated", 4)
    assert format_yaml(own.read_text(encoding="utf-8"), "own.yaml") == own.read_text(encoding="utf-8")
    assert kouhao("validate", "own.yaml", folder=tmp_path).returncode == 0


def test_add_asks_again_where_something_is_wrong(tmp_path: Path) -> None:
    wrong = ["四到位", "n", "-", "人员到位、场地到位、经费到位", "", "", "y"]
    right = ["", "n", "-", "人员到位、场地到位、经费到位、制度到位", "", ""]
    code, shown = converse(tmp_path, ["", "", "", "", QUOTE, "", *wrong, *right], "add", "own.yaml", "--title", "总结")
    assert "应有 4 项" in shown
    assert code == 0, shown
    assert len(load_files([tmp_path / "own.yaml"]).entries[0].items) == 4


def test_add_that_is_broken_off_writes_nothing(tmp_path: Path) -> None:
    code, shown = converse(tmp_path, ["总结", "", "", "", QUOTE, "", "\x04"], "add", "own.yaml")
    assert (code, "没有写完" in shown) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--quote", QUOTE], 2, "--title"),
        (["--title", "总结"], 2, "--quote"),
        (["--title", "总结", "--quote", "没有口号的句子。"], 2, "--term"),
        (["--title", "总结", "--quote", QUOTE, "--item", "人员到位"], 1, "应有 4 项"),
        (["--title", "总结", "--quote", "讲“四到位”。", "--term", "五到位"], 1, "引文里没有"),
    ],
)
def test_add_writes_nothing_that_is_wrong(arguments: list[str], code: int, told: str, tmp_path: Path) -> None:
    arguments = [*arguments, "--term", "四到位"] if "人员到位" in arguments else arguments
    done = kouhao("add", "own.yaml", *arguments, folder=tmp_path)
    assert (done.returncode, told in done.stderr.decode()) == (code, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["add", "own.yaml", "--quote", QUOTE], ["fmt", "own.yaml"]])
def test_a_glossary_that_is_not_utf8_is_told(command: list[str], tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_bytes("source: {id: own, title: 甲}\nentries: []\n".encode("gbk"))
    done = kouhao(*command, folder=tmp_path)
    assert (done.returncode, b"E_ENCODING" in done.stderr) == (2, True)


def test_add_takes_the_term_from_the_quote_and_the_items_from_the_curator(tmp_path: Path) -> None:
    items = [option for item in ("人员到位", "场地到位", "经费到位", "制度到位") for option in ("--item", item)]
    done = kouhao("add", "own.yaml", "--title", "总结", "--quote", QUOTE, *items, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert load_files([tmp_path / "own.yaml"]).entries[0].term == "四到位"


def test_add_ends_no_expansion_within_a_clause(tmp_path: Path) -> None:
    items = [option for item in ("形势", "政策") for option in ("--item", item)]
    quote = "先有“两个必讲”：形势人人要讲，政策也要讲。"
    assert kouhao("add", "own.yaml", "--title", "总结", "--quote", quote, *items, folder=tmp_path).returncode == 0
    assert load_files([tmp_path / "own.yaml"]).entries[0].full == "形势人人要讲，政策也要讲"


def test_add_keeps_what_is_there(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("# 顶\nsource: {id: own, title: 甲}\nentries: []\n", encoding="utf-8")
    for sentence, item in ((QUOTE, []), ("讲“两不一要”，不怕，不等，要学。", ["不怕", "不等", "要学"])):
        options = [option for one in item for option in ("--item", one)]
        term = ["--term", "两不一要"] if item else []
        assert kouhao("add", "own.yaml", "--quote", sentence, *term, *options, folder=tmp_path).returncode == 0
    assert own.read_text(encoding="utf-8").startswith("# 顶\n")
    entries = load_files([own]).entries
    assert [[part.name for part in entry.parts] for entry in entries] == [["四到位"], ["两不", "一要"]]
    before = own.read_bytes()
    assert kouhao("add", "own.yaml", "--quote", QUOTE, folder=tmp_path).returncode == 2
    assert own.read_bytes() == before


def edit(folder: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run `kouhao edit` with an editor that does what a shell script says to the file $file."""
    editor = folder / "bin"
    editor.mkdir(exist_ok=True)
    (editor / "ed.sh").write_text(f'#!/bin/sh\necho "$1"\nfile=$2\n{script}\n', encoding="utf-8")
    (editor / "ed.sh").chmod(0o755)
    return subprocess.run(
        [*RUN, "edit", *arguments],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "VISUAL"} | {"EDITOR": str(editor / "ed.sh")},
    )


OWN = """source:
  id: own
  title: 甲
entries:
  - term: 两个不
    basis: mentioned
    quote: 两个不
  - term: 三个能
    basis: mentioned
    quote: 三个能
"""


def test_edit_waits_for_no_editor_where_nobody_is(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    nobody = {name: value for name, value in os.environ.items() if name not in {"VISUAL", "EDITOR"}}
    command = [*RUN, "edit", "-g", "own.yaml", "三个能"]
    done = subprocess.run(
        command, capture_output=True, timeout=60, check=False, cwd=tmp_path, stdin=subprocess.DEVNULL, env=nobody
    )
    assert done.returncode == 2
    assert b"E_USAGE" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["own.yaml"]


def test_edit_opens_at_the_line_and_writes_back(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    done = edit(tmp_path, 'sed -i "s/    quote: 三个能/    quote: 做到三个能/" "$file"', "-g", "own.yaml", "三个能")
    assert (done.returncode, done.stdout) == (0, b"+8\n")
    assert load_files([own]).entries[1].quote == "做到三个能"


@pytest.mark.parametrize(
    ("script", "arguments", "code", "kept"),
    [
        ("true", ["三个能"], 0, False),
        ("exit 3", ["三个能"], 2, False),
        ('echo "# 我" >> "$file"; exit 3', ["三个能"], 2, True),
        ("true", ["四个能"], 2, False),
        ('echo "  - [" >> "$file"', ["三个能"], 2, True),
        ("printf '\\377' >> \"$file\"", ["own/三个能"], 2, True),
        ('echo "# 别人" >> own.yaml; echo "# 我" >> "$file"', ["三个能"], 2, True),
        ('sed -i "s/    quote: 三个能/    quote: 三个会/" "$file"', ["三个能"], 2, True),
        ('sed -i "s/    quote: 两个不/    quote: 两个别/" "$file"', ["三个能"], 2, True),
    ],
)
def test_edit_never_loses_anything(script: str, arguments: list[str], code: int, kept: bool, tmp_path: Path) -> None:  # noqa: FBT001  a table's column
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    done = edit(tmp_path, script, "-g", "own.yaml", *arguments)
    assert done.returncode == code, done.stderr
    assert own.read_text(encoding="utf-8").startswith(OWN)
    assert (tmp_path / "own.yaml.edited").exists() == kept


@pytest.mark.parametrize("command", [["edit", "-g", "own.jsonl", "三个能"], ["fmt", "own.jsonl"]])
def test_a_pack_is_no_file_that_is_edited_or_formatted(command: list[str], tmp_path: Path) -> None:
    sources = '{"id": "own", "sources": [{"id": "a", "title": "甲", "publisher": "乙", "published": "2024-05-06"}]}'
    entry = '{"term": "三个能", "basis": "mentioned", "source": "a", "quote": "做到三个能"}'
    (tmp_path / "own.jsonl").write_text(f"{sources}\n{entry}\n", encoding="utf-8")
    done = kouhao(*command, folder=tmp_path)
    assert (done.returncode, ".yaml 词库" in done.stderr.decode()) == (2, True)


def test_edit_keeps_what_was_kept_before(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "own.yaml").chmod(0o600)
    for number in ("", "2", "3"):
        edit(tmp_path, f'echo "  - [{number}" >> "$file"', "-g", "own.yaml", "三个能")
        kept = tmp_path / f"own.yaml{number}.edited"
        assert (kept.read_text(encoding="utf-8").splitlines()[-1], kept.stat().st_mode & 0o77) == (f"  - [{number}", 0)


@pytest.mark.parametrize("editor", ['"', "none", "/", "false"])
def test_an_editor_that_is_none_is_told(editor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("VISUAL", editor)
    with pytest.raises(KouhaoError):
        edit_entry(term="三个能", paths=[str(own)])


def test_the_built_in_glossary_is_not_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KOUHAO_GLOSSARY", raising=False)
    with pytest.raises(KouhaoError) as told:
        edit_entry(term="五好", paths=[])
    assert told.value.code == "E_USAGE"


@pytest.mark.parametrize("delay", [0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8])
def test_killed_fmt_leaves_the_old_file_or_the_new(delay: float, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    entries = "".join(f"  - quote: 做到第{n}个能\n    basis: mentioned\n    term: 第{n}个能\n" for n in range(40))
    old = f"source:\n  id: own\n  title: 甲\nentries:\n{entries}"
    own.write_text(old, encoding="utf-8")
    process = subprocess.Popen([*RUN, "fmt", str(own)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.kill()
    process.wait()
    assert own.read_text(encoding="utf-8") in (old, format_yaml(old, "own.yaml"))


def test_workbook_is_imported() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    imported = import_tables(read_tables(content.getvalue(), "a.xlsx"), "a.xlsx", table_cells)
    assert [entry["term"] for entry in imported.entries] == ["三个能", "两个不"]
    assert imported.entries[0]["readings"][0]["parts"] == [{"name": "三个能", "items": ["能学", "能讲", "能写"]}]
    assert (imported.entries[1]["note"], imported.entries[1]["named_in"]["where"]) == ("12", "第 3 行")
    assert imported.refused == []


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    with pytest.raises(KouhaoError) as told:
        import_tables(read_tables(content, "a.xlsx"), "a.xlsx", table_cells)
    assert told.value.code in ("E_FORMAT", "E_FIELD")


@given(st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=4))
def test_every_row_is_a_draft_or_is_told(rows: list[list[str]]) -> None:
    named = [["词", "展开", "备注"], *rows]
    imported = import_tables([Sheet("", named)], "a.csv", table_cells)
    assert len(imported.entries) + len(imported.refused) == sum(any(cell.strip() for cell in row) for row in rows)


def test_no_cell_of_a_table_is_a_formula() -> None:
    record = records()[0] | {"term": "=cmd", "full": "+1", "topic": "@a", "quote": "＝1", "note": "\n-1"}
    table = csv_table([record])
    row = table.splitlines()[1]
    assert row.startswith("'=cmd,'+1,")
    assert ",'@a," in row
    assert ",'＝1," in row
    assert ',"\'\n-1",' in table


@pytest.mark.skipif(shutil.which("sdcv") is None, reason="sdcv is not here")
def test_sdcv_reads_the_dictionary(tmp_path: Path) -> None:
    for name, content in stardict_files(records()).items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        ["sdcv", "-n", "--utf8-output", "--utf8-input", "--data-dir", tmp_path, "五个百"],
        capture_output=True,
        check=False,
    )
    assert "百巢引才、百创聚才、百智助才、百岗育才、百卡安才" in done.stdout.decode()


class Reader(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onerror"}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_page_needs_nothing_else_and_takes_text_as_text() -> None:
    found = records()
    hostile = found[0] | {"term": '<img src=x onerror="alert(1)">', "quote": "</article><script>"}
    reader = Reader()
    reader.feed(html_page([hostile, *found]))
    assert reader.tags.count("article") == len(found) + 1
    assert "img" not in reader.tags
    assert reader.tags.count("script") == 1
    assert "五好" in reader.text


def test_page_is_searched_by_pinyin_and_initials() -> None:
    page = html_page(record for record in records() if record["term"] == "五好")
    assert 'data-search="五好 wuhao wh ' in page


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.mark.skipif(BROWSER is None, reason="no browser is here")
@pytest.mark.parametrize(
    ("query", "terms"),
    [("五好", ["五好"]), ("wuhao", ["五好"]), ("sjstb", ["三进三同步"]), ("百卡安才", ["五个百"]), ("没有的词", [])],
)
def test_browser_finds_in_the_page(query: str, terms: list[str], tmp_path: Path) -> None:
    page = tmp_path / "口号.html"
    page.write_text(html_page(records()), encoding="utf-8")
    address = f"{page.as_uri()}#{quote(query)}"
    command = [BROWSER or "", *QUIET.split(), f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    found, everything = done.stdout.decode().split('<main id="all"')
    away = everything.startswith(' class="away"')
    shown = re.findall(r"<h2>(.*?) <small>", found if away else everything)
    assert shown == terms
    assert everything.count("<article ") == len(records())


def test_termbase_is_as_the_schema_wants_it() -> None:
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / "tbx-basic.rng"))
    hostile = records()[0] | {"term": "<五好>&\x1b", "status": "superseded"}
    document = etree.fromstring(tbx_document([hostile, *records()]).encode())
    assert schema.validate(document), schema.error_log
    names = {"t": "urn:iso:std:iso:30042:ed-2"}
    terms = [term.text for term in document.iterfind(".//t:term", names)]
    forms = [form for record in [hostile, *records()] for form in ("", *record.get("also", ()))]
    assert [term for term in terms if term not in forms][:2] == ["<五好>&\ufffd", records()[0]["term"]]
    assert len(terms) == len(forms)
    assert len(document.findall(".//t:descrip[@type='definition']", names)) == sum(
        len(record["readings"]) for record in [hostile, *records()]
    )


def test_from_a_spreadsheet_to_a_looked_up_entry(tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("词,展开\n三个能,能学、能讲、能写\n", encoding="utf-8")
    assert kouhao("import", "表.csv", "-o", "own.yaml", folder=tmp_path).returncode == 0
    own = tmp_path / "own.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("    draft: true\n", ""), encoding="utf-8")
    assert kouhao("fmt", "--check", "own.yaml", folder=tmp_path).returncode == 0
    assert kouhao("validate", "own.yaml", folder=tmp_path).returncode == 0
    done = kouhao("-g", "own.yaml", "三个能", folder=tmp_path)
    assert done.stdout.decode() == "三个能\t能学、能讲、能写\n"
    assert kouhao("import", "表.csv", "-o", "own.yaml", folder=tmp_path).returncode == 2


def test_drafts_that_a_file_has_already_are_not_said_to_be_added(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("落实人员、场地、经费、制度“四到位”。", encoding="utf-8")
    told = [kouhao("harvest", "a.txt", "--into", "own.yaml", folder=tmp_path).stderr.decode() for _ in range(2)]
    assert "加了 1 条草稿" in told[0]
    assert "加了 0 条草稿" in told[1]
    assert "没有再加：四到位" in told[1]
    assert (tmp_path / "own.yaml").read_text(encoding="utf-8").count("term: 四到位") == 1


@pytest.mark.parametrize(
    "begun", ["", "# 本处词库\n", "sources: []\nentries: []\n", "# 本处词库\nentries:\nsources: []  # 待补\n"]
)
def test_drafts_go_into_a_file_that_holds_nothing_yet(begun: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("落实人员、场地、经费、制度“四到位”。", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(begun, encoding="utf-8")
    assert kouhao("harvest", "a.txt", "--into", "own.yaml", folder=tmp_path).returncode == 0
    written = (tmp_path / "own.yaml").read_text(encoding="utf-8")
    assert written.startswith("# 本处词库\nsources:" if begun.startswith("#") else "sources:")
    assert [entry.term for entry in parse_glossary(written, "own.yaml").entries] == ["四到位"]


def test_what_is_known_is_what_the_chosen_glossaries_have(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "开展“三严三实”（严以修身、严以用权、严以律己，谋事要实、创业要实、做人要实）。", encoding="utf-8"
    )
    known = {}
    for builtin in ('["putuo-2021"]', "true"):
        (tmp_path / "kouhao.toml").write_text(f"builtin = {builtin}\n", encoding="utf-8")
        told = kouhao("harvest", "--format", "jsonl", "a.txt", folder=tmp_path).stdout
        known[builtin] = json.loads(told)["known"]
    assert known == {'["putuo-2021"]': "new", "true": "same"}


HEADS = {
    "block": "source: # 注\n  # 里\n  id: q\n  title: 甲  # 题\n",
    "brackets": "source: {id: q, title: 甲}\n",
    "brackets over lines": "source: {\n  id: q, title: 甲}\n",
    "list": "sources:\n- id: q\n  title: 甲\n# 尾\n\n",
    "list of brackets": "sources: [{id: q, title: 甲}]\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_drafts_of_another_document_have_it_as_their_source(head: str, tmp_path: Path) -> None:
    entries = "entries:\n  - term: 三个能 # 旧\n    basis: mentioned\n    quote: '三个能'\n"
    (tmp_path / "own.yaml").write_text(f"# 头\n{HEADS[head]}{entries}", encoding="utf-8")
    texts = {
        "总结.txt": "落实人员、场地、经费、制度“四到位”。",
        "q.txt": "坚持“四比”（比学习、比干劲、比作风、比实绩）。",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert kouhao("harvest", name, "--into", "own.yaml", folder=tmp_path).returncode == 0
    written = (tmp_path / "own.yaml").read_text(encoding="utf-8")
    glossary = parse_glossary(written, "own.yaml")
    assert [(one.term, one.source.id, one.source.file) for one in glossary.entries] == [
        ("三个能", "q", ""),
        ("四到位", "总结", "总结.txt"),
        ("四比", "q", ""),
    ]
    comments = [f"#{line.partition('#')[2]}" for line in HEADS[head].splitlines() if "#" in line]
    assert [comment for comment in ["# 头", "# 旧", *comments] if comment not in written] == []
    assert "quote: '三个能'" in written or "over lines" in head or "list of" in head


OTHER = "开展“四比”（比学习、比担当、比作风、比业绩）活动。"
SOURCES = {
    "one in a block": "# 顶\nsource:\n  id: q\n  # 题\n  title: 总结  # 名\nentries: []\n",
    "one on a line": "source: {id: q, title: 总结}\nentries: []\n",
    "a list": "sources:\n- id: q\n  title: 总结\n\n# 词条\nentries: []\n",
    "a list on a line": "sources: [{id: q, title: 总结}]\nentries: []\n",
    "behind the entries": "entries: []\nsources:\n    - id: q\n      title: 总结\n",
    "a folded title": "source:\n    id: q\n    title: >-\n      总\n      结\nentries: []\n",
}
"""The ways in which a glossary names its source."""

COMMANDS = {
    "harvest": ["harvest", "另一份.txt", "--into", "own.yaml"],
    "add": ["add", "own.yaml", "--quote", OTHER, "--title", "另一份", "--evidence", "另一份.txt"],
}


@pytest.mark.parametrize("written", SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_second_document_is_a_second_source(command: str, written: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(written.replace("entries: []", "entries:\n  - {term: 三个能, basis: mentioned, quote: 三个能}"))
    (tmp_path / "另一份.txt").write_text(OTHER, encoding="utf-8")
    done = kouhao(*COMMANDS[command], folder=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = load_files([own]).entries
    assert (first.source.id, first.id, second.source.title, second.source.file) == (
        "q",
        "q/三个能",
        "另一份",
        "另一份.txt",
    )
    assert all(line.strip().lstrip("- ") in own.read_text() for line in written.splitlines() if "#" in line)
    (tmp_path / "另一份.txt").write_text(OTHER.replace("四比", "四看"), encoding="utf-8")
    third = kouhao(*[word.replace("四比", "四看") for word in COMMANDS[command]], folder=tmp_path)
    assert third.returncode == 0 or command == "add", third.stderr
    assert len({entry.source.id for entry in load_files([own]).entries}) == 2
    own.write_text(own.read_text(encoding="utf-8").replace("    draft: true\n", ""), encoding="utf-8")
    cited = kouhao("cite", "-g", "own.yaml", "--no-builtin", "四比", folder=tmp_path).stdout.decode()
    assert "《另一份》" in cited


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--title", "甲"], 0, "乙局-1"),
        (["--title", "甲", "--published", "2026"], 0, "甲"),
        (["--publisher", "丙局"], 2, "题名"),
        ([], 2, "2 个来源"),
        (["--title", "乙"], 2, "2 个来源"),
        (["--title", "丁", "--published", "2026-13-45"], 2, "不是日期"),
        (["--title", "丁", "--evidence", "没有.txt"], 2, "没有.txt"),
    ],
)
def test_add_heeds_or_refuses_what_is_said_of_the_source(
    options: list[str], code: int, told: str, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    sources = "  - {id: 乙局-1, title: 甲}\n  - {id: b, title: 乙}\n"
    if options[1:2] == ["乙"]:
        sources += "  - {id: c, title: 乙, published: '2025'}\n"
    elif not options:
        told = "2 个来源"
    own.write_text(f"sources:\n{sources}entries: []\n", encoding="utf-8")
    before = own.read_bytes()
    done = kouhao("add", "own.yaml", "--quote", QUOTE, *options, folder=tmp_path)
    assert done.returncode == code, done.stderr
    if code:
        assert told in done.stderr.decode()
        assert own.read_bytes() == before
        return
    (entry,) = load_files([own]).entries
    assert entry.source.id == told
    assert entry.source.published == ("2026" if "--published" in options else "")
