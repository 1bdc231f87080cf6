"""Slogans in running text: every occurrence of many spellings in one pass, the longest first.

The automaton (Aho-Corasick, from ahocorasick_rs) reads UTF-8; places are told in characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


class Matcher:
    """Looks for the same spellings in any number of texts."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        meanings: defaultdict[str, list[Spelling]] = defaultdict(list)
        for spelling in spellings:
            meanings[spelling.text].append(spelling)
        self._texts = list(meanings)
        self._meanings = [tuple(_preferred(several)) for several in meanings.values()]
        kind = Implementation.ContiguousNFA if len(self._texts) > _MOST_IN_DFA else Implementation.DFA
        patterns = [text.encode() for text in self._texts]
        self._automaton = BytesAhoCorasick(patterns, MatchKind.LeftmostLongest, kind) if patterns else None

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield the occurrences in order, their places in characters; none overlaps another.

        A spelling that begins or ends within a number (五好 in 十五好) is no occurrence.
        """
        content = text.encode("utf-8", "surrogatepass")
        at = characters = 0
        for found in self.find_in_bytes(content):
            characters += count_characters(content, at, found.start)
            at = found.start
            yield found._replace(start=characters, end=characters + len(found.text))

    def find_in_bytes(self, content: bytes) -> list[Occurrence]:
        """Return the same of a text in UTF-8, places in bytes; other threads go on meanwhile."""
        if self._automaton is None:
            return []
        return [
            Occurrence(start, end, self._texts[number], self._meanings[number])
            for number, start, end in self._automaton.find_matches_as_indexes(content)
            if not _cuts_number(content, start, end, self._texts[number])
        ]


def count_characters(content: bytes, start: int, end: int) -> int:
    """Return the number of characters in a stretch of UTF-8."""
    return len(content[start:end].decode("utf-8", "replace"))


def _preferred(meanings: list[Spelling]) -> list[Spelling]:
    """Return the entries that spell it so themselves, if there are any, else all."""
    return [meaning for meaning in meanings if meaning.own] or meanings


def _cuts_number(content: bytes, start: int, end: int, spelled: str) -> bool:
    if spelled[0] in _NUMERALS:
        before = content[max(0, start - _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")
        if before[-1:] in _NUMERALS and before:
            return True
    return spelled[-1].isdecimal() and content[end : end + 1].isdigit()
