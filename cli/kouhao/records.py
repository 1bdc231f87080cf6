"""Entries as machine-readable records: the one place that fixes the field names of every JSON output."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from kouhao.model import Basis, Companions, Entry, OtherReading, Part, Place, Reading, Source, Status

SCHEMA = 2
"""Version of the JSON that kouhao prints; it changes when a field changes its meaning or goes."""

Record = dict[str, Any]


class CitedRecord(TypedDict):
    """What is cited of a publication."""

    title: str
    publisher: str
    published: str
    url: str
    number: NotRequired[str]


class SourceRecord(CitedRecord):
    """A published document."""

    id: str
    file: str


class PlaceRecord(TypedDict):
    """A place in a document."""

    source: SourceRecord
    where: str


class PartRecord(TypedDict):
    """One counted group of an expansion."""

    name: str
    lead: str
    items: list[str]
    tail: NotRequired[str]
    orders: NotRequired[list[list[str]]]
    exception: NotRequired[str]


class ReadingRecord(PlaceRecord):
    """One meaning of a slogan."""

    scope: str
    valid_from: str
    valid_to: str
    full: str
    parts: list[PartRecord]
    definition: str
    named_in: NotRequired[PlaceRecord]


class OtherReadingRecord(CitedRecord):
    """An expansion that another publication gives."""

    full: str
    items: list[str]
    note: str


class CitationRecord(TypedDict):
    """What a writer quotes of an entry."""

    term: str
    citation: str
    full: str
    basis: str
    source: SourceRecord


class CountedSourceRecord(SourceRecord):
    """A source and how many entries it has."""

    entries: int


class TopicRecord(TypedDict):
    """A topic and how many entries it has."""

    topic: str
    entries: int


class CompanionsRecord(TypedDict):
    """The words with which official texts join a slogan."""

    before: list[str]
    after: list[str]


class EntryRecord(TypedDict):
    """A slogan with what it means."""

    id: str
    term: str
    topic: str
    basis: str
    full: str
    parts: list[PartRecord]
    quote: str
    source: SourceRecord
    elsewhere: list[OtherReadingRecord]
    readings: list[ReadingRecord]
    also: NotRequired[list[str]]
    companions: NotRequired[CompanionsRecord]
    note: NotRequired[str]
    status: NotRequired[str]
    see: NotRequired[str]
    valid_from: NotRequired[str]
    valid_to: NotRequired[str]


def entry_record(entry: Entry) -> EntryRecord:
    """Return the fields of an entry that every JSON output shows, in their fixed order.

    `full` and `parts` are those of the first of `readings`. `also`, `companions`, `note` and the fields of an entry's life (`status`,
    `see`, `valid_from`, `valid_to`) stand only where the curator set them; all others are always there.
    """
    record: EntryRecord = {
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
    if entry.also:
        record["also"] = [*entry.also]
    if entry.companions != Companions():
        record["companions"] = {"before": [*entry.companions.before], "after": [*entry.companions.after]}
    if entry.note:
        record["note"] = entry.note
    if entry.status is not Status.PREFERRED:
        record["status"] = entry.status.value
    if entry.see:
        record["see"] = entry.see
    if entry.valid_from:
        record["valid_from"] = entry.valid_from
    if entry.valid_to:
        record["valid_to"] = entry.valid_to
    return record


def part_record(part: Part) -> PartRecord:
    """Return one counted group; `tail`, `orders` and `exception` only where it has them."""
    record: PartRecord = {"name": part.name, "lead": part.lead, "items": list(part.items)}
    if part.tail:
        record["tail"] = part.tail
    if part.orders:
        record["orders"] = [list(order) for order in part.orders]
    if part.exception:
        record["exception"] = part.exception
    return record


def source_record(source: Source) -> SourceRecord:
    """Return a source with all its fields; `number` only where it has one."""
    record: SourceRecord = {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "file": source.file,
        "url": source.url,
    }
    if source.number:
        record["number"] = source.number
    return record


def reading_record(reading: Reading) -> ReadingRecord:
    """Return one meaning with its place; `named_in` only where the term stands elsewhere."""
    record: ReadingRecord = {
        "scope": reading.scope,
        "valid_from": reading.valid_from,
        "valid_to": reading.valid_to,
        "full": reading.full,
        "parts": [part_record(part) for part in reading.parts],
        "definition": reading.definition,
        "source": source_record(reading.place.source),
        "where": reading.place.where,
    }
    if reading.named_in:
        record["named_in"] = place_record(reading.named_in)
    return record


def place_record(place: Place) -> PlaceRecord:
    """Return a place in a document: the source and where in it."""
    return {"source": source_record(place.source), "where": place.where}


def other_reading_record(reading: OtherReading) -> OtherReadingRecord:
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


def read_entry(record: EntryRecord) -> Entry:
    """Return the entry that a record shows; what records leave out (its tests, its place in a file) is empty."""
    companions = record.get("companions", CompanionsRecord(before=[], after=[]))
    return Entry(
        id=record["id"],
        term=record["term"],
        basis=Basis(record["basis"]),
        quote=record["quote"],
        source=Source(**record["source"]),
        topic=record["topic"],
        readings=tuple(map(_read_reading, record["readings"])),
        also=tuple(record.get("also", ())),
        companions=Companions(tuple(companions["before"]), tuple(companions["after"])),
        note=record.get("note", ""),
        elsewhere=tuple(map(_read_other_reading, record["elsewhere"])),
        status=Status(record.get("status", Status.PREFERRED)),
        see=record.get("see", ""),
        valid_from=record.get("valid_from", ""),
        valid_to=record.get("valid_to", ""),
    )


def _read_reading(record: ReadingRecord) -> Reading:
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


def _read_other_reading(record: OtherReadingRecord) -> OtherReading:
    return OtherReading(
        full=record["full"],
        items=tuple(record["items"]),
        title=record["title"],
        publisher=record["publisher"],
        published=record["published"],
        url=record["url"],
        note=record["note"],
    )


def _read_place(record: PlaceRecord) -> Place:
    return Place(Source(**record["source"]), record["where"])


def _read_part(record: PartRecord) -> Part:
    return Part(
        name=record["name"],
        items=tuple(record["items"]),
        lead=record["lead"],
        exception=record.get("exception", ""),
        tail=record.get("tail", ""),
        orders=tuple(map(tuple, record.get("orders", ()))),
    )
