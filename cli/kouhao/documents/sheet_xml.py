"""Spreadsheets whose cells are XML elements: OpenDocument, packed (.ods) or flat (.fods), and the one XML file of Excel 2003.

Many systems of offices write the last under the name .xls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kouhao.documents.opendocument import paragraph_text
from kouhao.documents.sheet import MOST_CELLS, Cell, Sheet, cell_name
from kouhao.documents.sheet_traits import margin_text
from kouhao.documents.zip_xml import OASIS, parse_xml
from kouhao.errors import KouhaoError

_TABLE, _OFFICE, _STYLE = f"{OASIS}table:1.0}}", f"{OASIS}office:1.0}}", f"{OASIS}style:1.0}}"
_PARAGRAPH = f"{OASIS}text:1.0}}p"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_ERROR = re.compile(r"#[A-Z]|Err:\d")
_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MARGINS = {f"{_EXCEL}Header": "页眉", f"{_EXCEL}Footer": "页脚"}
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet in Excel 2007 and later


def read_ods(root: ET.Element) -> list[Sheet]:
    """Return the sheets of a document; raise KouhaoError E_LIMIT."""
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for shown in style.iter(f"{_STYLE}table-properties")
        if shown.get(f"{_TABLE}display") == "false"
    }
    return [_read_table(table, hidden) for table in root.iter(f"{_TABLE}table")]


def _read_table(table: ET.Element, hidden: set[str | None]) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name", ""), [], table.get(f"{_TABLE}style-name") in hidden)
    merged: list[tuple[Cell, Cell]] = []
    size = row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        times = _times(line, "number-rows-repeated")
        cells = list(_cells(line))
        end = max((column for column, _, text, uncomputed in cells if text or uncomputed), default=-1) + 1
        size += end * times + (row + times - len(sheet.rows) if end else 0)
        if size > MOST_CELLS:
            name = cell_name(row + times - 1, end - 1)
            hint = f"请删掉 {name} 这样远的格子，或把要用的部分另存一份。"
            raise KouhaoError("E_LIMIT", f"表格的格子太多，或散得太开（到 {name}）", hint=hint)
        for number in range(row, row + times) if end else ():
            for column, cell, text, uncomputed in cells:
                if uncomputed:
                    sheet.uncomputed.add((number, column))
                elif text:
                    sheet.put((number, column), text)
                spanned = _times(cell, "number-rows-spanned") - 1, _times(cell, "number-columns-spanned") - 1
                if any(spanned):
                    merged.append(((number, column), (number + spanned[0], column + spanned[1])))
        row += times
    for first, last in merged:
        sheet.merge(first, last)
    sheet.cut()
    return sheet


def _cells(line: ET.Element) -> Iterator[tuple[int, ET.Element, str, bool]]:
    """Yield the cells of a row that have a value or should have one: column, element, text, whether it was never worked out."""
    column = 0
    for cell in (one for one in line if one.tag in _CELLS):
        times = _times(cell, "number-columns-repeated")
        text = _value(cell)
        uncomputed = not text and bool(cell.get(f"{_TABLE}formula")) and cell.get(f"{_OFFICE}value-type") is None
        if text or uncomputed:
            for number in range(column, column + min(times, MOST_CELLS)):
                yield number, cell, text, uncomputed
        column += times


def _value(cell: ET.Element) -> str:
    """Return what a cell holds: numbers without the marks that they are shown with, dates as 2024-05-06, errors as they are shown."""
    shown = "\n".join(filter(None, (paragraph_text(one) for one in cell.findall(_PARAGRAPH))))
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date" and not _ERROR.match(shown):
        return cell.get(f"{_OFFICE}date-value", shown).removesuffix("T00:00:00")
    if kind == "float" and not _ERROR.match(shown):
        return cell.get(f"{_OFFICE}value", shown)
    return shown or cell.get(f"{_OFFICE}string-value", "")


def _times(element: ET.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004  no sheet has so many rows


def read_sheet_xml(content: bytes, path: str) -> list[Sheet]:
    """Return the sheets; raise KouhaoError E_XML or E_LIMIT."""
    root = parse_xml(content, path)
    return [_read_worksheet(sheet, path) for sheet in root.iter(f"{_SHEET}Worksheet")]


def _read_worksheet(worksheet: ET.Element, path: str) -> Sheet:
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
