"""Spreadsheets in which offices keep such lists → draft entries; what a row lacks is told with its number."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kouhao.documents.reading import decode
from kouhao.errors import KouhaoError
from kouhao.language.numerals import count_groups

_COLUMNS = {
    "term": ("词", "口号", "词条", "名称", "简称", "提法", "term"),
    "full": ("展开", "内容", "含义", "解释", "全称", "full"),
    "items": ("各项", "items"),
    "topic": ("主题", "分类", "类别", "topic"),
    "quote": ("引文", "原文", "原句", "出处原文", "quote"),
    "note": ("说明", "备注", "note"),
}
_NO_QUOTE = "来自表格，原表没有引文"
_SEPARATORS = re.compile("[；;\n]")
_LIGHT_SEPARATORS = re.compile("[、，,]")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a table: draft entries as plain data, and the rows that are none, each with its number and the reason."""

    entries: tuple[dict[str, Any], ...]
    refused: tuple[tuple[int, str], ...]


def read_table(content: bytes, path: str) -> list[list[str]]:
    """Return the rows of a .csv file or of an .xlsx file's first sheet; raise KouhaoError E_FORMAT, E_ENCODING or E_BINARY."""
    if not path.lower().endswith(".xlsx"):
        text, _ = decode(content, path)
        return [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    from openpyxl import load_workbook  # noqa: PLC0415  only for workbooks
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  likewise

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise KouhaoError("E_FORMAT", "不是 Excel 工作簿", path=path, hint="请另存为 .xlsx 或 .csv。") from error
    return [row for row in rows if any(cell.strip() for cell in row)]


def import_rows(rows: Sequence[Sequence[str]], path: str) -> Imported:
    """Return draft entries of a table whose first row names its columns; raise KouhaoError E_FIELD where none is the term."""
    header = [_field(cell) for cell in rows[0]] if rows else []
    if "term" not in header:
        names = "、".join(_COLUMNS["term"][:-1])
        raise KouhaoError("E_FIELD", "第一行里没有词的那一列", path=path, line=1, hint=f"列名可以是 {names}。")
    entries: list[dict[str, Any]] = []
    refused: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        values = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name and cell.strip()}
        term = values.get("term", "").removeprefix("'")
        if not term or term in seen:
            refused.append((number, f"“{term}”重复" if term else "没有写词"))
            continue
        seen.add(term)
        entries.append(_entry(term, values))
    return Imported(tuple(entries), tuple(refused))


def _field(cell: str) -> str:
    name = cell.strip().lstrip("\ufeff").lower()
    return next((field for field, names in _COLUMNS.items() if name in names), "")


def _entry(term: str, values: dict[str, str]) -> dict[str, Any]:
    """Return a draft; its items are proposed only where their number is the numeral's."""
    full, quote = values.get("full", ""), values.get("quote", "")
    entry: dict[str, Any] = {"term": term}
    entry |= {"topic": values["topic"]} if "topic" in values else {}
    entry["basis"] = "stated" if full and full in quote else "mentioned" if not full else "explained"
    entry |= {"full": full} if full else {}
    items = _items(term, values.get("items", "") or full)
    entry |= {"parts": [{"name": term, "items": items}]} if full and items else {}
    entry["quote"] = quote or (f"{term}：{full}" if full else term)
    notes = [values.get("note", ""), "" if quote else _NO_QUOTE]
    entry |= {"note": "；".join(note for note in notes if note)} if any(notes) else {}
    return entry | {"draft": True}


def _items(term: str, text: str) -> list[str]:
    wanted = sum(group.count for group in count_groups(term))
    for separators in (_SEPARATORS, _LIGHT_SEPARATORS):
        items = [item.strip() for item in separators.split(text) if item.strip()]
        if len(items) > 1 and len(items) == wanted:
            return items
    return []


def glossary_data(name: str, entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a glossary file's content; the curator fills in the source."""
    source = {"id": name, "title": name, "publisher": "", "published": "", "file": ""}
    return {"sources": [source], "entries": list(entries)}
