"""Every occurrence of a slogan, for people, tables and other programs; the work of `kouhao scan`, for both doors.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os
import sys

from kouhao import __version__
from kouhao.commands import terminal
from kouhao.commands.session import open_glossaries, warn_of_unknown
from kouhao.commands.unread import Inputs
from kouhao.documents import kinds
from kouhao.documents.paths import Exclusion
from kouhao.documents.streams import LineStream
from kouhao.errors import KouhaoError
from kouhao.files import open_file
from kouhao.index.patterns import Vocabulary
from kouhao.output.entries import cell
from kouhao.scan import Sighting, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouhao.index.matcher import Matcher, Occurrence, Spelling
    from kouhao.records import Record


_HEADER = "path\tline\tcolumn\tterm\tid\tform\n"
_BATCH = 4096


class ScanRequest:
    """What a scan is asked to do; see `kouhao scan --help`."""

    __slots__ = ("builtin", "files", "format", "jsonl_in", "paths", "skip_unreadable", "terms")

    def __init__(self) -> None:
        self.files: list[str] = []
        self.format = "text"
        self.jsonl_in = False
        self.skip_unreadable = False
        self.terms: list[str] = []
        self.paths: list[str] = []
        self.builtin = True


def run_request(request: ScanRequest) -> int:
    """Scan what is asked for and return the exit code: 0 with occurrences, 1 without any, 2 where something was not read."""
    files = request.files or ["-"]
    with open_glossaries(request.paths, builtin=request.builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, request.terms)
        warn_of_unknown(vocabulary.unknown)
        matcher = vocabulary.term_matcher()
        if request.jsonl_in:
            return _answer_records(files, vocabulary, matcher)
        if request.format == "tsv":
            terminal.write(_HEADER)
        inputs = Inputs(files, _exclusion(files), lenient=request.skip_unreadable)
        return _list_files(inputs, matcher, _ROWS[request.format](vocabulary))


def _exclusion(files: list[str]) -> Exclusion | None:
    """Return what the settings exclude, where folders are searched."""
    if not any(map(os.path.isdir, files)):
        return None
    from pathlib import Path  # noqa: PLC0415  for folders only

    from kouhao.check.config import find_configuration  # noqa: PLC0415  likewise

    settings = find_configuration(Path.cwd())
    return Exclusion(settings.exclude, settings.folder)


def _list_files(inputs: Inputs, matcher: Matcher, rows: _Rows) -> int:
    found = 0
    for path in inputs:
        try:
            if isinstance(path, KouhaoError):
                raise path
            batch: list[str] = []
            for row in rows.of(path, _sightings(path, matcher, inputs)):
                batch.append(row)
                found += 1
                if len(batch) == _BATCH:
                    sys.stdout.write("".join(batch))
                    batch.clear()
            sys.stdout.write("".join(batch))
        except KouhaoError as error:
            inputs.refuse(error)
    inputs.tell_rest()
    if inputs.failed:
        return terminal.USAGE
    return terminal.OK if found else terminal.NOT_FOUND


def _sightings(path: str, matcher: Matcher, inputs: Inputs) -> Iterator[Sighting]:
    """Yield the occurrences in one document; of a format whose text is inside something else, with the places of a check."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122  pathlib would cost a tenth of the start
    with open_file(path) as file:
        if kinds.is_plain(file, suffix):
            yield from scan(LineStream(file, path), matcher)
            return
        content = file.read()
    from kouhao.documents.reading import read_bytes  # noqa: PLC0415  most documents are plain text

    document = read_bytes(content, path, suffix)
    inputs.note(document)
    for found in matcher.find(document.text):
        yield Sighting(found, *document.locate(found.start))


class _Rows:
    """How occurrences are written, each as a row: what stands there is worked out once, and its places are filled in."""

    between = ":"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._tails: dict[tuple[Spelling, ...], str] = {}

    def of(self, path: str, sightings: Iterable[Sighting]) -> Iterator[str]:
        """Yield the rows of a document."""
        head, between = self.head(path), self.between
        for sighting in sightings:
            meanings = sighting.occurrence.meanings
            if meanings not in self._tails:
                self._tails[meanings] = self.tail(sighting.occurrence)
            yield f"{head}{sighting.line}{between}{sighting.column}{self._tails[meanings]}"

    def head(self, path: str) -> str:
        """Return what stands in front of the line's number."""
        return terminal.safe(f"{cell(path)}:")

    def tail(self, found: Occurrence) -> str:
        """Return what stands behind the column."""
        meaning = self.vocabulary.meaning(found.meanings[0])
        form = "" if found.text == meaning.term else f"（文中写作“{found.text}”）"
        return terminal.safe(f": {meaning.term}{form}  [{meaning.id}]\n")


class _TsvRows(_Rows):
    between = "\t"

    def head(self, path: str) -> str:
        return terminal.safe(f"{cell(path)}\t")

    def tail(self, found: Occurrence) -> str:
        meaning = self.vocabulary.meaning(found.meanings[0])
        return terminal.safe(f"\t{meaning.term}\t{meaning.id}\t{found.text}\n")


class _JsonRows(_Rows):
    between = ', "column": '

    def head(self, path: str) -> str:
        return _json({"schema": 1, "path": path})[:-1] + ', "line": '

    def tail(self, found: Occurrence) -> str:
        return f", {_json(_record(found, self.vocabulary))[1:]}\n"


_ROWS = {"text": _Rows, "tsv": _TsvRows, "jsonl": _JsonRows}


def _json(record: Record) -> str:
    import json  # noqa: PLC0415  other formats need none

    return json.dumps(record, ensure_ascii=False)


def _record(found: Occurrence, vocabulary: Vocabulary) -> Record:
    meanings = vocabulary.meanings(found)
    return {
        "term": meanings[0].term,
        "id": meanings[0].id,
        "ids": [meaning.id for meaning in meanings],
        "form": found.text,
    }


def _answer_records(files: list[str], vocabulary: Vocabulary, matcher: Matcher) -> int:
    version = {"version": __version__, "hash": vocabulary.digest}
    failed = False
    for path in files:
        with open_file(path) as file:
            for number, line in enumerate(file, 1):
                answer = _answer(line, path, number, vocabulary, matcher)
                failed = failed or "error" in answer
                terminal.write_json(f"{_json(answer | {'glossary': version})}\n")
    return terminal.USAGE if failed else terminal.OK


def _answer(line: bytes, path: str, number: int, vocabulary: Vocabulary, matcher: Matcher) -> Record:
    """Return the answer to one record; a bad one is answered with its error, and the others go on."""
    import json  # noqa: PLC0415  other inputs are no JSON

    from kouhao.documents.document import Document  # noqa: PLC0415  and need no document

    try:
        record = json.loads(line)
        identity = record.get("id") if isinstance(record, dict) else None
        json.dumps(identity, allow_nan=False)
    except (ValueError, RecursionError):
        return _refuse(None, "不是 JSON", path, number)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return _refuse(identity, '应当是 {"id": …, "text": "…"}', path, number)
    text = record["text"]
    document = Document(path, text, "utf-8")
    matches = [
        document.locate(found.start)._asdict() | _record(found, vocabulary) | {"start": found.start, "end": found.end}
        for found in matcher.find(text)
    ]
    return {"schema": 1, "id": identity, "matches": matches}


def _refuse(identity: object, message: str, path: str, number: int) -> Record:
    terminal.tell_error(KouhaoError("E_JSON", message, path=path, line=number, hint="其余各行已照常处理。"))
    return {"schema": 1, "id": identity, "line": number, "error": {"code": "E_JSON", "message": message}}
