"""Entries that are drafts: a lookup and an export leave them out, and say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kouhao.commands.command_line.argv import opening, quoted
from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import own_glossaries
from kouhao.errors import KouhaoError
from kouhao.files import read_file
from kouhao.language.normalize import fold

if TYPE_CHECKING:
    from kouhao.entry import Entry


@cache
def _find_drafts(paths: tuple[str, ...]) -> dict[str, str]:
    """Return the folded terms of the drafts in glossaries, each with the path of its file."""
    found: dict[str, str] = {}
    for entry in drafts(paths):
        found = dict.fromkeys(map(fold, (entry.term, *entry.also)), entry.position.path) | found
    return found


def tell_of_draft(term: str, glossaries: Sequence[str]) -> bool:
    """Tell where a draft of a term is, if there is one, and return whether there is."""
    path = _find_drafts(tuple(glossaries)).get(fold(term))
    if path:
        terminal.tell(f"{path} 里有草稿“{term}”，审核后删去 draft: true 一行即可查到。")
    return bool(path)


def tell_missing(term: str, paths: Sequence[str], builtin: bool | Sequence[str]) -> None:  # noqa: FBT001  as commands have it
    """Tell where a draft of a term that was not found is, in one's own glossaries or those at `paths`, else how to search for it."""
    if not tell_of_draft(term, [*own_glossaries(), *paths]):
        terminal.tell(f"要模糊地找，请用 kouhao{opening(paths, builtin)} {quoted(term)}")


def drafts(paths: Sequence[str]) -> Iterator[Entry]:
    """Yield the drafts in glossaries; what cannot be read has none."""
    from kouhao.glossary.load import collect_files, parse_glossary  # noqa: PLC0415  most commands have no glossary to read

    for path in collect_files(map(Path, paths)):
        if path.suffix == ".jsonl":
            continue
        try:
            content = read_file(path)
            if b"draft" not in content:
                continue
            entries = parse_glossary(content.decode("utf-8-sig"), str(path)).entries
        except (KouhaoError, UnicodeDecodeError):
            continue
        yield from (entry for entry in entries if entry.draft)
