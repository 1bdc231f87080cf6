"""What is nearly a known slogan: written with another number or a wrong character.

A complete expansion beside it proves which slogan is meant. Without one, a form in running text must sound like the slogan, and one
in quotes may have one wrong character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, pairwise

from kouhao.check.context import KnownSlogan, NearForm, Page
from kouhao.check.ear import Characters, Ear
from kouhao.check.expansions import BLANK, LISTED, Arrangement, Claim, arrangements, readings
from kouhao.check.item_diff import EXTRA, Piece, bare, cut, is_one_edit
from kouhao.check.item_places import ItemPlaces
from kouhao.check.stretches import Grade, Stretch, before
from kouhao.index.matcher import Spelling
from kouhao.index.patterns import Meaning, Vocabulary
from kouhao.language.background import count, is_word
from kouhao.language.lexicon import (
    CONNECTIVES,
    COUNTING,
    ITEM_MARKS,
    MEASURE_WORDS,
    NUMBERING,
    OPENING,
    QUOTES,
    THAT_IS,
)
from kouhao.language.normalize import NUMERALS, fold, is_han, same_length, widen
from kouhao.language.numerals import count_groups
from kouhao.language.pinyin import deletions
from kouhao.language.word_boundary import quoted_span

_TOLD = rf"[{OPENING}：—，。包{''.join(word[0] for word in THAT_IS)}](?<=\w\w[{OPENING}：—]|\w\w(?=[，。]?(?:{'|'.join(THAT_IS)})|包括).)"
_CELL = rf"[\n|\t][ *#（）0-9零{NUMBERING}.、．]*?([^\W\d_][\w+]{{1,15}})(?=[ ]*[|\t\n])"
_LISTED = f"、(?P<item>[^、，。；：“”（）\\s]{{1,12}}?)(?=[{COUNTING}][{MEASURE_WORDS}级])"
_JOINT = re.compile("|".join(CONNECTIVES))
# wider than those of a slogan: what stands between any number and its noun
_MEASURES = frozenset(f"{MEASURE_WORDS}次件方面位级颗枚")
_EACH = re.compile("一.[一二双].$")  # which anyone fills: 一家两制
_DENIED = ("不是", "并非", "而非")  # what stands before a name that is not meant
_SHORTEST_CELL, _LONGEST_CELL = 2, 16  # characters: a longer cell is a sentence
_NEAR = 8  # characters before a bracket in which its slogan's numeral stands
_LONGEST_ITEM = 60  # characters of a list's first item
_SHORTEST_QUOTED = 3  # characters: two are any word
_SHORTEST_BARE = 3  # the same without quotes
_SHORTEST_SURE = 5  # characters: in a shorter word one character makes another word
_SHORTEST_UNLIKE = 6  # the same where the characters neither sound nor look alike
_FREQUENT = 20  # times in the background's texts: a term that is known widely
_VERY_FREQUENT = 50  # the same where other evidence lacks; both by hand
_AMONG = 40  # characters in which slogans stand side by side with their verbs
_REMEMBERED = 1 << 14  # words of one text, some megabytes


class NearForms:
    """Looks for near forms of the terms of a vocabulary in any number of pages."""

    def __init__(self, vocabulary: Vocabulary, characters: Characters) -> None:
        self._vocabulary = vocabulary
        self.ear = self._ear = Ear(characters)
        self._matcher = vocabulary.sound_matcher()
        self._near: dict[str, list[Spelling]] = {}
        self._with_item = lru_cache(_REMEMBERED)(vocabulary.with_item)
        self._is_term = lru_cache(_REMEMBERED)(vocabulary.is_term)
        self._misheard = lru_cache(_REMEMBERED)(self._find_misheard)
        self._of_other_number = lru_cache(_REMEMBERED)(self._find_of_other_number)
        self._arranged = cache(lambda meaning: tuple(_complete(meaning)))

    def find(self, page: Page) -> list[NearForm]:
        """Return the near forms on a page in order, none inside of another or of a known slogan, none beside the right one."""
        found: list[NearForm] = []
        for one in (*self._proved(page), *self._in_quotes(page), *self._by_sound(page)):
            if _is_beside_term(page, one):
                continue
            at = bisect_left(found, one.start, key=_start)
            free = at == len(found) or one.end <= found[at].start
            if free and (not at or found[at - 1].end <= one.start):
                found.insert(at, one)
        return found

    def of_other_number(self, written: str) -> list[str]:
        """Return the terms that a phrase with a number would be with another one, if it is none itself."""
        return [*dict.fromkeys(one.text for one in self._of_other_number(written))]

    def _find_of_other_number(self, written: str) -> list[Spelling]:
        near = self._vocabulary.near(deletions(written)) if _numerals(written) else []
        return [one for one in near if _differs_by(written, _plain(one.text), self._ear)]

    # ---- proved by an expansion

    def _proved(self, page: Page) -> Iterator[NearForm]:
        for start, end in page.in_quotes:
            written = page.plain[start:end]
            near = self._near_terms(written)
            if near or len(written) < _SHORTEST_QUOTED:
                yield from self._named(page, start - 1, end + 1, near)
        for found in re.finditer(_TOLD, page.plain):
            at = found.start()
            if page.plain[at] in "（【〔[" or not NUMERALS.isdisjoint(page.plain[max(0, at - _NEAR) : at]):
                yield from self._named(page, at, at)
        for found in re.finditer(_LISTED, page.plain):
            yield from self._miscounted(page, found["item"], found.end())
        yield from self._counted_otherwise(page)
        cells = chain(
            ((found.start(1) - 1, found.end(1) - 1) for found in re.finditer(_CELL, "\n" + page.plain)),
            pairwise(page.joints),
        )
        for start, end in cells:
            if _SHORTEST_CELL <= end - start <= _LONGEST_CELL:
                yield from self._named(page, start, end)

    def _named(self, page: Page, start: int, end: int, near: Sequence[Spelling] = ()) -> Iterator[NearForm]:
        """Yield the near form that ends at `end` where a complete list of a known slogan stands beside it."""
        if not page.is_known(end - 1, end) and not page.plain.endswith(_DENIED, max(0, start - _NEAR), start):
            yield from page.once("named", start, end, partial(self._name, page, start, end, near), NearForm.moved)

    def _name(self, page: Page, start: int, end: int, near: Sequence[Spelling]) -> Iterator[NearForm]:
        def is_named(head: Piece) -> bool:
            return any(self._called(page, end, self._with_head(page, head)))

        for stretch in page.stretches(start, end, None if near else is_named):
            meant = chain(self._meant(page, stretch), map(self._vocabulary.meaning, near))
            named = [
                (begin - stop, begin, stop, meaning.term, number)
                for meaning, (begin, stop, number) in self._called(page, end, meant)
                if any(self._is_complete(page, stretch, one) for one in self._arranged(meaning))
            ]
            if named:
                _, begin, stop, term, number = min(named)  # the longest name: 三贯三必须 is no 三个必须
                yield NearForm(
                    begin, stop, term, number=number, proved=True, quoted=page.plain[begin - 1 : begin] == "“"
                )
                return

    def _called(
        self, page: Page, end: int, meant: Iterable[Meaning]
    ) -> Iterator[tuple[Meaning, tuple[int, int, bool]]]:
        """Yield the entries of which nearly the term ends at a place, as `_names` tells it."""
        for meaning in meant:
            for name in _names(page, end, _plain(meaning.term), self._ear):
                written = page.plain[name[0] : name[1]]
                counts = page.plain[end - 1] not in QUOTES.values() and _is_count(written, _plain(meaning.term))
                if not self._is_term(written) and not counts:  # 六保 behind 六稳, in which both are cut
                    yield meaning, name

    def _counted_otherwise(self, page: Page) -> Iterator[NearForm]:
        """Yield the known slogans that are expanded as those of another number: “三个自信” with all four."""
        written = [page.plain[mention.start : mention.end] for mention in page.unexplained]
        others = {text: tuple(map(self._vocabulary.meaning, self._of_other_number(text))) for text in {*written}}
        near = {meaning for meanings in others.values() for meaning in meanings}
        items = ItemPlaces(page.without_marks[0], {meaning: self._arranged(meaning) for meaning in near})
        for mention, text in zip(page.unexplained, written, strict=True):
            begin, end = mention.outer_start, mention.outer_end
            if others[text] and page.are_items_near(begin, end, items, others[text]):
                apart = [one for one in others[text] if not _stands_before(page.plain, begin, _plain(one.term))]
                meaning = self._expanded(page, mention, apart)
                if meaning:
                    yield NearForm(mention.start, mention.end, meaning.term, number=True, proved=True)

    def _expanded(self, page: Page, mention: KnownSlogan, others: Sequence[Meaning]) -> Meaning | None:
        """Return the one of other entries that is expanded beside a known slogan, and not that slogan itself."""
        for stretch in page.stretches(mention.outer_start, mention.outer_end):
            if self._is_about(page, mention, stretch):
                continue
            for meaning in others:
                if any(self._is_complete(page, stretch, one) for one in self._arranged(meaning)):
                    return meaning
        return None

    def _miscounted(self, page: Page, item: str, start: int) -> Iterator[NearForm]:
        """Yield a name without quotes behind the complete list of a slogan of another number: 蓝天、碧水、净土四大保卫战."""
        for meaning in self._with_item(item):
            term = _plain(meaning.term)
            end = start + len(term)
            named = _differs_by(page.plain[start:end], term, self._ear) and not page.is_known(start, end)
            listed = before(page.plain, start) if named else None
            if listed and any(self._is_complete(page, listed, one) for one in self._arranged(meaning)):
                yield NearForm(start, end, meaning.term, number=True, proved=True)
                return

    def _is_about(self, page: Page, mention: KnownSlogan, stretch: Stretch) -> bool:
        """Return whether a list may be of a known slogan itself, and not of too many items."""
        claims = list(page.compare(stretch, page.known(mention.meanings)))
        extra = any(one.kind == EXTRA for claim in claims for one in claim.alignment.differences)
        return bool(claims) and not extra

    def _meant(self, page: Page, stretch: Stretch) -> Iterator[Meaning]:
        """Yield the entries that have the first item of a stretch, or the last where it stands before the name."""
        if stretch.heads:
            yield from self._with_head(page, stretch.heads[0])
            return
        backward = stretch.grade is Grade.BEFORE
        for piece in cut(page.plain, _edge(page.plain, stretch, backward=backward), 1, backward=backward):
            yield from self._with_word(piece.text, piece.text)

    def _with_head(self, page: Page, head: Piece) -> Iterator[Meaning]:
        """Yield the entries that have the item which begins a list that is laid out."""
        return self._with_word(head.text, bare(page.plain[head.start : head.end]))

    def _with_word(self, *texts: str) -> Iterator[Meaning]:
        for word in dict.fromkeys((*texts, *_JOINT.split(texts[-1]))):
            yield from self._with_item(word)

    def _is_complete(self, page: Page, stretch: Stretch, arrangement: Arrangement) -> bool:
        claim = next(page.compare(stretch, [arrangement]), None)
        if claim is None or not claim.clean or claim.alignment.known < len(arrangement.items):
            return False
        alignment = claim.alignment
        behind = alignment.pieces[alignment.last :]
        if behind and (stretch.heads or stretch.grade is Grade.BEFORE or behind[0].mark in LISTED):
            return False
        blank = BLANK.search(
            page.plain, stretch.start, stretch.end
        )  # where an examination asks for the item in which they differ
        if blank or (alignment.first and stretch.grade is Grade.CLOSED):
            return False
        if stretch.heads or len(arrangement.items) > 2:  # noqa: PLR2004  a pair
            return True
        led = stretch.grade is Grade.BEFORE and self._is_led(claim)
        return led or not claim.alignment.loose

    def _is_led(self, claim: Claim) -> bool:
        """Return whether only other words before the first item make a pair loose: 统筹国内、国际."""
        alignment, item = claim.alignment, claim.arrangement.items[0]
        places = range(alignment.first, alignment.first + item.size)
        first = "".join(alignment.pieces[at].text for at in places)
        return alignment.loose <= set(places) and any(first.endswith(way) and len(way) > 1 for way in item.ways)

    # ---- in quotes

    def _in_quotes(self, page: Page) -> Iterator[NearForm]:
        for start, end in page.in_quotes:
            written = page.plain[start:end]
            if len(bare(written)) < (_SHORTEST_UNLIKE if page.is_known(start, end) else _SHORTEST_QUOTED):
                continue
            terms = {one.text: one for one in self._near_terms(written)}
            judged = [
                (term, alike)
                for term, one in terms.items()
                if (alike := self._is_misspelt(written, _plain(term))) is not None
                or self._is_in_place(page, start, end, one)
            ]
            if len({term for term, _ in judged}) == 1:
                term, alike = judged[0]
                yield NearForm(start, end, term, alike=bool(alike), quoted=True)

    def _is_in_place(self, page: Page, start: int, end: int, near: Spelling) -> bool:
        """Return whether a phrase unknown in official prose has one character unlike a frequent term, and stands where that would.

        It stands beside what goes with it, or among slogans that are listed with their verbs; two numbers need nothing beside them.
        """
        written, term = page.plain[start:end], _plain(near.text)
        unlike = [pair for pair in zip(written, term, strict=False) if pair[0] != pair[1]]
        slip = len(unlike) == 1 and not set(unlike[0]) <= _MEASURES and _numerals(written) == _numerals(term)
        if not slip or not _SHORTEST_QUOTED < len(written) == len(term) or count(written):
            return False
        groups = len(count_groups(term))
        known = groups > 0 and count(term) >= (_FREQUENT if groups > 1 else _VERY_FREQUENT) and not _EACH.match(term)
        companion = known and _has_companion(page.plain, start, end, [self._vocabulary.meaning(near)])
        return companion or (known and _is_among(page, start))

    def _near_terms(self, written: str) -> list[Spelling]:
        if written not in self._near:
            if len(self._near) > _REMEMBERED:
                self._near.clear()
            near = self._vocabulary.near([written, *deletions(written)])
            alike = self._vocabulary.sounding(self._ear.sounds(written)) if len(written) > _SHORTEST_QUOTED else []
            self._near[written] = [*near, *alike]
        return self._near[written]

    def _is_misspelt(self, written: str, term: str) -> bool | None:
        """Return whether a quoted phrase is a term misspelt by characters alike (True), by another one (False), or not (None)."""
        one, other = bare(written), bare(term)
        if one == other or _numerals(one) != _numerals(other):
            return None
        if sorted(one) == sorted(other):
            if any(left != right and not is_han(left) for left, right in zip(one, other, strict=True)):  # 人工+智能
                return None
            return True if is_one_edit(one, other) or len(one) >= _SHORTEST_SURE else None
        if len(one) != len(other):
            inside = one[0] == other[0] and one[-1] == other[-1] and min(len(one), len(other)) >= _SHORTEST_UNLIKE
            return False if inside and is_one_edit(one, other) else None
        return self._has_wrong_characters(one, other, term)

    def _has_wrong_characters(self, one: str, other: str, term: str) -> bool | None:
        pairs = [(left, right) for left, right in zip(one, other, strict=True) if not self._ear.same(left, right)]
        if not pairs or any(set(pair) <= _MEASURES for pair in pairs):
            return None
        size = len(one)
        short = size < _SHORTEST_SURE
        unknown = short and not count(one) and count(other) >= _VERY_FREQUENT
        strict = short and not (unknown and size > _SHORTEST_QUOTED)
        rest = "".join(left for left, right in zip(one, other, strict=True) if left == right)
        word = _EACH.match(other) or (short and (_makes_word(one, other) or is_word(rest)))  # “掐脖子”
        tried = (unknown or size > _SHORTEST_QUOTED) and not word
        if tried and all(self._ear.alike(*pair, strict=strict) for pair in pairs):
            return True
        return False if len(pairs) == 1 and len(one) >= _SHORTEST_UNLIKE and count_groups(term) else None

    # ---- by sound

    def _by_sound(self, page: Page) -> Iterator[NearForm]:
        for found in self._matcher.find(self._ear.sounds(page.plain)):
            start, end = found.start, found.end
            written = page.plain[start:end]
            if len(written) < _SHORTEST_BARE or page.is_known(start, end):
                continue
            terms = self._misheard(found.text, written)
            if not terms or not page.stands_alone(start, end):
                continue
            term = terms[0].text
            plain = same_length(term)
            if len(written) > _SHORTEST_BARE and self._is_sure(written, plain):
                yield NearForm(start, end, term)
            elif self._is_likely(page.plain, start, end, plain, map(self._vocabulary.meaning, terms)):
                yield NearForm(start, end, term, alike=False)

    def _find_misheard(self, sounds: str, written: str) -> list[Spelling]:
        """Return the entries of the one term that sounds as a text does which is not it and has its numerals."""
        numerals = _numerals(written)
        terms = [term for term in self._vocabulary.sounding(sounds) if _numerals(term.text) == numerals]
        texts = {term.text for term in terms}
        plain = same_length("".join(texts))
        return terms if len(texts) == 1 and len(plain) == len(written) and plain != written else []

    def _is_likely(self, plain: str, start: int, end: int, term: str, meanings: Iterable[Meaning]) -> bool:
        """Return whether what sounds like a frequent term and is unknown in official prose stands where the term would.

        It makes no word, or what stands beside it goes with the term.
        """
        written = plain[start:end]
        if count(written) or count(term) < _FREQUENT or sorted(written) == sorted(term):
            return False
        if len(term) > _SHORTEST_QUOTED and _has_companion(plain, start, end, meanings):
            return True
        pairs = [pair for pair in zip(written, term, strict=True) if not self._ear.same(*pair)]
        if not pairs or not all(self._ear.alike(*pair, strict=True) for pair in pairs):
            return False
        counted = len(term) > _SHORTEST_QUOTED and bool(count_groups(term))
        return counted and count(term) >= _VERY_FREQUENT and not _makes_word(written, term)

    def _is_sure(self, written: str, term: str) -> bool:
        """Return whether what sounds like a term in running text is no phrase of its own: where it differs it makes no word."""
        if sorted(written) == sorted(term):
            return len(written) >= _SHORTEST_SURE and bool(count_groups(term))
        if not count_groups(term) and len(written) < _SHORTEST_UNLIKE:
            return False
        if all(self._ear.same(one, other) for one, other in zip(written, term, strict=True)):
            return False
        return not _makes_word(written, term) and sum(map(str.__ne__, written, term)) <= len(term) // 3


def _is_count(written: str, term: str) -> bool:
    """Return whether a phrase without quotes that is nearly a term may only count: 共两条, 三个方面, and 有五点, which official prose has."""
    other = len(written) < _SHORTEST_BARE and written[1:] != term[1:]
    return NUMERALS.union(_MEASURES).issuperset(written) or (other and count(fold(written)) > 0)


def _is_beside_term(page: Page, near: NearForm) -> bool:
    """Return whether the slogan itself stands in the same sentence, so that the other form is meant: “一国两制”，…“一院两制”.

    Beside a form that a list proves it is in quotes: “四个意识”误作“四个意义”（…）.
    """
    first, last = (bisect_left(page.starts, at) for at in page.sentence(near.start, near.end))
    others = (other for other in page.mentions[first:last] if other.term == near.term)
    return any(not near.proved or other.outer_start < other.start for other in others)


def _stands_before(plain: str, start: int, term: str) -> bool:
    """Return whether a term stands right before a slogan, so that the list behind both begins with its items: 八个坚持六个坚持：…."""
    return term in plain[max(0, start - len(term) - 2) : start]


def _makes_word(written: str, term: str) -> bool:
    """Return whether a character that is another one in the term makes a word with the one beside it, or a phrase with two (四个字).

    With a numeral it does in a short term only (两性社会, 三县计划), for in a long one that has two it is rather the second number (两集中两道位).
    """
    differing = [at for at, (one, other) in enumerate(zip(written, term, strict=True)) if one != other]
    pairs = {written[first : first + 2] for at in differing for first in (at - 1, at) if first >= 0}
    short = len(term) < _SHORTEST_SURE
    phrases = {written[first : first + 3] for at in differing for first in range(max(0, at - 2), at + 1)}
    if short and any(len(phrase) == 3 and count(phrase) for phrase in phrases):  # noqa: PLR2004  three characters
        return True
    counted = {pair for pair in pairs if not NUMERALS.isdisjoint(pair)}
    words = pairs if short else pairs - counted
    return any(len(pair) > 1 and (is_word(pair) or (pair in counted and count(pair))) for pair in words)


def _has_companion(plain: str, start: int, end: int, meanings: Iterable[Meaning]) -> bool:
    """Return whether a word stands beside a stretch that goes with one of the meanings."""
    start, end = quoted_span(plain, start, end)
    companions = [meaning.record.get("companions", {}) for meaning in meanings]
    before = (word for beside in companions for word in beside.get("before", ()))
    after = (word for beside in companions for word in beside.get("after", ()))
    return any(plain.endswith(word, 0, start) for word in before) or any(plain.startswith(word, end) for word in after)


def _is_among(page: Page, start: int) -> bool:
    """Return whether two slogans that have words of their own beside them stand right before a place in its sentence."""
    sentence = page.sentence(start, start)[0]
    at = bisect_left(page.starts, start)
    before = [one for one in page.mentions[max(0, at - 2) : at] if one.start >= max(sentence, start - _AMONG)]
    return len(before) > 1 and all(any(one.record.get("companions") for one in each.meanings) for each in before)


def _edge(plain: str, stretch: Stretch, *, backward: bool) -> Stretch:
    """Return what of a stretch may hold its first item, or the last."""
    if backward:
        begin = max(stretch.start, stretch.end - _LONGEST_ITEM)
        begin = max(begin, 1 + max(plain.rfind(mark, begin, stretch.end - 1) for mark in ITEM_MARKS))
        return Stretch(begin, stretch.end, stretch.grade)
    end = min(stretch.end, stretch.start + _LONGEST_ITEM)
    marks = (plain.find(mark, stretch.start + 1, end) for mark in ITEM_MARKS)
    return Stretch(stretch.start, min((at for at in marks if at >= 0), default=end), stretch.grade)


def _start(one: NearForm) -> int:
    return one.start


def _complete(meaning: Meaning) -> Iterator[Arrangement]:
    for reading in readings(meaning.record):
        yield from (one for one in arrangements(reading) if one.whole and len(one.items) > 1)


def _names(page: Page, end: int, term: str, ear: Ear) -> Iterator[tuple[int, int, bool]]:
    """Yield where a name that ends at `end` and is nearly `term` begins and ends, and whether its number differs."""
    plain = page.plain
    quoted = plain[end - 1 : end] == "”"
    if quoted:
        start, end = plain.rfind("“", max(0, end - 26), end) + 1, end - 1
        sizes = [end - start] if start else []
    else:
        sizes = [size for size in (len(term), len(term) + 1, len(term) - 1) if size <= end]
    for size in sizes:
        start = end - size
        written = plain[start:end]
        known = (start, end) in page.spans if quoted else page.is_known(start, end)
        if size < 2 or known or not all(is_han(mark) or mark in term for mark in written):  # noqa: PLR2004
            continue
        if written[0] in NUMERALS and plain[start - 1 : start] in NUMERALS and start:
            continue
        number = _differs_by(written, term, ear)
        if number is not None:
            yield start, end, number
            return


def _differs_by(written: str, term: str, ear: Ear) -> bool | None:
    """Return whether a name differs from a term by its number (True), by its spelling (False), or is another name (None)."""
    if written == term:
        return None
    if len(written) != len(term):
        inside = written[0] == term[0] and written[-1] == term[-1] and len(term) > _SHORTEST_QUOTED
        same = inside and _numerals(written) == _numerals(term)
        return False if same and is_one_edit(written, term) else None
    pairs = [(one, other) for one, other in zip(written, term, strict=True) if one != other]
    counted = [pair for pair in pairs if set(pair) <= NUMERALS]
    if counted:
        return True if len(counted) == len(pairs) == 1 else None
    if NUMERALS & {mark for pair in pairs for mark in pair} or any(set(pair) <= _MEASURES for pair in pairs):
        return None
    spelled = len(pairs) == 1 or sorted(written) == sorted(term) or all(ear.alike(*pair) for pair in pairs)
    return False if spelled and len(pairs) < len(term) else None


@lru_cache(_REMEMBERED)
def _plain(term: str) -> str:
    """Return a term as the plain text of a page has it."""
    return same_length(widen(term))


@lru_cache(_REMEMBERED)
def _numerals(text: str) -> str:
    return "".join(mark for mark in same_length(text) if mark in NUMERALS)
