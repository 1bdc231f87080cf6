"""Spreadsheets as offices make them: a row a kind; whatever is not taken is told with its row."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.program import kouhao

from kouhao.curation.imported import Imported, glossary_data
from kouhao.curation.spreadsheets import import_tables
from kouhao.curation.tables import read_tables
from kouhao.documents.sheet import Sheet
from kouhao.errors import KouhaoError
from kouhao.glossary.load import parse_glossary
from kouhao.glossary.write import dump_yaml
from kouhao.output.exports.tables import table_cells

Rows = list[list[object]]
ITEMS = ["能学", "能讲", "能写"]


def read(content: bytes, name: str = "a.csv") -> Imported:
    return import_tables(read_tables(content, name), name, table_cells)


def said(entry: dict[str, Any]) -> dict[str, Any]:
    """Return where an entry has its expansion: without a quote it is cited."""
    reading: dict[str, Any] = entry["readings"][0]
    return reading


def workbook(*sheets: Rows, merged: tuple[str, ...] = (), hidden: tuple[int, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if number in hidden else "visible"
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(rows: str, column: int = 1) -> str:
    """Return a workbook as Excel 2003 writes it in XML; `{}` stands for the row of a slogan."""
    slogan = f'<Row><Cell ss:Index="{column}"><Data>三个能</Data></Cell><Cell><Data><B>能学</B>、能讲、能写</Data></Cell></Row>'
    head = '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    table = f'<Worksheet ss:Name="表"><Table>{rows.format(slogan)}</Table></Worksheet>'
    return f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{table}</Workbook>'


TABLE = "词{0}展开\n三个能{0}能学、能讲、能写\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.format(",").encode(),
        TABLE.format(",").encode("gb18030"),
        TABLE.format("\t").encode("utf-16"),
        TABLE.format(";").encode(),
        TABLE.format("，").encode(),
        ("sep=|\n" + TABLE.format("|")).encode(),
        TABLE.format(",").replace("\n", "\r").encode(),
        TABLE.format(",").replace("\n", "\r\n").encode("utf-8-sig"),
        ("2023年口号汇总表,\n\n" + TABLE.format(",")).encode(),
        "口 号,具体\n内容\n".replace("具体\n内容", '"具体\n内容"').encode()
        + '三个能,"1.能学；\n2.能讲；\n3.能写。"\n'.encode(),
        "序号,口号名称,内容（展开）\n1,三个能,（一）能学（二）能讲（三）能写\n".encode(),
        "词语/释义,展开（全称）\n三个能,①能学；②能讲；③能写。\n".encode(),
        "词,各项\n三个能,一是能学；二是能讲；三是能写。\n".encode(),
        "| 词 | 展开 |\n|:--|---|\n| **三个能** | 1.能学；<br>2.能讲；<br>3.能写。 |\n\n以上。\n".encode(),
        "词 | 展开\n--- | ---\n三个能 | 能学、能讲、能写\n".encode(),
        "<html><table><tr><td>词<td>展开<tr><td>三个能<td>能学<br>能讲<br>能写</table></html>".encode(),
        "<html><meta charset=gb2312><table><tr><th>词</th><th>展开</th></tr><tr><td>三个能</td><td>能学、能讲、能写</td></tr></table>".encode(
            "gb18030"
        ),
        "<html><table><tr><th>词<th>展开<tr><td rowspan=3>三个能<td>能学<tr><td>能讲<tr><td>能写</table>".encode(),
        sheet_xml('<Row><Cell><Data ss:Type="String">词</Data></Cell><Cell><Data>展开</Data></Cell></Row>{}').encode(),
        sheet_xml(
            '<Row/><Row ss:Index="4"><Cell ss:Index="2"><Data>词</Data></Cell><Cell><Data>展开</Data></Cell></Row>{}', 2
        )
        .replace("utf-8", "gb2312")
        .encode("gb18030"),
        "词,展开\n\u200b“三个能”\x0b,能学、\u200b能讲、能写\n".encode(),
        "词,各项,各项,各项\n三个能,能学,能讲,能写\n".encode(),
        "<html><table><tr><td>词<td>各项<tr><td rowspan=3>三个能<td>能学<tr><td>能讲<tr><td>能写</table>".encode(),
        "口号\n三个能：能学、能讲、能写\n".encode(),
        "序号,口号,内容\n1,三个能,能学\n,,能讲\n,,能写\n".encode(),
        "口号,第一项,第二项,第三项\n三个能,能学,能讲,能写\n".encode(),
        "<html><table><tr><td>党建<tr><td>词<td>展开<td>备注<tr><td>词<td>展开<tr><td>三个能<td>能学、能讲、能写</table>".encode(),
    ],
)
def test_a_table_is_read(content: bytes) -> None:
    imported = read(content)
    assert (imported.refused, imported.told) == ([], [])
    assert [(entry["term"], said(entry)["parts"][0]["items"]) for entry in imported.entries] == [("三个能", ITEMS)]


@pytest.mark.parametrize(
    ("content", "number", "told"),
    [
        ("词,展开\n三个能,能学,能讲,能写\n", 2, "格子比列名多"),
        ("词,展开\n\n\n,漏了\n", 4, "没有写词"),
        ("词,展开\n三个能,能学\n四好,#N/A\n", 3, "“展开”一格是错误值 #N/A"),
        ("词,展开\n#REF!,能学\n", 2, "#REF!"),
        ("词,展开\n三个能,能学\n合 计：,1\n", 3, "合 计"),
        ("词,展开\n三个能,能学\n口号,\n", 3, "又是列名"),
        ("序号,词,展开\n1,三个能,能学\n合计,1,\n", 3, "是“合计”行"),
        ("词,展开\n三个能,能学\n注：以文件为准,\n", 3, "不像词"),
        ("词,展开,截止\n三个能,能学,以后\n", 2, "“以后”不是日期"),
        (
            "<html><table><tr><td>序号<td>词<td>展开<tr><td>1<td>四个能<td>能学<tr><td colspan=3>二、经济</table>",
            3,
            "横跨几列",
        ),
        ("| 词 | 展开 |\n|---|---|\n| 三个能 | 能学、能讲、能写 |\n| | 漏了 |\n", 4, "没有写词"),
        ("<html><table><tr><td>词<td>展开<tr><td><td>漏了</table>", 2, "没有写词"),
        ('词,展开\n三个能,"能学；\n能讲；\n能写"\n\n三个能,"能学；\n能讲；\n能写"\n', 6, "重复"),
        ("<html><table><tr><td>词<td>各项<tr><td rowspan=2>三个能<td>能学<tr><td>能讲</table>", 2, "数目不符"),
        ("词,展开\n\ue000三个能,能学\n", 2, "U+E000"),
        ("词,展开,各项\n三个能,能学能讲,能学；能讲\n", 2, "各项有 2 项，与“三个能”的数目不符"),
        ("词,展开,各项\n三个能,能学、能讲、能写,能学；能讲；能做\n", 2, "各项与展开的字句不同"),
        ("词,展开\n三个能,能学、能讲\n", 2, "展开有 2 项，与“三个能”的数目不符"),
        ("词,展开,负责人\n三个能,能学,张三\n", 1, "负责人"),
        ("词,展开,备注\n三个能,能学,#N/A\n", 2, "“备注”一格是错误值 #N/A，没有收；其余的收了"),
        ("序号,词,展开\n1,三个能,能学\n2,,能讲\n", 3, "没有写词"),
        ("词,展开\n三个能,能学、能讲、能写\n三个能：能学、能讲、能写,\n", 3, "“三个能”重复"),
        ("词,展开,内容\n三个能,能学,能讲\n", 1, "重复"),
        (
            "<html><table><tr><td>词<td>各项<td>说明<tr><td rowspan=2>两个不<td>不等<td>甲<tr><td>不靠<td>乙</table>",
            3,
            "“说明”与上面一行的不同",
        ),
    ],
)
def test_what_is_not_taken_is_told_with_its_row(content: str, number: int, told: str) -> None:
    imported = read(content.encode())
    assert [(at, told in reason) for at, reason in (*imported.refused, *imported.told)] == [(number, True)]


def test_a_row_behind_one_that_is_refused_goes_on_nowhere() -> None:
    rows = "<tr><td>两个不<td>不等、不靠<tr><td rowspan=2>四好<td>#N/A<tr><td>能讲"
    imported = read(f"<html><table><tr><td>词<td>各项{rows}</table>".encode())
    assert said(imported.entries[0])["full"] == "不等、不靠"
    assert [number for number, _ in imported.refused] == [3, 4]


@pytest.mark.parametrize(
    "cell",
    [
        "能学 能讲 能写",
        "能学/能讲/能写",
        "能学·能讲·能写",
        "“能学”“能讲”“能写”",
        '"a.能学\nb.能讲\nc.能写"',
        '"· 能学\n· 能讲\n· 能写"',
        '"- 能学\n- 能讲\n- 能写"',
        "能学、能讲和能写",
    ],
)
def test_items_are_parted_by_what_makes_as_many_as_the_term_says(cell: str) -> None:
    imported = read(f"词,展开\n三个能,{cell}\n".encode())
    assert (imported.refused, said(imported.entries[0])["parts"][0]["items"]) == ([], ITEMS)


def test_what_brackets_enclose_is_one_item() -> None:
    imported = read("词,展开\n三个统一,统一规划（城市、农村）、统一标准、统一管理\n".encode())
    assert said(imported.entries[0])["parts"][0]["items"] == ["统一规划（城市、农村）", "统一标准", "统一管理"]


@pytest.mark.parametrize(
    ("term", "cell", "groups"),
    [
        (
            "三会一课",
            "支部党员大会、支部委员会、党小组会和党课",
            [["支部党员大会", "支部委员会", "党小组会"], ["党课"]],
        ),
        ("两个统筹", "发展和安全、城市和农村", [["发展和安全", "城市和农村"]]),
        ("三大改造", "农业、手工业和资本主义工商业的社会主义改造", []),  # what would be cut off is not
    ],
)
def test_a_conjunction_parts_items_where_the_term_says_so(term: str, cell: str, groups: list[list[str]]) -> None:
    imported = read(f"名词,展开\n{term},{cell}\n".encode())
    reading = said(imported.entries[0])
    assert (reading["full"], [part["items"] for part in reading.get("parts", [])]) == (cell, groups)


def test_a_heading_of_two_rows_is_read() -> None:
    rows: Rows = [
        ["口号", "口号", "来源"],
        ["名称", "展开", None],
        ["三个能", "能学、能讲、能写", "某局《总结》，2024年5月6日"],
    ]
    imported = read(workbook(rows, merged=("A1:B1", "C1:C2")), "a.xlsx")
    assert (imported.refused, imported.told) == ([], [])
    assert (said(imported.entries[0])["full"], said(imported.entries[0])["source"]) == (
        "能学、能讲、能写",
        "某局《总结》，2024年5月6日",
    )


def test_the_source_of_a_row_is_cited() -> None:
    rows = [
        "词,展开,来源",
        "三个能,能学、能讲、能写,某局《总结》，2024年5月6日",
        "两个必,必讲、必学,一次讲话",
        "两个不,不等、不靠,",
    ]
    imported = read("\n".join(rows).encode())
    glossary = parse_glossary(dump_yaml(glossary_data("表", imported)), "a.yaml")
    told = [(one.source.title, one.source.publisher, one.source.published, one.quote) for one in glossary.entries]
    assert told == [("总结", "某局", "2024-05-06", ""), ("一次讲话", "", "", ""), ("表", "", "", "")]
    assert [(one.note, one.readings[0].place.where) for one in glossary.entries[1:]] == [
        ("据表格第 3 行，没有对照原文", ""),
        ("", "第 4 行"),
    ]


def test_a_table_of_word_is_read() -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=3)
    rows = [
        ("序号", "口号", "内容"),
        ("一、党建", "", ""),
        ("1", "三个能", "能学；"),
        ("", "", "能讲；"),
        ("", "", "能写。"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 1).merge(table.cell(4, 1))
    out = io.BytesIO()
    document.save(out)
    imported = read(out.getvalue(), "a.docx")
    assert [(entry["term"], said(entry)["parts"][0]["items"]) for entry in imported.entries] == [("三个能", ITEMS)]
    assert imported.refused == [(2, "“一、党建”一格横跨几列，不是词")]


def test_the_sheet_of_a_row_is_named() -> None:
    imported = read(workbook([HEAD, ["三个能", "能学"]], [HEAD, [None, "漏了"]]), "a.xlsx")
    assert imported.refused[-1] == (2, "工作表“表2”：没有写词")


def test_items_are_as_many_as_a_name_may_promise_and_a_name_may_stand_for_two_lists() -> None:
    rows = [
        ("三抓三促", "抓学习促提升、抓执行促落实、抓效能促发展"),
        ("六个100%", "围挡100%、覆盖100%、冲洗100%、硬化100%、湿法100%、密闭100%"),
        ("三个能", "能学、能讲、能写"),
        ("三个能", "能来、能去、能回"),
    ]
    imported = read("\n".join(["词,展开", *(",".join(row) for row in rows)]).encode())
    assert imported.refused == []
    assert [(entry.get("id", entry["term"]), said(entry)["parts"][0]["items"]) for entry in imported.entries] == [
        (name, items.split("、"))
        for name, (_, items) in zip(("三抓三促", "六个100%", "三个能", "三个能-2"), rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [('词,展开\n三个能,"能学、能讲\n两个必讲,必讲形势\n', 2), ('词,展开\n甲,乙\n三个能,"能学"、"能讲\n', 3)],
)
def test_a_quotation_mark_that_stands_alone_is_told(content: str, line: int) -> None:
    with pytest.raises(KouhaoError, match="引号") as told:
        read(content.encode())
    assert (told.value.code, told.value.line) == ("E_FORMAT", line)


def test_a_quote_keeps_its_line_ends() -> None:
    imported = read('词,引文\n三个能,"做到“三个能”\n（能学、能讲、能写）"\n'.encode())
    assert imported.entries[0]["quote"] == "做到“三个能”\n（能学、能讲、能写）"


def test_long_cells_are_read() -> None:
    assert len(read(f"词,展开\n三个能,{'能' * 200_000}\n".encode()).entries[0]["readings"][0]["full"]) == 200_000


HEAD: list[object] = ["词", "展开", "主题"]


def test_a_workbook_loses_nothing() -> None:
    rows: Rows = [
        HEAD,
        ["三个能", "能学", "宣讲"],
        ["三个能", "能讲"],
        ["三个能", "能写"],
        ["两个不", '=A2&"x"'],
        [315, True],
    ]
    content = workbook(rows, [["说明"], ["这一页没有词"]], [HEAD, ["两个必", "必讲、必学"]], merged=("A2:A4", "C2:C4"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        imported = read(content, "a.xlsx")
    assert [entry["term"] for entry in imported.entries] == ["三个能", "315", "两个必"]
    assert said(imported.entries[0])["parts"] == [{"name": "三个能", "items": ITEMS}]
    assert imported.entries[0]["topic"] == "宣讲"
    assert [number for number, _ in imported.refused] == [5]
    assert imported.told == [(0, "工作表“表2”没有词的那一列，没有读")]
    assert imported.read == ["表1", "表3"]


@pytest.mark.parametrize("shown", ["#N/A", "#VALUE!"])
def test_cells_that_show_an_error_are_told(shown: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, ["三个能", shown], ["四好", "好"]):
        sheet.append(row)
    assert sheet["B2"].data_type == "e"
    out = io.BytesIO()
    book.save(out)
    imported = read(out.getvalue(), "a.xlsx")
    assert imported.refused == [(2, f"“展开”一格是错误值 {shown}")]
    assert [entry["term"] for entry in imported.entries] == ["四好"]


def test_a_cell_at_the_end_of_the_sheet_is_named() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "词"
    book.worksheets[0]["XFD1048576"] = "远"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(KouhaoError, match="XFD1048576") as told:
        read(out.getvalue(), "a.xlsx")
    assert told.value.code == "E_LIMIT"


def test_a_hidden_sheet_is_not_preferred() -> None:
    content = workbook([HEAD, ["旧", "旧"]], [HEAD, ["三个能", "能学"]], hidden=(0,))
    imported = read(content, "a.xlsx")
    assert ([entry["term"] for entry in imported.entries], imported.read) == (["三个能"], ["表2"])
    assert imported.told == [(0, "工作表“表1”是隐藏的，没有读")]


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"%PDF-1.4", "甲,乙\n丙,丁\n".encode()])
def test_what_is_no_table_is_told(content: bytes) -> None:
    with pytest.raises(KouhaoError) as told:
        read(content)
    assert told.value.code in ("E_FORMAT", "E_FIELD", "E_BINARY")
    assert told.value.hint


CELL = st.text(st.sampled_from("甲乙丙能学好五三两个、，；。：:（）“”'\"=1a% \n"), max_size=9)
ROW = st.tuples(
    st.sampled_from(["三个能", "两手抓", "“三好”", "一网通办", "三个能：能学、能讲、能写", "合计"]) | CELL,
    st.sampled_from(["能学、能讲、能写", "1.能学；2.能讲；3.能写。", "能学\n能讲"]) | CELL,
    *(st.just("") | CELL for _ in "各项主题引文说明"[::2]),
)
MERGED = st.tuples(st.integers(1, 4), st.integers(0, 5), st.integers(0, 2), st.integers(0, 3))


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4), st.lists(MERGED, max_size=1))
def test_no_word_of_a_row_is_lost_unsaid(rows: list[tuple[str, ...]], merged: list[tuple[int, int, int, int]]) -> None:
    table = Sheet("", [["词", "展开", "各项", "主题", "引文", "说明"], *map(list, rows)])
    for row, column, below, beside in merged:
        table.merge((row, column), (row + below, min(column + beside, 5)))
    imported = import_tables([table], "a.csv", table_cells)
    text = dump_yaml(glossary_data("表", imported))
    entries = parse_glossary(text, "a.yaml").entries
    assert [entry.term for entry in entries] == [entry["term"] for entry in imported.entries]
    written = "".join(re.findall(r"[\w%]+", text))
    told = {number for number, _ in (*imported.refused, *imported.told)}
    for number, cells in enumerate(table.rows[1:], 2):
        for word in () if number in told else re.findall(r"[\w%]+", "，".join(cells)):
            assert word in written or re.sub(r"^(\d+|[一二三a])", "", word) in written


def test_the_exit_code_says_that_something_was_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("词,展开\n三个能,能学、能讲、能写\n,漏了\n", encoding="utf-8")
    done = kouhao("import", "a.csv", "-o", "own.yaml", folder=tmp_path)
    assert (done.returncode, "a.csv:3" in done.stderr.decode()) == (1, True)
    assert kouhao("validate", "own.yaml", folder=tmp_path).returncode == 0


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["1", " ", "五", "、", "（", "+1", "1. "])
def test_no_cell_takes_long(unit: str) -> None:
    import_tables(
        read_tables(f"词,展开\n三个能,{unit * 60_000}\n{unit * 60_000},能\n".encode(), "a.csv"), "a.csv", table_cells
    )
