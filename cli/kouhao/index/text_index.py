"""Ask the index of the texts in which a glossary is looked for. Part of the start-up path of a scan."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.index.database import Database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class TextIndex(Database):
    """How the terms of a glossary are written and sound in running text, by the numbers that the entries have in its index."""

    def automaton(self, finds: str) -> bytes:
        """Return the compiled automaton of one of schema.AUTOMATA."""
        return bytes(self._ask("SELECT compiled FROM automaton WHERE finds = ?", (finds,))[0][0])

    def all(self, finds: str) -> Iterator[str]:
        """Yield the texts of which an automaton was compiled, perhaps several times."""
        for row in self._ask(f"SELECT {schema.AUTOMATA[finds]}"):
            yield row[0]

    def spelled(self, beginning: str) -> list[tuple[str, int, int]]:
        """Return the spellings that the automaton finds by a text: the spelling, its entry, and whether it is the glossary's own."""
        last = f"{beginning}\U0010ffff" if len(beginning) == schema.BEGINNING else beginning
        return self._ask("SELECT text, entry, own FROM spelling WHERE text >= ? AND text <= ?", (beginning, last))

    def opened(self, text: str) -> list[int]:
        """Return the numbers of the entries whose full expansion begins so."""
        return [row[0] for row in self._ask("SELECT entry FROM opening WHERE text = ?", (text,))]

    def sounding(self, text: str) -> list[tuple[int, str]]:
        """Return the terms that sound so: entry and term."""
        return self._ask("SELECT entry, term FROM sounding WHERE text = ?", (text,))

    def near(self, texts: list[str]) -> list[tuple[int, str]]:
        """Return the terms of which one of `texts` is the rest with a character left out: entry and term."""
        return [*dict.fromkeys(self._rows("entry, term FROM deletion WHERE text", texts))]
