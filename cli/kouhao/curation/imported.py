"""What comes of a table or an export as a glossary file has it; what kouhao has exported comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kouhao.curation.new_entries import free_id
from kouhao.entry import Part
from kouhao.glossary.load import entry_faults
from kouhao.glossary.schema import fields_in
from kouhao.glossary.write import part_data
from kouhao.model import Basis
from kouhao.records import EntryRecord, PartRecord, ReadingRecord, SourceRecord

PARTLY = "；其余的收了"
"""Ends what is told of a row that was taken in part."""


@dataclass(slots=True)
class Imported:
    """What came of a table: entries as a glossary file has them, the sources that they cite, and what was not taken and why.

    `refused` has rows, `told` whole columns and sheets; each is a number of a row (0 for none) and a sentence. `seen` has the
    expansions of each term, or of the id of what was exported.
    """

    entries: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, dict[str, object]] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)
    told: list[tuple[int, str]] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)


def import_records(records: Iterable[EntryRecord]) -> Imported:
    """Return the entries of an exported JSON array as they were."""
    imported = Imported()
    for number, record in enumerate(records, 1):
        try:
            entry = entry_of(record, imported.sources)
            if not _agrees(record):
                entry["draft"] = True
                imported.told.append(
                    (number, f"“{record['term']}”的 full、parts、source 与 readings 不同，收作草稿，请核对")
                )
            if strange := record.keys() - EntryRecord.__annotations__.keys():
                imported.told.append((number, f"字段“{'、'.join(sorted(strange))}”不认识，没有收"))
            if faults := entry_faults(entry):
                imported.refused.append((number, f"“{record['term']}”{'；'.join(faults)}"))
            else:
                imported.entries.append(entry)
        except (KeyError, TypeError, AttributeError):
            imported.refused.append((number, "不是导出的记录"))
    return imported


def entry_of(record: EntryRecord, sources: dict[str, dict[str, object]]) -> dict[str, Any]:
    """Return a record as a glossary file has it, and note its sources."""
    entry: dict[str, Any] = {"id": record["id"], "term": record["term"], "basis": record["basis"]}
    source, readings = _cite(record["source"], sources), record["readings"]
    if record["basis"] == Basis.CITED:
        entry |= {"source": source, "readings": [_reading_of(reading, sources) for reading in readings]}
    else:
        place = filled({"source": source, "where": readings[0]["where"] if readings else ""})
        entry |= place if record["quote"] and len(place) == 1 else {"named_in": place}
        entry |= filled({"full": record["full"], "parts": record["parts"]})
    entry |= {
        name: record[name]
        for name in ("also", "topic", "companions", "quote", "note", "status", "see", "valid_from", "valid_to")
        if record.get(name)
    }
    return entry | ({"elsewhere": [filled(other) for other in record["elsewhere"]]} if record["elsewhere"] else {})


def _agrees(record: EntryRecord) -> bool:
    """Return whether what a record says of its first reading is said there too."""
    if not record["readings"]:
        return not record["full"]
    first = record["readings"][0]
    more = any(first.get(name) for name in ("scope", "valid_from", "valid_to", "definition", "named_in"))
    is_plain = len(record["readings"]) == 1 and not more
    same = (first["full"], first["parts"], first["source"]) == (record["full"], record["parts"], record["source"])
    return same and (is_plain or record["basis"] == Basis.CITED)


def _reading_of(reading: ReadingRecord, sources: dict[str, dict[str, object]]) -> dict[str, Any]:
    made = filled(reading) | {"source": _cite(reading["source"], sources)}
    if reading.get("named_in"):
        made["named_in"] = filled(reading["named_in"]) | {"source": _cite(reading["named_in"]["source"], sources)}
    return made


def filled(record: Mapping[str, Any], *kept: str) -> dict[str, Any]:
    """Return a record without what is empty, save fields that are kept, its parts as a file has them."""
    filled = {name: value for name, value in record.items() if value or name in kept}
    return filled | ({"parts": [_part(part) for part in record["parts"]]} if filled.get("parts") else {})


def _part(record: PartRecord) -> dict[str, Any]:
    orders = tuple(map(tuple, record.get("orders", ())))
    more = record["lead"], record.get("exception", ""), record.get("tail", ""), orders
    return part_data(Part(record["name"], tuple(record["items"]), *more))


def _cite(source: SourceRecord, sources: dict[str, dict[str, object]]) -> str:
    """Note a source, and return its id: with a number behind it where another source has that, since glossaries name theirs alike."""
    cited = filled(source)
    alike = (
        name
        for name, other in sources.items()
        if name.startswith(source["id"]) and other | {"id": source["id"]} == cited
    )
    name = next(alike, "") or free_id(source["id"], [{"id": taken} for taken in sources])
    sources.setdefault(name, cited | {"id": name})
    return name


def glossary_data(name: str, imported: Imported) -> dict[str, Any]:
    """Return a glossary file's content; the curator fills in the source of what had none."""
    own = {"id": free_id(name, [{"id": source} for source in imported.sources]), "title": name}
    own |= {"publisher": "", "published": "", "file": ""}
    places = [place for entry in imported.entries for place in _places(entry) if not place.get("source")]
    for place in places:
        place["source"] = own["id"]
    sources = [own] if places or not imported.sources else []
    entries = [_in_order("entries", entry) for entry in imported.entries]
    return {
        "sources": [*sources, *(_in_order("sources", one) for one in imported.sources.values())],
        "entries": entries,
    }


def _in_order(held_by: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of what a field holds in canonical order, those of its readings too."""
    readings = [_in_order("readings", one) for one in data.get("readings", ())]
    return {name: data[name] for name in fields_in(held_by) if name in data} | (
        {"readings": readings} if readings else {}
    )


def _places(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return where an entry names a source: in its readings, at the place that names it, or in itself."""
    return entry.get("readings", []) or [entry.get("named_in") or entry]
