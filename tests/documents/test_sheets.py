"""What stands in and around the cells of spreadsheets, old and new, is read or told."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from kouhao.documents.reading import read_bytes
from kouhao.documents.sheet_traits import xls_traits
from kouhao.documents.workbook import read_sheets
from kouhao.errors import KouhaoError

WIDE, NARROW = 1, 0


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str) -> bytes:
    return bytes([WIDE]) + text.encode("utf-16-le")


def margin(text: str) -> bytes:
    return struct.pack("<H", len(text)) + wide(text)


def box(kind: int, *pieces: bytes, count: int) -> bytes:
    owner = record(0x5D, struct.pack("<HHHHH", 0x15, 18, kind, 1, 0))
    frame = record(0x1B6, struct.pack("<HHHHHHHH", 0, 0, 0, 0, 0, count, 0, 0))
    return owner + frame + b"".join(record(0x3C, piece) for piece in pieces)


def old_book(body: bytes) -> bytes:
    """Return the records of an .xls file with one sheet."""
    begin, end = record(0x809, b"\0\6\5\0"), record(0x0A)
    name = b"\0\0\1\0A"
    start = len(begin) + len(record(0x85, b"1234" + name)) + len(end)
    return begin + record(0x85, struct.pack("<I", start) + name) + end + begin + body + end


def compound(stream: bytes, *storages: str) -> bytes:
    """Return an OLE file ([MS-CFB]) of a workbook's stream, which is padded to whole sectors, and of empty storages."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    names = ["Root Entry", "Workbook", *storages]
    none = 0xFFFFFFFF
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 2 * len(name) + 2, 5 if not at else 2 if at == 1 else 1, 1)
        + struct.pack("<III", none, at + 1 if 0 < at < len(names) - 1 else none, none if at else 1)
        + bytes(36)
        + struct.pack("<III", 2 if at == 1 else 0xFFFFFFFE, len(stream) if at == 1 else 0, 0)
        for at, name in enumerate(names)
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<8I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + bytes(4)
    head += struct.pack("<I", 0) + b"\xff" * 432
    table = b"".join(struct.pack("<I", one) for one in chain)
    return head + table.ljust(512, b"\xff") + entries.ljust(512, b"\0") + stream


BLANK = b"\3\0\0\0\0\0\xff\xff"
"""The value of a formula that is an empty text ([MS-XLS] 2.5.133)."""


def formula_cell(row: int, *, flags: int = 0, value: bytes = bytes(8)) -> bytes:
    """Return the cell C of a row, a formula with a value, 0 unless given."""
    return record(0x06, struct.pack("<HHH8sHIHBH", row, 2, 0, value, flags, 0, 3, 0x1E, 7))


def label(text: str) -> bytes:
    return record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + wide(text))


def test_what_old_sheets_hold_beside_their_values() -> None:
    error = record(0x205, struct.pack("<HHHBB", 1, 2, 0, 42, 1))
    formula = record(0x06, struct.pack("<HHH8sH", 3, 4, 0, b"\2\0\7\0\0\0\xff\xff", 0))
    chart = record(0x809, b"\0\6\x20\0") + error.replace(b"\1\0\2\0", b"\x09\0\x09\0") + record(0x0A)
    texts = (
        record(0x14, margin('&C&"宋体,Bold"&12某某通知 第&P页'))
        + box(0x06, wide("框里"), bytes([NARROW]) + b"ab\rc", count=6)
        + box(0x19, wide("批的话"), count=3)
    )
    (traits,) = xls_traits(old_book(error + formula + chart + texts))
    assert traits.errors == {(1, 2): "#N/A", (3, 4): "#DIV/0!"}
    assert traits.last == (3, 4)
    assert traits.texts == [("页眉", "某某通知 第 页"), ("文本框", "框里ab"), ("文本框", "c"), ("批注", "批的话")]


def test_an_old_sheet_behind_a_password_is_told() -> None:
    with pytest.raises(KouhaoError, match="密码"):
        xls_traits(record(0x809) + record(0x2F, bytes(6)))


def test_an_old_sheet_of_pictures_is_told() -> None:
    pictures = record(0xEB, b"\x0f\0\x01\xf0\x20\0\0\0" + bytes(32))
    assert read_bytes(compound(old_book(label("格子") + pictures)), "a.xls", ".xls").text == "格子"
    assert read_bytes(compound(old_book(b"")), "a.xls", ".xls").notes == ("文件里没有文字",)
    with pytest.raises(KouhaoError, match="只有图片"):
        read_bytes(compound(old_book(pictures)), "a.xls", ".xls")


def test_what_else_lies_in_an_old_sheet_is_told() -> None:
    later = formula_cell(1, flags=2)
    worked_out = formula_cell(2)
    document = read_bytes(compound(old_book(label("格子") + later + worked_out), "MBD0", "MBD1"), "a.xls", ".xls")
    assert document.text == "格子"
    assert document.unread == ("A C2的公式没有算过（在表格软件里打开、保存一次就有）", "嵌入的 2 个文档")


@pytest.mark.parametrize(
    ("streams", "unread"),
    [(("\5SummaryInformation",), ()), ((), ("A C2的公式没有算过（在表格软件里打开、保存一次就有）",))],
)
def test_blank_formulas_that_no_program_worked_out_are_told(streams: tuple[str, ...], unread: tuple[str, ...]) -> None:
    content = compound(old_book(label("格子") + formula_cell(1, value=BLANK)), *streams)
    assert read_bytes(content, "a.xls", ".xls").unread == unread


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_a_damaged_old_sheet_is_no_crash(cut: int) -> None:
    xls_traits(old_book(record(0x14, margin("页眉")) + box(0x06, wide("框"), count=9))[:cut])


def test_headers_and_formulas_without_values() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "甲"
    sheet["A1"], sheet["B2"], sheet["B3"] = "字", "=A1", "=A1&A1"
    sheet.oddHeader.center.text = "页眉 R&&D"
    sheet.firstFooter.left.text = "页脚"
    out = io.BytesIO()
    book.save(out)
    document = read_bytes(out.getvalue(), "a.xlsx", ".xlsx")
    assert document.text.split("\n") == ["字", "页眉 R&D", "页脚"]
    assert document.labels == ("甲 A1", "甲 页眉", "甲 页脚")
    assert document.unread == ("甲 B2 等 2 格的公式没有算过（在表格软件里打开、保存一次就有）",)


def test_a_formula_that_gives_nothing_has_a_value() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "字"
    out = io.BytesIO()
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as read, zipfile.ZipFile(made, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</row>", b'<c r="B1" t="str"><f>""</f><v></v></c></row>')
            written.writestr(name, part)
    assert read_bytes(made.getvalue(), "a.xlsx", ".xlsx").unread == ()


def ods(*rows: str) -> bytes:
    """Return a spreadsheet with white space between its elements, as some writers leave it."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items())
    table = "\n".join(f"<table:table-row>\n{row}\n</table:table-row>" for row in rows)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces}><table:table table:name="甲">{table}</table:table></office:document-content>',
        )
    return made.getvalue()


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>\n<text:p>{text}</text:p>\n</table:table-cell>"


def test_sheets_of_opendocument() -> None:
    content = ods(
        cell("字") + "<table:table-cell table:number-columns-repeated='2'/>" + cell("远"),
        cell("#N/A", "table:formula='of:=x' office:value-type='string' office:string-value=''"),
        cell("", "table:formula='of:=x'"),
        cell("二", "table:number-rows-spanned='2'"),
        "<table:covered-table-cell/>" + cell("5,5", "office:value-type='float' office:value='5.5'"),
        "<table:table-cell table:number-columns-repeated='16384'/>",
    )
    (sheet,) = read_sheets(content, "a.ods")
    assert sheet.rows == [["字", "", "", "远"], ["#N/A"], [], ["二"], ["二", "5.5"]]
    assert (set(sheet.merged), sheet.uncomputed) == ({(4, 0)}, {(2, 0)})


def test_a_far_cell_of_opendocument_is_read() -> None:
    far = "<table:table-row table:number-rows-repeated='1048574'/>"
    content = ods(
        cell("字") + f"</table:table-row>{far}<table:table-row>" + cell("远", "table:number-columns-repeated='9'")
    )
    (sheet,) = read_sheets(content, "a.ods")
    assert (len(sheet.rows), sheet.rows[-1]) == (1048576, ["远"] * 9)


def test_too_many_cells_of_opendocument_are_told() -> None:
    content = ods("</table:table-row><table:table-row table:number-rows-repeated='1048576'>" + cell("满") * 9)
    with pytest.raises(KouhaoError, match="I1048577") as told:
        read_sheets(content, "a.ods")
    assert told.value.code == "E_LIMIT"
