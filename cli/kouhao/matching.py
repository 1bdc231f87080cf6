"""Slogans in running text: every occurrence of many spellings in one pass, the longest first. Part of the start-up path of a scan."""

from __future__ import annotations

from kouhao.automaton import Automaton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Candidate = tuple[int, int, tuple["Spelling", ...]]

_NUMERALS = frozenset("0123456789０１２３４５６７８９零一二两三四五六七八九十百千万第")
_SIGNS = tuple("+＋=＝")
_LONGEST_CHARACTER = 4


class Spelling:
    """A text to look for, and the entry that it means.

    `pack` is the entry's index by its place among the open ones, `number` its number there; `own` tells whether the glossary
    itself writes the term so.
    """

    __slots__ = ("number", "own", "pack", "text")

    def __init__(self, text: str, pack: int, number: int, *, own: bool) -> None:
        self.text = text
        self.pack = pack
        self.number = number
        self.own = own


class Occurrence:
    """A spelling found in a text, from `start` to `end`; `meanings` are the entries that it can mean."""

    __slots__ = ("end", "meanings", "start", "text")

    def __init__(self, start: int, end: int, meanings: tuple[Spelling, ...]) -> None:
        self.start = start
        self.end = end
        self.text = meanings[0].text
        self.meanings = meanings


class Source:
    """The spellings of one kind: what finds the texts that they begin with, and what tells which they are."""

    def __init__(self, automaton: Automaton, resolve: Callable[[str], Iterable[Spelling]]) -> None:
        """`resolve` is given a text that `automaton` finds; it returns no spelling where nobody asks for one."""
        self._automaton = automaton
        self._resolve = resolve
        self._known: dict[bytes, dict[bytes, tuple[Spelling, ...]]] = {}

    def candidates(self, content: bytes) -> Iterator[Candidate]:
        """Yield every occurrence in a text in UTF-8, overlapping ones too; other threads go on meanwhile.

        A spelling that begins or ends within a number (五好 in 十五好) is no occurrence.
        """
        for start, end in self._automaton.find(content):
            for spelled, meanings in self._spellings(content[start:end]).items():
                stop = start + len(spelled)
                if content.startswith(spelled, start) and not _cuts_number(content, start, stop, meanings[0].text):
                    yield start, stop, meanings

    def _spellings(self, beginning: bytes) -> dict[bytes, tuple[Spelling, ...]]:
        if beginning not in self._known:
            found: dict[bytes, list[Spelling]] = {}
            for spelling in self._resolve(beginning.decode()):
                found.setdefault(spelling.text.encode(), []).append(spelling)
            self._known[beginning] = {text: _preferred(meanings) for text, meanings in found.items()}
        return self._known[beginning]


class Matcher:
    """Looks for the spellings of its sources in any number of texts."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def find(self, text: str) -> Iterator[Occurrence]:
        """Yield the occurrences in order, their places in characters; none overlaps another."""
        content = text.encode("utf-8", "surrogatepass")
        at = characters = 0
        for found in self.find_in_bytes(content):
            characters += count_characters(content, at, found.start)
            at = found.start
            yield Occurrence(characters, characters + len(found.text), found.meanings)

    def find_in_bytes(self, content: bytes) -> list[Occurrence]:
        """Return the same of a text in UTF-8, places in bytes; other threads go on meanwhile."""
        candidates = [candidate for source in self._sources for candidate in source.candidates(content)]
        occurrences: list[Occurrence] = []
        at = 0
        for start, end, meanings in sorted(candidates, key=_longest_first):
            if start >= at:
                occurrences.append(Occurrence(start, end, meanings))
                at = end
        return occurrences


def count_characters(content: bytes, start: int, end: int) -> int:
    """Return the number of characters in a stretch of UTF-8."""
    return len(content[start:end].decode("utf-8", "replace"))


def _longest_first(candidate: Candidate) -> tuple[int, int]:
    start, end, _ = candidate
    return start, -end


def _preferred(meanings: Sequence[Spelling]) -> tuple[Spelling, ...]:
    """Return those that the glossary itself spells so, if there are any, else all."""
    return tuple(meaning for meaning in meanings if meaning.own) or tuple(meanings)


def _cuts_number(content: bytes, start: int, end: int, spelled: str) -> bool:
    """Tell whether a spelling stands in a longer number (五好 in 十五好) or sum (1+10 in 1+10+N, 3.1+10, 1+10=11)."""
    if spelled[0] in _NUMERALS:
        before = content[max(0, start - 2 * _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")
        if (before[-1:] and before[-1] in _NUMERALS) or (_is_sum(spelled) and _goes_on(before[:-3:-1])):
            return True
    if not spelled[-1].isdecimal():
        return False
    behind = content[end : end + 2 * _LONGEST_CHARACTER].decode("utf-8", "ignore")
    return behind[:1].isdecimal() or (_is_sum(spelled) and _goes_on(behind[:2]))


def _is_sum(spelled: str) -> bool:
    return spelled[0].isdecimal() and spelled[-1].isdecimal()


def _goes_on(marks: str) -> bool:
    """Tell whether the marks beside a sum, the nearest first, belong to a longer one, an equation or a decimal."""
    return marks[:1] in _SIGNS if marks[:1] != "." else marks[1:].isdecimal()
