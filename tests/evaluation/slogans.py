"""Plausible slogans that nobody ever issued: for packs of any size, and for a glossary that the matcher never saw.

They are built as real ones are (a number and a measure word, two counted groups, a coordinate chain, a pun on a plus sign),
from everyday administrative words; the same seed gives the same slogans, each term once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from kouhao.entry import Entry, Glossary, Part, Place, Reading, Source
from kouhao.model import Basis

SEED = 4
SOURCE = Source(id="invented", title="Invented slogans", publisher="kouhao", published="2024-01-01", file="", url="")

_WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()[1:]
_FIELDS, _VERBS, _NOUNS = (line.split() for line in _WORDS)
_NUMERALS = "二三四五六七八九十"
_MEASURES = ("个", "项", "大", "类", "条", "张")
_HEADS = ["行动", "工程", "计划", "机制", "体系", "清单", "工作法", "模式"]
_CHARS = "进讲访帮促联亮建管评查改争树创通知会送解理助护学练干比晒问答办领"
_MOST_ITEMS, _SHORT_ITEMS = 10, 4

Maker = Callable[[Random], tuple[str, list[Part]]]


def _items(rng: Random, count: int) -> tuple[str, ...]:
    verbs, nouns = rng.sample(_VERBS, count), rng.sample(_NOUNS, count)
    field = rng.choice(_FIELDS)
    return tuple(f"{verb}{field}{noun}" for verb, noun in zip(verbs, nouns, strict=True))


def _counted(rng: Random) -> tuple[str, list[Part]]:
    numeral = rng.choice(_NUMERALS[1:])
    name = f"{numeral}{rng.choice(_MEASURES)}{rng.choice(_NOUNS)}{rng.choice(_HEADS) if rng.random() < 0.4 else rng.choice(_VERBS)}"
    return name, [Part(name, _items(rng, _NUMERALS.index(numeral) + 2))]


def _doubled(rng: Random) -> tuple[str, list[Part]]:
    first, second = rng.choice(_NUMERALS[:4]), rng.choice(_NUMERALS[:4])
    names = [first + rng.choice(_CHARS), second + rng.choice(_VERBS)]
    sizes = [_NUMERALS.index(first) + 2, _NUMERALS.index(second) + 2]
    return "".join(names), [Part(name, _items(rng, size)) for name, size in zip(names, sizes, strict=True)]


def _chained(rng: Random) -> tuple[str, list[Part]]:
    marks = rng.choice("、、+")
    pairs = [
        rng.choice(_VERBS) + rng.choice(_NOUNS) if marks == "、" else rng.choice(_NOUNS)
        for _ in range(rng.choice((2, 3, 3, 4)))
    ]
    return marks.join(pairs), [Part("", tuple(pairs))]


def _brief(rng: Random) -> tuple[str, list[Part]]:
    chars = rng.sample(_CHARS, 4)
    return "".join(chars), [Part("", tuple(chars))]


def _fielded(rng: Random) -> tuple[str, list[Part]]:
    field, head = rng.choice(_FIELDS), rng.choice(_HEADS)
    name = f"{field}{rng.choice(_VERBS)}{rng.choice(_NOUNS)}{head}"
    return name, [Part("", _items(rng, rng.randint(2, _SHORT_ITEMS)))]


def _exchanged(rng: Random) -> tuple[str, list[Part]]:
    numeral = rng.choice(_NUMERALS[1:4])
    size = _NUMERALS.index(numeral) + 2
    names = [numeral + rng.choice(_CHARS), numeral + rng.choice(_CHARS)]
    return f"{names[0]}换{names[1]}", [Part(name, _items(rng, size)) for name in names]


def _prefixed(rng: Random) -> tuple[str, list[Part]]:
    name, parts = rng.choice((_counted, _doubled))(rng)
    return rng.choice(_FIELDS) + rng.choice(_NOUNS) + name, parts


_SMALL: tuple[Maker, ...] = (_counted, _counted, _doubled, _doubled, _chained, _chained, _brief, _fielded, _exchanged)
_LARGE: tuple[Maker, ...] = (*_SMALL, *(_prefixed,) * 9)


def slogans(count: int, *, seed: int = SEED, makers: tuple[Maker, ...] = _LARGE) -> Iterator[Entry]:
    """Yield `count` entries with different terms."""
    yield from islice(_endless(Random(seed), makers), count)  # noqa: S311  reproducible, not secret


def _endless(rng: Random, makers: tuple[Maker, ...]) -> Iterator[Entry]:
    seen: set[str] = set()
    while True:
        term, parts = rng.choice(makers)(rng)
        if term not in seen:
            seen.add(term)
            yield make_entry(term, parts, rng.choice(_FIELDS))


def make_entry(term: str, parts: list[Part], topic: str = "", source: Source = SOURCE) -> Entry:
    """Return an entry whose sentence is its term and its items."""
    full = ",".join("、".join(part.items) for part in parts)
    quote = f"推进“{term}”({full})。"
    reading = Reading(Place(source), full, tuple(parts))
    return Entry(f"{source.id}/{term}", term, Basis.STATED, quote, source, topic=topic, readings=(reading,))


def small_glossary(count: int = 200) -> Glossary:
    """Return a glossary of slogans as short as real ones."""
    return Glossary(tuple(slogans(count, makers=_SMALL)), (SOURCE,))


def write_pack(path: Path, count: int) -> None:
    """Write `count` entries as JSON Lines: the source first, then an entry a line."""
    with path.open("w", encoding="utf-8") as pack:
        source = {"id": SOURCE.id, "title": SOURCE.title, "publisher": SOURCE.publisher, "published": SOURCE.published}
        pack.write(json.dumps({"source": source}, ensure_ascii=False) + "\n")
        for entry in slogans(count):
            parts = [{"name": part.name, "items": part.items} for part in entry.parts]
            record = {"term": entry.term, "topic": entry.topic, "basis": entry.basis, "full": entry.full}
            pack.write(json.dumps(record | {"parts": parts, "quote": entry.quote}, ensure_ascii=False) + "\n")
