"""What may have been meant, when nothing is certain: the terms nearest to a query in writing and in sound."""

from __future__ import annotations

from rapidfuzz import fuzz

from kouhao.index.reader import Form, Index
from kouhao.language import pinyin
from kouhao.language.normalize import NUMERALS
from kouhao.lookup.answer import Suggestion
from kouhao.lookup.query import Query, soundings

_MOST_CANDIDATES = 200
_LEAST, _MOST = 40, 99
_ONLY_NUMERALS = 0.85


def suggest(asked: Query, indexes: list[Index]) -> list[Suggestion]:
    """Return the nearest terms, best first; `score` is the better of the ratios of characters and of sounds."""
    scores: dict[str, float] = {}
    for units in asked.units():
        chars = "".join(unit.char for unit in units)
        for sounds in soundings(units):
            grams = {*chars, *pinyin.bigrams(chars), *pinyin.bigrams(sounds)}
            for index in indexes:
                for _, shape in index.sharing(grams, _MOST_CANDIDATES):
                    near = max(_nearness(chars, sounds, form) for form in shape.forms)
                    scores[shape.term] = max(scores.get(shape.term, 0.0), near)
    ordered = sorted(scores, key=lambda term: (-scores[term], term))
    return [Suggestion(term, round(scores[term])) for term in ordered if scores[term] >= _LEAST]


def _nearness(chars: str, sounds: str, form: Form) -> float:
    """Return how near a form is, 0 to 99; what they share besides numerals counts for more."""
    shared = any(mark in form.folded and mark not in NUMERALS for mark in chars)
    nearest = max(fuzz.ratio(chars, form.folded), fuzz.ratio(sounds, form.sounds))
    return min(_MOST, nearest if shared else nearest * _ONLY_NUMERALS)
