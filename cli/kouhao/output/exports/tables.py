"""Entries as a spreadsheet, as JSON, as a Markdown document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from kouhao.curation.spreadsheets import FORMULA_SIGNS
from kouhao.output.entries import as_markdown, citation, markdown_entry
from kouhao.output.exports import elsewhere, remarks
from kouhao.records import EntryRecord

_HEADINGS = {
    "term": "词",
    "full": "展开",
    "items": "各项",
    "topic": "主题",
    "basis": "依据",
    "quote": "引文",
    "source": "来源",
    "id": "编号",
    "also": "也写作",
    "elsewhere": "别处的解释",
    "note": "说明",
    "valid_from": "起始",
    "valid_to": "截止",
    "status": "状态",
    "see": "参见",
    "record": "完整记录",
}


def csv_table(records: Iterable[EntryRecord]) -> str:
    """Return a table with a header row that spreadsheets open as it is: marked as UTF-8, and no cell of it a formula.

    A cell that begins like a formula gets an apostrophe in front (OWASP, CSV Injection). The last cell of a row is the whole
    record, from which `kouhao import` restores the entry.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_HEADINGS.values())
    for record in records:
        cells = table_cells(record) | {"record": json.dumps(record, ensure_ascii=False, separators=(",", ":"))}
        rows.writerow([_neutral(cells[name]) for name in _HEADINGS])
    return "\ufeff" + out.getvalue()


def table_cells(record: EntryRecord) -> dict[str, str]:
    """Return what the table shows of an entry, by field; `import_tables` compares a row with it."""
    return {
        "term": record["term"],
        "full": record["full"],
        "items": "；".join(item for part in record["parts"] for item in part["items"]),
        "topic": record["topic"],
        "basis": record["basis"],
        "quote": record["quote"],
        "source": citation(record["source"]),
        "id": record["id"],
        "also": "；".join(record.get("also", ())),
        "elsewhere": "；".join(map(elsewhere, record["elsewhere"])),
        "note": record.get("note", ""),
        "valid_from": record.get("valid_from", ""),
        "valid_to": record.get("valid_to", ""),
        "status": record.get("status", ""),
        "see": record.get("see", ""),
    }


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_SIGNS) else cell


def json_array(records: Iterable[EntryRecord]) -> str:
    """Return the records as one array."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def markdown_document(records: Iterable[EntryRecord]) -> str:
    """Return the entries as sections of one document."""
    return "# 口号词库\n\n" + "\n".join(map(_section, records))


def _section(record: EntryRecord) -> str:
    seen = {elsewhere(reading) for reading in record["elsewhere"] if not (reading["note"] and citation(reading))}
    told = [f"- {label}：{as_markdown(text)}" for label, text in remarks(record) if text not in seen]
    return markdown_entry(record) + ("\n".join([*told, ""]) if told else "")
