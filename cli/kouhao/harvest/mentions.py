"""Where a text names a slogan that counts: in quotes, at the head of a note, or in running words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kouhao.harvest.ngrams import NGrams
from kouhao.language.background import is_word
from kouhao.language.lexicon import CLOSING, COUNTING, JOINING, MEASURE_WORDS, NUMBER_MARKS, NUMBERING, OPENING
from kouhao.language.numerals import Group, Promise, promise
from kouhao.language.word_boundary import TORN, cut_costs

_QUOTED = re.compile("“([^“”。！？\n]{2,30})”")
_JOINED = re.compile(
    f"“([^“”\n]{{2,10}})”([、{JOINING}换+]?)“([^“”\n]{{2,10}})”(?=\\s?(?:（|：|，?即|，?是指|，?指|，?分别))"
)
_OUTSIDE = re.compile(
    f"(?<![第零一双{COUNTING}百千0-9])([{COUNTING}]+[{MEASURE_WORDS}]?[^，。；：、“”（）\n]{{0,2}}“[^“”。\n]{{1,12}}”)"
)
_NUMBERED = f"[0-9]{{1,3}}[.．、]|[{OPENING}][0-9]{{1,3}}[{CLOSING}]|[{NUMBER_MARKS}]|[{NUMBERING}]{{1,3}}、"
_HEAD = re.compile(
    f"(?m)^(?:[-•·]|{_NUMBERED}|[0-9]{{1,3}}(?=[\u4e00-\u9fff“]))?(?:{_NUMBERED})?[.．、：]?"
    "([^：。，；\n（）]{1,28})(?=：|。?(?:是指|即|指)|。“|\n(?:即|指|是指))"
)
_HEADS_COUNT = re.compile(f"^[一双{COUNTING}0-9]|[双{COUNTING}][{MEASURE_WORDS}]")
_BARE = re.compile(
    f"(?<![第几数余多近约超过点零一双{COUNTING}百千万亿0-9、每逢])"
    f"([{COUNTING}]+|双|(?:[2-9]|1[0-9])(?=[{MEASURE_WORDS}]))(?=[\u4e00-\u9fff])(?![年月日时分秒点万亿百千元岁届倍成号期周天晚所以方])([\u4e00-\u9fff]{{1,12}})"
)
_REST_OF_CELL = re.compile("(?:(?<=”)[\u4e00-\u9fff]{1,6}|”)?")
_COUNT = re.compile(f"(?:[{COUNTING}双]+|[0-9]+)[{MEASURE_WORDS}]?")
_CODE = re.compile(
    "(?<![0-9+A-Za-z])((?:[0-9]{1,2}|N|M|X)(?:\\+(?:[0-9]{1,2}|[NMX])){1,4})(?![0-9.A-Za-z])[\u4e00-\u9fff]{0,8}"
)
_ACRONYM = re.compile("[\u4e00-\u9fff]{3,6}")
_SPELLED_BEFORE, _SPELLED_BEHIND = 60, 120
"""Characters beside an acronym in which its letters stand once more, by hand."""

_FEWEST, _MOST = 2, 30
"""Items of a list that is looked for."""

_FEWEST_COUNTED_UP = 3  # numerals: two are a pair of something else
_LONGEST_TERM = 24  # characters, by hand
_COUNTED_WITH = f"{MEASURE_WORDS}省市县区州镇乡村地城级座家"
_POSSESSIVE = re.compile("(?<=..)[的之]")
_ADMINISTRATION = re.compile("新?[市县区州镇乡湾岛港]")
_FREQUENT, _SEEN, _HARDLY_QUOTED, _OFTEN_QUOTED, _FAR_RARER, _UNSEEN = 4.0, 2.0, 0.0, 2.0, 3.0, 0.5
"""Logarithms: of how often a name stands in the texts, of its share in quotes, of how much rarer it is with another numeral."""


_BESIDE = "中上下里内间"  # behind a noun they tell a place beside it (三种形式中)
_SHORTEST_BESIDE = 3  # characters of a term that may end in one of them
_AT_HOME_BEFORE = 1.0  # nats, by hand: how much likelier a predicate stands before something than behind it


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a slogan.

    `start` to `end` is the place with its quotes, in characters of the running text, `inner` the term's own range in it; `kind` says how
    it is named: quoted, outside (the numeral before the quotes), joined, head, bare, code. An
    acronym (放管服) promises an item for each of its letters, and stands in quotes or at the head of a note.
    """

    kind: str
    start: int
    end: int
    inner: tuple[int, int]
    term: str
    promise: Promise


class MentionFinder:
    """Finds the mentions of one running text."""

    def __init__(self, text: str, ngrams: NGrams, leading: Mapping[str, float]) -> None:
        self._text = text
        self._ngrams = ngrams
        self._leading = leading

    def find(self) -> list[Mention]:
        """Return the mentions in the order of the text; none lies in another, a longer way of naming comes first."""
        taken = bytearray(len(self._text) + 1)
        found: list[Mention] = []
        for mention in self._all():
            start, end = mention.inner
            if not any(taken[start:end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
        return sorted(found, key=lambda mention: mention.start)

    def _all(self) -> Iterator[Mention]:
        text = self._text
        for joined in _JOINED.finditer(text):
            if list_promise(joined[1]) and list_promise(joined[3]):
                term = joined[0] if joined[2] == "换" else joined[1] + joined[2] + joined[3]
                yield from self._mention("joined", joined.span(), joined.span(), term)
        for head in _HEAD.finditer(text):
            yield from self._head(head.start(1), head[1])
        for outside in _OUTSIDE.finditer(text):
            yield from self._mention("outside", outside.span(1), outside.span(1), outside[1])
        for quoted in _QUOTED.finditer(text):
            yield from self._mention("quoted", quoted.span(), quoted.span(1), quoted[1])
            yield from self._acronym(quoted.span(), quoted.span(1), quoted[1])
        for code in _CODE.finditer(text):
            yield from self._mention("code", code.span(), code.span(1), code[1])
        for bare in _BARE.finditer(text):
            end = bare.start() + self._end_of_term(bare[0])
            yield from self._mention("bare", (bare.start(), end), (bare.start(), end), text[bare.start() : end])

    def _head(self, start: int, words: str) -> Iterator[Mention]:
        """Yield the slogan that the head of a note is; one in quotes is found by its quotes, unless its numeral stands before them."""
        span = (start, start + len(words))
        if "“" in words:
            if _OUTSIDE.match(words):
                yield from self._mention("head", span, span, words)
            return
        code = _CODE.match(words)
        if code:
            span = (start, start + len(code[1]))
            yield from self._mention("head", (start, start + len(words)), span, code[1])
        elif words.count("、") and all(list_promise(part) for part in words.split("、")):
            yield from self._mention("joined", span, span, words)
        elif _HEADS_COUNT.search(words):
            yield from self._mention("head", span, span, words)
        else:
            yield from self._acronym(span, span, words)

    def _acronym(self, outer: tuple[int, int], inner: tuple[int, int], term: str) -> Iterator[Mention]:
        """Yield a name that counts nothing, where its letters stand once more in their order beside it."""
        start, end = outer
        if _ACRONYM.fullmatch(term) and not list_promise(term):
            sides = self._text[max(0, start - _SPELLED_BEFORE) : start], self._text[end : end + _SPELLED_BEHIND]
            if any(spells(side, term) for side in sides) and not _is_phrase(term):
                yield Mention("quoted", *outer, inner, term, Promise((), {len(term): "letters"}, (len(term),)))

    def _mention(self, kind: str, outer: tuple[int, int], inner: tuple[int, int], term: str) -> Iterator[Mention]:
        promised = list_promise(term) if len(term) <= _LONGEST_TERM else None
        if promised is not None and not self._is_name(term, bare=kind == "bare"):
            yield Mention(kind, *outer, inner, term, promised)

    def _is_name(self, term: str, *, bare: bool) -> bool:
        """Tell whether the numeral belongs to a name.

        Such are the ones with the word of an administration behind them (九江市, 两江新区), and those that are frequent, hardly ever
        quoted and have no other numeral (四川, 三亚).
        """
        pair, ngrams = term[:2], self._ngrams
        if term[0] not in COUNTING or ngrams.quoted(pair) > _OFTEN_QUOTED:
            return False
        if _ADMINISTRATION.match(term, 2) and term[1] not in _COUNTED_WITH:
            return True
        total = ngrams.habits(pair).total
        if total < (_SEEN if bare else _FREQUENT) or ngrams.quoted(pair) > _HARDLY_QUOTED:
            return False
        others = max(ngrams.habits(other + term[1]).total for other in COUNTING if other != term[0])
        return others < max(total - _FAR_RARER, _UNSEEN)

    def _end_of_term(self, words: str) -> int:
        """Return where the noun phrase ends that the words begin with: where characters best part, 的 and connectives being no part of it."""
        best, at = -99.0, 2
        words = _POSSESSIVE.split(words, maxsplit=1)[0].rstrip(JOINING)
        words = words[: self._predicate(words)]
        for end in range(2, min(len(words), 9) + 1):
            score = self._parts_at(words, end) - 0.1 * end
            if score > best:
                best, at = score, end
        is_beside = at > _SHORTEST_BESIDE and words[at - 1] in _BESIDE and not is_word(words[at - 2 : at])
        return at - is_beside

    def _predicate(self, words: str) -> int:
        """Return where a predicate follows the noun behind the numeral (三大领域加快开放), or the length of the words."""
        counted = _COUNT.match(words)
        noun = counted.end() if counted else 1
        if self._is_predicate(words[noun : noun + 2]):
            return len(words)
        for at in range(noun + 2, len(words)):
            pair = words[at : at + 2]
            in_word = is_word(words[at - 1 : at + 1]) or (at + 2 < len(words) and is_word(words[at : at + 3]))
            if not in_word and self._is_predicate(pair if is_word(pair) else pair[0]):
                return at
        return len(words)

    def _is_predicate(self, word: str) -> bool:
        """Tell whether a verb, or what stands before one, is seldom a noun: phrases begin with it or go on behind it, and do not end there."""
        habits = self._ngrams.habits(word)
        is_open = habits.begins > habits.ends + _AT_HOME_BEFORE or habits.opens > _AT_HOME_BEFORE
        return is_open and self._leading.get(word, 0.0) == 1

    def _parts_at(self, words: str, at: int) -> float:
        ends = self._ngrams.habits(words[at - 2 : at]).ends
        if at >= len(words):
            return ends + 2.0
        begins = self._ngrams.habits(words[at : at + 2]).begins
        return ends + 0.5 * begins - 0.4 * self._ngrams.bound(words[at - 1], words[at])


def cell_end(text: str, mention: Mention, marks: str) -> int:
    """Return where the cell ends that a mention begins and fills, but for a noun behind quotes, or -1: at a mark, or a line's end where a cell is a line."""
    found = _REST_OF_CELL.match(text, mention.end)
    at = found.end() if found else mention.end
    is_cell = text.startswith(tuple(marks), at) and text[mention.start - 1 : mention.start] in ("", "|", "\n")
    return at if is_cell else -1


def _is_phrase(term: str) -> bool:
    """Tell whether a name is read as words, one of them of two characters, so that its characters stand for nothing (侵权行为)."""
    edges = [0, *[at for at, cost in enumerate(cut_costs(term)) if 0 < at < len(term) and cost < TORN], len(term)]
    return len(edges) > 2 and 2 in (last - first for first, last in pairwise(edges))  # noqa: PLR2004  two characters


def spells(words: str, letters: str) -> bool:
    """Return whether letters stand in words, in their order."""
    at = 0
    for letter in letters:
        at = words.find(letter, at) + 1
        if not at:
            return False
    return True


def list_promise(term: str) -> Promise | None:
    """Return what a slogan promises of lists that are looked for, or None; one that counts up (一二三四) promises an item for each numeral."""
    if len(term) >= _FEWEST_COUNTED_UP and NUMBERING.startswith(term):
        return Promise((Group(term, len(term), 0, len(term)),), {len(term): "places"}, (len(term),))
    promised = promise(term)
    if not promised:
        return None
    readings = {number: promised.readings[number] for number in promised.expected if _FEWEST <= number <= _MOST}
    return promised._replace(readings=readings) if readings else None
