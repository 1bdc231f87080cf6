"""Entries that are drafts: a lookup leaves them out, and says so to whoever asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kouhao.errors import KouhaoError
from kouhao.files import read_file
from kouhao.glossary import collect_files, parse_glossary
from kouhao.language.normalize import fold


def find_draft(query: str, paths: Sequence[str]) -> str:
    """Return the path of the glossary that has a draft of that term; empty where none has."""
    wanted = fold(query)
    for path in collect_files(map(Path, paths)):
        try:
            content = read_file(path)
            if path.suffix == ".jsonl" or b"draft" not in content:
                continue
            entries = parse_glossary(content.decode("utf-8-sig"), str(path)).entries
        except (KouhaoError, UnicodeDecodeError):
            continue
        if any(entry.draft and wanted in {fold(form) for form in (entry.term, *entry.also)} for entry in entries):
            return str(path)
    return ""
