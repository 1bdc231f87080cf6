"""Records on JSON Lines: `{"id": …, "text": "…"}` a line in, an answer a line out, in the same order.

A bad record is answered with its error, and the others go on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from kouhao import __version__
from kouhao.commands.console import terminal
from kouhao.commands.inputs.workers import share
from kouhao.documents.streams import read_blocks
from kouhao.errors import KouhaoError
from kouhao.files import open_file
from kouhao.records import SCHEMA

_BLOCK = 1 << 19
"""Bytes that are answered together, at most; of a pipe what has arrived is answered at once."""

_SHOWN = 80
"""Characters of a bad record that its answer repeats: in a piece of a larger file its line tells little."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_decode = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class RecordTask:
    """How records are answered: `ask` gives what is found in texts, `name` is its field; without `empty` only finds are shown.

    `tail` is the end of every answer; a record has a find for the exit code where one of its finds `counts`.
    """

    name: str
    ask: Callable[[list[str]], Sequence[Sequence[Mapping[str, object]]]]
    tail: str
    empty: bool = True
    counts: Callable[[Mapping[str, object]], bool] = bool


def version_tail(digest: str) -> str:
    """Return the end of an answer: the version of the program and of its glossaries."""
    return f', "glossary": {_encode({"version": __version__, "hash": digest})}}}\n'


@dataclass(frozen=True, slots=True)
class _Piece:
    """Whole lines of a file; `line`, from 1, and `offset`, in bytes from 0, are those of the first; or why there are none."""

    path: str
    line: int
    offset: int
    lines: list[bytes]
    refused: KouhaoError | None = None


@dataclass(frozen=True, slots=True)
class _Answered:
    """The answers to a piece as they are printed, the errors among them, and how many records have a find."""

    text: str
    errors: list[KouhaoError]
    found: int


def answer_records(files: Iterable[str], task: RecordTask, workers: int) -> tuple[int, int]:
    """Answer the records of files, and return how many have a find and how many are bad."""
    found = bad = 0
    for answered in share(partial(_answer, task), _pieces(files), workers):
        for error in answered.errors:
            terminal.tell_error(error)
        terminal.write_json(answered.text)
        sys.stdout.flush()
        found += answered.found
        bad += len(answered.errors)
    return found, bad


def _pieces(files: Iterable[str]) -> Iterator[_Piece]:
    """Yield the files in pieces; one that cannot be read costs the others nothing."""
    for path in files:
        try:
            yield from _pieces_of(path)
        except KouhaoError as error:
            yield _Piece(path, 1, 0, [], error)


def _pieces_of(path: str) -> Iterator[_Piece]:
    line, offset = 1, 0
    begun = bytearray()
    with open_file(path) as file:
        read: Callable[[int], bytes] = getattr(file, "read1", file.read)
        for block in read_blocks(read, _BLOCK):
            whole, end, rest = block.rpartition(b"\n")
            if end:
                piece = _Piece(path, line, offset, bytes(begun + whole).split(b"\n"))
                yield piece
                line += len(piece.lines)
                offset += len(begun) + len(whole) + 1
                begun.clear()
            begun += rest
    if begun:
        yield _Piece(path, line, offset, [bytes(begun)])


def _answer(task: RecordTask, piece: _Piece) -> _Answered:
    if piece.refused:
        return _Answered("", [piece.refused], 0)
    read = [_read(line) for line in piece.lines]
    texts = iter(task.ask([text for _, text, _ in read if text is not None]))
    answers: list[str] = []
    errors: list[KouhaoError] = []
    found = 0
    offset = piece.offset
    for number, line, (identity, text, fault) in zip(count(piece.line), piece.lines, read, strict=False):
        if text is None:
            errors.append(KouhaoError("E_JSON", fault, path=piece.path, line=number, hint="其余各行已照常处理。"))
            answers.append(f'{{"schema": {SCHEMA}, "id": {identity}, {_error(errors[-1], offset, line)}{task.tail}')
        elif finds := next(texts):
            found += any(map(task.counts, finds))
            answers.append(f'{{"schema": {SCHEMA}, "id": {identity}, "{task.name}": {_encode(finds)}{task.tail}')
        elif task.empty:
            answers.append(f'{{"schema": {SCHEMA}, "id": {identity}, "{task.name}": []{task.tail}')
        offset += len(line) + 1
    return _Answered("".join(answers), errors, found)


def _read(line: bytes) -> tuple[str, str | None, str]:
    """Return the id of a record as JSON, and its text, or None and what is wrong with it."""
    try:
        record = _decode(line.decode("utf-8", "surrogatepass").removeprefix("\ufeff"))
        identity = record.get("id") if isinstance(record, dict) else None
        encoded = str(identity) if type(identity) is int else _encode(identity)
    except (ValueError, RecursionError):
        return "null", None, "不是 JSON"
    text = record.get("text") if isinstance(record, dict) else None
    return (encoded, text, "") if isinstance(text, str) else (encoded, None, '应当是 {"id": …, "text": "…"}')


def _error(error: KouhaoError, offset: int, line: bytes) -> str:
    """Return the fields that tell of a bad record: where it is, and how it begins."""
    told = {"code": error.code, "message": error.message}
    begin = line[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN]
    return f'"line": {error.line}, "offset": {offset}, "record": {_encode(begin)}, "error": {_encode(told)}'
