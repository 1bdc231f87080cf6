"""Open the glossaries that the options name and a person's own, for every command but a lookup, which opens its own."""

from __future__ import annotations

from kouhao.commands import terminal
from kouhao.commands.lookup import Narrator
from kouhao.commands.own_glossaries import own_glossaries
from kouhao.lookup.engine import Lookup, open_lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def open_glossaries(paths: Sequence[str], *, builtin: bool | Sequence[str]) -> Lookup:
    """Return the open glossaries, the built-in one first; a person who waits sees a progress bar."""
    return open_lookup(
        list(dict.fromkeys([*own_glossaries(), *paths])), builtin=builtin, watcher=Narrator(verbose=False)
    )


def warn_of_unknown(terms: Iterable[str]) -> None:
    """Tell of the words given with --term that no glossary has."""
    for term in terms:
        terminal.tell(f"kouhao: 提醒：词库里没有“{term}”，--term 对它不起作用。")
