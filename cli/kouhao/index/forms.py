"""The forms of an entry: all the pieces of its wording that a query may name, each with its sounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kouhao.entry import Entry
from kouhao.index import characters as tables
from kouhao.index import schema
from kouhao.index.reader import Form
from kouhao.language.lexicon import BRACKETS, DIGITS
from kouhao.language.normalize import NUMERALS, fold, fold_digits, is_han

CLAUSE_MARKS = re.compile('[、,，;；·+＋ “”‘’"]')
_ITEM_MARKS = re.compile("[、,，;；·+＋ ]")
"""Those that part an item; quotes in one tell what it speaks of (纠治“文山会海”), which is none of the slogan's own words."""

_SHORTEST = 2  # characters: one is in everything
_DIGITS = frozenset(DIGITS[1:])
_DIVISION = re.compile("[省市区县州旗]")
_NAME_LENGTHS = (2, 3)  # characters of the names of places, without 省 or 市
_MOST_PLACES = 40
"""Names of places that are kept of what a source is quoted with; an index has them once an entry."""


def entry_forms(entry: Entry, places: str = "") -> list[Form]:
    """Return the forms of an entry, each folded text once: the term first, whatever its length, then longer ones than one.

    The last is the context, which shows the `places` of the entry's source.
    """
    found: dict[str, Form] = {}
    for level, display in _spellings(entry):
        form = make_form(level, display)
        if not found or len(form.folded) >= _SHORTEST:
            found.setdefault(form.folded, form)
    fields = "".join(reading.scope for reading in entry.readings)
    context = fold(tables.simplify(f"{entry.quote}{entry.topic}{fields}"))
    return [*found.values(), Form(schema.CONTEXT, places, context, "")]


def places_named(titles: Iterable[str], quotes: Iterable[str]) -> str:
    """Return what stands before the name of an administrative division, with it and without, apart by spaces.

    A place that an entry's source names is where the slogan is used: 上海 and 普陀区, by 上海市普陀区. Where a name begins is not
    told, so both its last two and its last three characters are given. Of `quotes` those count that are named most often.
    """
    often = Counter(name for quote in quotes for name in _place_names(quote)).most_common(_MOST_PLACES)
    return " ".join(
        dict.fromkeys([*(name for title in titles for name in _place_names(title)), *(name for name, _ in often)])
    )


def _place_names(text: str) -> Iterator[str]:
    for division in _DIVISION.finditer(text):
        at = division.start()
        for size in _NAME_LENGTHS:
            name = text[max(0, at - size) : at]
            if len(name) == size and all(map(is_han, name)):
                yield from (name, name + division[0])


@lru_cache(maxsize=1 << 15)  # items of one glossary come again in others of its entries
def make_form(level: str, display: str) -> Form:
    """Return the form of one spelling, its sounds read in their words: 两 of 两集中 is liang."""
    simplified = tables.simplify(display)
    folded = fold(simplified)
    spoken = simplified if simplified.isalnum() else "".join(mark for mark in simplified if fold(mark))
    return Form(level, display, folded, tables.readings(spoken if len(spoken) == len(folded) else folded))


def _spellings(entry: Entry) -> Iterator[tuple[str, str]]:
    terms = [spelling for term in (entry.term, *entry.also) for spelling in _term_spellings(term)]
    yield from ((schema.TERM, spelling) for spelling in terms)
    yield from ((schema.TERM, before + term) for term in terms for before in entry.companions.before)
    yield from ((schema.TERM, term + after) for term in terms for after in entry.companions.after)
    parts = [part for reading in entry.readings for part in reading.parts]
    yield from ((schema.PART, part.name) for part in parts if part.name)
    yield from ((schema.PART, clause) for term in terms for clause in clauses(term, CLAUSE_MARKS))
    for part in parts:
        if all(len(item) == 1 for item in part.items):  # 德智体美劳, of which no single one is a form
            yield schema.ITEM, "".join(part.items)
        for item in (*part.items, part.lead, part.tail):
            yield schema.ITEM, item
            for clause in clauses(item, _ITEM_MARKS):
                yield schema.ITEM, clause
    for reading in entry.elsewhere:
        yield from ((schema.ITEM, item) for item in reading.items)


def _term_spellings(term: str) -> Iterator[str]:
    """Yield a term as written, then as it is also written.

    That is without its brackets' content, with its plus sign read aloud, left out, or (in a sum) taken for 十, with its digits one by
    one: 九零后 for 90后.
    """
    yield term
    bare = _without_brackets(term)
    if bare != term:
        yield bare
    if "+" in fold(term):
        yield term.replace("+", "加").replace("＋", "加")
        joint = "十" if any(mark in NUMERALS for mark in fold(term)) else ""
        if not _DIGITS.issuperset(fold(term).replace("+", "", 1)):  # 4+1 is not 41
            yield term.replace("+", joint).replace("＋", joint)
    elif (spoken := fold_digits(term)) != fold(term):
        yield spoken


def _without_brackets(term: str) -> str:
    kept: list[str] = []
    closing = ""
    for mark in term:
        if closing:
            closing = "" if mark == closing else closing
        elif mark in BRACKETS:
            closing = BRACKETS[mark]
        else:
            kept.append(mark)
    return "".join(kept)


def clauses(text: str, marks: re.Pattern[str]) -> list[str]:
    """Return the pieces of `text` between `marks`, none where there is only one."""
    if text.isalnum():  # without marks, as most are
        return []
    pieces = [piece for piece in marks.split(text) if len(piece) >= _SHORTEST]
    return pieces if len(pieces) > 1 else []
