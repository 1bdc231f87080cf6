"""The texts by which a draft is searched for what is nearly a term: how a term sounds, and the term with a character left out.

A written form with a wrong, missing, extra or exchanged character shares one with the term (W. Garbe, SymSpell).
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.index import characters as tables
from kouhao.language import pinyin
from kouhao.language.normalize import is_han, same_length, widen
from kouhao.language.numerals import count_groups
from kouhao.model import Entry

_SHORTEST = 3
_LONGEST = 24
_FEWEST_HAN = 2


def soundings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield how the terms of an entry sound, and each term; one of two counted groups also with these exchanged (三同步三进).

    Every character has the sound of its commonest reading, as `pinyin.sound_of` writes it; numerals stand for themselves.
    """
    for term in _terms(entry):
        yield sounding(term), term
        groups = count_groups(term)
        if len(groups) == 2 and groups[0].name + groups[1].name == term:  # noqa: PLR2004  a pair
            yield sounding(groups[1].name + groups[0].name), term


def sounding(text: str) -> str:
    """Return the sounds of a text, character for character."""
    return "".join(pinyin.plain_sound(mark, tables.char_readings(mark)) for mark in same_length(tables.simplify(text)))


def deletions(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the terms of an entry with each character left out in turn, and each term."""
    for term in _terms(entry):
        plain = same_length(term)
        if sum(map(is_han, plain)) >= _SHORTEST and len(plain) <= _LONGEST:
            yield from ((shorter, term) for shorter in pinyin.deletions(plain))


def _terms(entry: Entry) -> list[str]:
    terms = map(widen, (entry.term, *entry.also))
    return [term for term in terms if len(term) >= _SHORTEST and sum(map(is_han, term)) >= _FEWEST_HAN]
