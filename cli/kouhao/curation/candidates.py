"""Candidates as a curator meets them: compared with the glossary, as records, as draft entries in the glossary's own YAML."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kouhao.glossary import dump_yaml, part_data
from kouhao.harvest.engine import Candidate
from kouhao.language.normalize import fold
from kouhao.model import Glossary
from kouhao.records import SCHEMA, Record, part_record

Known = dict[str, list[tuple[str, ...]]]
"""The folded items of every reading of a folded term."""


def known_readings(glossary: Glossary) -> Known:
    """Return what a glossary has, in the shape in which candidates are compared with it."""
    known: Known = {}
    for entry in glossary.entries:
        items = tuple(fold(item) for item in entry.items)
        for spelling in {fold(term) for term in (entry.term, *entry.also)}:
            known.setdefault(spelling, []).append(items)
    return known


def compare(candidate: Candidate, known: Known) -> str:
    """Tell whether the glossary has the candidate: `same`, `another` reading of a known term, or `new`."""
    readings = known.get(fold(candidate.term))
    if readings is None:
        return "new"
    return "same" if tuple(fold(item) for item in candidate.items) in readings else "another"


def candidate_record(candidate: Candidate, path: str, line: int, known: str) -> Record:
    """Return a candidate with its place, the field names fixed here."""
    return {
        "schema": SCHEMA,
        "path": path,
        "line": line,
        "start": candidate.start,
        "term": candidate.term,
        "parts": [part_record(part) for part in candidate.parts],
        "items": list(candidate.items),
        "quote": candidate.quote,
        "pattern": candidate.pattern,
        "score": candidate.score,
        "reasons": list(candidate.reasons),
        "known": known,
    }


def draft_yaml(path: str, candidates: Iterable[Candidate]) -> str:
    """Return a new glossary file of drafts from one document; the curator fills in the source."""
    name = "标准输入" if path == "-" else Path(path).stem
    source = {"id": name, "title": name, "publisher": "", "published": "", "file": path}
    return dump_yaml({"sources": [source], "entries": [draft_entry(candidate) for candidate in candidates]})


def draft_entry(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as a glossary file's entry, to be reviewed."""
    parts = [part_data(part) for part in candidate.parts]
    inside = candidate.pattern == "paren"
    full = (
        candidate.quote[candidate.quote.find(candidate.items[0]) :].rstrip("。)）")
        if inside
        else "、".join(candidate.items)
    )
    basis = {"basis": "stated" if inside else "explained", "full": full}
    return {"term": candidate.term, "draft": True, **basis, "parts": parts, "quote": _one_line(candidate.quote)}


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
