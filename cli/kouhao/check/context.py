"""One document, read once for all rules: its known slogans, the other counted ones, and what it says that they mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kouhao.check.expansions import Claim, find_claim, readings
from kouhao.check.item_diff import Reading
from kouhao.check.normalized_text import SqueezedText
from kouhao.check.typos import Slip, SlipFinder
from kouhao.documents.document import Document
from kouhao.harvest.terms import Mention as CountedSlogan
from kouhao.harvest.terms import bare_mentions
from kouhao.harvest.terms import mentions as counted_slogans
from kouhao.index.matcher import Occurrence
from kouhao.index.patterns import Meaning, Vocabulary
from kouhao.language.word_boundary import quoted_span, stands_alone
from kouhao.model import Basis, Edit

_WRAPPED = frozenset(("txt", "md"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A known slogan in the squeezed text: its stretch without and with quotes, its spelling, what it can mean.

    `own` tells whether the glossary itself writes it so.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    own: bool
    meanings: tuple[Meaning, ...]

    @property
    def term(self) -> str:
        """The term as the glossary writes it."""
        return self.meanings[0].term


@dataclass(frozen=True, slots=True)
class NearHit:
    """An entry that a text finds: how (exact, item, homophone, look-alike, slip, …), and what it is."""

    how: str
    meaning: Meaning


Find = Callable[[str], list[NearHit]]
"""Returns the entries that a text finds, the nearest first."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say of a stretch of the squeezed text; `fix` is an edit of that text."""

    start: int
    end: int
    message: str
    term: str = ""
    expected: str = ""
    found: str = ""
    fix: Edit | None = None


@dataclass(frozen=True)
class Page:
    """A document and the glossary's view of it. Offsets are those of `text`, the squeezed text."""

    document: Document
    squeezed: SqueezedText
    mentions: tuple[Mention, ...]
    slips: tuple[tuple[Slip, Meaning], ...]
    near: Find
    find: Find

    @property
    def text(self) -> str:
        """The squeezed text."""
        return self.squeezed.text

    @cached_property
    def claims(self) -> tuple[tuple[Mention, Claim], ...]:
        """The known slogans that the document expands, and how."""
        found: list[tuple[Mention, Claim]] = []
        for mention in self.mentions:
            known = [reading for meaning in mention.meanings for reading in _readings(meaning)]
            claim = find_claim(self.text, mention.outer_start, mention.outer_end, known) if known else None
            if claim is not None:
                found.append((mention, claim))
        return tuple(found)

    @cached_property
    def unknown(self) -> tuple[CountedSlogan, ...]:
        """The counted slogans that the glossary does not know."""
        slogans = chain(counted_slogans(self.text), bare_mentions(self.text))
        return tuple(slogan for slogan in slogans if not self.is_known(slogan.start, slogan.end))

    def is_known(self, start: int, end: int) -> bool:
        """Tell whether a stretch touches a known slogan."""
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _ends(self) -> list[int]:
        return [mention.end for mention in self.mentions]


def _readings(meaning: Meaning) -> list[Reading]:
    """Return what a slogan can be expanded to; one that spells itself out is not expanded."""
    return [] if meaning.record["basis"] == Basis.SELF_EXPLAINING else readings(meaning.record)


class PageReader:
    """Reads documents with the same glossaries."""

    def __init__(self, vocabulary: Vocabulary, *, near: Find, find: Find) -> None:
        """`near` answers what a text resembles, `find` only what it says as it stands."""
        self._vocabulary = vocabulary
        self._near = near
        self._find = find
        self._matcher = vocabulary.term_matcher()
        self._slips = SlipFinder(vocabulary)

    def read(self, document: Document) -> Page:
        """Return the page of a document."""
        squeezed = SqueezedText(document.text, wrapped=document.kind in _WRAPPED)
        text = squeezed.text
        mentions = tuple(
            self._mention(text, found)
            for found in self._matcher.find(text)
            if stands_alone(text, found.start, found.end)
            and not document.protected.touch(*squeezed.origin_span(found.start, found.end))
        )
        slips = tuple((slip, self._vocabulary.meaning(slip.spelling)) for slip in self._slips.find(text))
        return Page(document, squeezed, mentions, slips, self._near, self._find)

    def _mention(self, text: str, found: Occurrence) -> Mention:
        outer = quoted_span(text, found.start, found.end)
        meanings = tuple(self._vocabulary.meanings(found))
        return Mention(found.start, found.end, *outer, found.text, found.meanings[0].own, meanings)
