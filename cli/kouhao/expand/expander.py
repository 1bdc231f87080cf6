"""Expand the slogans of a document the way official documents write it: “五好”(班子建设好、…).

Pure: text in, edits out. What a text already explains, what stands inside a longer word or a title, in headings, links, code and
tables of contents, and what is no prose stays as it is, so that a second run changes nothing.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from unicodedata import category

from kouhao.check.agreement import district
from kouhao.check.context import KnownSlogan, Page
from kouhao.check.reader import PageReader
from kouhao.documents.document import Document
from kouhao.documents.skip_ranges import Protection, Spans
from kouhao.expand.judgement import Judgement, Left, judge
from kouhao.expand.slogans import Slogan, slogan_of
from kouhao.expand.writing import Style, Writer
from kouhao.index.patterns import held
from kouhao.language.dates import document_date
from kouhao.model import Edit, apply_edits

_READ_BEFORE, _READ_BEHIND = 500, 2000
"""Characters beside a slogan that tell how it is meant, the longest list included."""

_ENTITY = re.compile("&#?[0-9A-Za-z]{2,8};")
_REMEMBERED = 1 << 14  # places, some megabytes


class Expander:
    """Expands one document, in pieces of whole lines.

    With `every` all occurrences are expanded, else the first of each expansion. Of several readings that one is taken which is
    valid at the document's date, or `as_of`, else none; one with a scope only where the text beside it speaks of that field,
    for names like 三大行动 are given to other things elsewhere.
    """

    def __init__(
        self,
        reader: PageReader,
        *,
        style: Style = Style.BRACKETS,
        every: bool = False,
        kind: str = "txt",
        as_of: str = "",
    ) -> None:
        """`kind` is the document's, as `Document.kind` gives it."""
        self._reader = reader
        self._writer = Writer(style)
        self._every = every
        self._kind = kind
        self._date = as_of
        self._known: dict[tuple[str, ...], Slogan] = {}
        self._explained: set[tuple[str, str]] = set()
        self._places: set[str] = set()
        self._unnamed: set[str] = set()
        self._judged: dict[int, Judgement] = {}
        self._left: dict[str, list[Left]] = {}
        self._protection = Protection()
        self._begun = False

    def expand(self, piece: str) -> str:
        """Return the next piece of the document, expanded."""
        return apply_edits(piece, self.edits(piece))

    def edits(self, piece: str) -> list[Edit]:
        """Return what is to be changed in the next piece of the document."""
        self._date = self._date or document_date(piece)
        self._writer.begin(piece)
        protected = self._protection.spans(piece)
        text = _ENTITY.sub(_spelled, piece) if self._kind == "html-source" else piece
        page = self._reader.read(Document("-", text, "utf-8", self._kind), protected=protected)
        self._unnamed = set()
        given = Spans([(claim.alignment.start, claim.alignment.end) for _, claim in page.claims])
        explained = {mention.start for mention, claim in page.claims if claim.clean}
        slogans = (
            mention
            for mention in page.mentions
            if mention.start in explained or not given.touch(mention.start, mention.start + 1)
        )
        edits = [edit for mention in slogans if (edit := self._edit(page, _as_held(mention)))]
        self._begun = True
        return edits

    @property
    def left(self) -> dict[str, list[Left]]:
        """The terms that were expanded nowhere, or somewhere with one of several expansions, and why, once for each place left."""
        written = {term for term, _ in self._explained}
        return {
            term: told
            for term, why in self._left.items()
            if (told := [one for one in why if one is Left.SEVERAL or term not in written])
        }

    def footnotes(self) -> str:
        """Return the footnotes of all pieces, a line each."""
        return self._writer.footnotes()

    def _edit(self, page: Page, mention: KnownSlogan) -> Edit | None:
        known = self._slogan(mention)
        if not (known.readings or known.unfit) or self._is_written(known):
            return None
        judgement = self._judge(page, mention, known)
        slogan, left = judgement.slogan, judgement.left
        if judgement.explained:
            self._explained.update((meaning.term, full) for meaning in mention.meanings for _, full in known.readings)
            return None
        if not left and self._is_written(slogan):
            return None
        if not left and self._is_elsewhere(page, mention):
            left = Left.OTHER
        if not left and not self._writer.fits(page, mention, slogan):
            left = Left.BROKEN
        if left:
            self._left.setdefault(slogan.term, []).append(left)
            return None
        self._explained.update((meaning.term, slogan.full) for meaning in mention.meanings)
        return self._writer.edit(page, mention, slogan)

    def _is_written(self, slogan: Slogan) -> bool:
        """Return whether nothing is left to write: each expansion that a slogan may have stands in the text."""
        fulls = [slogan.full] if slogan.full else [full for _, full in slogan.readings]
        return not self._every and bool(fulls) and all((slogan.term, full) in self._explained for full in fulls)

    def _judge(self, page: Page, mention: KnownSlogan, slogan: Slogan) -> Judgement:
        """Return how a mention stands in its place; the same place is judged once: tables say much again."""
        text, (start, end) = page.document.text, page.normalized.origin_span(mention.outer_start, mention.outer_end)
        low = max(0, start - _READ_BEFORE)
        place = hash((text[low : end + _READ_BEHIND], start - low, end - low, self._begun))
        if place not in self._judged:
            if len(self._judged) == _REMEMBERED:
                self._judged.clear()
            self._judged[place] = judge(page, mention, slogan, begun=self._begun)
        return self._judged[place]

    def _is_elsewhere(self, page: Page, mention: KnownSlogan) -> bool:
        """Return whether a slogan is a district's own, and the text does not name the district."""
        owners = {district(meaning) for meaning in mention.meanings} - self._unnamed
        self._places |= {owner for owner in owners - self._places if owner in page.text}
        self._unnamed |= owners - self._places
        return not owners & self._places

    def _slogan(self, mention: KnownSlogan) -> Slogan:
        key = tuple(meaning.id for meaning in mention.meanings)
        if key not in self._known:
            self._known[key] = slogan_of(mention.meanings, self._date)
        return self._known[key]


def _spelled(entity: re.Match[str]) -> str:
    """Return the character that the source of a page spells out, and a tag that makes it as long."""
    mark, size = html.unescape(entity[0]), len(entity[0])
    if len(mark) != 1 or mark in "<>&":
        return entity[0]
    tag = f"<b{' ' * (size - len(mark + '<b>'))}>"
    return f"{tag}{mark}" if category(mark) in {"Pe", "Pf"} else f"{mark}{tag}"


def _as_held(mention: KnownSlogan) -> KnownSlogan:
    """Return a mention with those of its meanings that are to be written."""
    meanings = _held(mention.meanings)
    return mention if len(meanings) == len(mention.meanings) else mention._replace(meanings=meanings)


_held = lru_cache(_REMEMBERED)(held)
