"""Open the glossaries that the options and KOUHAO_GLOSSARY name, for every command but a lookup, which opens its own."""

from __future__ import annotations

from collections.abc import Sequence

from kouhao.commands.answering import Narrator, own_paths
from kouhao.lookup.engine import Lookup
from kouhao.lookup.packs import open_lookup


def open_glossaries(paths: Sequence[str], *, builtin: bool) -> Lookup:
    """Return the open glossaries, the built-in one first; a person who waits sees a progress bar."""
    return open_lookup([*own_paths(), *paths], builtin=builtin, watcher=Narrator(verbose=False))
