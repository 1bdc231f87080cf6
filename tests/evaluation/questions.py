"""What people type for the entries of any glossary, and what must find nothing in it: slips, pieces, other numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from rapidfuzz.distance import OSA
from tests.evaluation import letters, slips
from tests.evaluation.slips import Slip, bare

from kouhao.entry import Entry
from kouhao.index.forms import CLAUSE_MARKS, clauses
from kouhao.language.normalize import fold

_TRIES = 12
_SHORTEST_ITEM = 3
_MEASURES = "个大"


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one kind, with the terms of which one must come first; none where no confident answer may be given."""

    query: str
    expect: tuple[str, ...]
    kind: str
    note: str = ""


TERM_SLIPS: dict[str, tuple[Slip, int]] = {
    "decorated": (slips.decorated, 1),
    "pinyin-full": (letters.pinyin_full, 1),
    "pinyin-spaced": (letters.pinyin_spaced, 1),
    "pinyin-tone": (letters.pinyin_tone, 1),
    "initials": (letters.initials, 1),
    "pinyin-mixed": (letters.pinyin_mixed, 1),
    "pinyin-partial": (letters.pinyin_partial, 1),
    "pinyin-fuzzy": (letters.pinyin_fuzzy, 2),
    "homophone": (slips.homophone, 3),
    "shape": (slips.shape, 2),
    "missing": (slips.missing, 2),
    "extra": (slips.extra, 1),
    "transposed": (slips.transposed, 1),
    "two-errors": (slips.two_errors, 2),
    "traditional": (slips.traditional, 1),
}
"""The kinds of slips of a term, each with its generator and the number of queries a term."""

ITEM_SLIPS: dict[str, tuple[Slip, int]] = {
    "item": (lambda _, text: text, 1),
    "item-typo": (lambda rng, text: rng.choice((slips.homophone, slips.shape))(rng, text), 1),
    "item-pinyin": (letters.pinyin_full, 1),
}
"""The kinds of queries for an item."""


_TONELESS = {"pinyin-full", "pinyin-spaced", "initials"}
SURE = {
    "exact", "decorated", "digits", "pinyin-full", "pinyin-spaced", "pinyin-tone", "initials", "traditional", "item-full",
    "question", "question-again", "colloquial",
}  # fmt: skip
SLIPS = {"homophone", "shape", "missing", "extra", "transposed", "two-errors"}
_LONG_TERM, _WHOLE_ITEM = 5, 4


def is_sure(query: Query) -> bool:
    """Return whether a query can be told from ordinary prose, so that it must be answered: a slip in a long term, a whole item."""
    if query.kind == "item":
        return len(fold(query.query)) >= _WHOLE_ITEM
    return query.kind in SURE or (query.kind in SLIPS and len(fold(bare(query.expect[0]))) >= _LONG_TERM)


class Labels:
    """Which terms may come first for a piece of text: those that hold it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._texts = [(entry.term, [fold(text) for text in _texts(entry)]) for entry in entries]
        spoken = [(term, ["".join(slips.syllables(text)) for text in texts]) for term, texts in self._texts]
        self._spoken = spoken
        self._joined = ["\n".join(text for _, texts in table for text in texts) for table in (self._texts, spoken)]
        self.taken = {text for _, texts in self._texts for text in texts}
        self.clauses = {
            fold(clause) for entry in entries for text in _texts(entry) for clause in clauses(text, CLAUSE_MARKS)
        }
        self.named = {fold(name) for entry in entries for name in _names(entry)}
        self.terms = [term for term, _ in self._texts]
        self._terms = {bare(term): term for term in self.terms}
        self._spelled: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
        self._rearranged = {_arranged(term) for term in self.terms}
        for text, term in self._terms.items():
            for short in (True, False):
                self._spelled[_letters(text, short=short), short].append(term)

    def holding(self, piece: str) -> list[str]:
        """Return the terms whose wording holds `piece`, in characters or in sound."""
        folded = fold(piece)
        table = self._spoken if folded.isascii() else self._texts
        if folded not in self._joined[folded.isascii()]:
            return []
        return [term for term, texts in table if any(folded in text for text in texts)]

    def spelled_alike(self, text: str, *, short: bool) -> list[str]:
        """Return the terms that have the pinyin of `text`, or its initials: sanfei is 三非 or 三废."""
        return self._spelled[_letters(text, short=short), short]

    def rearranged(self, text: str) -> bool:
        """Return whether a text has the characters of a term, in whatever order, with whatever marks and measure words."""
        return _arranged(text) in self._rearranged

    def as_near(self, typed: str, text: str) -> list[str]:
        """Return the terms that are as near to what was typed as `text` is: 三创换三 may be either of two."""
        limit = OSA.distance(typed, text)
        return [term for other, term in self._terms.items() if OSA.distance(typed, other, score_cutoff=limit) <= limit]

    def sounding(self, text: str) -> bool:
        """Tell whether a wording sounds like `text` to a southern ear: 四严禁 is 十严禁."""
        chunks = slips.syllables(text)
        ways = [
            [*chunks[:at], near, *chunks[at + 1 :]] for at, one in enumerate(chunks) for near in slips.southern(one)
        ]
        return any(self.holding("".join(way)) for way in (chunks, *ways))


def _letters(text: str, *, short: bool) -> str:
    return "".join(one[: 1 if short else None] for one in slips.syllables(text))


def _arranged(text: str) -> str:
    return "".join(sorted(mark for mark in fold(text) if mark.isalnum() and mark not in _MEASURES))


def _names(entry: Entry) -> list[str]:
    return [entry.term, *entry.also, *(part.name for reading in entry.readings for part in reading.parts)]


def _texts(entry: Entry) -> list[str]:
    told = [text for reading in entry.readings for text in (*reading.items, reading.full)]
    told += [item for reading in entry.elsewhere for item in reading.items]
    with_companions = [
        *(one + entry.term for one in entry.companions.before),
        *(entry.term + one for one in entry.companions.after),
    ]
    return [*_names(entry), bare(entry.term), *with_companions, *told]


def term_queries(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield the slips of each term."""
    for entry in entries:
        text = bare(entry.term)
        yield Query(entry.term, _each(entry.term, *labels.holding(entry.term)), "exact")
        for kind, (slip, count) in TERM_SLIPS.items():
            if any(mark.isdigit() for mark in text) and ("pinyin" in kind or kind == "initials"):
                continue
            for typed in _several(rng, slip, text, count, labels.taken):
                also = labels.holding(typed) if kind == "pinyin-partial" else labels.holding(text)
                also += labels.as_near(typed, text) if kind in ("missing", "two-errors") else []
                also += labels.spelled_alike(text, short=kind == "initials") if kind in _TONELESS else []
                yield Query(typed, _each(entry.term, *also), kind)


def item_queries(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield queries for each item that is long enough to be looked up by itself."""
    for entry in entries:
        for item in entry.items:
            text = bare(item)
            if len(text) < _SHORTEST_ITEM or entry.term == item:
                continue
            for kind, (slip, count) in ITEM_SLIPS.items():
                for typed in _several(rng, slip, text, count, labels.taken if kind == "item-typo" else set()):
                    yield Query(typed, _each(entry.term, *labels.holding(text)), kind)


def _several(rng: Random, slip: Slip, text: str, count: int, taken: set[str]) -> list[str]:
    found: list[str] = []
    for _ in range(_TRIES):
        typed = slip(rng, text)
        if typed and typed not in found and (fold(typed) not in taken or slip is slips.decorated):
            found.append(typed)
        if len(found) == count:
            break
    return found


def word_negatives(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield short terms with a character that makes them another word."""
    for entry in entries:
        for typed in _several(rng, slips.other_word, bare(entry.term), 2, labels.taken):
            yield Query(typed, (), "near-negative", "another word")


def numeral_negatives(entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield each counted term and part with other numerals, in characters, in digits and in pinyin."""
    names = {bare(name) for entry in entries for name in (entry.term, *(part.name for part in entry.parts)) if name}
    for name in sorted(names):
        counted = [mark for mark in name if mark in "一二两三四五六七八九十"]
        if not counted or "+" in name:
            continue
        for step in (1, 2, 3):
            typed = "".join(_other(mark, step) if mark in counted else mark for mark in name)
            if not labels.sounding(typed):
                yield Query(_spelled(typed, step), (), "near-negative", "another number")


def _other(mark: str, step: int) -> str:
    numerals = "一三四五六七八九十"
    at = numerals.find(mark) if mark in numerals else 0
    return numerals[(at + step) % len(numerals)]


def _spelled(typed: str, step: int) -> str:
    if step == 1:
        return typed
    if step == 2:
        return "".join("0123456789"[at] if (at := "零一二三四五六七八九".find(mark)) > 0 else mark for mark in typed)
    return "".join(slips.syllables(typed))


def _each(*terms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
