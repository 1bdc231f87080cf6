"""The frozen values that every layer speaks in: what an entry stands on, what a rule finds, how a text is edited.

A page is checked with these alone, so they are named tuples: dataclasses, as entries are, take five times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Basis(StrEnum):
    """How a source supports an entry; always shown beside the expansion."""

    STATED = "stated"
    EXPLAINED = "explained"
    SELF_EXPLAINING = "self-explaining"
    MENTIONED = "mentioned"
    CITED = "cited"


class Status(StrEnum):
    """Where a wording stands in its life (ISO 30042 administrative status, shortened)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    SUPERSEDED = "superseded"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Edit(NamedTuple):
    """Replace the characters `start` to `end` of a decoded text by `replacement`."""

    start: int
    end: int
    replacement: str

    @property
    def verb(self) -> str:
        """What a person reads before the replacement."""
        return "补上" if self.start == self.end else "改为"


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made, given in order; one that overlaps the one before is left out."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.replacement]
            at = edit.end
    return "".join([*pieces, text[at:]])


class Finding(NamedTuple):
    """Something a rule has to say of a place, in a document and in a glossary alike.

    Lines and columns count from 1 in characters; `start` and `end` are character offsets in the decoded text. `label` is where a
    person finds it in a document that has no lines (第 3 段).
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    start: int = 0
    end: int = 0
    end_line: int = 0
    end_column: int = 0
    term: str = ""
    expected: str = ""
    found: str = ""
    edit: Edit | None = None
    label: str = ""
