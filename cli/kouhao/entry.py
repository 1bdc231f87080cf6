"""What a glossary is made of: frozen values without behaviour beyond their own consistency.

Nothing here reads files, matches text or prints. Values that stand in a glossary file as they are here (sources, companions, other
readings, examples) are read into these types, which refuse what is no `Text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Annotated

from kouhao.model import Basis, Status


class _NotEmpty:
    """Tells pydantic, which reads glossary files into these types, that a text is not empty."""

    @staticmethod
    def __get_pydantic_core_schema__(source: object, handler: Callable[[object], dict[str, object]]) -> object:
        return handler(source) | {"min_length": 1}


Text = Annotated[str, _NotEmpty]
"""A text that is not empty, which holds for what is read from a file."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: lines and columns count from 1, columns in characters."""

    path: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A published document that entries are taken from.

    `number` is the issuer's own (沪府规〔2021〕5号). `file` is the document's text, relative to the project, where it is a seed, which
    `validate` holds the quotes against; `text` is its name in a folder of evidence that is not part of the project.
    """

    id: Text
    title: Text
    publisher: str = ""
    published: str = ""
    file: str = ""
    url: str = ""
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One counted group of an expansion, such as 三进 of 三进三同步.

    `lead` stands before the items and `tail` behind them, and belong to all of them; `orders` are other orders of the items that
    official texts use; `exception` says, in the curator's words, why the number of items is not the numeral in `name`.
    """

    name: str
    items: tuple[str, ...]
    lead: str = ""
    exception: str = ""
    tail: str = ""
    orders: tuple[tuple[str, ...], ...] = ()


def told_orders(parts: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Yield the leads and items of parts as a text may tell them: part by part, or in turns (比学习，看能力；比服务，看效能)."""
    texts = [[text for text in (part.lead, *part.items) if text] for part in parts]
    yield tuple(chain(*texts))
    if len(parts) > 1 and len(set(map(len, texts))) == 1:
        yield tuple(chain(*zip(*texts, strict=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a published document: `where` is the chapter, article or note, in Chinese."""

    source: Source
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a slogan as one source gives it: an expansion with its parts, or a `definition` in the curator's words.

    `scope` tells readings apart (党, 财政); `valid_from` and `valid_to` are dates, as exact as they are known; `named_in` is where
    the term stands when the text with the items does not name it.
    """

    place: Place
    full: str = ""
    parts: tuple[Part, ...] = ()
    definition: str = ""
    scope: str = ""
    valid_from: str = ""
    valid_to: str = ""
    named_in: Place | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """All items of all parts, in order."""
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True, slots=True)
class Companions:
    """The words with which official texts join a slogan, most frequent first: 坚定 四个自信, 四个全面 战略布局."""

    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherReading:
    """An expansion that another publication gives, with its citation."""

    full: Text
    items: tuple[Text, ...] = ()
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence on which an entry tries the checker; `rule` is what it must raise, empty when it is clean."""

    text: Text
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One slogan with what it means.

    `readings` stand with the one in force first, none when no source explains the term; `quote` is the sentence of the source, empty
    for what is cited; the `source` is `assumed` where the file has several and the entry names none; `also` are other written forms;
    `finds` and `refuses` are queries that must and must not reach the entry.
    """

    id: str
    term: str
    basis: Basis
    quote: str
    source: Source
    topic: str = ""
    readings: tuple[Reading, ...] = ()
    also: tuple[str, ...] = ()
    companions: Companions = Companions()
    note: str = ""
    elsewhere: tuple[OtherReading, ...] = ()
    finds: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    status: Status = Status.PREFERRED
    see: str = ""
    valid_from: str = ""
    valid_to: str = ""
    draft: bool = False
    assumed: bool = field(default=False, compare=False)
    position: Position = field(default=Position(), compare=False)

    @property
    def full(self) -> str:
        """The expansion of the first reading, in the source's own words; empty where there is none."""
        return self.readings[0].full if self.readings else ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the first reading."""
        return self.readings[0].parts if self.readings else ()

    @property
    def items(self) -> tuple[str, ...]:
        """All items of the first reading, in order."""
        return self.readings[0].items if self.readings else ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in file order, with the sources that they cite."""

    entries: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()
