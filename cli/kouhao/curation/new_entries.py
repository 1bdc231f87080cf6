"""A new entry: what its quote says of it is proposed, what the curator decides is put in the glossary's form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kouhao.glossary import part_data
from kouhao.harvest import deal_items, harvest
from kouhao.language.normalize import fold
from kouhao.language.numerals import count_groups
from kouhao.model import Basis, Part

_OPENING = "(（"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as the curator has it so far; `parts` are empty where the quote does not explain the term."""

    term: str
    quote: str
    parts: tuple[Part, ...] = ()
    topic: str = ""
    note: str = ""


def propose(entry: NewEntry) -> NewEntry:
    """Return the entry with what its quote says where the curator has said nothing: the term, the parts."""
    found = harvest(entry.quote)
    candidate = next((one for one in found if not entry.term or fold(one.term) == fold(entry.term)), None)
    if candidate is None:
        return entry
    return replace(entry, term=entry.term or candidate.term, parts=entry.parts or candidate.parts)


def with_items(entry: NewEntry, items: Sequence[str]) -> NewEntry:
    """Return the entry with these items, dealt out to the groups that its term counts; with none, as it is."""
    return replace(entry, parts=deal_items(entry.term, count_groups(entry.term), items)) if items else entry


def entry_data(entry: NewEntry) -> dict[str, Any]:
    """Return a glossary file's entry, its fields in canonical order; the expansion is the quote's own words."""
    full = _expansion(entry.quote, entry.parts)
    fields: dict[str, Any] = {
        "term": entry.term,
        "topic": entry.topic,
        "basis": _basis(entry.quote, full).value,
        "full": full,
        "parts": [part_data(part) for part in entry.parts],
        "quote": entry.quote,
        "note": entry.note,
    }
    return {name: value for name, value in fields.items() if value}


def _expansion(quote: str, parts: Iterable[Part]) -> str:
    """Return the stretch of the quote from the first lead or item to the last item; what is not in it stands joined by 、."""
    texts = [text for part in parts for text in (part.lead, *part.items) if text]
    at, start = 0, -1
    for text in texts:
        found = quote.find(text, at)
        if found < 0:
            return "、".join(texts)
        start = found if start < 0 else start
        at = found + len(text)
    return quote[start:at] if texts else ""


def _basis(quote: str, full: str) -> Basis:
    if not full:
        return Basis.MENTIONED
    before = quote[: max(0, quote.find(full))]
    opened = max(before.rfind(mark) for mark in _OPENING) > max(before.rfind(mark) for mark in ")）")
    return Basis.STATED if opened else Basis.EXPLAINED
