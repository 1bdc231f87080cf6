"""Every occurrence of a slogan, for people, tables and other programs; the work of `kouhao scan`, for both doors.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import sys

from kouhao import __version__
from kouhao.commands import terminal
from kouhao.commands.opening import open_glossaries, warn_of_unknown
from kouhao.commands.plain import read_plain
from kouhao.documents.paths import PACKAGES, collect_documents, open_stream
from kouhao.documents.streams import LineStream
from kouhao.errors import KouhaoError
from kouhao.formats import cell
from kouhao.scan import Sighting, scan
from kouhao.vocabulary import Vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kouhao.matching import Matcher
    from kouhao.records import Record

    Writer = Callable[[str, Sighting, Vocabulary], str]

FORMATS = ("text", "tsv", "jsonl")
"""How occurrences are printed; `scan.ScanFormat` is the same list for Typer."""

_HEADER = "path\tline\tcolumn\tterm\tid\tform\n"
_BATCH = 4096
_SWITCHES = {"--jsonl-in": ("jsonl_in", True), "--no-builtin": ("builtin", False)}
_VALUES: dict[str, tuple[str, tuple[str, ...]]] = {
    "--format": ("format", FORMATS),
    "--term": ("terms", ()),
    "--glossary": ("paths", ()),
    "-g": ("paths", ()),
}


class ScanRequest:
    """What a scan is asked to do; see `kouhao scan --help`."""

    __slots__ = ("builtin", "files", "format", "jsonl_in", "paths", "terms")

    def __init__(self) -> None:
        self.files: list[str] = []
        self.format = "text"
        self.jsonl_in = False
        self.terms: list[str] = []
        self.paths: list[str] = []
        self.builtin = True


def read_request(words: list[str]) -> ScanRequest | None:
    """Return the request of a plain command line, or None for one that Typer should read."""
    request = ScanRequest()
    return read_plain(words, request, request.files, _SWITCHES, _VALUES)


def run_request(request: ScanRequest) -> int:
    """Scan what is asked for and return the exit code: 0 with occurrences, 1 without any, 2 where something was not read."""
    files = terminal.decode_arguments(request.files) or ["-"]
    with open_glossaries(request.paths, builtin=request.builtin) as opened:
        vocabulary = Vocabulary(opened.indexes, terminal.decode_arguments(request.terms))
        warn_of_unknown(vocabulary.unknown)
        matcher = vocabulary.term_matcher()
        if request.jsonl_in:
            return _answer_records(files, vocabulary, matcher)
        if request.format == "tsv":
            terminal.write(_HEADER)
        return _list_files(files, vocabulary, matcher, _WRITERS[request.format])


def _list_files(files: list[str], vocabulary: Vocabulary, matcher: Matcher, write: Writer) -> int:
    found = failed = 0
    for path in collect_documents(files):
        try:
            if isinstance(path, KouhaoError):
                raise path
            batch: list[str] = []
            for sighting in _sightings(path, matcher):
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


def _sightings(path: str, matcher: Matcher) -> Iterator[Sighting]:
    """Yield the occurrences in one document; of a format whose text is inside something else, with the places of a check."""
    if path.lower().endswith(PACKAGES):
        from kouhao.documents.reading import read_document  # noqa: PLC0415  most documents are plain text

        document = read_document(path)
        for found in matcher.find(document.text):
            yield Sighting(found, *document.locate(found.start))
        return
    with open_stream(path) as file:
        yield from scan(LineStream(file, path).contents(), matcher)


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
    return _json_line({"schema": 1, "path": path, **_record(sighting, vocabulary)})


_WRITERS: dict[str, Writer] = {"text": _text_row, "tsv": _tsv_row, "jsonl": _json_row}


def _json_line(record: Record) -> str:
    import json  # noqa: PLC0415  other formats need none

    return json.dumps(record, ensure_ascii=False) + "\n"


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
                terminal.write_json(_json_line(answer | {"glossary": version}))
    return terminal.USAGE if failed else terminal.OK


def _answer(line: bytes, path: str, number: int, vocabulary: Vocabulary, matcher: Matcher) -> Record:
    """Return the answer to one record; a bad one is answered with its error, and the others go on."""
    import json  # noqa: PLC0415  likewise

    try:
        record = json.loads(line)
        identity = record.get("id") if isinstance(record, dict) else None
        json.dumps(identity, allow_nan=False)
    except (ValueError, RecursionError):
        return _refuse(None, "不是 JSON", path, number)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return _refuse(identity, '应当是 {"id": …, "text": "…"}', path, number)
    text = record["text"]
    places = ({"start": found.start, "end": found.end} for found in matcher.find(text))
    sightings = scan([text.encode("utf-8", "surrogatepass")], matcher)
    matches = [_record(sighting, vocabulary) | place for sighting, place in zip(sightings, places, strict=True)]
    return {"schema": 1, "id": identity, "matches": matches}


def _refuse(identity: object, message: str, path: str, number: int) -> Record:
    terminal.tell_error(KouhaoError("E_JSON", message, path=path, line=number, hint="其余各行已照常处理。"))
    return {"schema": 1, "id": identity, "line": number, "error": {"code": "E_JSON", "message": message}}
