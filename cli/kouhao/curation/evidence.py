"""The texts of the sources that a glossary cites: what quotes and items are held against."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kouhao.documents.reading import read_document
from kouhao.errors import KouhaoError
from kouhao.language.normalize import fold
from kouhao.model import Glossary, Source

_PACKS = (".jsonl", ".jsonl.xz")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The texts of the sources by their ids; a source whose text is not at hand has none."""

    texts: dict[str, str]


def read_evidence(glossary: Glossary, roots: Iterable[Path]) -> Evidence:
    """Read the texts of a glossary's sources from the folders `roots`, the first that has one.

    A source is found by its `file` relative to a root (a document of any kind that kouhao reads), by the name in `text`, or, in the
    JSON Lines files of a root (plain or packed with xz; records of `title`, `text` and, where they have one, `url`), by its
    address and else by its title. What cannot be read is left out.
    """
    searched = list(roots)
    texts: dict[str, str] = {}
    for source in glossary.sources:
        path = next((path for root in searched for path in _paths(source, root) if path.is_file()), None)
        if path is not None:
            with suppress(KouhaoError):
                texts[source.id] = read_document(str(path)).text
    wanted = {key: source.id for source in glossary.sources if source.id not in texts for key in _keys(source)}
    if wanted:
        for title, url, text in _records(searched):
            name = wanted.get(url) or wanted.get(fold(title))
            if name:
                texts.setdefault(name, text)
    return Evidence(texts)


def _paths(source: Source, root: Path) -> Iterator[Path]:
    if source.file:
        yield root / source.file
    if source.text:
        yield root / source.text


def _keys(source: Source) -> list[str]:
    """Return what a record of the source is known by: its address, else its folded title."""
    return [] if source.file or source.text else [source.url or fold(source.title)]


def _records(roots: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    for root in roots:
        for path in sorted(root.iterdir()) if root.is_dir() else ():
            if path.name.endswith(_PACKS):
                yield from _pack(path)


def _pack(path: Path) -> Iterator[tuple[str, str, str]]:
    opening = lzma.open if path.suffix == ".xz" else open
    with opening(path, "rt", encoding="utf-8") as lines, suppress(lzma.LZMAError, OSError, UnicodeDecodeError):
        for line in lines:
            with suppress(ValueError):
                record = json.loads(line)
                if isinstance(record, dict) and isinstance(record.get("text"), str):
                    yield str(record.get("title", "")), str(record.get("url", "")), record["text"]
