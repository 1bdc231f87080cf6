"""Many texts looked for at once in UTF-8 (A. Aho and M. Corasick), compiled once into bytes.

Which library does it depends on where wheels of it exist; all give the same occurrences in the same order (tests hold it):

- daachorse: a double array that reads several times as fast as other layouts, lets other threads go on, and loads at once;
- ahocorasick_rs, for Linux on ARM: reads as fast, and builds its automaton of the texts whenever it is loaded;
- pyahocorasick: C, which compiles anywhere; it reads text only, so that bytes are given to it as Latin-1.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Places = list[tuple[int, int, int]]
    """Start, end and number of text of each occurrence."""

    Find = Callable[[bytes], Places]

_TEXTS = b"texts\0"
"""Begins what is kept of texts for a library that has no form of its own to keep."""


class Daachorse:
    """The texts as daachorse's own bytes, which it checks when it loads them."""

    module = "daachorse"

    @staticmethod
    def compile(texts: list[bytes]) -> bytes:
        """Return what `load` takes."""
        from daachorse import DoubleArrayAhoCorasick  # noqa: PLC0415  the one that is there

        return DoubleArrayAhoCorasick(texts).serialize()

    @staticmethod
    def load(compiled: bytes) -> Find:
        """Return what finds the texts; raise ValueError where another version or library compiled them."""
        from daachorse import DoubleArrayAhoCorasick  # noqa: PLC0415

        return DoubleArrayAhoCorasick.deserialize(compiled).find_overlapping


class AhocorasickRs:
    """The texts themselves."""

    module = "ahocorasick_rs"

    @staticmethod
    def compile(texts: list[bytes]) -> bytes:
        """Return what `load` takes."""
        return _TEXTS + b"\0".join(texts)

    @staticmethod
    def load(compiled: bytes) -> Find:
        """Return what finds the texts; raise ValueError for what is none."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415

        automaton = BytesAhoCorasick(_texts(compiled), implementation=Implementation.ContiguousNFA)

        def find(content: bytes) -> Places:
            places = automaton.find_matches_as_indexes(content, overlapping=True)
            return [(start, end, number) for number, start, end in places]

        return find


class Pyahocorasick:
    """The texts themselves."""

    module = "ahocorasick"
    compile = AhocorasickRs.compile

    @staticmethod
    def load(compiled: bytes) -> Find:
        """Return what finds the texts; raise ValueError for what is none."""
        from ahocorasick import Automaton as Words  # noqa: PLC0415

        words = Words()
        for number, text in enumerate(_texts(compiled)):
            words.add_word(text.decode("latin-1"), (number, len(text)))
        words.make_automaton()

        def find(content: bytes) -> Places:
            found = words.iter(content.decode("latin-1"))
            return [(last + 1 - length, last + 1, number) for last, (number, length) in found]

        return find


def _texts(compiled: bytes) -> list[bytes]:
    if not compiled.startswith(_TEXTS):
        raise ValueError("compiled by another library")
    return compiled[len(_TEXTS) :].split(b"\0")


LIBRARIES = (Daachorse, AhocorasickRs, Pyahocorasick)
"""The fastest first."""


def _first_installed() -> type[Daachorse | AhocorasickRs | Pyahocorasick]:
    for library in LIBRARIES:
        try:
            __import__(library.module)
        except ImportError:
            continue
        return library
    raise ImportError("none of daachorse, ahocorasick_rs and pyahocorasick is installed")


_LIBRARY = _first_installed()


def compile_texts(texts: Iterable[str]) -> bytes:
    """Return the automaton of `texts`, each of which may come several times; of no text at all it is empty."""
    patterns = sorted({text.encode("utf-8", "surrogatepass") for text in texts if text})
    return _LIBRARY.compile(patterns) if patterns else b""


class Automaton:
    """Finds the texts that it was compiled of."""

    def __init__(self, compiled: bytes) -> None:
        """Load what `compile_texts` returned; raise ValueError where it is damaged, or another library or version wrote it."""
        self._find = _LIBRARY.load(compiled) if compiled else None

    def find(self, content: bytes) -> list[tuple[int, int, int]]:
        """Return every occurrence in `content`: start and end in bytes, and which text it is, as a number.

        Occurrences may overlap; they come in the order of their ends, the longest of one end first.
        """
        return self._find(content) if self._find else []
