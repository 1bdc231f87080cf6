"""Entries as one HTML page that needs nothing else: search by hanzi, pinyin and initials, from a file, on a phone, in print."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from jinja2 import Environment

from kouhao.index.build import spell
from kouhao.index.characters import readings
from kouhao.output.entries import citation
from kouhao.records import Record


def html_page(records: Iterable[Record]) -> str:
    """Return the page; whatever stands in an entry is text in it, never markup."""
    template = files("kouhao.output.exports").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    entries = [record | {"search": _search_text(record), "cited": citation(record["source"])} for record in records]
    return environment.from_string(template).render(entries=entries) + "\n"


def _search_text(record: Record) -> str:
    """Return what a search compares with: the term, its pinyin and initials, the expansion."""
    syllables = [syllable for syllable in spell(readings(record["term"])) if syllable.isalpha()]
    initials = "".join(syllable[0] for syllable in syllables)
    return " ".join((record["term"], "".join(syllables), initials, record["full"], record["topic"])).lower()
