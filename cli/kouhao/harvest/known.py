"""What glossaries already have of the slogans that a document names: its items are likely to be worded as there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from kouhao.index.cache import BUILTIN, open_builtin
from kouhao.index.folder import Watcher
from kouhao.language.normalize import fold
from kouhao.records import EntryRecord

Known = dict[str, list[tuple[str, ...]]]
"""The folded items of every reading of a folded term."""


def known_readings(entries: Iterable[EntryRecord]) -> Known:
    """Return what a glossary has, in the shape in which candidates are compared with it."""
    known: Known = {}
    for entry in entries:
        items = tuple(fold(item) for part in entry["parts"] for item in part["items"])
        for spelling in {fold(term) for term in (entry["term"], *entry.get("also", ()))}:
            known.setdefault(spelling, []).append(items)
    return known


@cache
def installed_readings() -> Known:
    """Return what the installed glossaries have."""
    indexes = [open_builtin(name, Watcher()) for name in BUILTIN]
    known = known_readings(json.loads(record) for index in indexes for record in index.records())
    for index in indexes:
        index.close()
    return known
