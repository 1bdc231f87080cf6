"""What a glossary is made of: frozen values without behaviour beyond their own consistency.

Every layer above speaks in these types. Nothing here reads files, matches text or prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Basis(StrEnum):
    """How a source supports an entry; always shown beside the expansion."""

    STATED = "stated"
    EXPLAINED = "explained"
    SELF_EXPLAINING = "self-explaining"
    MENTIONED = "mentioned"


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


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: lines and columns count from 1, columns in characters."""

    path: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A published document that entries are taken from; `file` is its text, relative to the project."""

    id: str
    title: str
    publisher: str = ""
    published: str = ""
    file: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One counted group of an expansion, such as 三进 of 三进三同步.

    `lead` stands before the items and belongs to all of them; `exception` says, in the curator's words,
    why the number of items is not the numeral in `name`.
    """

    name: str
    items: tuple[str, ...]
    lead: str = ""
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An expansion that another publication gives, with its citation."""

    full: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    items: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that tests the draft checker; `rule` is what it must raise, empty when it is clean."""

    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One slogan as one source gives it.

    `full` is the expansion in the source's own words (empty when the source does not explain the term);
    `also` are other written forms; `finds` and `refuses` are queries that must and must not reach the entry.
    """

    id: str
    term: str
    basis: Basis
    quote: str
    source: Source
    topic: str = ""
    full: str = ""
    parts: tuple[Part, ...] = ()
    also: tuple[str, ...] = ()
    note: str = ""
    elsewhere: tuple[Reading, ...] = ()
    finds: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()
    status: Status = Status.PREFERRED
    see: str = ""
    valid_from: str = ""
    valid_to: str = ""
    draft: bool = False
    position: Position = field(default=Position(), compare=False)

    @property
    def items(self) -> tuple[str, ...]:
        """All items of all parts, in order."""
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in file order, with the sources that they cite."""

    entries: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters `start` to `end` of a decoded text by `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule has to say of a place, in a draft and in a glossary alike.

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
