"""`kouhao harvest`: draft entries from a new document, with their evidence, for a curator to review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kouhao.check.config import find_configuration
from kouhao.commands.console import terminal
from kouhao.commands.console.progress import watched
from kouhao.commands.inputs.documents import Inputs
from kouhao.commands.inputs.glossaries import open_glossaries
from kouhao.curation.candidates import (
    Found,
    Gathered,
    add_drafts,
    candidate_record,
    comments_of_empty,
    compare,
    draft_yaml,
    gather,
)
from kouhao.documents.document import Document
from kouhao.documents.paths import Exclusion
from kouhao.documents.reading import read_document
from kouhao.errors import KouhaoError
from kouhao.files import Lock, encode_like, read_file, read_text, working_folder, write_file
from kouhao.glossary.load import load_files
from kouhao.glossary.write import file_sources
from kouhao.harvest import harvest
from kouhao.harvest.known import Known, known_readings

_KNOWN = {"same": "词库已有，展开相同", "another": "词库已有，展开不同，请并列核对", "new": "新词"}


def harvest_documents(
    *,
    files: list[str],
    format: str,  # noqa: A002  the option's name
    into: str,
    doubtful: bool,
    new: bool,
    skip_unreadable: bool,
    paths: list[str],
    builtin: bool | Sequence[str],
) -> int:
    """Write the candidates that the documents have, as drafts or as records."""
    if into and Path(into).suffix not in (".yaml", ".yml"):
        hint = "例如 kouhao harvest 工作总结.docx --into 我的词库.yaml。"
        raise KouhaoError("E_FORMAT", "草稿只能加到 .yaml 词库里", path=into, hint=hint)
    with open_glossaries(paths, builtin=builtin) as glossaries:
        known = known_readings(glossaries.records())
    settings = find_configuration(working_folder())
    inputs = Inputs(files, Exclusion(settings.exclude, settings.folder), lenient=skip_unreadable)
    found: list[Found] = []
    hidden = 0
    for one in _found(inputs, known):
        if one.candidate.doubtful and not doubtful:
            hidden += 1
        elif not new or compare(one.candidate, known) == "new":
            found.append(one)
    if format == "jsonl":
        for one in found:
            terminal.write_record(candidate_record(one, compare(one.candidate, known)))
    elif found:
        _write_drafts(gather(found), known, into, files)
    inputs.tell_rest()
    _tell_summary(len(found), hidden, inputs.summary("读"))
    if inputs.failed:
        return terminal.USAGE
    return terminal.OK if found else terminal.NOT_FOUND


def _found(inputs: Inputs, known: Known) -> Iterator[Found]:
    documents = list(inputs)
    for document in watched(map(_read, documents), len(documents), "正在读文件"):
        if isinstance(document, KouhaoError):
            inputs.refuse(document)
            continue
        inputs.note(document)
        for candidate in harvest(document.text, known):
            yield Found(candidate, document.path, document.locate(candidate.start).line)


def _tell_summary(found: int, hidden: int, rest: str) -> None:
    if not (found or hidden or rest):
        terminal.tell("没有找到写出了各项的口号，如“五好”（班子建设好、…）；用 --new 时，词库已有的也不列。")
        return
    told = [f"找到 {found} 处", f"另有 {hidden} 处没有把握，加 --all 可看" if hidden else "", rest]
    terminal.tell("；".join(one for one in told if one) + "。")


def _read(path: str | KouhaoError) -> Document | KouhaoError:
    try:
        return path if isinstance(path, KouhaoError) else read_document(path)
    except KouhaoError as error:
        return error


def _write_drafts(gathered: list[Gathered], known: Known, into: str, files: list[str]) -> None:
    if into:
        _append(Path(into), gathered, known, files)
        return
    terminal.write(draft_yaml(gathered))
    for slogan in gathered:
        best = slogan.best
        doubtful = "，没有把握" if best.candidate.doubtful else ""
        places = f"，共 {slogan.places} 处" if slogan.places > 1 else ""
        told = _KNOWN[compare(best.candidate, known)]
        terminal.tell(f"{best.place}: “{slogan.term}” {best.candidate.score} 分{doubtful}{places}；{told}")


def _append(target: Path, gathered: list[Gathered], known: Known, files: list[str]) -> None:
    fresh = [slogan for slogan in gathered if compare(slogan.best.candidate, known) != "same"]
    present: list[str] = []
    sources: list[str] = []
    with Lock(target):
        before = read_file(target) if target.exists() else b""
        comments = comments_of_empty(read_text(target)) if before else ""
        if comments is None:
            terms = {entry.term for entry in load_files([target]).entries}
            present = [slogan.term for slogan in fresh if slogan.term in terms]
            fresh = [slogan for slogan in fresh if slogan.term not in terms]
            text, sources = add_drafts(read_text(target), fresh, target)
        else:
            text = comments + draft_yaml(fresh)
            sources = [one["id"] for one in file_sources(text, str(target))] if fresh else []
        if fresh:
            write_file(target, encode_like(text, before), was=before, made_of=files)
    terminal.tell(f"{target}：加了 {len(fresh)} 条草稿。")
    if sources:
        terminal.tell(f"{target}：新写了来源“{'”、“'.join(sources)}”，请补上题名、发布机构和日期。")
    if present:
        terminal.tell(f"{target}：已有这些词，没有再加：{'、'.join(present)}")
