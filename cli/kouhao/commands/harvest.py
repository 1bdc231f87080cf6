"""`kouhao harvest`: draft entries from a new document, with their evidence, for a curator to review."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from kouhao.check.config import find_configuration
from kouhao.commands import terminal
from kouhao.commands.own_glossaries import own_glossaries
from kouhao.commands.progress import watched
from kouhao.commands.unread import Inputs
from kouhao.curation.candidates import Known, candidate_record, compare, draft_entry, draft_yaml, known_readings
from kouhao.documents.document import Document
from kouhao.documents.paths import Exclusion
from kouhao.documents.reading import read_document
from kouhao.errors import KouhaoError
from kouhao.files import Lock, read_text, write_file
from kouhao.glossary import append_entries, builtin_files, collect_files, load_files
from kouhao.harvest import Candidate, harvest
from kouhao.model import Glossary

Writer = Callable[[Document, list[Candidate], Known], None]

_KNOWN = {"same": "词库已有，展开相同", "another": "词库已有，展开不同，请并列核对", "new": "新词"}


def harvest_documents(
    *,
    files: list[str],
    format: str,  # noqa: A002  the option's name
    into: str,
    skip_unreadable: bool,
    paths: list[str],
    builtin: bool,
) -> int:
    """Write the candidates that the documents have, as drafts or as records."""
    known = known_readings(_glossary(paths, builtin))
    write: Writer = _write_jsonl if format == "jsonl" else _write_yaml
    if into:
        write = _appender(Path(into))
    found = 0
    settings = find_configuration(Path.cwd())
    inputs = Inputs(files, Exclusion(settings.exclude, settings.folder), lenient=skip_unreadable)
    documents = list(inputs)
    for document in watched(map(_read, documents), len(documents), "正在读文件"):
        if isinstance(document, KouhaoError):
            inputs.refuse(document)
            continue
        inputs.note(document)
        candidates = harvest(document.text)
        found += len(candidates)
        write(document, candidates, known)
    inputs.tell_rest()
    rest = inputs.summary("读")
    terminal.tell(f"找到 {found} 处" + (f"；{rest}。" if rest else "。"))
    if inputs.failed:
        return terminal.USAGE
    return terminal.OK if found else terminal.NOT_FOUND


def _read(path: str | KouhaoError) -> Document | KouhaoError:
    try:
        return path if isinstance(path, KouhaoError) else read_document(path)
    except KouhaoError as error:
        return error


def _glossary(paths: list[str], builtin: bool) -> Glossary:  # noqa: FBT001  the option as given
    files = builtin_files() if builtin else []
    return load_files([*files, *collect_files(Path(path) for path in (*own_glossaries(), *paths))])


def _write_jsonl(document: Document, candidates: list[Candidate], known: Known) -> None:
    for candidate in candidates:
        line = document.locate(candidate.start).line
        record = candidate_record(candidate, document.path, line, compare(candidate, known))
        terminal.write_json(json.dumps(record, ensure_ascii=False) + "\n")


def _write_yaml(document: Document, candidates: list[Candidate], known: Known) -> None:
    if candidates:
        terminal.write("---\n" + draft_yaml(document.path, candidates))
    for candidate in candidates:
        line = document.locate(candidate.start).line
        terminal.tell(
            f"{document.path}:{line}: “{candidate.term}” {candidate.score}分（{'；'.join(candidate.reasons)}）{_KNOWN[compare(candidate, known)]}"
        )


def _appender(target: Path) -> Writer:
    def append(document: Document, candidates: list[Candidate], known: Known) -> None:
        fresh = [candidate for candidate in candidates if compare(candidate, known) != "same"]
        with Lock(target):
            if target.exists():
                load_files([target])
                text = append_entries(read_text(target), map(draft_entry, fresh))
            else:
                text = draft_yaml(document.path, fresh)
            write_file(target, text.encode())
        terminal.tell(f"{target}：加了 {len(fresh)} 条草稿。")

    return append
