"""Slogans in running text: every occurrence of many spellings in one pass, the longest first. Part of the start-up path of a scan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import itemgetter

from kouhao.index.automaton import Automaton, compile_texts
from kouhao.language.gaps import Gaps
from kouhao.language.lexicon import ARABIC, NUMBER_CHARACTERS, ORDINAL, QUOTES
from kouhao.language.normalize import is_han
from kouhao.language.word_boundary import FOLLOWING, is_cut, is_name_by_itself

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Places = list[list[tuple[int, int, int]]]
    """What the automaton of each source finds."""

    Candidate = tuple[int, int, tuple["Spelling", ...]]
    """Where a spelling starts, the negative of where it ends, and what it means: in order the longest is the first."""

_LONGEST_FIRST = itemgetter(0, 1)
_NUMERALS = frozenset(ARABIC + NUMBER_CHARACTERS + ORDINAL)
_NUMERAL_BYTES = frozenset(numeral.encode() for numeral in _NUMERALS)
_WIDE = 3  # bytes in UTF-8 of a numeral or a mark of full width
_SIGNS = tuple("+＋=＝")
_COLONS = (":", "：")
_LONGEST_CHARACTER = 4  # bytes in UTF-8
_NOT_ASCII = 0x80  # the least byte of a character that is not ASCII, in UTF-8
_SPACE = "\u3000".encode()
_QUOTES = {opening.encode(): closing.encode() for opening, closing in QUOTES.items()}
_NOUNS = tuple(noun.encode() for noun in FOLLOWING if len(noun) > 1)
_OPENING, _CLOSING = ("（".encode(), b"("), ("）".encode(), b")")
_MARKS = frozenset(mark.encode() for mark in "“”《》（）、，。；：？！")
_SENTENCE_ENDS = tuple(mark.encode() for mark in "。！？；：")
_INVISIBLE = Automaton(compile_texts("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BETWEEN_TEXTS = b"\0"  # stands in no spelling, ends words, numbers and lines
_HALF = 2  # characters of a slogan that may be half of another: a numeral and what it counts
_WINDOW = 60
"""Bytes on each side of a line's end in which a slogan may be broken: the longest have twenty characters."""


_BESIDE = 6 * _LONGEST_CHARACTER
"""Bytes on each side of a slogan that tell whether it stands in a longer word: as many as a word has."""


class Spelling:
    """A text to look for, and the entry that it means.

    `pack` is the entry's index by its place among the open ones, `number` its number there; `own` tells whether the glossary
    itself writes the term so, `quoted` whether it counts in quotes only.
    """

    __slots__ = ("number", "own", "pack", "quoted", "text")

    def __init__(self, text: str, pack: int, number: int, *, own: bool, quoted: bool = False) -> None:
        self.text = text
        self.pack = pack
        self.number = number
        self.own = own
        self.quoted = quoted


class Occurrence:
    """A spelling found in a text, from `start` to `end`; `meanings` are the entries that it can mean."""

    __slots__ = ("end", "meanings", "start", "text")

    def __init__(self, start: int, end: int, meanings: tuple[Spelling, ...]) -> None:
        self.start = start
        self.end = end
        self.text = meanings[0].text
        self.meanings = meanings


class _Spelled:
    """A spelling in UTF-8 with the entries that it can mean."""

    __slots__ = (
        "anywhere",
        "begins_number",
        "content",
        "ends_number",
        "is_figure",
        "is_number",
        "is_sum",
        "meanings",
        "quoted",
    )

    def __init__(self, text: str, meanings: Sequence[Spelling]) -> None:
        """Of `meanings` those count that the glossary itself spells so, if there are any, else all."""
        self.content = text.encode()
        self.meanings = tuple(meaning for meaning in meanings if meaning.own) or tuple(meanings)
        self.begins_number = text[0] in _NUMERALS
        self.ends_number = text[-1].isdecimal()
        self.is_figure = text[0].isdecimal()
        self.is_sum = self.ends_number and self.is_figure
        self.is_number = _NUMERALS.issuperset(text)
        self.quoted = all(meaning.quoted for meaning in self.meanings)
        self.anywhere = not (self.ends_number or self.is_number or self.quoted)

    def stands(self, content: bytes, start: int) -> bool:
        """Return whether it stands at a place, in quotes or before a noun of slogans where it has to, and not as a number or in one."""
        if not content.startswith(self.content, start) or (self.begins_number and self._goes_back(content, start)):
            return False
        if self.anywhere:
            return True
        end = start + len(self.content)
        if self.ends_number and self._goes_on(content, end):
            return False
        if self.quoted and not content.startswith(_NOUNS, end):
            return any(content.endswith(mark, 0, start) and content.startswith(_QUOTES[mark], end) for mark in _QUOTES)
        return not (self.is_number and content.endswith(_OPENING, 0, start) and content.startswith(_CLOSING, end))

    def _goes_back(self, content: bytes, start: int) -> bool:
        """Return whether a number (五好 in 十五好) or sum (1+10 in 3+1+10, 3.1+10) or time (00后 in 12:00后) that it begins with began before `start`."""
        beside = content[max(0, start - _WIDE) : start]
        if beside in _NUMERAL_BYTES or beside[-1:] in _NUMERAL_BYTES:
            return True
        if not self.is_figure:
            return False
        before = content[max(0, start - 2 * _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")
        return (before[-1:] in _COLONS and before[-2:-1].isdecimal()) or (self.is_sum and _goes_on(before[:-3:-1]))

    def _goes_on(self, content: bytes, end: int) -> bool:
        """Return whether a number or sum (1+10 in 1+10+N, 1+10=11) that it ends with goes on behind `end`."""
        behind = content[end : end + 2 * _LONGEST_CHARACTER].decode("utf-8", "ignore")
        return behind[:1].isdecimal() or (self.is_sum and _goes_on(behind[:2]))


class SpellingSource:
    """The spellings of one kind: what finds the texts that they begin with, and what tells which they are."""

    def __init__(self, automaton: Automaton, resolve: Callable[[str], Iterable[Spelling]]) -> None:
        """`resolve` is given a text that `automaton` finds; it returns no spelling where nobody asks for one."""
        self.automaton = automaton
        self._resolve = resolve
        self._known: dict[int, list[_Spelled]] = {}

    def candidates(self, content: bytes, places: list[tuple[int, int, int]]) -> list[Candidate]:
        """Return every occurrence at `places`, where the automaton found something, overlapping ones too.

        A spelling that begins or ends within a number (五好 in 十五好), or that numbers something (（十五）), is no occurrence.
        """
        for start, end, number in places:
            if number not in self._known:
                self._known[number] = self._spellings(content[start:end])
        return [
            (start, -start - len(spelled.content), spelled.meanings)
            for start, _, number in places
            for spelled in self._known[number]
            if spelled.stands(content, start)
        ]

    def _spellings(self, beginning: bytes) -> list[_Spelled]:
        found: dict[str, list[Spelling]] = {}
        for spelling in self._resolve(beginning.decode()):
            found.setdefault(spelling.text, []).append(spelling)
        return [_Spelled(text, meanings) for text, meanings in found.items()]


class Matcher:
    """Looks for the spellings of its sources in any number of texts, also where a line breaks inside of one.

    With `words` one that begins or ends inside of a longer word (新发展理念 in 创新发展理念) is no occurrence.
    """

    def __init__(self, sources: Sequence[SpellingSource], *, words: bool = False) -> None:
        self._sources = sources
        self.words = words

    def find(self, text: str) -> list[Occurrence]:
        """Return the occurrences in order, their places in characters; none overlaps another."""
        return next(self.find_each([text]))

    def find_each(self, texts: Iterable[str]) -> Iterator[list[Occurrence]]:
        """Yield the same of each text; they are searched as one, which costs short texts a fraction of a search each."""
        contents = [
            text.encode("utf-8", "replace") for text in texts
        ]  # of a lone surrogate, too, this makes one character
        ahead = self.find_in_bytes(_BETWEEN_TEXTS.join(contents))
        ahead.reverse()
        begin = 0
        for content in contents:
            found: list[Occurrence] = []
            at = characters = 0
            while ahead and ahead[-1].start < begin + len(content):
                one = ahead.pop()
                start = one.start - begin
                characters += count_characters(content, at, start)
                at = start
                end = characters + count_characters(content, start, one.end - begin)
                found.append(Occurrence(characters, end, one.meanings))
            yield found
            begin += len(content) + len(_BETWEEN_TEXTS)

    def find_in_bytes(self, content: bytes) -> list[Occurrence]:
        """Return the same of a text in UTF-8, places in bytes."""
        return self.settle(content, self.search(content))

    def search(self, content: bytes) -> Places:
        """Return where `content` may have an occurrence, as `settle` takes it; other threads go on meanwhile."""
        invisible = _INVISIBLE.find(content)
        shown = _gaps(invisible).without(content)
        joined = _joined_lines(shown)[0]
        texts = (shown, joined) if joined else (shown,)
        return [invisible, *(source.automaton.find(text) for text in texts for source in self._sources)]

    def settle(self, content: bytes, places: Places) -> list[Occurrence]:
        """Return the occurrences in `content`, of which `search` told the places."""
        invisible, *places = places
        gaps = _gaps(invisible)
        shown = gaps.without(content)
        candidates: list[Candidate] = []
        for source, found in zip(self._sources, places, strict=False):
            candidates += source.candidates(shown, found)
        in_joined = places[len(self._sources) :]
        if any(in_joined):
            candidates += self._broken(shown, in_joined)
        candidates.sort(key=_LONGEST_FIRST)
        occurrences: list[Occurrence] = []
        at = 0
        for start, negative_end, meanings in candidates:
            if start >= at and not (self.words and _cuts_word(shown, start, -negative_end, known=start == at)):
                at = -negative_end
                occurrences.append(Occurrence(start, at, meanings))
        occurrences = _without_halves(occurrences)
        if not invisible:
            return occurrences
        return [Occurrence(*gaps.origin_span(one.start, one.end), one.meanings) for one in occurrences]

    def _broken(self, content: bytes, places: Places) -> Iterator[Candidate]:
        """Yield the occurrences in which one line breaks; `places` are those in the joined lines."""
        joined, begins, origins = _joined_lines(content)
        for source, found in zip(self._sources, places, strict=True):
            for start, negative_end, meanings in source.candidates(joined, found):
                behind = bisect_right(begins, start)
                if bisect_left(begins, -negative_end) == behind + 1:
                    moved = (origins[at] - begins[at] for at in (behind - 1, behind))
                    yield start + next(moved), negative_end - next(moved), meanings


def _gaps(invisible: Sequence[tuple[int, int, int]]) -> Gaps:
    return Gaps([(start, end) for start, end, _ in invisible])


def _without_halves(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Return the occurrences without those of two characters that touch each other and make a name of its own: 三高四新, but not 六稳六保."""
    joined = {
        one.start
        for before, behind in pairwise(occurrences)
        if before.end == behind.start
        and len(before.text) == len(behind.text) == _HALF
        and not (is_name_by_itself(before.text) and is_name_by_itself(behind.text))
        for one in (before, behind)
    }
    return [one for one in occurrences if one.start not in joined] if joined else occurrences


def _joined_lines(content: bytes) -> tuple[bytes, list[int], list[int]]:
    """Return what stands around the line ends inside of sentences, without them; where its stretches begin there and in `content`."""
    pieces: list[bytes] = []
    begins: list[int] = []
    origins: list[int] = []
    size = at = reach = 0
    for end, begin in _broken_lines(content):
        if not pieces or end - _WINDOW > reach:
            pieces += [content[at:reach], b"\n"]
            size += reach - at + 1
            at = max(0, end - _WINDOW)
            begins.append(size)
            origins.append(at)
        pieces.append(content[at:end])
        size += end - at
        begins.append(size)
        origins.append(begin)
        at, reach = begin, begin + _WINDOW
    return b"".join([*pieces, content[at:reach]]), begins, origins


def _broken_lines(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a line breaks inside of a sentence: where the bytes before the break end, and where those behind it begin."""
    at = content.find(b"\n")
    while at >= 0:
        end = at - 1 if content[at - 1 : at] == b"\r" else at
        if (
            end
            and content[end - 1] >= _NOT_ASCII
            and not content.endswith(_SENTENCE_ENDS, end - _LONGEST_CHARACTER, end)
        ):
            window = content[at + 1 : at + 1 + _WINDOW]
            behind = window.lstrip(b" \t\xe3\x80") if window[:1] in b" \t" or window[:3] == _SPACE else window
            if behind and behind[0] >= _NOT_ASCII:
                yield end, at + 1 + len(window) - len(behind)
        at = content.find(b"\n", at + 1)


def _cuts_word(content: bytes, start: int, end: int, *, known: bool) -> bool:
    """Return whether a stretch begins or ends inside of a longer word."""
    if content[max(0, start - _WIDE) : start] in _MARKS and content[end : end + _WIDE] in _MARKS:
        return False
    beside = content[max(0, start - 1) : start] + content[end : end + 1]
    if beside.isascii():
        return False
    before = content[max(0, start - _BESIDE) : start].decode("utf-8", "ignore")
    behind = content[end : end + _BESIDE].decode("utf-8", "ignore")
    if not is_han(before[-1:]) and not is_han(behind[:1]):
        return False
    return is_cut("" if known else before, content[start:end].decode("utf-8", "replace"), behind)


def count_characters(content: bytes, start: int, end: int) -> int:
    """Return the number of characters in a stretch of UTF-8."""
    return len(content[start:end].decode("utf-8", "replace"))


def _goes_on(marks: str) -> bool:
    """Return whether the marks beside a sum, the nearest first, belong to a longer one, an equation or a decimal."""
    return marks[:1] in _SIGNS if marks[:1] != "." else marks[1:].isdecimal()
