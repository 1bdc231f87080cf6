"""`kouhao cite`: what a writer quotes, and from where."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kouhao.commands import terminal
from kouhao.commands.drafts import tell_missing
from kouhao.commands.glossaries import open_glossaries
from kouhao.lookup.engine import refusal
from kouhao.output.entries import citation, explanation
from kouhao.records import SCHEMA, CitationRecord, EntryRecord


def cite(*, terms: list[str], format: str, paths: list[str], builtin: bool | Sequence[str]) -> int:  # noqa: A002
    """Write the citation of each term."""
    for refused in filter(None, map(refusal, terms)):
        raise refused
    records: list[EntryRecord] = []
    missing: list[str] = []
    with open_glossaries(paths, builtin=builtin) as opened:
        for term in terms:
            found = [hit.record for hit in opened.answer(term, exact=True).hits]
            records += found
            missing += [] if found else [term]
    if format == "json":
        told: dict[str, object] = {"schema": SCHEMA, "citations": list(map(_citation_record, records))}
        if missing:
            told["not_found"] = missing
        terminal.write_json(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for record in records:
            terminal.show(_citation(record) if format == "text" else f"> {_citation(record)}")
    for term in missing:
        terminal.tell(f"没有找到“{term}”。")
        tell_missing(term, paths)
    return terminal.NOT_FOUND if missing else terminal.OK


def _citation(record: EntryRecord) -> str:
    if not record["readings"]:
        return f"“{record['term']}”（文件未解释）——{citation(record['source'])}"
    return "\n".join(
        f"“{record['term']}”（{explanation(reading)}）——{citation(reading['source'], reading['where'])}"
        for reading in record["readings"]
    )


def _citation_record(record: EntryRecord) -> CitationRecord:
    return {
        "term": record["term"],
        "citation": _citation(record),
        "full": record["full"],
        "basis": record["basis"],
        "source": record["source"],
    }
