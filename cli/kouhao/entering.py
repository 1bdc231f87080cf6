"""A new entry: what its quote says of it is proposed, what the curator decides is put in the glossary's form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kouhao.harvest import Candidate, harvest
from kouhao.model import Basis, Part
from kouhao.numerals import count_groups
from kouhao.store import on_one_line
from kouhao.text import fold

_OPENING = "(（"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as the curator has it so far; `parts` are empty where the quote does not explain the term."""

    term: str
    quote: str
    parts: tuple[Part, ...] = ()
    topic: str = ""
    note: str = ""


def propose(quote: str, term: str = "") -> Candidate | None:
    """Return the expansion that a quote holds, of `term` where it is given, else of the first slogan that has one."""
    found = harvest(quote)
    return next((one for one in found if not term or fold(one.term) == fold(term)), None)


def deal_items(term: str, items: Sequence[str]) -> tuple[Part, ...]:
    """Return items as the parts of a term: one a counted group where the numbers agree, else one part of all."""
    groups = count_groups(term)
    if len(groups) < 2 or sum(group.count for group in groups) != len(items):  # noqa: PLR2004
        return (Part(term, tuple(items)),) if items else ()
    rest = iter(items)
    return tuple(Part(group.name, tuple(islice(rest, group.count))) for group in groups)


def entry_data(entry: NewEntry) -> dict[str, Any]:
    """Return a glossary file's entry, its fields in canonical order; the expansion is the quote's own words."""
    full = _expansion(entry.quote, entry.parts)
    fields: dict[str, Any] = {
        "term": entry.term,
        "topic": entry.topic,
        "basis": _basis(entry.quote, full).value,
        "full": full,
        "parts": [_part_data(part) for part in entry.parts],
        "quote": entry.quote,
        "note": entry.note,
    }
    return {name: value for name, value in fields.items() if value}


def _part_data(part: Part) -> dict[str, Any]:
    lead = {"lead": part.lead} if part.lead else {}
    return {"name": part.name, **lead, "items": on_one_line(part.items)}


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
