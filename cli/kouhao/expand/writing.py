"""How an expansion is written: in brackets, in the slogan's place or as a note, in the width of the text beside it."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import takewhile

from kouhao.check.context import KnownSlogan, Page
from kouhao.documents.document import written_in
from kouhao.expand.slogans import Slogan, counted_nouns
from kouhao.expand.surroundings import NEAR
from kouhao.language.background import count
from kouhao.language.lexicon import JOINING, SENTENCE_ENDS
from kouhao.language.normalize import half_width, is_han, widen
from kouhao.lookup.features import cut_words, last_word
from kouhao.model import Edit

_MARKUP = re.compile(r"(?:\*\*|__|~~|\*|_|</(?:b|strong|em|i|u|span|font)>)+")
_TAG = re.compile("<[^<>]*>")
_NOTE = re.compile("〔([0-9]+)〕")
_WIDE, _HALF, _ALWAYS_WIDE = frozenset("，；：（）？！"), frozenset(",;:()?!"), frozenset("。、“”《》")
_MARK = re.compile(f"(?<=[一-鿿”》])[{''.join(sorted(_WIDE | _HALF))}]")
"""A mark of prose, and none of a link or of markup."""

_LISTING = ("、", "“", "”", *JOINING)
_CLAUSE_END = re.compile(f"[{SENTENCE_ENDS}，；：,;:]")
_AT_EDGE = 2  # characters on each side that are looked for side by side
_LONGEST_RUN = 6  # characters that are cut into words for the first of them


class Style(StrEnum):
    """Where an expansion goes: in brackets behind the slogan, in its place, or to the end as a footnote."""

    BRACKETS = "brackets"
    REPLACE = "replace"
    FOOTNOTES = "footnotes"


class Writer:
    """Writes the expansions of one document, in pieces.

    The width of brackets and marks is that of most marks in a line, else of those nearest to it, else of the document so far, else the
    source's own.
    """

    def __init__(self, style: Style) -> None:
        self._style = style
        self._notes: dict[str, tuple[int, str]] = {}
        self._first_note = 0
        self._wide: bool | None = None
        self._line = (0, 0)
        self._is_line_wide = False

    def begin(self, piece: str) -> None:
        """Take notice of the next piece of the document, whose notes have numbers of their own."""
        self._line = (0, 0)
        self._first_note = max([self._first_note, *map(int, _NOTE.findall(piece))])

    def footnotes(self) -> str:
        """Return the footnotes of all pieces, a line each."""
        return "".join(f"〔{number}〕{term}：{full}\n" for term, (number, full) in self._notes.items())

    def fits(self, page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
        """Return whether the sentence reads on when the expansion takes the slogan's place; a bracket or a note breaks none.

        A list can stand for what counts its items and says nothing else, and neither in a name nor among the items of another list.
        """
        if self._style is not Style.REPLACE:
            return True
        before, behind = (
            page.text[max(0, mention.outer_start - _LONGEST_RUN) : mention.outer_start],
            page.text[mention.outer_end :][:_LONGEST_RUN],
        )
        listed = before.endswith(_LISTING) or behind.startswith(_LISTING)
        if (
            listed
            or slogan.noun(behind, 0)
            or not _says_all(mention.text, slogan.full)
            or _CLAUSE_END.search(slogan.full)
        ):
            return False
        word, run = last_word(before), "".join(takewhile(is_han, behind))
        following = cut_words(run)[0] if run else ""
        return _is_read(word, slogan.full[:_AT_EDGE]) and _is_read(slogan.full[-_AT_EDGE:], following)

    def edit(self, page: Page, mention: KnownSlogan, slogan: Slogan) -> Edit:
        """Return what is to be changed for a slogan."""
        kind, text = page.document.kind, page.document.text
        start, end = page.normalized.origin_span(mention.outer_start, mention.outer_end)
        wide = self._is_wide(text, start, end, slogan.full)
        full = written_in(kind, widen(slogan.full) if wide else half_width(slogan.full))
        if self._style is Style.REPLACE:
            return Edit(start, end, full)
        behind = mention.outer_end
        noun = slogan.noun(page.text, behind)
        markup = _MARKUP.match(text, end) if kind in {"md", "html-source"} else None
        if noun:  # behind markup, or in the next line
            end = page.normalized.origin_span(behind, behind + len(noun))[1]
        elif markup:
            end = markup.end()
        if self._style is Style.FOOTNOTES:
            number, _ = self._notes.setdefault(
                written_in(kind, slogan.term), (self._first_note + len(self._notes) + 1, full)
            )
            return Edit(end, end, f"〔{number}〕")
        return Edit(end, end, f"（{full}）" if wide else f"({full})")

    def _is_wide(self, text: str, start: int, end: int, full: str) -> bool:
        """Return whether the line of a place is written in full width; it is found once, so that all its brackets are alike."""
        first, last = self._line
        if not first <= start < last:
            first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            last = last if last >= 0 else len(text)
            stretches = text[max(0, first - NEAR) : first], text[first:last], text[last : last + NEAR]
            before, line, behind = (_TAG.sub("", stretch) for stretch in stretches)
            marks = _MARK.findall(line) or _MARK.findall(before)[-1:] or _MARK.findall(behind)[:1]
            if marks:
                self._wide = 2 * sum(mark in _WIDE for mark in marks) >= len(marks)
            unmarked = _ALWAYS_WIDE.intersection(before + line + behind) or _WIDE.intersection(full)
            self._line, self._is_line_wide = (first, last), bool(unmarked) if self._wide is None else self._wide
        return self._is_line_wide


def _says_all(term: str, full: str) -> bool:
    """Return whether the items of an expansion have the nouns that its term counts: those of 四个意识, not those of 三大保卫战 or 三权分置."""
    nouns = counted_nouns(term)
    return bool(nouns) and all(noun and full.count(noun) >= count for noun, count in nouns)


def _is_read(before: str, behind: str) -> bool:
    """Return whether a mark parts two words, or official prose has them side by side."""
    return not before or not behind or count(before[-_AT_EDGE:] + behind[:_AT_EDGE]) > 0
