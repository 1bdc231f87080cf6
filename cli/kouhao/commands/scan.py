"""`kouhao scan`: every occurrence of a slogan, for people, tables and other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated

import typer

from kouhao import __version__
from kouhao.commands import terminal
from kouhao.commands.opening import open_glossaries, warn_of_unknown
from kouhao.commands.options import GlossaryOption, NoBuiltinOption
from kouhao.documents import PACKAGES, LineStream, collect_documents, open_stream, read_document
from kouhao.errors import KouhaoError
from kouhao.formats import cell
from kouhao.matching import Matcher
from kouhao.records import SCHEMA, Record
from kouhao.scan import Sighting, scan
from kouhao.vocabulary import Vocabulary

_HEADER = "path\tline\tcolumn\tterm\tid\tform\n"
_BATCH = 4096


class ScanFormat(StrEnum):
    """How occurrences are printed."""

    TEXT = "text"
    TSV = "tsv"
    JSONL = "jsonl"


def scan_texts(
    files: Annotated[
        list[str] | None, typer.Argument(help="文档或文件夹；- 或不写是标准输入。", show_default=False)
    ] = None,
    format: Annotated[ScanFormat, typer.Option("--format", help="text、tsv，或 jsonl（一行一处）。")] = ScanFormat.TEXT,  # noqa: A002
    jsonl_in: Annotated[
        bool, typer.Option("--jsonl-in", help='输入是一行一个 {"id","text"}，每行答一行，次序不变。')
    ] = False,
    term: Annotated[list[str] | None, typer.Option("--term", help="只找这个词（可重复）。", show_default=False)] = None,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
) -> int:
    """列出文中的每一处口号：文件、行、列、词、编号、文中的写法。

    \b
    kouhao scan 讲话稿.txt
    kouhao scan --format tsv 文件夹/ > 口号.tsv
    cat 记录.jsonl | kouhao scan --jsonl-in
    """
    with open_glossaries(glossary or [], builtin=not no_builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, term or ())
        matcher = vocabulary.term_matcher()
        warn_of_unknown(vocabulary.unknown)
        if jsonl_in:
            return _answer_records(files or ["-"], vocabulary, matcher)
        if format is ScanFormat.TSV:
            terminal.write(_HEADER)
        return _list_files(files or ["-"], vocabulary, matcher, _WRITERS[format])


Writer = Callable[[str, Sighting, Vocabulary], str]


def _list_files(files: list[str], vocabulary: Vocabulary, matcher: Matcher, write: Writer) -> int:
    found = failed = 0
    for path in collect_documents(files):
        try:
            if isinstance(path, KouhaoError):
                raise path
            batch: list[str] = []
            for sighting in scan(_contents(path), matcher):
                batch.append(write(path, sighting, vocabulary))
                found += 1
                if len(batch) == _BATCH:
                    sys.stdout.write("".join(batch))
                    batch.clear()
            sys.stdout.write("".join(batch))
        except KouhaoError as error:
            terminal.tell_error(error)
            failed += 1
    if failed:
        return terminal.USAGE
    return terminal.OK if found else terminal.NOT_FOUND


def _contents(path: str) -> Iterator[bytes]:
    if path.lower().endswith(PACKAGES):
        yield read_document(path).text.encode("utf-8", "surrogatepass")
        return
    with open_stream(path) as file:
        yield from LineStream(file, path).contents()


def _text_row(path: str, sighting: Sighting, vocabulary: Vocabulary) -> str:
    found = sighting.occurrence
    meaning = vocabulary.meaning(found.meanings[0])
    form = "" if found.text == meaning.term else f"（文中写作“{found.text}”）"
    row = f"{cell(path)}:{sighting.line}:{sighting.column}: {meaning.term}{form}  [{meaning.id}]"
    return terminal.safe(row) + "\n"


def _tsv_row(path: str, sighting: Sighting, vocabulary: Vocabulary) -> str:
    found = sighting.occurrence
    meaning = vocabulary.meaning(found.meanings[0])
    cells = cell(path), str(sighting.line), str(sighting.column), meaning.term, meaning.id, found.text
    return "\t".join(map(terminal.safe, cells)) + "\n"


def _json_row(path: str, sighting: Sighting, vocabulary: Vocabulary) -> str:
    record = {"schema": SCHEMA, "path": path, **_record(sighting, vocabulary)}
    return json.dumps(record, ensure_ascii=False) + "\n"


_WRITERS: dict[ScanFormat, Writer] = {
    ScanFormat.TEXT: _text_row,
    ScanFormat.TSV: _tsv_row,
    ScanFormat.JSONL: _json_row,
}


def _record(sighting: Sighting, vocabulary: Vocabulary) -> Record:
    meanings = vocabulary.meanings(sighting.occurrence)
    return {
        "line": sighting.line,
        "column": sighting.column,
        "term": meanings[0].term,
        "id": meanings[0].id,
        "ids": [meaning.id for meaning in meanings],
        "form": sighting.occurrence.text,
    }


def _answer_records(files: list[str], vocabulary: Vocabulary, matcher: Matcher) -> int:
    version = {"version": __version__, "hash": vocabulary.digest}
    failed = False
    for path in files:
        with open_stream(path) as file:
            for number, line in enumerate(file, 1):
                answer = _answer(line, path, number, vocabulary, matcher)
                failed = failed or "error" in answer
                terminal.write_json(json.dumps(answer | {"glossary": version}, ensure_ascii=False) + "\n")
    return terminal.USAGE if failed else terminal.OK


def _answer(line: bytes, path: str, number: int, vocabulary: Vocabulary, matcher: Matcher) -> Record:
    """Return the answer to one record; a bad one is answered with its error, and the others go on."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return _refuse("不是 JSON", path, number)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return _refuse('应当是 {"id": …, "text": "…"}', path, number)
    text = record["text"]
    places = ({"start": found.start, "end": found.end} for found in matcher.find(text))
    sightings = scan([text.encode("utf-8", "surrogatepass")], matcher)
    matches = [_record(sighting, vocabulary) | place for sighting, place in zip(sightings, places, strict=True)]
    return {"schema": SCHEMA, "id": record.get("id"), "matches": matches}


def _refuse(message: str, path: str, number: int) -> Record:
    terminal.tell_error(KouhaoError("E_JSON", message, path=path, line=number, hint="其余各行已照常处理。"))
    return {"schema": SCHEMA, "id": None, "line": number, "error": {"code": "E_JSON", "message": message}}
