"""Spreadsheets that are one XML file, as Excel 2003 and many systems of offices write them under the name .xls."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kouhao.documents.sheet import Sheet
from kouhao.documents.sheet_traits import margin_text
from kouhao.documents.zip_xml import parse_xml
from kouhao.errors import KouhaoError

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MARGINS = {f"{_EXCEL}Header": "页眉", f"{_EXCEL}Footer": "页脚"}
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet in Excel 2007 and later


def read_sheet_xml(content: bytes, path: str) -> list[Sheet]:
    """Return the sheets; raise KouhaoError E_XML or E_LIMIT."""
    root = parse_xml(content, path)
    return [_read(sheet, path) for sheet in root.iter(f"{_SHEET}Worksheet")]


def _read(worksheet: ET.Element, path: str) -> Sheet:
    shown = worksheet.findtext(f".//{_EXCEL}Visible", "SheetVisible")
    sheet = Sheet(worksheet.get(f"{_SHEET}Name", ""), [], hidden=shown != "SheetVisible")
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    row = -1
    for line in worksheet.iter(f"{_SHEET}Row"):
        row = _place(line, row, _MOST_ROWS, path)
        column = -1
        for cell in line.iter(f"{_SHEET}Cell"):
            column = _place(cell, column, _MOST_COLUMNS, path)
            _read_cell(sheet, (row, column), cell)
            last = row + _number(cell, "MergeDown"), column + _number(cell, "MergeAcross")
            if last != (row, column):
                merged.append(((row, column), last))
            column = last[1]
    for first, last in merged:
        sheet.merge(first, last)
    for margin in worksheet.iter():
        if margin.tag in _MARGINS:
            sheet.texts += margin_text(_MARGINS[margin.tag], margin.get(f"{_EXCEL}Data", ""))
    sheet.cut()
    return sheet


def _place(element: ET.Element, before: int, most: int, path: str) -> int:
    """Return the number of a row or a cell, from 0: the one that it gives, or the next."""
    place = _number(element, "Index") - 1
    place = place if place > before else before + 1
    if place >= most:
        raise KouhaoError("E_LIMIT", "表格的格子太多了", path=path, hint="请分成几个文件。")
    return place


def _number(element: ET.Element, name: str) -> int:
    text = element.get(f"{_SHEET}{name}", "")
    return int(text) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004  no sheet has so many rows


def _read_cell(sheet: Sheet, place: tuple[int, int], cell: ET.Element) -> None:
    data = cell.find(f"{_SHEET}Data")
    text = "".join(data.itertext()).strip() if data is not None else ""
    if data is not None and data.get(f"{_SHEET}Type") == "DateTime":
        text = text.removesuffix("T00:00:00.000")
    if text:
        sheet.put(place, text)
    elif cell.get(f"{_SHEET}Formula") and data is None:
        sheet.uncomputed.add(place)
    comment = cell.find(f"{_SHEET}Comment")
    if comment is not None:
        sheet.texts.append(("批注", " ".join("".join(comment.itertext()).split())))
