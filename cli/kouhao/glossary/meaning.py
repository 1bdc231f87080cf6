"""What a checked shape means: pydantic's models of a glossary file as the values that the rest of kouhao speaks in."""

from __future__ import annotations

from kouhao.glossary.schema import EntryShape, ReadingShape, SourceShape
from kouhao.model import Draft, Entry, Part, Position, Reading, Source


def make_source(shape: SourceShape) -> Source:
    """Return the source that a shape describes."""
    return Source(**shape.model_dump())


def make_entry(shape: EntryShape, source: Source, position: Position) -> Entry:
    """Return the entry that a shape describes, with its default id `SOURCE/TERM`."""
    return Entry(
        id=shape.id or f"{source.id}/{shape.term}",
        term=shape.term,
        basis=shape.basis,
        quote=shape.quote,
        source=source,
        topic=shape.topic,
        full=shape.full,
        parts=tuple(Part(part.name, tuple(part.items), part.lead, part.exception) for part in shape.parts),
        also=tuple(shape.also),
        note=shape.note,
        elsewhere=tuple(_make_reading(reading) for reading in shape.elsewhere),
        finds=tuple(shape.finds),
        refuses=tuple(shape.refuses),
        drafts=tuple(Draft(draft.text, draft.rule) for draft in shape.drafts),
        status=shape.status,
        see=shape.see,
        valid_from=shape.valid_from,
        valid_to=shape.valid_to,
        draft=shape.draft,
        position=position,
    )


def _make_reading(shape: ReadingShape) -> Reading:
    return Reading(**{**shape.model_dump(), "items": tuple(shape.items)})
