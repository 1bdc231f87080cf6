"""The shape of a glossary file: what pydantic checks, and what `glossary/schema.json` tells an editor."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kouhao.model import Basis, Status

Text = Annotated[str, Field(min_length=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", use_enum_values=False)


class SourceShape(_Shape):
    """A published document; `file` is its text in this project, which `validate` holds the quotes against."""

    id: Text
    title: Text
    publisher: str = ""
    published: str = ""
    file: str = ""
    url: str = ""


class PartShape(_Shape):
    """One counted group of items; `exception` explains a count that is not the numeral in the name."""

    name: str = ""
    lead: str = ""
    items: Annotated[list[Text], Field(min_length=1)]
    exception: str = ""


class ReadingShape(_Shape):
    """An expansion that another publication gives."""

    full: Text
    items: list[Text] = []
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    note: str = ""


class DraftShape(_Shape):
    """A sentence for the draft checker, and the rule that it must raise (none: it is clean)."""

    text: Text
    rule: str = ""


class EntryShape(_Shape):
    """One slogan as the source gives it."""

    id: str = ""
    term: Text
    also: list[Text] = []
    topic: str = ""
    basis: Basis
    full: str = ""
    parts: list[PartShape] = []
    quote: Text
    elsewhere: list[ReadingShape] = []
    note: str = ""
    status: Status = Status.PREFERRED
    see: str = ""
    valid_from: str = ""
    valid_to: str = ""
    finds: list[Text] = []
    refuses: list[Text] = []
    drafts: list[DraftShape] = []
    draft: bool = False


class GlossaryShape(_Shape):
    """A glossary file: one source and the entries taken from it."""

    source: SourceShape
    entries: list[EntryShape]


def json_schema() -> str:
    """Return the JSON Schema of a glossary file, as `glossary/schema.json` keeps it."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **GlossaryShape.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
