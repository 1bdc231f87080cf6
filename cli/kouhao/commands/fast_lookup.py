"""The main job, for both doors: answer the queries of a request in the form that was asked for.

Part of the start-up path: rich comes in only when a terminal is written to.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands import terminal
from kouhao.commands.own_glossaries import own_glossaries
from kouhao.index.cache import Watcher
from kouhao.lookup.engine import DEFAULT_LIMIT, LONGEST_QUERY, open_lookup
from kouhao.output import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kouhao.lookup.answer import Answer


class Request:
    """What a lookup is asked to do; see `kouhao lookup --help`."""

    __slots__ = (
        "builtin",
        "color",
        "exact",
        "explain",
        "format",
        "limit",
        "null",
        "paths",
        "queries",
        "stdin",
        "verbose",
    )

    def __init__(self) -> None:
        self.queries: list[str] = []
        self.format = ""
        self.exact = False
        self.explain = False
        self.limit = DEFAULT_LIMIT
        self.paths: list[str] = []
        self.builtin = True
        self.stdin = False
        self.null = False
        self.verbose = False
        self.color = "auto"


def run_request(request: Request) -> int:
    """Answer a request and return its exit code: 0 when every query was found, 1 when one was not."""
    if not request.queries and not request.stdin:
        raise _error("E_USAGE", "请输入要查的词", "例如：kouhao 五好")
    _refuse_mistyped_command(request.queries)
    form = request.format or ("text" if sys.stdout.isatty() or request.color == "always" else "plain")
    watcher = Narrator(verbose=request.verbose)
    with open_lookup([*own_glossaries(), *request.paths], builtin=request.builtin, watcher=watcher) as lookup:
        batches = (
            lookup.answer_all(queries, exact=request.exact, limit=request.limit) for queries in _queries(request)
        )
        if form == "json":
            return _write_array(answer for answers in batches for answer in answers)
        write = _writer(form, request)
        return max(map(write, batches), default=terminal.OK)


class Narrator(Watcher):
    """Shows a progress bar to a person who waits, and warnings to one who wants them."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose
        self._bar: Callable[[int, int], None] | None = None

    def progress(self, done: int, total: int) -> None:
        """Show how far a compilation is."""
        if self._bar is None and sys.stderr is not None and sys.stderr.isatty():
            from kouhao.commands.progress import ProgressBar  # noqa: PLC0415

            self._bar = ProgressBar("正在整理词库")
        if self._bar is not None:
            self._bar(done, total)

    def warn(self, message: str) -> None:
        """Tell it on standard error."""
        if self._verbose:
            terminal.tell(message)


def _queries(request: Request) -> Iterator[list[str]]:
    """Yield what is asked, in batches that are answered together."""
    for query in request.queries:
        if not query.strip():
            raise _error("E_QUERY", "请输入要查的词", "例如：kouhao 五好")
        if len(query) > LONGEST_QUERY:
            raise _error(
                "E_LIMIT",
                f"要查的词有 {len(query)} 个字，太长了（最多 {LONGEST_QUERY} 个）",
                "整段文字请用 kouhao expand。",
            )
        yield [query]
    if request.stdin and sys.stdin.isatty() and sys.stderr.isatty():
        from kouhao.commands.prompts import ask_queries  # noqa: PLC0415  most queries stand in the command line

        yield from ask_queries()
    elif request.stdin:
        from kouhao.commands.lines import read_lines  # noqa: PLC0415  most queries stand in the command line

        yield from read_lines(b"\0" if request.null else b"\n")


def _error(code: str, message: str, hint: str) -> Exception:
    from kouhao.errors import KouhaoError  # noqa: PLC0415

    return KouhaoError(code, message, hint=hint)


def _write_array(answers: Iterable[Answer]) -> int:
    code = terminal.OK
    opening = "["
    for answer in answers:
        terminal.write_json(opening + entries.json_object(answer))
        opening = ",\n"
        code = code if answer.found else terminal.NOT_FOUND
    terminal.write_json("[]\n" if opening == "[" else "]\n")
    return code


def _writer(form: str, request: Request) -> Callable[[Iterable[Answer]], int]:
    """Return what writes a batch of answers and tells its exit code."""
    if form == "jsonl":
        return _write_json_lines
    if form == "text":
        from kouhao.commands.render import AnswerPainter  # noqa: PLC0415

        paint = AnswerPainter(color=request.color, explain=request.explain).paint
        return lambda answers: _write_found(answers, lambda found: [paint(answer) for answer in found])
    if form == "tsv":
        terminal.write(entries.TSV_HEADER)
    shape = {"plain": entries.plain, "tsv": entries.tsv, "markdown": entries.markdown}[form]
    return lambda answers: _write_found(answers, lambda found: terminal.write(shape(found)))


def _write_json_lines(answers: Iterable[Answer]) -> int:
    batch = list(answers)
    terminal.write_json("".join(entries.json_object(answer) + "\n" for answer in batch))
    return terminal.OK if all(answer.found for answer in batch) else terminal.NOT_FOUND


def _write_found(answers: Iterable[Answer], write: Callable[[list[Answer]], object]) -> int:
    """Write what is found, several answers at once, and tell what is not in its place between them."""
    code = terminal.OK
    found: list[Answer] = []
    for answer in answers:
        if answer.found:
            found.append(answer)
        else:
            write(found)
            found = []
            _suggest(answer)
            code = terminal.NOT_FOUND
    write(found)
    return code


def _suggest(answer: Answer) -> None:
    terminal.tell(f"没有找到“{answer.query}”。")
    if answer.suggestions:
        terminal.tell("您要查的是不是：" + "、".join(near.term for near in answer.suggestions))
    if answer.query.isascii():
        _suggest_command(answer.query)


def _refuse_mistyped_command(queries: list[str]) -> None:
    """Refuse a word that is nearly a command and has a file behind it: nobody looks up the name of a file."""
    if len(queries) > 1 and queries[0].isascii() and any(os.path.exists(word) for word in queries[1:]):  # noqa: PTH110
        near = _near_command(queries[0])
        if near:
            raise _error("E_USAGE", f"没有命令 {queries[0]}", f"是不是 kouhao {near}？")


def _suggest_command(query: str) -> None:
    near = _near_command(query)
    if near:
        terminal.tell(f"要用命令的话，是不是 kouhao {near}？")


def _near_command(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for what was not found

    from kouhao.commands.options import COMMANDS  # noqa: PLC0415  likewise

    return next(iter(get_close_matches(word, COMMANDS, n=1, cutoff=0.75)), "")
