"""Whether a text speaks of what the glossary means by a name that others give to their own things, such as 三大工程 or 双减."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log

from kouhao.index.patterns import Meaning
from kouhao.language.background import count, documents
from kouhao.language.lexicon import CONNECTIVES, COUNTING, NUMERALS
from kouhao.language.normalize import fold, is_han
from kouhao.language.numerals import count_groups

AGREES = 8.0  # nats: what fewer words tell stands in every sixth strange text, too (`tests.fit.fit_agreement`)
_LONGEST_PLAIN = 3  # characters behind the numeral, with its measure word: 三大攻坚战 says what it is
_EVERYWHERE = 1 / 40  # of the documents
_ALONE = 0.9  # of the numerals with a noun
_WORD = 2  # characters
_PAIR = 2  # members: two are as long as each other where they are a list
_MEMBER = r"[^\s“”（）、，。；：]{1,14}?"
_JOINED = rf"(?:、|{'|'.join(CONNECTIVES)})"
_LIST = re.compile(rf"(?:{_MEMBER}{_JOINED})+{_MEMBER}$")
_MARKS = re.compile(_JOINED)
_DISTRICT = re.compile("[一-鿿]{2,3}(?=[区县旗镇乡])")


@lru_cache
def is_plain(term: str) -> bool:
    """Return whether a name is a numeral and what it counts, which others count, too: 三大工程, 双减, no 一带一路.

    One that official prose has everywhere, and with no other numeral, is known to all in one meaning: 四个意识.
    """
    groups = count_groups(term)
    counted = term.lstrip(NUMERALS)
    if len(groups) != 1 or groups[0].start or len(counted) > _LONGEST_PLAIN:
        return False
    of_all = sum(count(numeral + counted) for numeral in frozenset(map(fold, COUNTING)))
    return documents(term) < _EVERYWHERE * documents("") or count(term) < _ALONE * of_all


def agreement(text: str, meanings: Sequence[Meaning]) -> float:
    """Return how much of the words of entries a text has, in nats: the logarithms of how few documents have them, added up."""
    return max(sum(weight for word, weight in _words(meaning) if word in text) for meaning in meanings)


@lru_cache
def _words(meaning: Meaning) -> tuple[tuple[str, float], ...]:
    """Return the pairs of characters of an entry's readings, its fields and its sources, with their weights."""
    told: list[str] = []
    for reading in meaning.record["readings"]:
        told += (reading["full"], reading["scope"], reading["definition"], reading["source"]["title"])
        told.append(reading["named_in"]["source"]["title"] if "named_in" in reading else "")
    pairs = {pair for text in told for pair in _pairs(text) if pair not in meaning.term}
    return tuple((pair, log((documents("") + 1) / (documents(pair) + 1))) for pair in sorted(pairs))


def _pairs(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        pair = text[at : at + _WORD]
        if is_han(pair[0]) and is_han(pair[1]):
            yield pair


def has_own_list(before: str, term: str) -> bool:
    """Return whether a list stands directly before a name, as long as its numeral says: 地铁、公交、步道三网融合."""
    groups = count_groups(term)
    found = _LIST.search(before) if groups else None
    if found is None:
        return False
    if groups[0].count > _PAIR:
        return len(_MARKS.split(found[0])) >= groups[0].count
    members = found[0].split("、")[-_PAIR:]
    return len(members) == _PAIR and len(members[0]) == len(members[1]) >= _WORD


def district(meaning: Meaning) -> str:
    """Return the district that alone says a thing so, or nothing where the entry is the whole country's, or one's own."""
    found = _DISTRICT.match(meaning.record["source"]["publisher"]) if meaning.builtin else None
    return found[0] if found else ""
