"""Read documents as pages: their text normalized, their slogans found, what these may mean at hand."""

from __future__ import annotations

from kouhao.check.context import KnownSlogan, Page, stands_in_prose
from kouhao.check.ear import Characters
from kouhao.check.expansions import Arrangement, arrangements, readings
from kouhao.check.normalized_text import NormalizedText
from kouhao.check.typos import NearForms
from kouhao.documents.document import Document
from kouhao.documents.skip_ranges import Spans
from kouhao.index.matcher import Matcher, Occurrence
from kouhao.index.patterns import Meaning, Vocabulary
from kouhao.language.normalize import prefers_traditional
from kouhao.language.word_boundary import cuts_word, ends_as_slogan, quoted_span
from kouhao.model import Basis

_MARKED_UP = frozenset(("md", "html-source"))


class PageReader:
    """Reads documents with the same glossaries."""

    def __init__(self, vocabulary: Vocabulary, characters: Characters, matcher: Matcher | None = None) -> None:
        """`characters` tells what is known of characters; `matcher` finds the slogans, the terms where none is given."""
        self._vocabulary = vocabulary
        self._matcher = matcher or vocabulary.term_matcher()
        self._search = NearForms(vocabulary, characters)
        self._known: dict[tuple[Meaning, ...], tuple[Arrangement, ...]] = {}
        self._meanings: dict[str, tuple[Meaning, ...]] = {}

    def read(self, document: Document, as_of: str = "", protected: Spans | None = None) -> Page:
        """Return the page of a document.

        `as_of` is the date of which its slogans are to be right, its own where none is given; `protected` are the stretches that are
        no prose, the document's own by default.
        """
        cells = document.path.lower().endswith(".csv")
        normalized = NormalizedText(document.text, marked=document.kind in _MARKED_UP, cells=cells)
        if prefers_traditional(normalized.text):
            normalized.plain = self._search.ear.simplified(normalized.plain)
        spans = document.protected if protected is None else protected
        mentions: list[KnownSlogan] = []
        occurrences = self._matcher.find(normalized.text)
        beginning, end = {found.start: found.text for found in occurrences}, -1
        for found in occurrences:
            cut = not self._matcher.words and cuts_word(
                normalized.text, found.start, found.end, known=found.start == end
            )
            ends = ends_as_slogan(normalized.text, found.start, found.end, next_slogan=beginning.get(found.end, ""))
            if stands_in_prose(spans, normalized, found.start, found.end, alone=ends and not cut):
                mentions.append(self._mention(normalized.text, found))
            end = found.end
        return Page(
            document,
            normalized,
            mentions=tuple(mentions),
            known=self._arrangements,
            search=self._search,
            as_of=as_of,
            protected=spans,
        )

    def _mention(self, text: str, found: Occurrence) -> KnownSlogan:
        outer = quoted_span(text, found.start, found.end)
        if found.text not in self._meanings:
            self._meanings[found.text] = tuple(self._vocabulary.meanings(found))
        return KnownSlogan(
            found.start, found.end, *outer, found.text, found.meanings[0].own, self._meanings[found.text]
        )

    def _arrangements(self, meanings: tuple[Meaning, ...]) -> tuple[Arrangement, ...]:
        """Return the sequences of items in which a text may expand a slogan; one that spells itself out is not expanded."""
        if meanings not in self._known:
            told = [meaning.record for meaning in meanings if meaning.record["basis"] != Basis.SELF_EXPLAINING]
            found = (one for record in told for reading in readings(record) for one in arrangements(reading))
            self._known[meanings] = tuple(one for one in found if len(one.items) > 1)
        return self._known[meanings]
