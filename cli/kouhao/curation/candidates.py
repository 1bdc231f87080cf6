"""Candidates as a curator meets them: compared with the glossary, gathered over documents, as records and as draft entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kouhao.curation.new_entries import NewEntry, SourceData, deal_items, entry_data, free_id
from kouhao.glossary.characters import legible
from kouhao.glossary.write import append_entries, append_sources, dump_yaml, file_sources
from kouhao.harvest import Candidate
from kouhao.harvest.known import Known
from kouhao.language.normalize import fold
from kouhao.paths import real_path
from kouhao.records import SCHEMA, CandidateRecord, part_record

_STANDARD_INPUT = "标准输入"
_SKELETON = ("", "sources:", "sources: []", "entries:", "entries: []")
_MOST_PLACES = 8  # documents that a note names


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate in its document; `line` counts from 1."""

    candidate: Candidate
    path: str
    line: int

    @property
    def place(self) -> str:
        """The place as people write it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A slogan with all places that expand it: the readings by their frequency, the places of each by their score."""

    term: str
    readings: tuple[tuple[Found, ...], ...]

    @property
    def best(self) -> Found:
        """The surest place of the most frequent reading."""
        return self.readings[0][0]

    @property
    def places(self) -> int:
        """The number of places."""
        return sum(map(len, self.readings))


def compare(candidate: Candidate, known: Known) -> str:
    """Return whether the glossary has the candidate: `same`, `another` reading of a known term, or `new`."""
    readings = known.get(fold(candidate.term))
    if readings is None:
        return "new"
    return "same" if _folded(candidate) in readings else "another"


def gather(found: Iterable[Found]) -> list[Gathered]:
    """Return the slogans that were found, those of most places first, then in the order of the documents."""
    slogans: dict[str, dict[tuple[str, ...], list[Found]]] = {}
    for one in found:
        slogans.setdefault(fold(one.candidate.term), {}).setdefault(_folded(one.candidate), []).append(one)
    gathered: list[Gathered] = []
    for readings in slogans.values():
        ordered = [tuple(sorted(places, key=lambda one: -one.candidate.score)) for places in readings.values()]
        ordered.sort(key=lambda places: (-len(places), -places[0].candidate.score))
        gathered.append(Gathered(ordered[0][0].candidate.term, tuple(ordered)))
    return sorted(gathered, key=lambda slogan: -slogan.places)


def candidate_record(found: Found, known: str) -> CandidateRecord:
    """Return a candidate with its place."""
    candidate = found.candidate
    return {
        "schema": SCHEMA,
        "path": found.path,
        "line": found.line,
        "start": candidate.start,
        "end": candidate.end,
        "term": candidate.term,
        "parts": [part_record(part) for part in deal_items(candidate.term, candidate.items, candidate.groups)],
        "items": list(candidate.items),
        "quote": candidate.quote,
        "basis": candidate.basis.value,
        "score": candidate.score,
        "doubtful": candidate.doubtful,
        "known": known,
    }


def draft_yaml(gathered: Sequence[Gathered]) -> str:
    """Return a new glossary file of drafts; the curator fills in what is known of the sources."""
    sources: list[dict[str, str]] = []
    entries = _cited(gathered, sources, Path())
    return dump_yaml({"sources": sources, "entries": entries})


def comments_of_empty(text: str) -> str | None:
    """Return the comments of a glossary file that has neither sources nor entries yet, or None for one that has."""
    lines = text.splitlines()
    if any(line.split("#")[0].rstrip() not in _SKELETON for line in lines):
        return None
    return "".join(f"{line}\n" for line in lines if line.startswith("#"))


def add_drafts(text: str, slogans: Sequence[Gathered], target: Path) -> tuple[str, list[str]]:
    """Return the glossary file `text`, which is `target`'s, with drafts at its end, and the sources that are new in it."""
    sources = file_sources(text, str(target))
    own = len(sources)
    entries = _cited(slogans, sources, target.parent)
    new = sources[own:]
    return append_entries(append_sources(text, new), entries), [one["id"] for one in new]


def _cited(slogans: Sequence[Gathered], sources: list[dict[str, str]], folder: Path) -> list[dict[str, Any]]:
    """Return draft entries, each with the document where it was found as its source; those that are new join `sources`.

    A glossary in `folder` has a document by its file or, where the source names none, by its id or title.
    """
    names: dict[str, str] = {}
    for path in dict.fromkeys(slogan.best.path for slogan in slogans):
        name = next((one["id"] for one in sources if _is_source(one, path, folder)), "")
        if not name:
            name = free_id(Path(path).stem if path != "-" else _STANDARD_INPUT, sources)
            file = "" if path == "-" else path
            sources.append({"id": name, "title": name, "publisher": "", "published": "", "file": file})
        names[path] = name
    return [draft_entry(slogan, names[slogan.best.path]) for slogan in slogans]


def _is_source(source: SourceData, path: str, folder: Path) -> bool:
    """Return whether a source is the document of a path; `folder` is the glossary's. No two standard inputs are one document."""
    if path == "-":
        return False
    if file := source.get("file"):
        return real_path(path) in (real_path(file), real_path(folder / file))
    return Path(path).stem in (source["id"], source["title"])


def draft_entry(slogan: Gathered, source: str = "") -> dict[str, Any]:
    """Return a slogan as a glossary file's entry, to be reviewed: its best place is quoted, the others stand in the note."""
    candidate = slogan.best.candidate
    term, items = legible(candidate.term), [legible(item) for item in candidate.items]
    quote = legible(candidate.quote.replace("\n", " "))
    parts = deal_items(term, items, candidate.groups)
    return entry_data(NewEntry(term, quote, parts, note=legible(_note(slogan)), source=source)) | {"draft": True}


def _note(slogan: Gathered) -> str:
    notes = ["程序没有把握，请先核对"] if slogan.best.candidate.doubtful else []
    others = [one.place for one in slogan.readings[0][1:]]
    if others:
        rest = f"等 {len(others)} 处" if len(others) > _MOST_PLACES else ""
        notes.append("另见 " + "、".join(others[:_MOST_PLACES]) + rest)
    notes += [f"另一种展开：{'、'.join(other[0].candidate.items)}（{other[0].place}）" for other in slogan.readings[1:]]
    return "；".join(notes)


def _folded(candidate: Candidate) -> tuple[str, ...]:
    return tuple(fold(item) for item in candidate.items)
