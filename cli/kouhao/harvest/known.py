"""What glossaries already have of the slogans that a document names: its items are likely to be worded as there."""

from __future__ import annotations

from functools import cache

from kouhao.glossary import builtin_files, load_files
from kouhao.language.normalize import fold
from kouhao.model import Glossary

Known = dict[str, list[tuple[str, ...]]]
"""The folded items of every reading of a folded term."""


def known_readings(glossary: Glossary) -> Known:
    """Return what a glossary has, in the shape in which candidates are compared with it."""
    known: Known = {}
    for entry in glossary.entries:
        items = tuple(fold(item) for item in entry.items)
        for spelling in {fold(term) for term in (entry.term, *entry.also)}:
            known.setdefault(spelling, []).append(items)
    return known


@cache
def installed_readings() -> Known:
    """Return what the installed glossaries have."""
    return known_readings(load_files(builtin_files()))
