"""Slogans in running text: every occurrence of many spellings in one pass, the longest first.

The automaton (Aho-Corasick, from ahocorasick_rs) reads UTF-8; places are told in characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

_NUMERALS = frozenset("0123456789０１２３４５６７８９零一二两三四五六七八九十百千万第")
_MOST_IN_DFA = 2_000
_LONGEST_CHARACTER = 4


class Spelling(NamedTuple):
    """A text to look for, and the entry that it means.

    `pack` is the entry's index by its place among the open ones, `number` its number there; `own` tells whether the glossary
    itself writes the term so.
    """

    text: str
    pack: int
    number: int
    own: bool


class Occurrence(NamedTuple):
    """A spelling found in a text, from character `start` to `end`; `meanings` are the entries that it can mean."""

    start: int
    end: int
    text: str
    meanings: tuple[Spelling, ...]


Resolve = Callable[[str], tuple[Spelling, ...]]
"""Tells what a text means; nothing, where it is looked for on another account."""


class Matcher:
    """Looks for the same texts in any number of others."""

    def __init__(self, patterns: Iterable[bytes], resolve: Resolve) -> None:
        """`patterns` are texts in UTF-8, each once; `resolve` is asked for the meanings of those that are found."""
        found = list(patterns)
        kind = Implementation.ContiguousNFA if len(found) > _MOST_IN_DFA else Implementation.DFA
        self._automaton = BytesAhoCorasick(found, MatchKind.LeftmostLongest, kind)
        self._resolve = resolve
        self._meanings: dict[str, tuple[Spelling, ...]] = {}

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield the occurrences in order, their places in characters; none overlaps another.

        A spelling that begins or ends within a number (五好 in 十五好) is no occurrence; nor is what has no meaning.
        """
        content = text.encode("utf-8", "surrogatepass")
        at = characters = 0
        for found in self.find_in_bytes(content):
            if found.meanings:
                characters += count_characters(content, at, found.start)
                at = found.start
                yield found._replace(start=characters, end=characters + len(found.text))

    def find_in_bytes(self, content: bytes) -> list[Occurrence]:
        """Return the same of a text in UTF-8, places in bytes, also those without a meaning; other threads go on meanwhile."""
        occurrences: list[Occurrence] = []
        for _, start, end in self._automaton.find_matches_as_indexes(content):
            text = content[start:end].decode()
            if not _cuts_number(content, start, end, text):
                if text not in self._meanings:
                    self._meanings[text] = self._resolve(text)
                occurrences.append(Occurrence(start, end, text, self._meanings[text]))
        return occurrences


def match_spellings(spellings: Iterable[Spelling]) -> Matcher:
    """Return what looks for `spellings`; where glossaries write one so themselves, it means no other entry."""
    meanings: defaultdict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        meanings[spelling.text].append(spelling)
    return Matcher([text.encode() for text in meanings], lambda text: preferred(meanings[text]))


def preferred(meanings: Sequence[Spelling]) -> tuple[Spelling, ...]:
    """Return those that the glossary itself spells so, if there are any, else all."""
    return tuple(meaning for meaning in meanings if meaning.own) or tuple(meanings)


def count_characters(content: bytes, start: int, end: int) -> int:
    """Return the number of characters in a stretch of UTF-8."""
    return len(content[start:end].decode("utf-8", "replace"))


def _cuts_number(content: bytes, start: int, end: int, spelled: str) -> bool:
    if spelled[0] in _NUMERALS:
        before = content[max(0, start - _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")
        if before[-1:] in _NUMERALS and before:
            return True
    return spelled[-1].isdecimal() and content[end : end + 1].isdigit()
