"""The evidence for a candidate as numbers: what the fitted decision weighs.

All are about identity: how much of the query and of the form agree, how rare what agrees and what is left over is in official
prose and in general use, and how many other entries fit as well.
"""

from __future__ import annotations

from functools import lru_cache
from math import log2

from kouhao.index import schema
from kouhao.language import background
from kouhao.language.lexicon import ASKING_PARTICLES
from kouhao.language.normalize import NUMERALS, is_han
from kouhao.lookup import edit_distance as ed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouhao.lookup.candidates import NearEntry
    from kouhao.lookup.query import Query

NAMES = (
    "entries", "level", "form_length", "query_length", "matched",
    "homophone", "near_sound", "look_alike", "typed", "initial", "letter", "missing", "extra", "swapped", "other",
    "extra_bits",
    "left", "left_bits", "left_general", "left_official", "left_spoken", "left_unknown", "left_naming", "left_nameless", "left_given",
    "left_numerals", "left_one", "left_explained", "left_before", "left_of", "left_joined",
    "uncovered", "uncovered_bits",
    "matched_bits", "matched_documents", "matched_apart", "matched_word", "counted", "torn",
    "query_documents", "query_word", "query_bits", "form_documents", "form_word", "term_documents",
    "straddled", "straddled_inside", "quoted", "pieces",
    "covered", "covered_term", "rank", "gap", "rivals",
)  # fmt: skip

_REMEMBERED = 1 << 14  # texts


def measure(
    asked: Query, candidates: Sequence[NearEntry], entries: int, together: Sequence[NearEntry] = ()
) -> list[list[float]]:
    """Return the numbers of each candidate, as NAMES tells them; `entries` is how many the glossaries hold.

    What of the query belongs to another one of `together` is not left over.
    """
    if not candidates:
        return []
    chars = asked.folded
    whole = (
        log2(1 + entries), len(chars), log2(1 + background.documents(chars)), _word_bits(chars), background.information(chars)
    )  # fmt: skip
    best = candidates[0].alignment.distance
    return [
        _vector(asked, one, whole, _outside(one, together)) + _standing(candidates, one, place, best)
        for place, one in enumerate(candidates)
    ]


def _standing(candidates: Sequence[NearEntry], one: NearEntry, place: int, best: float) -> list[float]:
    own = one.alignment.distance
    others = [
        other.alignment.distance for other in candidates if other is not one and other.shape.term != one.shape.term
    ]
    nearest = min(others, default=own + 5.0)
    rivals = sum(other <= own for other in others)
    return [float(place), nearest - own if place == 0 else best - own, float(rivals)]


def _outside(one: NearEntry, together: Sequence[NearEntry]) -> tuple[str, str]:
    """Return what of the query stands before and after the candidate, without others that stand beside it and places of its source."""
    found, typed = one.alignment, list(one.typed)
    if one in together:
        for other in together:
            if other is not one:
                typed[other.alignment.start : other.alignment.end] = [""] * (
                    other.alignment.end - other.alignment.start
                )
    sides = "".join(typed[: found.start]), "".join(typed[found.end :])
    before, after = ("" if side in one.shape.places else side for side in sides)
    return before, after


def _vector(asked: Query, one: NearEntry, whole: tuple[float, ...], outside: tuple[str, str]) -> list[float]:
    found, form, chars = one.alignment, one.form, asked.folded
    entries, length, documents, word, bits = whole
    kinds = [kind for kind, _, _ in found.steps]
    matched_text = form.folded[found.form_start : found.form_end]
    before, after = outside
    start = len("".join(one.typed[: found.start]))
    end = start + len("".join(one.typed[found.start : found.end]))
    uncovered = form.folded[: found.form_start], form.folded[found.form_end :]
    extras = [typed for kind, typed, _ in found.steps if kind == ed.EXTRA]
    text = one.shape.wording
    explained = sum(_explained(text, piece) for piece in (before, after))
    matched_documents, term_documents = (
        log2(1 + count_documents(piece)) for piece in (matched_text, one.shape.forms[0].folded)
    )
    return [
        entries, float(schema.LEVELS.index(form.level)), float(len(form.folded)), length,
        float(len(matched_text) - sum(kind in (ed.OTHER, ed.MISSING) for kind in kinds)),
        *(float(kinds.count(kind)) for kind in (
            ed.HOMOPHONE, ed.NEAR_SOUND, ed.LOOK_ALIKE, ed.TYPED, ed.INITIAL, ed.LETTER, ed.MISSING, ed.EXTRA, ed.SWAPPED, ed.OTHER
        )),
        sum(_general_bits(typed) for typed in extras if typed * 2 not in chars),
        float(len(before) + len(after)), sum(map(background.information, (before, after))),
        *_left_words(before, after), (bits - background.information(chars[start:end])) if before or after else 0.0,
        float(_numerals(before + after)), float(_ONE in cut_words(before) + cut_words(after)), float(explained), float(len(before)),
        float(before.endswith(OF) or after.startswith(OF)), _joined(before.removesuffix(OF), form.folded, after.removeprefix(OF)),
        float(sum(map(len, uncovered))), sum(map(background.information, uncovered)),
        background.information(matched_text), matched_documents, matched_documents - term_documents, _word_bits(matched_text),
        float(_is_counted(matched_text)), count_torn(form.folded, found.form_start, found.form_end),
        documents, word, bits, log2(1 + count_documents(form.folded)), _word_bits(form.folded), term_documents,
        max(_straddled(chars, start) if before else 0.0, _straddled(chars, end) if after else 0.0),
        max(_straddled(form.folded, found.form_start), _straddled(form.folded, found.form_end)),
        float(asked.quotes(start, end)), float(asked.pieces),
        _covered(text, chars), sum(mark in one.shape.forms[0].folded for mark in chars) / max(1.0, length),
    ]  # fmt: skip


@lru_cache(_REMEMBERED)
def count_documents(text: str) -> float:
    """Return the number of documents that hold `text`, at most that of its rarest stretch where it is long."""
    longest = background.LONGEST
    if len(text) <= longest:
        return background.documents(text)
    return min(background.documents(text[at : at + longest]) for at in range(len(text) - longest + 1))


@lru_cache(_REMEMBERED)
def _word_bits(text: str) -> float:
    return log2(1 + background.word_frequency(text)) if len(text) > 1 else 0.0


def _general_bits(text: str) -> float:
    """Return the information of a word in general use."""
    return _WORDS_BITS - log2(1 + background.word_frequency(text))


_WORDS = 60_000_000  # the words that jieba's dictionary was counted in, about
_WORDS_BITS = log2(_WORDS)
_UNSURE = 50
"""What is added to counts before they are compared: whatever occurs no oftener tells nothing."""

_LONGEST_WORD = 4  # characters
_LONGEST_ENDING = 6  # characters that are cut into words for the last of them
_ONE = "一"
OF = "的"


@lru_cache(_REMEMBERED)
def _left_words(before: str, after: str) -> tuple[float, ...]:
    """Return of the words left over their information in general use, and five numbers more.

    How much more official than general the most and the least official one is; how many characters are in no word; how often the
    most telling one stands in names, for its frequency; how many characters follow one another that make no word: 马斯克.
    """
    words = [word for piece in (before, after) for word in cut_words(piece)]
    return (
        sum(map(_general_bits, words)),
        max(map(official, words), default=-20.0),
        min(map(official, words), default=20.0),
        float(sum(len(word) for word in words if not background.word_frequency(word))),
        max((log2((1 + background.names(word)) / (8 + background.count(word))) for word in words), default=-20.0),
        float(max(map(_longest_run, (before, after)))),
    )


def _longest_run(text: str) -> int:
    """Return the most neighbouring characters that make no words and are no particles: names are in no dictionary."""
    runs = "".join("1" if len(word) == 1 and word not in ASKING_PARTICLES else " " for word in cut_words(text))
    return max(map(len, runs.split(" ")))


@lru_cache(_REMEMBERED)
def cut_words(text: str) -> list[str]:
    """Cut `text` into the words of general use that are likeliest together; the list is remembered, and not to be changed."""
    ways: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = text[start:end]
            if end - start == 1 or background.word_frequency(word):
                cost, words = ways[start]
                options.append((cost + _general_bits(word), [*words, word]))
        ways.append(min(options))
    return ways[-1][1]


def last_word(text: str) -> str:
    """Return the word of general use with which a text ends; empty behind a mark."""
    start = len(text)
    while start > max(0, len(text) - _LONGEST_ENDING) and is_han(text[start - 1]):
        start -= 1
    return cut_words(text[start:])[-1] if start < len(text) else ""


def _joined(before: str, form: str, after: str) -> float:
    """Return how often official prose has what is left over beside the form, where that is counted: 打赢三大 is, 朗普三大 is not."""
    pairs = [text for side, text in ((before, before[-2:] + form[:2]), (after, form[-2:] + after[:2])) if side]
    return log2(1 + max(map(background.documents, pairs), default=0))


def official(word: str) -> float:
    """Return how much commoner, in powers of two, a word is in official prose than in general use; 0 for what is rare in both."""
    here = (background.count(word) + _UNSURE) / background.count("")
    return log2(here / ((background.word_frequency(word) + _UNSURE * _WORDS / background.count("")) / _WORDS))


def count_torn(form: str, start: int, end: int) -> float:
    """Return how many edges of a stretch of the form lie inside a word: 更好统, 戚与共."""
    if end - start == len(form):
        return 0.0
    edges, at = {0}, 0
    for word in cut_words(form):
        at += len(word)
        edges.add(at)
    return float((start not in edges) + (end not in edges))


def _is_counted(text: str) -> bool:
    return len(text) > 1 and not NUMERALS.isdisjoint(text)


def _numerals(text: str) -> int:
    return sum(mark in NUMERALS and mark != _ONE for mark in text)


def _explained(text: str, piece: str) -> int:
    return round(_covered(text, piece) * len(piece)) if len(piece) > 1 else 0


def _covered(text: str, chars: str) -> float:
    """Return the share of `chars` that lies in pairs which the entry's wording has."""
    marked = [False] * len(chars)
    for at in range(len(chars) - 1):
        if chars[at : at + 2] in text:
            marked[at] = marked[at + 1] = True
    return sum(marked) / max(1, len(chars))


@lru_cache(_REMEMBERED)
def _straddled(text: str, at: int) -> float:
    """Return how common the longest common stretch over the edge `at` is: 头汤 is rarer than the end of a word and the next word."""
    if not 0 < at < len(text):
        return 0.0
    word = max(
        (
            background.word_frequency(text[start:end])
            for start in range(max(0, at - 3), at)
            for end in range(at + 1, min(len(text), at + 3) + 1)
        ),
        default=0,
    )
    return log2(1 + word)
