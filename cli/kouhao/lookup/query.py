"""A query as the engine sees it: folded, cut into keywords and into units that each have a character or a sound."""

from __future__ import annotations

from functools import lru_cache

from kouhao.index.reader import Glyph
from kouhao.language import pinyin
from kouhao.language.normalize import fold, is_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


_MOST_SOUNDINGS = 4  # ways to read a query
_MOST_INITIALS = 16  # ways to abbreviate it
_REMEMBERED = 1 << 10  # syllables
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LATIN = frozenset(_LETTERS)
_SEPARATED = str.maketrans(dict.fromkeys(" \u3000、,，;；。·・/|\"'“”‘’「」『』()（）", "\t"))
_QUOTES = frozenset("“”\"‘’'「」『』《》〈〉")


class Query:
    """A query and the spellings derived from it.

    `folded` is its canonical spelling in simplified characters, `letters` its Latin letters without tones when it has no Han
    characters; `candidates` keeps what `find_candidates` returns.
    """

    __slots__ = ("_glyphs", "_places", "candidates", "folded", "glyphs_of", "letters", "raw")

    def __init__(self, raw: str, glyphs_of: Callable[[Iterable[str]], dict[str, Glyph]]) -> None:
        self.raw = raw
        self.glyphs_of = glyphs_of
        self._glyphs: dict[str, Glyph] = {}
        self._places: list[int] = []
        self.candidates: Any = None
        self.folded = fold(raw)
        self.letters = latin(raw) if self.folded and not any(map(is_han, raw)) else ""

    def simplify(self) -> bool:
        """Read the characters' table, put the query into simplified characters; tell whether that changed it."""
        self._glyphs = self.glyphs_of({*self.folded, *self.raw})
        before = self.folded
        self.folded = fold(self._simplified(self.folded))
        return self.folded != before

    @property
    def pieces(self) -> int:
        """The number of pieces between separators."""
        return sum(1 for piece in self.raw.translate(_SEPARATED).split("\t") if fold(piece))

    def _simplified(self, text: str) -> str:
        return "".join([self._glyphs[mark].folded if mark in self._glyphs else mark for mark in text])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the query as typed the folded characters from `start` to `end` stand, both in characters."""
        places = self._places or self._locate()
        return (places[start], places[end - 1] + 1) if end > start else (0, len(self.raw))

    def _locate(self) -> list[int]:
        """Find the place in the raw text of each folded character; those of a number all end with it."""
        places: list[int] = []
        for at in range(len(self.raw)):
            grown = len(fold(self._simplified(self.raw[: at + 1])))
            places += [at] * (grown - len(places))
            del places[grown:]
        self._places = places
        return places

    def quotes(self, start: int, end: int) -> bool:
        """Tell whether the stretch stands in quotes by itself, and something beside them."""
        first, last = self.span(start, end)
        inside = self.raw[first - 1 : first] in _QUOTES and self.raw[last : last + 1] in _QUOTES
        return inside and first > 0 and (first > 1 or last + 1 < len(self.raw))

    def unit(self, mark: str) -> Glyph:
        """Return the unit of one folded character."""
        glyph = self._glyphs.get(mark) or self.glyphs_of([mark]).get(mark)
        return glyph or Glyph(mark, mark, "", "")

    def units(self) -> list[list[Glyph]]:
        """Return the units of the folded text; where it has letters, one list a way of taking them for syllables or initials."""
        if _LATIN.isdisjoint(self.folded):
            return [[self.unit(mark) for mark in self.folded]]
        ways: list[list[Glyph]] = [[]]
        for run in _runs(self.folded):
            if run.isascii() and run.isalpha():
                chunks = pinyin.segment(run)
                if not self.letters:
                    strays = any(chunk not in pinyin.typed_syllables() for chunk in chunks[0])
                    single = pinyin.segment_initials(run)
                    chunks = single + chunks if strays else chunks + single
                cuts = [[_pinyin_unit(chunk) for chunk in cut] for cut in chunks]
                ways = [way + cut for way in ways for cut in cuts][:_MOST_SOUNDINGS]
            else:
                ways = [way + [self.unit(mark) for mark in run] for way in ways]
        return ways

    def spellings(self) -> list[str]:
        """Return the ways in which the whole query may be meant as joined pinyin, empty without Latin letters."""
        ways: list[str] = []
        for text in _readings_of_digits(pinyin.strip_tones(self.raw.lower())):
            spelled = [""]
            for mark in fold(text):
                sounds = self._spoken(mark)
                spelled = [before + spoken for before in spelled for spoken in sounds][:_MOST_SOUNDINGS]
            ways.extend(way for way in spelled if way not in ways)
        return ways

    def _spoken(self, mark: str) -> list[str]:
        if not is_han(mark):
            return [mark]
        return list(dict.fromkeys(pinyin.syllable_of(code) for code in self.unit(mark).readings)) or [mark]


def initials(letters: str) -> list[str]:
    """Return `letters` and the ways of writing them with zh, ch and sh as one letter, a few at the most."""
    ways = [""]
    for letter in letters:
        short = letter == "h" and any(way[-1:] in ("z", "c", "s") for way in ways)
        ways = [way + letter for way in ways] + ([way for way in ways if way[-1:] in ("z", "c", "s")] if short else [])
        ways = ways[:_MOST_INITIALS]
    return list(dict.fromkeys(ways)) if letters else []


def latin(raw: str) -> str:
    """Return the plain Latin letters of `raw`, tones and marks left out."""
    return "".join(mark for mark in pinyin.strip_tones(raw.lower()) if mark.isascii() and mark.isalpha())


def soundings(units: list[Glyph]) -> list[str]:
    """Return the sound strings that a list of units may have: polyphones multiply, a few at the most."""
    ways = [""]
    for unit in units:
        sounds = _sounds(unit.readings) if unit.readings else (unit.char or pinyin.UNKNOWN,)
        ways = [way + one for way in ways for one in sounds][:_MOST_SOUNDINGS]
    return ways


_known_sounds: dict[str, tuple[str, ...]] = {}


def _sounds(readings: str) -> tuple[str, ...]:
    """Return the different sounds of a character's readings; characters come again, so they are remembered."""
    if readings not in _known_sounds:
        _known_sounds[readings] = tuple(dict.fromkeys(pinyin.sound_of(readings)))
    return _known_sounds[readings]


def one_slip_away(letters: str) -> set[str]:
    """Return all texts that differ from `letters` by one letter left out, put in, changed or swapped (P. Norvig's edits)."""
    cuts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    shorter = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    changed = {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    longer = {left + letter + right for left, right in cuts for letter in _LETTERS}
    return shorter | swapped | changed | longer


@lru_cache(_REMEMBERED)
def _pinyin_unit(chunk: str) -> Glyph:
    known = chunk in pinyin.typed_syllables()
    return Glyph("", "", pinyin.reading(chunk) if known else "", "", chunk)


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for mark in text:
        latin_mark = mark.isascii() and mark.isalpha()
        if runs and (runs[-1][-1].isascii() and runs[-1][-1].isalpha()) == latin_mark:
            runs[-1] += mark
        else:
            runs.append(mark)
    return runs


def _readings_of_digits(text: str) -> list[str]:
    """Return `text` with its digits as numerals, and with the digits that can be tones (wu3 hao3) left out."""
    toneless = "".join(
        mark
        for at, mark in enumerate(text)
        if not (mark in "12345" and at and text[at - 1].isascii() and text[at - 1].isalpha())
    )
    return [text] if toneless == text else [toneless, text]
