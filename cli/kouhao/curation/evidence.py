"""The texts of the sources that a glossary cites: what quotes and items are held against."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kouhao.documents.reading import read_document
from kouhao.entry import Glossary, Source
from kouhao.errors import KouhaoError
from kouhao.files import LARGEST, open_file
from kouhao.glossary.load import entry_sources
from kouhao.language.normalize import fold
from kouhao.paths import real_path

_PACKS = (".jsonl", ".jsonl.xz")
_LONGEST = 2**24  # bytes of a record: a book


def read_evidence(glossary: Glossary, folders: Sequence[Path]) -> dict[Source, str]:
    """Return the texts of a glossary's sources; a source whose text is not at hand has none.

    A source is found by its `file` (a document of any kind that kouhao reads) or by the name in `text`, relative to one of the folders
    of evidence, of the two that its own glossary file lies in, or the present one, or by the last part of that name in a folder of
    evidence; or, in the JSON Lines files of the first alone (plain or packed with xz; records of `title`, `text` and, where they
    have one, `url`), by its address and else by its title. What cannot be read is left out.
    """
    homes = {source: Path(entry.position.path) for entry in glossary.entries for source in entry_sources(entry)}
    texts: dict[Source, str] = {}
    for source in glossary.sources:
        beside = Path(real_path(homes[source])).parents[:2] if source in homes else ()
        names = [name for name in (source.file, source.text) if name]
        tried = [root / name for root in (*folders, *beside, Path()) for name in names]
        tried += [folder / Path(name).name for folder in folders for name in names]
        path = next((path for path in tried if path.is_file()), None)
        if path is not None:
            with suppress(KouhaoError):
                texts[source] = read_document(str(path)).text
    wanted = {key: source for source in glossary.sources if source not in texts for key in _keys(source)}
    if wanted:
        for title, url, text in _records(folders):
            named = wanted.get(url) or wanted.get(fold(title))
            if named:
                texts.setdefault(named, text)
    return texts


def _keys(source: Source) -> list[str]:
    """Return what a record of the source is known by: its address, else its folded title."""
    return [] if source.file or source.text else [source.url or fold(source.title)]


def _records(folders: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.endswith(_PACKS):
                yield from _pack(path)


def _pack(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield title, address and text of each record; raise KouhaoError as `open_file` does. What is too long, or follows too much, is left out."""
    with open_file(path) as file, suppress(lzma.LZMAError, EOFError):
        lines = lzma.LZMAFile(file) if path.suffix == ".xz" else file  # noqa: SIM115  it has no file of its own
        left = LARGEST
        while left > 0 and (line := lines.readline(_LONGEST)):
            left -= len(line)
            with suppress(ValueError, RecursionError):
                record = json.loads(line)
                if isinstance(record, dict) and isinstance(record.get("text"), str):
                    yield str(record.get("title", "")), str(record.get("url", "")), record["text"]
