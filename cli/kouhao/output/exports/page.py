"""Entries as one HTML page that needs nothing else: search by hanzi, pinyin and initials, from a file, on a phone, in print.

The page folds a query as the command line does; the tables for that are written into it, cut to what its entries hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from kouhao.index.characters import readings, simplify
from kouhao.language.normalize import fold, is_han
from kouhao.language.pinyin import syllable_of
from kouhao.output.entries import citation
from kouhao.output.exports import meaning, remarks
from kouhao.records import EntryRecord, PartRecord

_LAST_IN_PLANE = 0xFFFF  # of the basic plane


class _PageEntry(EntryRecord):
    """An entry with what the template shows of it."""

    told: list[dict[str, object]]
    remarks: list[tuple[str, str]]
    search: str
    cited: str


def html_page(records: Iterable[EntryRecord]) -> str:
    """Return the page; whatever stands in an entry is text in it, never markup."""
    template = files("kouhao.output.exports").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    entries = [_entry(record) for record in records]
    folding = _folding("".join(entry["search"] for entry in entries))
    return environment.from_string(template).render(entries=entries, folding=Markup(folding)) + "\n"  # noqa: S704  see _folding


def _entry(record: EntryRecord) -> _PageEntry:
    told: list[dict[str, object]] = [
        {
            "heading": "" if reading["parts"] else meaning(reading),
            "parts": [part | {"heading": _part_heading(part, record)} for part in reading["parts"]],
            "scope": meaning(reading | {"full": ""}) if reading["parts"] else "",
        }
        for reading in record["readings"]
    ]
    return {
        **record,
        "told": told,
        "remarks": remarks(record),
        "search": _search_text(record),
        "cited": citation(record["source"]),
    }


def _part_heading(part: PartRecord, record: EntryRecord) -> str:
    """Return what stands above the items of a part: its name, unless the entry's heading is just that, and its lead."""
    alone = fold(part["name"]) == fold(record["term"])
    return "，".join(text for text in ("" if alone else part["name"], part["lead"]) if text)


def _search_text(record: EntryRecord) -> str:
    """Return what a search compares with, folded: the term and its other forms, pinyin, initials, what they stand for."""
    forms = (record["term"], *record.get("also", ()))
    spelt = []
    for form in forms:
        syllables = [syllable for syllable in map(syllable_of, readings(form)) if syllable.isalpha()]
        spelt += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    texts = [record["full"], record["topic"], *map(meaning, record["readings"])]
    texts += [reading["full"] for reading in record["elsewhere"]]
    return " ".join(dict.fromkeys(filter(None, (*_folded(forms), *spelt, *_folded(texts)))))


def _folded(texts: Iterable[str]) -> Iterator[str]:
    return (fold(simplify(text)) for text in texts)


def _folding(used: str) -> str:
    """Return the tables with which the page folds a query, as JSON: single marks, and traditional characters of those in use."""
    marks = {mark: fold(mark) for mark in map(chr, range(_LAST_IN_PLANE)) if mark.isalnum() and fold(mark) != mark}
    han = "".join(mark for mark in map(chr, range(_LAST_IN_PLANE)) if is_han(mark))
    simple = {mark: short for mark, short in zip(han, simplify(han), strict=True) if mark != short and short in used}
    return json.dumps(simple | {mark: text for mark, text in marks.items() if mark not in simple}, ensure_ascii=False)
