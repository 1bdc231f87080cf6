"""Many texts looked for at once in UTF-8 (A. Aho and M. Corasick), compiled once into bytes that load at once.

The automaton is daachorse's: a double array that reads several times as fast as other layouts, lets other threads go on while
it reads, and checks what it loads.
"""

from __future__ import annotations

from daachorse import DoubleArrayAhoCorasick

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def compile_texts(texts: Iterable[str]) -> bytes:
    """Return the automaton of `texts`, each of which may come several times; of no text at all it is empty."""
    patterns = sorted({text.encode("utf-8", "surrogatepass") for text in texts if text})
    return DoubleArrayAhoCorasick(patterns).serialize() if patterns else b""


class Automaton:
    """Finds the texts that it was compiled of."""

    def __init__(self, compiled: bytes) -> None:
        """Load what `compile_texts` returned; raise ValueError where it is damaged, or another version of daachorse wrote it."""
        self._automaton = DoubleArrayAhoCorasick.deserialize(compiled) if compiled else None

    def find(self, content: bytes) -> list[tuple[int, int, int]]:
        """Return every occurrence in `content`: start and end in bytes, and which text it is, as a number.

        Occurrences may overlap; they come in the order of their ends.
        """
        return self._automaton.find_overlapping(content) if self._automaton else []
