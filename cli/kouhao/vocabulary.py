"""The open glossaries as words to look for in texts, and what each of them means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kouhao.enumeration import half_width, widen
from kouhao.index.reader import Index
from kouhao.matching import Matcher, Occurrence, Spelling, preferred
from kouhao.records import Record
from kouhao.text import fold


@dataclass(frozen=True)
class Meaning:
    """One entry as texts need it."""

    id: str
    term: str
    full: str
    record_json: str

    @cached_property
    def record(self) -> Record:
        """The entry's record, see `kouhao.records`."""
        parsed: Record = json.loads(self.record_json)
        return parsed


class Vocabulary:
    """The terms of open indexes; with `only`, those of them that are spelled as one of these."""

    def __init__(self, indexes: Sequence[Index], only: Sequence[str] = ()) -> None:
        self._indexes = indexes
        self._only = {fold(term) for term in only}
        self._meanings: dict[tuple[int, int], Meaning] = {}

    @property
    def digest(self) -> str:
        """The digests of the glossaries: the version of every answer."""
        return "+".join(index.meta["digest"] for index in self._indexes)

    def terms(self) -> Iterator[Spelling]:
        """Yield the spellings of the terms."""
        for place, index in enumerate(self._indexes):
            for text, number, own in index.spellings():
                if not self._only or fold(text) in self._only:
                    yield Spelling(text, place, number, bool(own))

    def expansions(self) -> Iterator[Spelling]:
        """Yield the full expansions, in both widths, so that slogans inside them are not taken for their own."""
        for spelling in self.terms():
            full = self.meaning(spelling).full
            if full:
                yield from (
                    Spelling(text, spelling.pack, spelling.number, True) for text in {widen(full), half_width(full)}
                )

    def matcher(self, also: Iterable[str] = ()) -> Matcher:
        """Return what finds the terms in texts, and the texts `also`, which mean nothing."""
        patterns = dict.fromkeys(chain(*(index.patterns() for index in self._indexes)))
        if self._only:
            patterns = {pattern: None for pattern in patterns if fold(pattern.decode()) in self._only}
        return Matcher([*patterns, *(text.encode() for text in also)], self._resolve)

    def _resolve(self, text: str) -> tuple[Spelling, ...]:
        return preferred(
            [
                Spelling(text, place, number, bool(own))
                for place, index in enumerate(self._indexes)
                for number, own in index.spelled(text)
            ]
        )

    def meaning(self, spelling: Spelling) -> Meaning:
        """Return the entry that a spelling means."""
        key = spelling.pack, spelling.number
        if key not in self._meanings:
            stored = self._indexes[spelling.pack].stored(spelling.number)
            self._meanings[key] = Meaning(stored.id, stored.term, stored.full, stored.record)
        return self._meanings[key]

    def meanings(self, found: Occurrence) -> list[Meaning]:
        """Return the entries that an occurrence can mean."""
        return [self.meaning(spelling) for spelling in found.meanings]
