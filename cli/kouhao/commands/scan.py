"""Every occurrence of a slogan, for people, tables and other programs; the work of `kouhao scan`, for both doors.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands.console import terminal
from kouhao.commands.inputs.documents import Inputs
from kouhao.commands.inputs.glossaries import open_glossaries, own_glossaries, warn_of_unknown
from kouhao.documents.paths import Exclusion
from kouhao.errors import KouhaoError
from kouhao.files import working_folder
from kouhao.index.patterns import Vocabulary
from kouhao.output.entries import INNER_QUOTES, cell
from kouhao.scan import Sighting, scan_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kouhao.documents.document import Document
    from kouhao.index.matcher import Occurrence, Spelling

    Listed = tuple[str, int, list[KouhaoError | Document]]
    """Rows, how many they are, and the documents and errors of which a person is told."""


_HEADER = "path\tline\tcolumn\tterm\tid\tform\n"
_BATCH = 4096  # rows that are written at once


class ScanRequest:
    """What a scan is asked to do; see `kouhao scan --help`."""

    files: list[str]
    format: str
    jsonl_in: bool
    skip_unreadable: bool
    only_matching: bool
    jobs: int
    exit_zero: bool
    term: list[str]
    paths: list[str]
    builtin: bool | Sequence[str]

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  those above
        vars(self).update(options)
        self.files = self.files or ["-"]


def scan_texts(**options: Any) -> int:  # noqa: ANN401  those of `ScanRequest`
    """List the occurrences of slogans in the files: 0 with some, 1 without any, 2 where something was not read."""
    request = ScanRequest(**options)
    with open_glossaries(request.paths, builtin=request.builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, request.term)
        warn_of_unknown(vocabulary.unknown)
        if request.jsonl_in:
            return _answer_records(request.files, request, vocabulary)
        if request.format == "tsv":
            terminal.write(_HEADER)
        return _list_files(
            Inputs(request.files, _exclusion(request.files), lenient=request.skip_unreadable), request, vocabulary
        )


def _exclusion(files: list[str]) -> Exclusion | None:
    """Return what the settings exclude, where folders are searched."""
    if not any(map(os.path.isdir, files)):
        return None

    from kouhao.check.config import find_configuration  # noqa: PLC0415  likewise

    settings = find_configuration(working_folder())
    return Exclusion(settings.exclude, settings.folder)


def _list_files(inputs: Inputs, request: ScanRequest, vocabulary: Vocabulary) -> int:
    found = 0
    array = terminal.JsonArray('{"schema": 2, "matches": [') if request.format == "json" else None
    write = (lambda rows: array.put(rows[:-1].split("\n") if rows else [])) if array else _writer(request.format)
    shared = request.jobs > 1 and "-" not in request.files  # other processes have no standard input
    for text, rows, told in _share(inputs, request) if shared else _list(inputs, request.format, vocabulary):
        write(text)
        found += rows
        for one in told:
            if isinstance(one, KouhaoError):
                inputs.refuse(one)
            else:
                inputs.note(one)
    if array:
        errors = f', "errors": [{", ".join(map(terminal.json_error, inputs.errors))}]' if inputs.errors else ""
        array.finish(f"]{errors}}}")
    inputs.tell_rest()
    if inputs.failed:
        return terminal.USAGE
    return terminal.OK if found or request.exit_zero else terminal.NOT_FOUND


def _writer(form: str) -> Callable[[str], object]:
    """Return what writes rows, which are safe already."""
    if form == "jsonl":
        return terminal.write_json
    return terminal.show_lines if form == "text" and sys.stdout.isatty() else sys.stdout.write


def _list(paths: Iterable[str | KouhaoError], form: str, vocabulary: Vocabulary) -> Iterator[Listed]:
    """Yield rows in batches and how many they are, and what else is to be told: what was read in part, why another was not."""
    matcher = vocabulary.term_matcher()
    rows = _ROWS[form](vocabulary)
    for path in paths:
        batch: list[str] = []
        told: list[KouhaoError | Document] = []
        try:
            if isinstance(path, KouhaoError):
                raise path
            for row in rows.of(path, scan_file(path, matcher, told.append)):
                batch.append(row)
                if len(batch) == _BATCH:
                    yield "".join(batch), _BATCH, []
                    batch.clear()
        except KouhaoError as error:
            told.append(error)
        yield "".join(batch), len(batch), told


def _share(paths: Iterable[str | KouhaoError], request: ScanRequest) -> Iterator[Listed]:
    """Yield the same, each document listed by one of several processes."""
    from functools import partial  # noqa: PLC0415  most scans are done by one process

    from kouhao.commands.inputs.workers import share  # noqa: PLC0415

    for listed in share(partial(_list_one, request), paths, request.jobs):
        yield from listed


def _list_one(request: ScanRequest, path: str | KouhaoError) -> list[Listed]:
    process = os.getpid()
    if process not in _prepared:
        opened = open_glossaries(request.paths, builtin=request.builtin)
        _prepared[process] = Vocabulary(opened.indexes, request.term)
    return list(_list([path], request.format, _prepared[process]))


_prepared: dict[int, Vocabulary] = {}
"""What this process lists with, under its number: a file that another one opened is not for its forks."""


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
            yield f"{head}{sighting.line}{between}{sighting.column}{self.place(sighting)}{self._tails[meanings]}"

    def place(self, _: Sighting) -> str:
        """Return what tells more of the place than line and column."""
        return ""

    def head(self, path: str) -> str:
        """Return what stands in front of the line's number."""
        return terminal.safe(f"{cell(path)}:")

    def tail(self, found: Occurrence) -> str:
        """Return what stands behind the column."""
        meaning = self.vocabulary.meaning(found.meanings[0])
        form = "" if found.text == meaning.term else f"（文中写作“{found.text.translate(INNER_QUOTES)}”）"
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
        return _json({"schema": 2, "path": path})[:-1] + ', "line": '

    def place(self, sighting: Sighting) -> str:
        return f', "start": {sighting.start}, "end": {sighting.end}'

    def tail(self, found: Occurrence) -> str:
        return f", {_json(self.vocabulary.term_record(found))[1:]}\n"


_ROWS = {"text": _Rows, "tsv": _TsvRows, "json": _JsonRows, "jsonl": _JsonRows}


def _json(record: Mapping[str, object]) -> str:
    import json  # noqa: PLC0415  other formats need none

    return json.dumps(record, ensure_ascii=False)


def _answer_records(files: list[str], request: ScanRequest, vocabulary: Vocabulary) -> int:
    """Answer the records of files; a bad one costs the exit code 2 unless that is not wanted: its answer tells it."""
    from functools import partial  # noqa: PLC0415  other inputs are no JSON

    from kouhao import batch  # noqa: PLC0415
    from kouhao.commands.inputs.json_lines import RecordTask, answer_records, version_tail  # noqa: PLC0415

    glossaries = (*own_glossaries(), *request.paths)
    ask = partial(batch.scan, glossaries=glossaries, builtin=request.builtin, terms=tuple(request.term))
    task = RecordTask("matches", ask, version_tail(vocabulary.digest), empty=not request.only_matching)
    _, bad = answer_records(files, task, request.jobs)
    return terminal.USAGE if bad and not request.exit_zero else terminal.OK
