"""Spreadsheets (.xlsx, .xls, .et, .ods, the XML of Excel 2003) → rows of cells; the checker reads each cell as a paragraph.

python-calamine reads the cells, `sheet_traits` tells what it says nothing of.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import asdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kouhao.documents.document import Content, joined
from kouhao.documents.embedded import ReadPart, read_embedded
from kouhao.documents.isolation import run_reader
from kouhao.documents.ole import entry_names, ole_stream
from kouhao.documents.opendocument import boxes, read_margins, read_objects
from kouhao.documents.sheet import MOST_CELLS, Sheet, cell_name
from kouhao.documents.sheet_traits import STREAMS, Traits, xls_traits, xlsx_traits
from kouhao.documents.sheet_xml import read_ods, read_sheet_xml
from kouhao.documents.zip_xml import DRAWING, RELATION_ID, UNREADABLE, Package, chart_values
from kouhao.errors import KouhaoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

_SECONDS = 60  # by hand: what takes longer hangs
_LARGEST = 256 * 2**20  # bytes, unpacked, by hand
_SPARSE = 16
"""So many times as large as the number of its cells with a value may a large sheet be."""

_OBJECT, _SUMMARY = "mbd", "\5summaryinformation"
"""How the storages of objects in an .xls file are called, and the stream that every spreadsheet program writes."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FLOATING = {"drawing": "文本框", "chart": "图表", "diagramData": "图示", "comments": "批注"}
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_sheets(content: bytes, path: str) -> list[Sheet]:
    """Return the sheets of a workbook, by native code in a process of its own; raise KouhaoError E_FORMAT, E_XML or E_LIMIT."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_sheet_xml(content, path)
    guard_package(content, path)
    answer = run_reader(__name__, content, path, seconds=_SECONDS)
    for one in answer["sheets"]:
        one |= {
            "merged": {tuple(cell): tuple(first) for cell, first in one["merged"]},
            "uncomputed": set(map(tuple, one["uncomputed"])),
        }
    return [Sheet(**one) for one in answer["sheets"]]


def sheet_paragraphs(content: bytes, path: str, read_part: ReadPart) -> Content:
    """Return the cells that hold a text, and where a person finds each (名单 B3); then headers, text boxes, charts and comments.

    `read_part` reads what is embedded whole. What was not read are formulas that were never worked out, and other documents inside.
    """
    sheets = read_sheets(content, path)
    cells = [
        (f"{sheet.name} {cell_name(row, column)}", " ".join(text.split()))
        for sheet in sheets
        for row, line in enumerate(sheet.rows)
        for column, text in enumerate(line)
        if text and (row, column) not in sheet.merged and not text.replace(".", "", 1).isdecimal()
    ]
    around = [(f"{sheet.name} {label}", text) for sheet in sheets for label, text in sheet.texts]
    unread = tuple(_uncomputed(sheet) for sheet in sheets if sheet.uncomputed)
    if content.startswith(b"PK"):
        package = Package(content, path)
        if "content.xml" in package.names:
            inside, missing = read_objects(package, package.parse("content.xml"), read_part)
        else:
            inside, missing = _embedded(package, read_part)
        return cells + around + _floating(package) + inside, unread + missing
    objects = sum(name.startswith(_OBJECT) for name in entry_names(content))
    return cells + around, unread + ((f"嵌入的 {objects} 个文档",) if objects else ())


def _embedded(package: Package, read_part: ReadPart) -> Content:
    """Return labels and texts of the documents in the sheets of a workbook, and what of them was not read."""
    found: list[Content] = []
    for name, part in _sheet_parts(package):
        if any(relation.kind in ("package", "oleObject") for relation in package.relations(part)):
            inside, missing = read_embedded(package, part, package.parse(part), read_part)
            found.append(
                ([(f"{name} {label}", text) for label, text in inside], tuple(f"{name} {one}" for one in missing))
            )
    return joined(found)


def _uncomputed(sheet: Sheet) -> str:
    first = cell_name(*min(sheet.uncomputed))
    several = f"等 {len(sheet.uncomputed)} 格" if len(sheet.uncomputed) > 1 else ""
    return f"{sheet.name} {first} {several}".rstrip() + "的公式没有算过（在表格软件里打开、保存一次就有）"


def _floating(package: Package) -> list[tuple[str, str]]:
    """Return the texts that lie over the cells of a workbook: boxes, charts, comments; and the headers and footers of an .ods file."""
    if "content.xml" in package.names:
        margins = read_margins(package.parse("styles.xml")) if "styles.xml" in package.names else []
        return boxes(package.parse("content.xml")) + margins
    main = package.main_part()
    found: list[tuple[str, str]] = []
    for sheet in package.relations(main):
        pending = package.relations(sheet.part) if sheet.kind in ("worksheet", "chartsheet") else []
        while pending:
            relation = pending.pop(0)
            if relation.kind in _FLOATING:
                found += _texts(package.parse(relation.part), _FLOATING[relation.kind])
            if relation.kind == "drawing":
                pending += package.relations(relation.part)
    return found


def _texts(root: ET.Element, label: str) -> list[tuple[str, str]]:
    """Return the paragraphs of a drawing or a chart, or the comments of a sheet, which are named by their cells."""
    texts = [(label, one) for one in root.iter(f"{DRAWING}p")]
    texts += [(f"{label} {one.get('ref', '')}", one) for one in root.iter(f"{_SHEET}comment")]
    pieces = [
        (place, "".join(piece.text or "" for piece in one.iter() if piece.tag in (f"{DRAWING}t", f"{_SHEET}t")))
        for place, one in texts
    ]
    pieces += [(label, text) for text in chart_values(root)]
    return [(place, " ".join(text.split())) for place, text in pieces if text.strip()]


def guard_package(content: bytes, path: str) -> None:
    """Raise KouhaoError E_LIMIT where a workbook declares more than it may hold."""
    if not content.startswith(b"PK"):
        return
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except UNREADABLE as error:
        raise KouhaoError(
            "E_FORMAT", "工作簿不完整或已损坏", path=path, hint="请在表格软件里打开，另存为 .xlsx。"
        ) from error
    if size > _LARGEST:
        message = f"表格解开后有 {size // 2**20} MB，太大了"
        raise KouhaoError("E_LIMIT", message, path=path, hint="请分成几个文件。")


def extract(content: bytes) -> dict[str, object]:
    """Return the sheets as JSON holds them; what the process of its own runs."""
    import python_calamine  # noqa: PLC0415  only in the process that reads

    package = Package(content, "") if content.startswith(b"PK") else None
    if package and "content.xml" in package.names:
        return {"sheets": [_data(sheet) for sheet in read_ods(package.parse("content.xml"))]}
    hint = "请在表格软件里打开，另存为 .xlsx 或 .csv。"
    traits = _traits(content, package)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = python_calamine.SheetVisibleEnum.Visible
        kinds = {one.name: (one.typ, one.visible) for one in book.sheets_metadata}
        names = [name for name in book.sheet_names if kinds[name][0] == python_calamine.SheetTypeEnum.WorkSheet]
        places = {name: number for number, name in enumerate(book.sheet_names)}
        sheets = [
            _read(
                book.get_sheet_by_name(name),
                traits.get(name) or traits.get(places[name]) or Traits(),
                hidden=kinds[name][1] != visible,
            )
            for name in names
        ]
    except python_calamine.PasswordError as error:
        raise KouhaoError("E_FORMAT", "表格加了密码", hint="请取消密码，另存一份。") from error
    except (python_calamine.CalamineError, ValueError, OSError, KeyError) as error:
        raise KouhaoError("E_FORMAT", f"不是能读的表格（{error}）", hint=hint) from error
    return {"sheets": sheets}


def _traits(content: bytes, package: Package | None) -> dict[str | int, Traits]:
    """Return the traits of sheets by their name or number; raise KouhaoError E_LIMIT where the cells lie too far apart to be read."""
    found: dict[str | int, Traits] = {}
    if package is None:
        by_program = _SUMMARY in entry_names(content)
        found |= enumerate(xls_traits(ole_stream(content, *STREAMS), by_program=by_program))
    else:
        found |= {name: xlsx_traits(package.read(part)) for name, part in _sheet_parts(package)}
    for traits in found.values():
        area = (traits.last[0] + 1) * (traits.last[1] + 1)
        if area > MOST_CELLS and area > _SPARSE * traits.count:
            cell = cell_name(*traits.farthest)
            hint = f"请删掉 {cell} 这样远的格子，或把要用的部分另存一份。"
            raise KouhaoError("E_LIMIT", f"格子散得太开（最远的是 {cell}）", hint=hint)
    return found


def _sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the names of the sheets of a workbook, and their parts."""
    main = package.main_part()
    parts = {relation.id: relation.part for relation in package.relations(main)} if main else {}
    for sheet in package.parse(main).iter(f"{_SHEET}sheet") if main else ():
        if (relation := sheet.get(RELATION_ID, "")) in parts:
            yield sheet.get("name", ""), parts[relation]


def _read(sheet: CalamineSheet, traits: Traits, *, hidden: bool) -> dict[str, object]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        rows = _sparse_rows(sheet)
    else:
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    read = Sheet(sheet.name, rows, hidden, uncomputed=set(traits.uncomputed), texts=traits.texts)
    for cell, text in traits.errors.items():
        read.put(cell, text)
    for first, last in getattr(sheet, "merged_cell_ranges", None) or []:
        read.merge(first, last)
    read.cut()
    return _data(read)


def _data(sheet: Sheet) -> dict[str, object]:
    return asdict(sheet) | {"merged": list(sheet.merged.items()), "uncomputed": list(sheet.uncomputed)}


def _sparse_rows(sheet: CalamineSheet) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows():
        kept = _without_end([_text(value) for value in row])
        cells += len(kept)
        if cells > MOST_CELLS:
            raise KouhaoError("E_LIMIT", "表格的格子太多了", hint="请分成几个文件。")
        rows.append(kept)
    return rows


def _without_end(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _text(value: object) -> str:
    """Return a cell as a person reads it: whole numbers without a point, dates as 2024-05-06, escapes of OOXML undone."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)).replace("\r\n", "\n").replace("\r", "\n")
