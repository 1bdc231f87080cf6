"""What a shell offers when the tab key is pressed: commands, and terms by hanzi, pinyin or initials. On the start-up path."""

from __future__ import annotations

import os

from kouhao.commands import terminal
from kouhao.commands.options import COMMANDS
from kouhao.errors import KouhaoError
from kouhao.index.cache import own_paths
from kouhao.lookup.engine import open_lookup

_TAKING_TERMS = ("lookup", "show")


def complete_bash() -> int:
    """Answer bash, which gives its words in COMP_WORDS and the place of the cursor's word in COMP_CWORD."""
    words = os.environ.get("COMP_WORDS", "").split()
    place = os.environ.get("COMP_CWORD", "")
    at = int(place) if place.isdecimal() else len(words)
    offered = complete(words[1:at], words[at] if at < len(words) else "")
    terminal.write("\n".join(offered))
    return terminal.OK


def complete(before: list[str], prefix: str) -> list[str]:
    """Return what may stand behind the words `before` and begins as `prefix` does."""
    if prefix.startswith("-") or (before and before[0] in COMMANDS and before[0] not in _TAKING_TERMS):
        return []
    names = sorted(name for name in COMMANDS if name.startswith(prefix)) if not before else []
    return names + (complete_terms(prefix) if prefix else [])


def complete_terms(prefix: str) -> list[str]:
    """Return the terms that begin as `prefix` does; of an own glossary that is broken the next lookup tells, not the tab key."""
    try:
        lookup = open_lookup(own_paths())
    except KouhaoError:
        lookup = open_lookup([])
    with lookup:
        return lookup.complete(prefix)
