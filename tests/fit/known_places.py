"""Places that need no reader: where texts name a slogan that the glossary has, and notes that are composed of known slogans.

What stands at a place is right where its items are the known ones, in any order or with a shared head or tail left off; nothing is right
where none of them stands near. Notes are composed because reports explain their terms in notes, and few of the texts at hand have any.
No term of a place that only tests is used.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from tests.evaluation.expansions import (
    Items,
    bare,
    bare_items,
    gold,
    mentions_read,
    test_documents,
    text_of,
    whole_documents,
)
from tests.fit.count_harvest import learning_texts

from kouhao.glossary.load import builtin_files, load_files
from kouhao.harvest.mentions import Mention
from kouhao.harvest.running_text import RunningText
from kouhao.language.lexicon import NUMBERING
from kouhao.language.numerals import count_groups

_NEAR_BEFORE, _NEAR_BEHIND = 400, 700  # characters in which items of a slogan would stand
_SENTENCE = re.compile("[^。\n“”]{30,160}(?=。)")
_NOUN = re.compile("”([\u4e00-\u9fff]{2,4})(?=[，。：、])")
_NOUNS, _EXPLAINED, _OTHERS = 80, 14, 11  # nouns behind terms; notes of a page with a list and without
_NUMBERS = ("{}.", "{}.", "{}、", "［{}］", "（{}）", "{}．", "")
_CUES = {
    "：": 50,
    "\t": 6,
    "：指": 12,
    "：是指": 10,
    "是指": 8,
    "指": 5,
    "，即": 4,
    "：\n指": 4,
    "：即": 3,
    "：包括": 6,
}
_CUES_APART = ("指", "即", "是指", "为", "：")
_CODES, _CODE_OF = (
    40,
    ("1+3+N", "1+N", "1+M+N", "2+4+N", "1+5+X", "3+1+N"),
)  # slogans that are numbers, and some of their names
_NUMBERED = {"{h}是{}；": 4, "{d}.{}；": 1, "{d}.{}": 1, "{c}{}；": 1, "{c}{}": 1, "（{d}）{}；": 1}
_LEADS = ("，包括", "，即", "，具体为", "，分别是", "，主要包括", "，明确了", "，提出", "：", "，重点建设", "，推进")

Readings = tuple[Items, ...]


@dataclass(slots=True)
class KnownText:
    """A text with the slogans that are known in it: everywhere, or, of a composed page, those of each stretch by its end."""

    name: str
    text: str
    slogans: dict[str, Readings] = field(default_factory=dict)
    stretches: list[tuple[int, str, Readings]] = field(default_factory=list)

    def readings(self, running: RunningText, mention: Mention) -> Readings | None:
        """Return how a mention may be expanded: not at all, or None where that is not known."""
        start = running.origin_span(mention.start, mention.end)[0]
        for end, term, readings in self.stretches:
            if start < end:
                return readings if bare(mention.term) == bare(term) else None
        readings = self.slogans.get(bare(mention.term), ())
        text = running.text
        near = bare(text[max(0, mention.start - _NEAR_BEFORE) : mention.end + _NEAR_BEHIND].replace(mention.term, ""))
        if not any(item in near for reading in readings for item in reading):
            return () if readings else None
        return readings


def _groups(term: str, items: Items) -> list[tuple[str, Items]]:
    """Return the items of each counted group of a slogan by its name, of a code by its figures; all in one where they are not so many."""
    if term[0].isdecimal():
        names = term.split("+") if "+" in term else list(term)
        counts = (
            [1] * len(names) if len(items) == len(names) else [int(name) if name.isdecimal() else 0 for name in names]
        )
    else:
        names, counts = [group.name for group in count_groups(term)], [group.count for group in count_groups(term)]
    if sum(counts) != len(items) or not all(counts):
        return [(term, items)]
    ends = [*accumulate(counts)]
    return [(name, items[end - count : end]) for name, count, end in zip(names, counts, ends, strict=True)]


def is_wording(items: Items, reading: Items) -> bool:
    """Return whether items are those of a reading, in any order or with what is common to all left off."""
    at = reading[0].find(items[0])
    head, tail = reading[0][: max(at, 0)], reading[0][at + len(items[0]) :]
    shortened = tuple(head + item + tail for item in items)
    return sorted(items) == sorted(reading) or (at >= 0 and shortened == reading)


def known_texts() -> Iterator[KnownText]:
    """Yield the evidence that nobody marked, and the composed notes."""
    slogans = _slogans()
    places = [*gold(), *mentions_read(), *(place for whole in whole_documents() for place in whole.places)]
    marked = {RunningText(text_of(name)).text for name in {place.document for place in places}}
    by_term: dict[str, Readings] = {}
    for term, items in slogans:
        by_term[bare(term)] = (*by_term.get(bare(term), ()), bare_items(items))
    pages = [running for text in learning_texts() if (running := RunningText(text).text) not in marked]
    for number, page in enumerate(pages):
        if "“" in page:
            yield KnownText(f"evidence {number}", page, by_term)
    yield from _notes(slogans, pages)


def _slogans() -> list[tuple[str, Items]]:
    """Return the slogans of the glossary and of the places that people read, without those of places that test."""
    wholes = [place for whole in whole_documents() for place in whole.places]
    places = [place for place in (*gold(), *mentions_read(), *wholes) if not place.optional]
    left_out = test_documents()
    tested = {bare(place.term) for place in places if place.split == "test" or place.document in left_out}
    entries = load_files(builtin_files()).entries
    found = [(entry.term, reading.items) for entry in entries for reading in entry.readings if len(reading.items) > 1]
    terms = {bare(term) for term, _ in found}
    for place in places:
        if place.readings and bare(place.term) not in terms:
            terms.add(bare(place.term))
            found.append((re.sub("[“”]", "", place.term), place.readings[0]))
    return [(term, items) for term, items in found if bare(term) not in tested]


def _notes(slogans: list[tuple[str, Items]], pages: list[str]) -> Iterator[KnownText]:
    """Yield pages of notes, of which some have the list of their slogan and some only words of other texts."""
    rng = random.Random(7)  # noqa: S311  reproducible, not secret
    sentences = [sentence for page in pages for sentence in _SENTENCE.findall(page)]
    nouns = [noun for noun, _ in Counter(noun for page in pages for noun in _NOUN.findall(page)).most_common(_NOUNS)]
    writer = _NoteWriter(rng, sentences, nouns)
    slogans = slogans + [code for _ in range(_CODES) for code in (_code(rng, slogans), _sum(rng, slogans))]
    order = rng.sample(slogans, len(slogans))
    for number, at in enumerate(range(0, len(order), _EXPLAINED)):
        notes: list[tuple[str, str, Readings]] = [
            (term, writer.note(term, items), (bare_items(items),)) for term, items in order[at : at + _EXPLAINED]
        ]
        notes += [(term, writer.other(term), ()) for term, _ in rng.sample(slogans, _OTHERS)]
        rng.shuffle(notes)
        style, page = rng.choice(_NUMBERS), ""
        stretches: list[tuple[int, str, Readings]] = []
        for place, (term, note, readings) in enumerate(notes, 1):
            page += style.format(place) + note + "\n"
            stretches.append((len(page), term, readings))
        yield KnownText(f"notes {number}", page, stretches=stretches)


def _code(rng: random.Random, slogans: list[tuple[str, Items]]) -> tuple[str, Items]:
    """Return a slogan whose figures are the numbers of items of other slogans."""
    lists = [items for _, items in rng.sample(slogans, 20) if len(items) < len(NUMBERING)][: rng.randint(2, 4)]
    return rng.choice(("", "+")).join(str(len(items)) for items in lists), tuple(
        item for items in lists for item in items
    )


def _sum(rng: random.Random, slogans: list[tuple[str, Items]]) -> tuple[str, Items]:
    """Return a slogan that has one thing for each of its terms, whatever they count."""
    term = rng.choice(_CODE_OF)
    return term, tuple(items[0] for _, items in rng.sample(slogans, term.count("+") + 1))


@dataclass(frozen=True, slots=True)
class _NoteWriter:
    rng: random.Random
    sentences: list[str]
    nouns: list[str]

    def note(self, term: str, items: Items) -> str:
        """Return a note that lists the items, as a whole or of each group apart, or a sentence that lists them in brackets."""
        groups = _groups(term, items)
        if len(groups) > 1 and (term[0].isdecimal() or self._by_chance(0.5)):
            cue, mark = self.rng.choice(_CUES_APART), self.rng.choice("，；")
            lists = [f"“{name}”{cue}{self._list(own)}" for name, own in groups]
            return self._head(term).rstrip("是指即：\n，包括") + self.rng.choice("：，。") + mark.join(lists) + "。"
        if self._by_chance(0.25):
            return f"{self._clause()}，“{term}”{self._noun()}（{self._list(items)}），{self._clause()}。"
        lead = "" if self._by_chance(0.75) else self._clause() + self.rng.choice(_LEADS)
        tails = ("。", "的简称。", "等。", f"。{self._sentence()}。", f"，{self._clause()}。", f"等{self._noun()}。")
        tail = self.rng.choices(tails, (70, 4, 4, 12, 7, 3))[0]
        return self._head(term) + lead + self._list(items) + tail

    def other(self, term: str) -> str:
        """Return a note with the words of another text."""
        sentence = self._sentence()
        return self._head(term) + (sentence if self._by_chance(0.6) else sentence.split("，", 1)[-1]) + "。"

    def _head(self, term: str) -> str:
        quoted = f"“{term}”{self._noun() if self._by_chance(0.35) else ''}"
        named, cue = quoted if self._by_chance(0.7) else term, self.rng.choices([*_CUES], [*_CUES.values()])[0]
        return f"\t{term}\t" if cue == "\t" else named + cue

    def _list(self, items: Items) -> str:
        if len(items) == 1:
            return items[0]
        if self._by_chance(0.12) and len(items) < len(NUMBERING):
            style = self.rng.choices([*_NUMBERED], [*_NUMBERED.values()])[0]
            numbered = [
                style.format(item, h=NUMBERING[at], d=at + 1, c=chr(ord("①") + at)) for at, item in enumerate(items)
            ]
            return "".join(numbered).rstrip("；")
        if any(set("、，") & set(item) for item in items):
            return "；".join(items)
        mark = self.rng.choices("、；，", (80, 8, 12))[0]
        last = self.rng.choice("和和和及与") if mark == "、" and self._by_chance(0.45) else mark
        return mark.join(items[:-1]) + last + items[-1]

    def _noun(self) -> str:
        return self.rng.choice(self.nouns)

    def _sentence(self) -> str:
        return self.rng.choice(self.sentences)

    def _clause(self) -> str:
        return self._sentence().split("，")[0]

    def _by_chance(self, chance: float) -> bool:
        return self.rng.random() < chance
