"""Entries as a spreadsheet, as JSON, as a Markdown document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from kouhao.output.entries import citation, markdown_entry
from kouhao.records import Record

_HEADER = ("词", "展开", "各项", "主题", "依据", "引文", "来源", "编号")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(records: Iterable[Record]) -> str:
    """Return a table with a header row that spreadsheets open as it is: marked as UTF-8, and no cell of it a formula.

    A cell that begins like a formula gets an apostrophe in front (OWASP, CSV Injection).
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_HEADER)
    for record in records:
        items = "；".join(item for part in record["parts"] for item in part["items"])
        cells = (record["term"], record["full"], items, record["topic"], record["basis"], record["quote"])
        rows.writerow([_neutral(cell) for cell in (*cells, citation(record["source"]), record["id"])])
    return "\ufeff" + out.getvalue()


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def json_array(records: Iterable[Record]) -> str:
    """Return the records as one array."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def markdown_document(records: Iterable[Record]) -> str:
    """Return the entries as sections of one document."""
    return "# 口号词库\n\n" + "\n".join(markdown_entry(record) for record in records)
