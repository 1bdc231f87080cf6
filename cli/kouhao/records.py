"""Entries as machine-readable records: the one place that fixes the field names of every JSON output."""

from __future__ import annotations

from typing import Any

from kouhao.model import Entry, Part, Reading, Source, Status

SCHEMA = 1
"""Version of the JSON that kouhao prints; it changes when a field changes its meaning or goes."""

Record = dict[str, Any]


def entry_record(entry: Entry) -> Record:
    """Return the fields of an entry that every JSON output shows, in their fixed order.

    `note` and the fields of an entry's life (`status`, `see`, `valid_from`, `valid_to`) stand only where the curator
    set them; all others are always there.
    """
    record: Record = {
        "id": entry.id,
        "term": entry.term,
        "topic": entry.topic,
        "basis": entry.basis.value,
        "full": entry.full,
        "parts": [part_record(part) for part in entry.parts],
        "quote": entry.quote,
        "source": source_record(entry.source),
        "elsewhere": [reading_record(reading) for reading in entry.elsewhere],
    }
    status = "" if entry.status is Status.PREFERRED else entry.status.value
    optional = {"note": entry.note, "status": status, "see": entry.see}
    optional |= {"valid_from": entry.valid_from, "valid_to": entry.valid_to}
    return record | {key: value for key, value in optional.items() if value}


def part_record(part: Part) -> Record:
    """Return one counted group; `exception` only where the count is not the numeral."""
    record: Record = {"name": part.name, "lead": part.lead, "items": list(part.items)}
    return record | ({"exception": part.exception} if part.exception else {})


def source_record(source: Source) -> Record:
    """Return a source with all its fields."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "file": source.file,
        "url": source.url,
    }


def reading_record(reading: Reading) -> Record:
    """Return an expansion given elsewhere, with its citation."""
    return {
        "full": reading.full,
        "items": list(reading.items),
        "title": reading.title,
        "publisher": reading.publisher,
        "published": reading.published,
        "url": reading.url,
        "note": reading.note,
    }
