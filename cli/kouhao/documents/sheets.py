"""Spreadsheets (.xlsx, .xls, .et, .ods) → rows of cells, by python-calamine; the checker reads each cell as a paragraph."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kouhao.documents.isolation import run_reader
from kouhao.documents.opendocument import boxes
from kouhao.documents.zip_xml import Package
from kouhao.errors import KouhaoError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_SECONDS = 60
_LARGEST = 256 * 2**20
_MOST_CELLS = 4_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = 26
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FLOATING = {"drawing": "文本框", "chart": "图表", "diagramData": "图示", "comments": "批注"}
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WITHOUT_VALUE = re.compile(
    r'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the rows from the first one of the file on, with merged ranges filled with the value that is shown in them.

    `merged` has the cells (row, column, from 0) that show another cell's value, `uncomputed` those with a formula whose value
    was never worked out.
    """

    name: str
    rows: list[list[str]]
    hidden: bool
    merged: frozenset[tuple[int, int]]
    uncomputed: frozenset[tuple[int, int]]


def read_sheets(content: bytes, path: str) -> list[Sheet]:
    """Return the sheets of a workbook, in a process of its own; raise KouhaoError E_FORMAT or E_LIMIT."""
    guard_package(content, path)
    answer = run_reader(__name__, content, path, seconds=_SECONDS)
    return [
        Sheet(one["name"], one["rows"], one["hidden"], _cells(one["merged"]), _cells(one["uncomputed"]))
        for one in answer["sheets"]
    ]


def _cells(pairs: list[list[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((row, column) for row, column in pairs)


def sheet_paragraphs(content: bytes, path: str) -> list[tuple[str, str]]:
    """Return the cells that hold a text, and where a person finds each (名单 B3); then text boxes, charts and comments."""
    return [
        (f"{sheet.name} {cell_name(row, column)}", " ".join(text.split()))
        for sheet in read_sheets(content, path)
        for row, cells in enumerate(sheet.rows)
        for column, text in enumerate(cells)
        if text and (row, column) not in sheet.merged and not text.replace(".", "", 1).isdecimal()
    ] + (_floating(Package(content, path)) if content.startswith(b"PK") else [])


def _floating(package: Package) -> list[tuple[str, str]]:
    """Return the texts that lie over the cells of a workbook: boxes, charts, comments."""
    if "content.xml" in package.names:
        return boxes(package.parse("content.xml"))
    main = next((one.part for one in package.relations() if one.kind == "officeDocument"), "")
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
    texts = [(label, one) for one in root.iter(f"{_DRAWING}p")]
    texts += [(f"{label} {one.get('ref', '')}", one) for one in root.iter(f"{_SHEET}comment")]
    pieces = [
        (place, "".join(piece.text or "" for piece in one.iter() if piece.tag in (f"{_DRAWING}t", f"{_SHEET}t")))
        for place, one in texts
    ]
    pieces += [
        (label, one.text or "") for cached in root.iter(f"{_CHART}strCache") for one in cached.iter(f"{_CHART}v")
    ]
    return [(place, " ".join(text.split())) for place, text in pieces if text.strip()]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell (B3), counted from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def guard_package(content: bytes, path: str) -> None:
    """Raise KouhaoError E_LIMIT where a workbook declares more than it may hold."""
    if not content.startswith(b"PK"):
        return
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise KouhaoError(
            "E_FORMAT", "工作簿不完整或已损坏", path=path, hint="请在表格软件里打开，另存为 .xlsx。"
        ) from error
    if size > _LARGEST:
        message = f"表格解开后有 {size // 2**20} MB，太大了"
        raise KouhaoError("E_LIMIT", message, path=path, hint="请分成几个文件。")


def extract(content: bytes) -> dict[str, object]:
    """Return the sheets as JSON holds them; what the process of its own runs."""
    import python_calamine  # noqa: PLC0415  only in the process that reads

    hint = "请在表格软件里打开，另存为 .xlsx 或 .csv。"
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = python_calamine.SheetVisibleEnum.Visible
        kinds = {one.name: (one.typ, one.visible) for one in book.sheets_metadata}
        names = [name for name in book.sheet_names if kinds[name][0] == python_calamine.SheetTypeEnum.WorkSheet]
        sheets: list[dict[str, object]] = [
            _sheet(book.get_sheet_by_name(name), hidden=kinds[name][1] != visible) for name in names
        ]
    except python_calamine.PasswordError as error:
        raise KouhaoError("E_FORMAT", "表格加了密码", hint="请取消密码，另存一份。") from error
    except (python_calamine.CalamineError, ValueError, OSError, KeyError) as error:
        raise KouhaoError("E_FORMAT", f"不是能读的表格（{error}）", hint=hint) from error
    if content.startswith(b"PK"):
        uncomputed = _uncomputed(content)
        for sheet in sheets:
            sheet["uncomputed"] = uncomputed.get(str(sheet["name"]), [])
    return {"sheets": sheets}


def _uncomputed(content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return, by sheet, the cells of an .xlsx file whose formula has no value, as programs leave them that do not calculate."""
    package = Package(content, "")
    main = next((one.part for one in package.relations() if one.kind == "officeDocument"), "")
    parts = {relation.id: relation.part for relation in package.relations(main)} if main.endswith(".xml") else {}
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet in package.parse(main).iter(f"{_SHEET}sheet") if parts else ():
        part = parts.get(sheet.get(_RELATION_ID, ""), "")
        names = _WITHOUT_VALUE.findall(package.read(part).decode("utf-8", "replace")) if part else []
        found[sheet.get("name", "")] = [_cell(name) for name in names]
    return found


def _cell(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _sheet(sheet: CalamineSheet, *, hidden: bool) -> dict[str, object]:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        sheet_rows = _sparse_rows(sheet)
    else:
        sheet_rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged: list[tuple[int, int]] = []
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or []:
        if top >= len(sheet_rows) or left >= len(sheet_rows[top]):
            continue
        for row in range(top, min(bottom + 1, len(sheet_rows))):
            for column in range(left, min(right + 1, len(sheet_rows[row]))):
                if (row, column) != (top, left):
                    sheet_rows[row][column] = sheet_rows[top][left]
                    merged.append((row, column))
    rows = [_without_end(row) for row in sheet_rows]
    while rows and not rows[-1]:
        rows.pop()
    return {"name": sheet.name, "rows": rows, "hidden": hidden, "merged": merged, "uncomputed": []}


def _sparse_rows(sheet: CalamineSheet) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows():
        kept = _without_end([_text(value) for value in row])
        cells += len(kept)
        if cells > _MOST_CELLS:
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
