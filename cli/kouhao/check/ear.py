"""Which characters are taken for one another: they sound or look alike, or are one in simplified script."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kouhao.index.reader import Glyph
from kouhao.language.normalize import is_han
from kouhao.language.pinyin import plain_sound, same_sound, same_syllable

Characters = Callable[[Iterable[str]], dict[str, Glyph]]
"""Returns what the tables know of characters."""


class Ear:
    """Tells which characters are taken for one another; remembers what it was asked."""

    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._known: dict[str, Glyph | None] = {}
        self._sounds: dict[int, str] = {}

    def _learn(self, text: str) -> None:
        """Ask for all characters of a text at once."""
        unknown = set(text).difference(self._known)
        if unknown:
            found = self._characters(unknown)
            self._known |= {mark: found.get(mark) for mark in unknown}
            heard = ((mark, found[mark]) for mark in unknown if mark in found and is_han(mark))
            self._sounds |= {ord(mark): plain_sound(glyph.folded, glyph.readings) for mark, glyph in heard}

    def glyph(self, mark: str) -> Glyph | None:
        """Return what is known of a character."""
        if mark not in self._known:
            self._learn(mark)
        return self._known[mark]

    def simplified(self, plain: str) -> str:
        """Return a text in simplified script, character for character."""
        self._learn(plain)
        return plain.translate({ord(mark): glyph.folded for mark in set(plain) if (glyph := self._known[mark])})

    def sounds(self, plain: str) -> str:
        """Return the sounds of a text, character for character, as `kouhao.index.spellings` writes them."""
        self._learn(plain)
        return plain.translate(self._sounds)

    def same(self, one: str, other: str) -> bool:
        """Return whether two characters are one in simplified script."""
        first, second = self.glyph(one), self.glyph(other)
        return one == other or (first is not None and second is not None and first.folded == second.folded)

    def alike(self, one: str, other: str, *, strict: bool = False) -> bool:
        """Return whether two characters sound or look alike; in a `strict` sense, whether they are one syllable."""
        first, second = self.glyph(one), self.glyph(other)
        if first is None or second is None:
            return False
        same = same_syllable if strict else same_sound
        if any(same(left, right) for left in first.readings for right in second.readings):
            return True
        return not strict and second.folded in first.looks
