"""Expand the slogans of a running text the way official documents write it: “五好”(班子建设好、…).

Pure: pieces of text in, pieces of text out. What a text already explains, what stands inside a longer slogan, and what is no
prose stays as it is, so that a second run changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kouhao.documents.skip_ranges import Protection, Spans
from kouhao.index.matcher import Matcher, Occurrence, Spelling
from kouhao.index.patterns import Meaning, Vocabulary
from kouhao.language.normalize import fold, half_width, widen
from kouhao.language.word_boundary import quoted_span, stands_alone
from kouhao.model import Basis, Edit

_OPENINGS = (*"(（〔[［【", *"①②③④⑤⑥⑦⑧⑨⑩¹²³", "——", "，即", ",即", "是指", "指的是")
"""What stands behind a slogan that is explained: a bracket, the number of a note, a word that says so."""

_MARKS = re.compile("[、，,；;]")
_CONNECTIVES = str.maketrans("", "", "和与以及")
_NEAR = 200
_LONGEST_LINE = 2000
_WIDE, _HALF = frozenset("，；：（）？！"), frozenset(",;:()?!")


class Style(StrEnum):
    """Where an expansion goes: in brackets behind the slogan, in its place, or to the end as a footnote."""

    BRACKETS = "brackets"
    REPLACE = "replace"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a spelling stands for: its term and its full expansion; `full` is empty where it is unknown or not the only one."""

    term: str
    full: str


Explain = Callable[[Occurrence], Expansion]


class Expander:
    """Expands one document, piece by piece.

    `mean` gives the expansion of an occurrence. With `every` all occurrences are expanded, else the first of each term. The
    width of brackets and marks follows the text: that of the piece so far, else the source's own.
    """

    def __init__(self, matcher: Matcher, mean: Explain, *, style: Style = Style.BRACKETS, every: bool = False) -> None:
        self._matcher = matcher
        self._mean = mean
        self._style = style
        self._every = every
        self._known: dict[tuple[Spelling, ...], Expansion] = {}
        self._explained: set[str] = set()
        self._notes: dict[str, tuple[int, str]] = {}
        self._protection = Protection()
        self._wide: bool | None = None

    def expand(self, piece: str) -> str:
        """Return the next piece of the document, expanded."""
        protected = self._protection.spans(piece)
        return apply_edits(piece, self._edits(piece, protected))

    def footnotes(self) -> str:
        """Return the footnotes of all pieces, a line each."""
        return "".join(f"〔{number}〕{term}：{full}\n" for term, (number, full) in self._notes.items())

    def _edits(self, piece: str, protected: Spans) -> Iterator[Edit]:
        for found in self._matcher.find(piece):
            if protected.touch(found.start, found.end):
                continue
            start, end = quoted_span(piece, found.start, found.end)
            meaning = self._meaning(found)
            if meaning.term in self._explained and not self._every:
                continue
            if fold(found.text) == fold(meaning.full) or self._is_explained(piece, start, end, meaning):
                self._explained.add(meaning.term)
            elif meaning.full and stands_alone(piece, found.start, found.end):
                self._explained.add(meaning.term)
                yield self._edit(piece, start, end, meaning)

    def _meaning(self, found: Occurrence) -> Expansion:
        if found.meanings not in self._known:
            self._known[found.meanings] = self._mean(found)
        return self._known[found.meanings]

    def _is_explained(self, piece: str, start: int, end: int, meaning: Expansion) -> bool:
        """Tell whether the text itself explains the slogan: right behind it, or with all items in its line and the next."""
        if piece.startswith(_OPENINGS, end):
            return True
        if not meaning.full:
            return False
        first = piece.rfind("\n", max(0, start - _LONGEST_LINE), start)
        before = piece[first + 1 if first >= 0 else max(0, start - _LONGEST_LINE) : start]
        behind = piece[end : end + _LONGEST_LINE].split("\n", 2)[:2]
        near = _plain("".join([before, *behind]))
        return all(_plain(item) in near for item in _MARKS.split(meaning.full))

    def _edit(self, piece: str, start: int, end: int, meaning: Expansion) -> Edit:
        full = self._in_width(piece, start, end, meaning.full)
        if self._style is Style.REPLACE:
            return Edit(start, end, full)
        if self._style is Style.FOOTNOTES:
            number, _ = self._notes.setdefault(meaning.term, (len(self._notes) + 1, full))
            return Edit(end, end, f"〔{number}〕")
        opening, closing = ("（", "）") if self._is_wide(piece, start, end, meaning.full) else ("(", ")")
        return Edit(end, end, f"{opening}{full}{closing}")

    def _in_width(self, piece: str, start: int, end: int, full: str) -> str:
        return widen(full) if self._is_wide(piece, start, end, full) else half_width(full)

    def _is_wide(self, piece: str, start: int, end: int, full: str) -> bool:
        """Tell the width of the marks nearest to a place, before it or behind; else of those before; else of the source's."""
        before = _first_mark(reversed(piece[max(0, start - _NEAR) : start]))
        nearest = before or _first_mark(piece[end : end + _NEAR])
        if nearest:
            self._wide = nearest in _WIDE
        elif self._wide is None:
            return (_first_mark(full) or ",") in _WIDE
        return bool(self._wide)


def expansion_of(vocabulary: Vocabulary, found: Occurrence) -> Expansion:
    """Return the expansion on which all entries of a term agree; none where they differ, or where none of them has one."""
    meanings = vocabulary.meanings(found)
    fulls = {fold(meaning.full): meaning.full for meaning in meanings if meaning.full}
    has_one = len(fulls) == 1 and any(map(_is_expanded, meanings))
    return Expansion(meanings[0].term, next(iter(fulls.values())) if has_one else "")


def _is_expanded(meaning: Meaning) -> bool:
    """Tell whether a source expands a term: item by item, or right behind it; a sentence that only speaks of it is no expansion."""
    record = meaning.record
    if record["basis"] == Basis.SELF_EXPLAINING:
        return False
    given = record["basis"] == Basis.STATED or fold(meaning.term + meaning.full) in fold(record["quote"])
    return given or bool(record["parts"])


def _plain(text: str) -> str:
    """Return the folded text without the words that join items, which every writer chooses anew."""
    return fold(text).translate(_CONNECTIVES)


def _first_mark(marks: Iterable[str]) -> str:
    return next((mark for mark in marks if mark in _WIDE or mark in _HALF), "")


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made, given in order; one that overlaps the one before is left out."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.replacement]
            at = edit.end
    return "".join([*pieces, text[at:]])
