"""What machines read, entries above all: the one place that fixes the field names of every JSON output."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from kouhao.entry import Companions, Entry, OtherReading, Part, Place, Reading, Source
from kouhao.errors import KouhaoError
from kouhao.model import Basis, Finding, Status

SCHEMA = 2
"""Version of the JSON that kouhao prints; it changes when a field changes its meaning or goes."""


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


class TermRecord(TypedDict):
    """What an occurrence in a text stands for; `form` is how it is written there."""

    term: str
    id: str
    ids: list[str]
    form: str


class MatchRecord(TermRecord):
    """An occurrence with its place: line and column from 1, offsets from 0, in characters."""

    line: int
    column: int
    start: int
    end: int


class EditRecord(TypedDict):
    """A replacement of the characters from `start` to `end`."""

    start: int
    end: int
    replacement: str


class FindingRecord(TypedDict):
    """What a rule has to say of a place."""

    schema: int
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    rule: str
    severity: str
    message: str
    term: str
    expected: str
    found: str
    fix: EditRecord | None
    place: NotRequired[str]


class RuleRecord(TypedDict):
    """A rule of the checker: its severity and whether it holds where nothing is set, and its manual page."""

    rule: str
    severity: str
    enabled: bool
    manual: str


class ErrorRecord(TypedDict):
    """An error that a user can meet."""

    schema: int
    status: str
    code: str
    message: str
    hint: str
    path: str
    line: int
    column: int


class FileRecord(TypedDict):
    """A file that was read."""

    path: str
    encoding: str


class CheckRecord(TypedDict):
    """The files of a check, what was found, and what could not be read."""

    schema: int
    files: list[FileRecord]
    findings: list[FindingRecord]
    errors: NotRequired[list[ErrorRecord]]


class BaselineRecord(TypedDict):
    """The findings that a check passes over."""

    schema: int
    fingerprints: list[str]


class CandidateRecord(TypedDict):
    """What may be a slogan with its expansion, in its document."""

    schema: int
    path: str
    line: int
    start: int
    end: int
    term: str
    parts: list[PartRecord]
    items: list[str]
    quote: str
    basis: str
    score: float
    doubtful: bool
    known: str


class ChangeRecord(TypedDict):
    """A difference between two states of a glossary."""

    kind: str
    id: str
    term: str
    field: str
    old: str
    new: str


class BuiltinRecord(TypedDict):
    """The glossaries that come with the program."""

    entries: int


class OwnGlossaryRecord(TypedDict):
    """A glossary of the user's own, and what named it."""

    path: str
    entries: int
    origin: str


class ConfigRecord(TypedDict):
    """Where settings, glossaries and the cache are."""

    schema: int
    configuration: str
    settings_folder: str
    cache_folder: str
    cache_bytes: int
    builtin: BuiltinRecord
    glossaries: list[OwnGlossaryRecord]
    settings: dict[str, object]
    environment: dict[str, str]


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
        record["named_in"] = {"source": source_record(reading.named_in.source), "where": reading.named_in.where}
    return record


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


def finding_record(finding: Finding) -> FindingRecord:
    """Return a finding; `place` only where a person needs it to find the line."""
    record: FindingRecord = {
        "schema": SCHEMA,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "term": finding.term,
        "expected": finding.expected,
        "found": finding.found,
        "fix": None,
    }
    if edit := finding.edit:
        record["fix"] = {"start": edit.start, "end": edit.end, "replacement": edit.replacement}
    if finding.label:
        record["place"] = finding.label
    return record


def error_record(error: KouhaoError) -> ErrorRecord:
    """Return an error with its place and the next step."""
    return {
        "schema": SCHEMA,
        "status": "error",
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
        "path": error.path,
        "line": error.line,
        "column": error.column,
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
    fields: dict[str, Any] = {**record, "place": _read_place(record), "parts": tuple(map(_read_part, record["parts"]))}
    fields |= {"named_in": _read_place(record["named_in"])} if "named_in" in record else {}
    del fields["source"], fields["where"]
    return Reading(**fields)


def _read_other_reading(record: OtherReadingRecord) -> OtherReading:
    fields: dict[str, Any] = {**record, "items": tuple(record["items"])}
    return OtherReading(**fields)


def _read_place(record: PlaceRecord) -> Place:
    return Place(Source(**record["source"]), record["where"])


def _read_part(record: PartRecord) -> Part:
    orders = tuple(map(tuple, record.get("orders", ())))
    fields: dict[str, Any] = {**record, "items": tuple(record["items"]), "orders": orders}
    return Part(**fields)
