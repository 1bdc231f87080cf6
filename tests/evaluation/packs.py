"""Glossaries of three sizes to measure lookups with: the district's slogans, national ones, and thousands gathered crudely.

The largest is made from the evidence (`../shared`, or the folder in KOUHAO_SHARED): expansions that were read by people, terms that are
known to be slogans, and quoted stretches of broadcasts with a numeral or a list in them. It serves measuring and fitting only.
"""

from __future__ import annotations

import json
import lzma
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

from tests.evaluation.slogans import make_entry

from kouhao.entry import Entry, Part
from kouhao.glossary.load import builtin_files, load_files
from kouhao.language.normalize import fold

SHARED = Path(os.environ.get("KOUHAO_SHARED", Path(__file__).parents[3] / "shared"))
LARGE = 3000
_QUOTED = re.compile("“([^“”]{2,14})”")
_LISTED = re.compile("((?:[^，。；：“”、()（）]{2,10}、){1,5}[^，。；：“”、()（）]{2,10})(?:等|这|的)?“([^“”]{2,14})”")
_SLOGAN = re.compile("[一二两三四五六七八九十双多百][^，。：！？]|[、+＋]")
_MARKS = re.compile("[，。：！？;；]")


def district() -> list[Entry]:
    """Return the entries of the district's page."""
    return [entry for entry in load_files(builtin_files()).entries if entry.source.id.startswith("putuo")]


@cache
def national() -> list[Entry]:
    """Return the entries of the national glossary."""
    files = sorted((Path(__file__).parents[2] / "glossary" / "national").glob("*.yaml"))
    return _unique(list(load_files(files).entries), district())


@cache
def large() -> list[Entry]:
    """Return slogans that make 3,000 with the district's and the national ones, which are not among them."""
    counts: Counter[str] = Counter()
    items: dict[str, tuple[str, ...]] = {}
    for text in broadcasts():
        counts.update(set(_QUOTED.findall(text)))
        items |= {term: tuple(re.split("[、和]", listed)) for listed, term in _LISTED.findall(text)}
    terms = [term for term in counts if _SLOGAN.search(term) and not _MARKS.search(term)]
    made = [make_entry(term, [Part(term, items[term])] if term in items else []) for term in terms]
    others = [*district(), *national()]
    made = [*_read_by_people(), *made, *(make_entry(term, []) for term in _known_terms())]
    return sorted(_unique(made, others), key=_order)[: LARGE - len(others)]


def packs() -> dict[str, tuple[Entry, ...]]:
    """Return the packs by their size."""
    small = tuple(district())
    middle = (*small, *national())
    return {str(len(entries)): entries for entries in (small, middle, (*middle, *large()))}


def held_back(text: str) -> bool:
    """Tell whether a term or a text is kept from all fitting: half of them are, chosen by their checksum."""
    return crc32(fold(text).encode()) % 2 == 1


def broadcasts() -> Iterator[str]:
    """Yield the texts of the broadcasts."""
    with lzma.open(SHARED / "evidence" / "broadcasts.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def corpus() -> Iterator[str]:
    """Yield the texts of the corpus."""
    for path in sorted((SHARED / "eval" / "corpus").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def quoted(texts: Iterable[str]) -> set[str]:
    """Return what stands in quotes in `texts`, up to 14 characters."""
    return {one for text in texts for one in _QUOTED.findall(text)}


def frequent(texts: Iterable[str], most: int) -> list[str]:
    """Return the most frequent stretches of 2 to 4 Han characters."""
    counts: Counter[str] = Counter()
    for text in texts:
        runs = re.findall("[一-鿿]+", text)
        counts.update(run[at : at + size] for run in runs for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return [gram for gram, _ in counts.most_common(most)]


def _read_by_people() -> Iterator[Entry]:
    for name in ("harvest-gold", "harvest-more"):
        for line in (SHARED / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["items"]:
                yield make_entry(record["term"], [Part(record["term"], tuple(record["items"]))])


def _known_terms() -> Iterator[str]:
    for row in (SHARED / "evidence" / "terms.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        term, documents, *_ = row.split("\t")
        if int(documents):
            yield term


def _unique(entries: list[Entry], others: list[Entry]) -> list[Entry]:
    taken = {fold(entry.term) for entry in others}
    kept: dict[str, Entry] = {}
    for entry in entries:
        if len(fold(entry.term)) > 1 and fold(entry.term) not in taken:
            kept.setdefault(fold(entry.term), entry)
    return list(kept.values())


def _order(entry: Entry) -> int:
    return crc32(entry.term.encode())
