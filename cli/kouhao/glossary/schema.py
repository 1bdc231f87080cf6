"""The shape of a glossary file: what pydantic checks, and what `glossary/schema.json` tells an editor."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from kouhao.entry import Companions, Example, OtherReading, Source, Text
from kouhao.model import Basis, Status


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartShape(_Shape):
    """One counted group of items; `exception` explains a count that is not the numeral in the name."""

    name: str = ""
    lead: str = ""
    items: Annotated[tuple[Text, ...], Field(min_length=1)]
    tail: str = ""
    orders: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    exception: str = ""

    @model_validator(mode="after")
    def _orders_are_of_the_items(self) -> PartShape:
        for order in self.orders:
            if sorted(order) != sorted(self.items):
                raise PydanticCustomError("orders", "orders 里每一种次序都要恰好是 items 的各项")
        return self


class PlaceShape(_Shape):
    """A place in one of the file's sources, named by its id; `where` is the chapter, article or note."""

    source: Text
    where: str = ""


class ReadingShape(_Shape):
    """One meaning: an expansion exactly as published, or a definition in the curator's own words."""

    scope: str = ""
    valid_from: str = ""
    valid_to: str = ""
    parts: tuple[PartShape, ...] = ()
    full: str = ""
    definition: str = ""
    source: Text
    where: str = ""
    named_in: PlaceShape | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> ReadingShape:
        if bool(self.full) == bool(self.definition) or (self.parts and not self.full):
            raise PydanticCustomError("reading", "一种解释要么写 full（可另写 parts），要么写 definition")
        return self


class EntryShape(_Shape):
    """One slogan: as one source gives it, with the sentence (`quote`), or cited, with its `readings`.

    `source` names one of the file's sources; where the file has one only, it may be left out.
    """

    id: str = ""
    term: Text
    also: tuple[Text, ...] = ()
    topic: str = ""
    basis: Basis
    source: str = ""
    companions: Companions = Companions()
    readings: tuple[ReadingShape, ...] = ()
    named_in: PlaceShape | None = None
    full: str = ""
    parts: tuple[PartShape, ...] = ()
    quote: str = ""
    elsewhere: tuple[OtherReading, ...] = ()
    note: str = ""
    status: Status = Status.PREFERRED
    see: str = ""
    valid_from: str = ""
    valid_to: str = ""
    finds: tuple[Text, ...] = ()
    refuses: tuple[Text, ...] = ()
    drafts: tuple[Example, ...] = ()
    draft: bool = False


class GlossaryShape(_Shape):
    """A glossary file: its sources and its entries. `id` begins the ids of its entries; without it the first source's does."""

    id: str = ""
    sources: Annotated[list[Source], Field(min_length=1)]
    entries: tuple[EntryShape, ...]

    @model_validator(mode="before")
    @classmethod
    def _takes_one_source(cls, data: object) -> object:
        """Read the older form, in which a file has one `source`."""
        if isinstance(data, dict) and "source" in data and "sources" not in data:
            return {
                ("sources" if key == "source" else key): ([value] if key == "source" else value)
                for key, value in data.items()
            }
        return data


_SHAPES: dict[str | int, type] = {
    "": GlossaryShape,
    "sources": Source,
    "entries": EntryShape,
    "companions": Companions,
    "readings": ReadingShape,
    "named_in": PlaceShape,
    "parts": PartShape,
    "elsewhere": OtherReading,
    "drafts": Example,
}
"""What each field holds; the glossary itself stands in none."""


def fields_in(name: str | int = "") -> list[str]:
    """Return the fields of what a field holds, in their canonical order; those of a glossary by default, none of what is plain."""
    return [*_SHAPES[name].__annotations__] if name in _SHAPES else []


def json_schema() -> str:
    """Return the JSON Schema of a glossary file, as `glossary/schema.json` keeps it."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **GlossaryShape.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
