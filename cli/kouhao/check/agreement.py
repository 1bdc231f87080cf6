"""Whether a text speaks of what the glossary means by a name that others give to their own things, such as 三大工程 or 双减."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log

from kouhao.index.patterns import Meaning
from kouhao.language.background import documents
from kouhao.language.lexicon import CONNECTIVES
from kouhao.language.normalize import is_han
from kouhao.language.numerals import count_groups

AGREES = 8.0  # nats: what fewer words tell stands in every sixth strange text, too (`tests.fit.fit_agreement`)
_WORD = 2  # characters
_PAIR = 2  # members: two are as long as each other where they are a list
_LONGEST_MEMBER = 14  # characters
_JOINED = re.compile(rf"、|{'|'.join(CONNECTIVES)}|(?<=”)(?=“)")
_CLAUSE_END = re.compile(r"[\s（），。；：！？]")
_AND_SO_ON = re.compile("等[^等的]{0,4}的?$")
_DISTRICT = re.compile("[一-鿿]{2,3}(?=[区县旗镇乡])")


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
    """Return whether a list stands directly before a name, as long as its numeral says, or one that 等 ends.

    地铁、公交、步道三网融合; “稳思想”“稳秩序”等“六稳”.
    """
    groups = count_groups(term)
    if not groups:
        return False
    clause = _CLAUSE_END.split(before)[-1]
    open_ended = _AND_SO_ON.search(clause)
    *others, last = _JOINED.split(clause[: open_ended.start()] if open_ended else clause)
    if not others or not 0 < len(last) <= _LONGEST_MEMBER:
        return False
    if open_ended or groups[0].count != _PAIR:
        return bool(open_ended) or len(others) + 1 == groups[0].count
    return len(last) >= _WORD and (len(others[-1]) == len(last) or others[-1].endswith(last[-1]))


def district(meaning: Meaning) -> str:
    """Return the district that alone says a thing so, or nothing where the entry is the whole country's, or one's own."""
    found = _DISTRICT.match(meaning.record["source"]["publisher"]) if meaning.builtin else None
    return found[0] if found else ""
