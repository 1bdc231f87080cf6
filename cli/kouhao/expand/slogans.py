"""What a mention stands for: the expansion that is to be written, or why it is not known which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kouhao.check.context import KnownSlogan, Page
from kouhao.check.item_diff import bare
from kouhao.expand.surroundings import ASIDE
from kouhao.index.patterns import Meaning
from kouhao.language.lexicon import MEASURE_WORDS, NUMBER_CHARACTERS
from kouhao.language.normalize import fold, same_length
from kouhao.language.numerals import count_groups
from kouhao.model import Basis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import ReadingRecord

SET_NOUNS = ("重要思想", "总体布局", "战略布局", "精神")
"""The nouns with which a slogan is one name, whatever the glossary knows of it: “三个代表”重要思想."""

_ANY_FIELD = re.compile("(?:经济|发展|战略|建设|改革|工作|关系|国家|中国)+")
_WORD = 2  # characters
FIELD = 6  # characters beside a slogan that name the field of one of its readings


class Slogan(NamedTuple):
    """What a mention stands for: its term, its full expansion, empty where it is unknown or not the only one, the nouns of its name.

    `readings` are all that can be written, with their fields; `unfit` tells that there are others only. `scopes` are the fields of which
    alone a text means it so; empty where it always does. `companions` are the words with which texts go on.
    """

    term: str
    full: str
    nouns: tuple[str, ...] = SET_NOUNS
    scopes: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    companions: tuple[str, ...] = ()
    unfit: bool = False

    def noun(self, text: str, at: int) -> str:
        """Return the noun of its name that stands at a place of a text, the longest; empty where there is none."""
        return max((noun for noun in self.nouns if text.startswith(noun, at)), key=len, default="")


def slogan_of(meanings: Iterable[Meaning], date: str) -> Slogan:
    """Return what a mention stands for at a date: the expansion on which all readings agree that are valid then, else none.

    Where none is valid any more, a text looks back at what was. A term that spells itself out has no expansion, nor has one whose
    reading is a sentence that only speaks of it.
    """
    known = tuple(meanings)
    begun = [one for meaning in known for one in _lists(meaning) if one["valid_from"] <= date[: len(one["valid_from"])]]
    given = [one for one in begun if not one["valid_to"] or date[: len(one["valid_to"])] <= one["valid_to"]] or begun
    fulls = {fold(reading["full"]): reading["full"] for reading in given}
    scopes = tuple(reading.get("scope", "") for reading in given)
    nouns = [noun for meaning in known for noun in meaning.record.get("companions", {}).get("after", ())]
    names = (*SET_NOUNS, *(noun for noun in nouns if noun.endswith(SET_NOUNS) or noun.endswith("布局")))
    full = next(iter(fulls.values())) if len(fulls) == 1 else ""
    readings = tuple((reading.get("scope", ""), reading["full"]) for reading in given)
    scopes = scopes if all(scopes) else ()
    unfit = not readings and any(_says_more(meaning) for meaning in known)
    return Slogan(known[0].term, full, names, scopes, readings, tuple(nouns), unfit)


def chosen(page: Page, mention: KnownSlogan, slogan: Slogan) -> Slogan:
    """Return a slogan with that of its several expansions whose field alone is named right behind it, or before it: “两高”项目, 村“两委”."""
    if slogan.full:
        return slogan
    before = page.plain[max(0, mention.outer_start - FIELD) : mention.outer_start]
    behind = page.plain[mention.outer_end : mention.outer_end + FIELD]
    fitting = {
        full: scope
        for scope, full in slogan.readings
        if scope and (behind.startswith(tuple(_parts(scope))) or before.endswith(same_length(scope)))
    }
    if len(fitting) != 1:
        return slogan
    full, scope = fitting.popitem()
    return slogan._replace(full=full, scopes=(scope,))


def counted_nouns(term: str) -> list[tuple[str, int]]:
    """Return the nouns that a term counts, each with its number: 会 three times and 课 once in 三会一课."""
    return [(group.name.lstrip(f"双{NUMBER_CHARACTERS}{MEASURE_WORDS}"), group.count) for group in count_groups(term)]


def speaks_of(text: str, scope: str) -> bool:
    """Return whether half of the name of a field stands in a text, or more."""
    return any(part in text for part in _parts(scope))


@lru_cache
def _parts(scope: str) -> frozenset[str]:
    """Return the stretches that are half of the name of a field, but for words that are said of any."""
    name = bare(ASIDE.sub("", same_length(scope)))
    size = max(min(len(name), _WORD), (len(name) + 1) // 2)
    parts = (name[at : at + size] for at in range(len(name) - size + 1))
    return frozenset(part for part in parts if part and not _ANY_FIELD.fullmatch(part))


def _lists(meaning: Meaning) -> Iterator[ReadingRecord]:
    """Yield the readings that can be written behind a term, without the term itself at their end: 国内国际 for 双循环."""
    record, term = meaning.record, bare(fold(meaning.term))
    stated = record["basis"] == Basis.STATED or fold(meaning.term + record["full"]) in fold(record["quote"])
    for reading in record["readings"] if record["basis"] != Basis.SELF_EXPLAINING else ():
        full = reading["full"].removesuffix(meaning.term)
        if full and term not in bare(fold(full)) and (stated or reading["parts"]):
            yield {**reading, "full": full}


def _says_more(meaning: Meaning) -> bool:
    """Return whether the glossary explains a term in other words than its own."""
    fulls = {bare(fold(reading["full"])) for reading in meaning.record["readings"]}
    return meaning.record["basis"] != Basis.SELF_EXPLAINING and bool(fulls - {"", bare(fold(meaning.term))})
