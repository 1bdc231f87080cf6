"""What a curator writes and hands on: canonical files, spreadsheets in, dictionaries and pages out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kouhao.errors import KouhaoError
from kouhao.exports import csv_table, html_page, stardict_files, tbx_document
from kouhao.imports import import_rows, read_table
from kouhao.lookup.packs import open_lookup
from kouhao.records import Record
from kouhao.store import builtin_files, format_yaml, load_files

RUN = [sys.executable, "-c", "from kouhao.door import main; main()"]
ROWS: list[list[str | int | None]] = [
    ["词", "展开", "备注"],
    ["三个能", "能学、能讲、能写", None],
    ["两个不", None, 12],
]


def kouhao(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*RUN, *map(str, arguments)], capture_output=True, timeout=60, check=False, cwd=folder)


def records() -> list[Record]:
    with open_lookup([]) as lookup:
        return list(lookup.records())


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: path.name)
def test_glossary_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_yaml(text, str(path)) == text


def test_fmt_orders_keys_and_keeps_comments(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    lines = [
        "# 顶",
        "source: {title: 甲, id: own}",
        "entries:",
        "# 一",
        "- quote: 三个能",
        "  basis: mentioned",
        "  term: '三个能'",
    ]
    path.write_text(
        "\n".join([*lines, "# 二", "- term: 两个不", "  basis: mentioned", "  quote: 两个不", ""]), encoding="utf-8"
    )
    before = load_files([path]).entries
    done = kouhao("fmt", path, folder=tmp_path)
    after = path.read_text(encoding="utf-8")
    if done.returncode == 2:
        assert "注释" in done.stderr.decode()
    assert load_files([path]).entries == before
    assert [line.strip() for line in after.splitlines() if line.lstrip().startswith("#")] == ["# 顶", "# 一", "# 二"]
    assert [found.name for found in tmp_path.iterdir()] == ["own.yaml"]


def test_workbook_is_imported() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    imported = import_rows(read_table(content.getvalue(), "a.xlsx"), "a.xlsx")
    assert [entry["term"] for entry in imported.entries] == ["三个能", "两个不"]
    assert imported.entries[0]["parts"] == [{"name": "三个能", "items": ["能学", "能讲", "能写"]}]
    assert imported.entries[1]["note"].startswith("12；")
    assert imported.refused == ()


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    with pytest.raises(KouhaoError) as told:
        read_table(content, "a.xlsx")
    assert told.value.code == "E_FORMAT"


@given(st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=4))
def test_every_row_is_a_draft_or_is_told(rows: list[list[str]]) -> None:
    named = [["词", "展开", "备注"], *rows]
    imported = import_rows(named, "a.csv")
    assert len(imported.entries) + len(imported.refused) == len(rows)


def test_no_cell_of_a_table_is_a_formula() -> None:
    record = records()[0] | {"term": "=cmd", "full": "+1", "topic": "@a"}
    row = csv_table([record]).splitlines()[1]
    assert row.startswith("'=cmd,'+1,")
    assert ",'@a," in row


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
    shown = re.findall(r'<article data-search="[^"]*">\s*<h2>(.*?) <small>', done.stdout.decode())
    hidden = re.findall(r'<article data-search="[^"]*" hidden="">', done.stdout.decode())
    assert shown == terms
    assert len(shown) + len(hidden) == len(records())


def test_termbase_is_as_the_schema_wants_it() -> None:
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / "tbx-basic.rng"))
    hostile = records()[0] | {"term": "<五好>&\x1b", "status": "superseded"}
    document = etree.fromstring(tbx_document([hostile, *records()]).encode())
    assert schema.validate(document), schema.error_log
    names = {"t": "urn:iso:std:iso:30042:ed:3.0"}
    terms = [term.text for term in document.iterfind(".//t:term", names)]
    assert terms == ["<五好>&\ufffd", *(record["term"] for record in records())]
    assert len(document.findall(".//t:descrip[@type='definition']", names)) == sum(
        bool(record["full"]) for record in [hostile, *records()]
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
