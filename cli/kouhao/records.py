"""Entries as machine-readable records: the one place that fixes the field names of every JSON output."""

from __future__ import annotations

from typing import Any

from kouhao.model import Basis, Companions, Entry, OtherReading, Part, Place, Reading, Source, Status

SCHEMA = 2
"""Version of the JSON that kouhao prints; it changes when a field changes its meaning or goes."""

Record = dict[str, Any]


def entry_record(entry: Entry) -> Record:
    """Return the fields of an entry that every JSON output shows, in their fixed order.

    `full` and `parts` are those of the first of `readings`. `also`, `companions`, `note` and the fields of an entry's life (`status`,
    `see`, `valid_from`, `valid_to`) stand only where the curator set them; all others are always there.
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
        "elsewhere": [other_reading_record(reading) for reading in entry.elsewhere],
        "readings": [reading_record(reading) for reading in entry.readings],
    }
    companions = {"before": [*entry.companions.before], "after": [*entry.companions.after]}
    status = "" if entry.status is Status.PREFERRED else entry.status.value
    optional = {"also": [*entry.also], "companions": companions if any(companions.values()) else {}, "note": entry.note}
    optional |= {"status": status, "see": entry.see, "valid_from": entry.valid_from, "valid_to": entry.valid_to}
    return record | {key: value for key, value in optional.items() if value}


def part_record(part: Part) -> Record:
    """Return one counted group; `tail`, `orders` and `exception` only where it has them."""
    record: Record = {"name": part.name, "lead": part.lead, "items": list(part.items)}
    optional = {"tail": part.tail, "orders": [list(order) for order in part.orders], "exception": part.exception}
    return record | {key: value for key, value in optional.items() if value}


def source_record(source: Source) -> Record:
    """Return a source with all its fields."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "file": source.file,
        "url": source.url,
        **({"number": source.number} if source.number else {}),
    }


def reading_record(reading: Reading) -> Record:
    """Return one meaning with its place; `named_in` only where the term stands elsewhere."""
    record: Record = {
        "scope": reading.scope,
        "valid_from": reading.valid_from,
        "valid_to": reading.valid_to,
        "full": reading.full,
        "parts": [part_record(part) for part in reading.parts],
        "definition": reading.definition,
        **place_record(reading.place),
    }
    return record | ({"named_in": place_record(reading.named_in)} if reading.named_in else {})


def place_record(place: Place) -> Record:
    """Return a place in a document: the source and where in it."""
    return {"source": source_record(place.source), "where": place.where}


def other_reading_record(reading: OtherReading) -> Record:
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


def read_entry(record: Record) -> Entry:
    """Return the entry that a record shows; what records leave out (its tests, its place in a file) is empty."""
    companions = record.get("companions", {})
    return Entry(
        id=record["id"],
        term=record["term"],
        basis=Basis(record["basis"]),
        quote=record["quote"],
        source=Source(**record["source"]),
        topic=record["topic"],
        readings=tuple(map(_read_reading, record["readings"])),
        also=tuple(record.get("also", ())),
        companions=Companions(tuple(companions.get("before", ())), tuple(companions.get("after", ()))),
        note=record.get("note", ""),
        elsewhere=tuple(OtherReading(**other | {"items": tuple(other["items"])}) for other in record["elsewhere"]),
        status=Status(record.get("status", Status.PREFERRED)),
        see=record.get("see", ""),
        valid_from=record.get("valid_from", ""),
        valid_to=record.get("valid_to", ""),
    )


def _read_reading(record: Record) -> Reading:
    return Reading(
        place=_read_place(record),
        full=record["full"],
        parts=tuple(map(_read_part, record["parts"])),
        definition=record["definition"],
        scope=record["scope"],
        valid_from=record["valid_from"],
        valid_to=record["valid_to"],
        named_in=_read_place(record["named_in"]) if "named_in" in record else None,
    )


def _read_place(record: Record) -> Place:
    return Place(Source(**record["source"]), record["where"])


def _read_part(record: Record) -> Part:
    return Part(
        name=record["name"],
        items=tuple(record["items"]),
        lead=record["lead"],
        exception=record.get("exception", ""),
        tail=record.get("tail", ""),
        orders=tuple(map(tuple, record.get("orders", ()))),
    )
