"""The main job, for both doors: answer the queries of a request in the form that was asked for.

Part of the start-up path: rich comes in only when a terminal is written to.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands.command_line.argv import opening, quoted
from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import Narrator, own_glossaries
from kouhao.lookup.engine import DEFAULT_LIMIT, open_lookup, refusal
from kouhao.output import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kouhao.errors import KouhaoError
    from kouhao.lookup.answer import Ranking
    from kouhao.lookup.engine import Lookup


_COUNTED = 1000
"""So many entries are counted, at most, for who sees a few of them."""


class Request:
    """What a lookup is asked to do; see `kouhao lookup --help`."""

    queries: list[str]
    stdin: bool = False
    null: bool = False
    format: str = ""
    field: str = ""
    template: str = ""
    copy: bool = False
    exact: bool = False
    explain: bool = False
    limit: int = DEFAULT_LIMIT
    min_score: int = 0
    paths: Sequence[str] = ()
    builtin: bool | Sequence[str] = True
    verbose: bool = False
    color: str = "auto"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  those above
        vars(self).update(options)
        self.implied = not (self.stdin or self.null or self.queries)
        self.stdin = self.stdin or self.null or self.implied or "-" in self.queries
        self.queries = [word for word in self.queries if word != "-"]


def lookup(**options: Any) -> int:  # noqa: ANN401  those of `Request`
    """Look up the queries."""
    return run_request(Request(**options))


def run_request(request: Request) -> int:
    """Answer a request and return its exit code: 0 when every query was found, 1 when one was not."""
    _refuse_mistyped_command(request.queries)
    form = request.format or ("text" if sys.stdout.isatty() or request.color == "always" else "plain")
    glossaries = [*own_glossaries(), *request.paths]
    codes = []
    copied: list[Ranking] = []
    with open_lookup(glossaries, builtin=request.builtin, watcher=Narrator(verbose=request.verbose)) as lookup:
        writer = _writer(form, request, lookup, glossaries)
        for asked in _queries(request):
            if isinstance(asked, list):
                answers: Iterable[Ranking] = lookup.answer_all(
                    asked, exact=request.exact, limit=request.limit, min_score=request.min_score
                )
                if request.copy:
                    answers = list(answers)
                    copied += answers
                codes.append(writer.write(answers))
            else:
                terminal.tell_error(asked)
                writer.refuse(asked)
                codes.append(terminal.USAGE)
        if not codes and request.implied:
            raise _error("E_USAGE", "请输入要查的词", "例如：kouhao 五好")
        writer.finish()
        if copied:
            terminal.copy(line for answer in copied for hit in answer.hits for line in entries.ready_lines(hit.record))
    return max(codes, default=terminal.OK)


def _queries(request: Request) -> Iterator[list[str] | KouhaoError]:
    """Yield what is asked, in batches that are answered together, and in its place what cannot be asked."""
    for query in request.queries:
        yield refusal(query) or terminal.undecoded(query) or [query]
    if request.implied and sys.stdin.isatty():
        return
    if request.stdin and sys.stdin.isatty() and sys.stderr.isatty():
        from kouhao.commands.console.prompts import ask_queries  # noqa: PLC0415  most queries stand in the command line

        yield from ask_queries()
    elif request.stdin:
        from kouhao.commands.inputs.queries import read_lines  # noqa: PLC0415  likewise

        yield from read_lines(b"\0" if request.null else b"\n")


def _error(code: str, message: str, hint: str) -> KouhaoError:
    from kouhao.errors import KouhaoError  # noqa: PLC0415

    return KouhaoError(code, message, hint=hint)


def _writer(form: str, request: Request, lookup: Lookup, glossaries: list[str]) -> _JsonWriter | _TextWriter:
    """Return what writes answers in the form that was asked for."""
    shape = "" if request.field or request.template else form
    if shape in ("json", "jsonl"):
        return _JsonWriter(array=form == "json", explain=request.explain)
    return _TextWriter(_shape(form, request), request, lookup, glossaries, form=shape)


def _shape(form: str, request: Request) -> Callable[[list[Ranking]], object]:
    """Return what writes answers that are found."""
    if request.field or request.template:
        from kouhao.output.fields import field_lines, template_lines  # noqa: PLC0415  only who asks for them

        lines = template_lines(request.template) if request.template else field_lines(request.field)
        return lambda found: terminal.write(lines(found))
    explain = request.explain
    if form == "text":
        from kouhao.commands.console.render import paint_answers  # noqa: PLC0415

        return lambda found: paint_answers(found, request.color, explain=explain)
    if form == "tsv":
        terminal.write(entries.TSV_HEADER.replace("\n", "\texplanation\n") if explain else entries.TSV_HEADER)
        return lambda found: terminal.write(entries.tsv(found, explain=explain))
    if form == "markdown":
        return lambda found: terminal.write(entries.markdown(found, explain=explain))
    return lambda found: _write_plain(found, explain=explain)


def _write_plain(found: list[Ranking], *, explain: bool) -> None:
    """Write the lines of answers; how they were found stands on standard error, beside the data."""
    terminal.write(entries.plain(found))
    for hit in [hit for answer in found for hit in answer.hits] if explain else ():
        terminal.tell(f"{hit.term}：{entries.reasons(hit)}")


class _JsonWriter:
    """Writes a batch of answers after another as JSON, an object a line or one array; what could not be asked is an error in its place."""

    def __init__(self, *, array: bool, explain: bool) -> None:
        self._array = terminal.JsonArray() if array else None
        self._explain = explain

    def write(self, answers: Iterable[Ranking]) -> int:
        """Write a batch of answers and return its exit code."""
        batch = list(answers)
        self._put([entries.json_object(answer, explain=self._explain) for answer in batch])
        return terminal.OK if all(answer.found for answer in batch) else terminal.NOT_FOUND

    def refuse(self, error: KouhaoError) -> None:
        """Write why something could not be asked."""
        self._put([terminal.json_error(error)])

    def finish(self) -> None:
        """Write what stands behind the last answer."""
        if self._array:
            self._array.finish()

    def _put(self, objects: list[str]) -> None:
        if self._array:
            self._array.put(objects)
        elif objects:
            terminal.write_json("\n".join(objects) + "\n")


class _TextWriter:
    """Writes what is found of a batch of answers after another, and tells what is not, or not all, in its place between them."""

    def __init__(
        self,
        write: Callable[[list[Ranking]], object],
        request: Request,
        lookup: Lookup,
        glossaries: list[str],
        *,
        form: str,
    ) -> None:
        self._write, self._form = write, form
        self._request, self._lookup, self._glossaries = request, lookup, glossaries
        self._at_a_loss = False

    def write(self, answers: Iterable[Ranking]) -> int:
        """Write a batch of answers and return its exit code."""
        code = terminal.OK
        found: list[Ranking] = []
        for answer in answers:
            guesses = [told for hit in answer.hits if (told := entries.guess(answer.query, hit))]
            if guesses:  # they are told before what they are about
                self._write(found)
                found = []
                for line in guesses:
                    terminal.tell(line)
            if answer.found:
                found.append(answer)
                self._tell_readings(answer)
                if len(answer.hits) < self._request.limit:
                    continue
            self._write(found)
            found = []
            if answer.found:
                self._tell_left(answer)
            else:
                self._put_row(answer.query, "not_found")
                typed = answer.query in self._request.queries
                self._at_a_loss |= not _suggest(answer, self._lookup, typed=typed) and typed
                self._tell_draft(answer.query)
                code = terminal.NOT_FOUND
        self._write(found)
        return code

    def refuse(self, _: KouhaoError) -> None:
        """Write a row for what could not be asked."""
        self._put_row("", "error")

    def finish(self) -> None:
        """Tell what else to do where nothing is near to a query."""
        if self._at_a_loss:
            terminal.tell("提示: 可以只写其中的几个字或拼音再查；kouhao topics 列出主题，自己的词库用 -g 加上。")

    def _put_row(self, query: str, status: str) -> None:
        """Write in a table, whose rows are to be joined with what was asked, a row for what has no entry."""
        if self._form == "tsv":
            terminal.write(entries.tsv_without_entry(query, status))

    def _tell_readings(self, answer: Ranking) -> None:
        """Tell beside plain lines and fields that a term is explained by nothing or only defined, or which readings it has."""
        if self._form != "plain" and self._request.field not in entries.EXPANSIONS:
            return
        for hit in answer.telling:
            opened = opening(self._request.paths, self._request.builtin)
            look = f"见 kouhao{opened} --format text {quoted(hit.term)}"
            if len(hit.fulls) > 1:
                readings = hit.record["readings"]
                which = "；".join(filter(None, map(entries.reading_heading, readings)))
                listed = "，这里列的是第一种的各项" if self._request.field == "items" else ""
                terminal.tell(f"“{hit.term}”有 {len(readings)} 种解释{f'（{which}）' if which else ''}{listed}；{look}")
            elif not hit.is_explained:
                shown = "出处" if '"quote":""' in hit.record_json else "原句"
                terminal.tell(f"“{hit.term}”：文件只提到，没有解释；{shown}{look}")
            elif not hit.full:
                terminal.tell(f"“{hit.term}”：只有释义，没有列举各项")

    def _tell_left(self, answer: Ranking) -> None:
        """Tell of how many entries these are the first."""
        limit = self._request.limit
        total = len(self._lookup.answer(answer.query, exact=self._request.exact, limit=_COUNTED).hits)
        if total > limit:
            terminal.tell(f"“{answer.query}”共 {total} 条，只显示前 {limit} 条；要全部显示，请加 --limit {total}")

    def _tell_draft(self, query: str) -> None:
        if self._glossaries:
            from kouhao.commands.inputs.drafts import tell_of_draft  # noqa: PLC0415  what is found needs none

            tell_of_draft(query, self._glossaries)


def _suggest(answer: Ranking, lookup: Lookup, *, typed: bool) -> bool:
    """Tell that nothing was found, and what begins as a person `typed` or is near to it; return whether anything is."""
    begun = lookup.complete(answer.query) if typed and answer.query[:2].isalnum() else {}
    known = dict.fromkeys(begun, "") | {near.term: near.full for near in answer.suggestions}
    terms = list(known)[:DEFAULT_LIMIT]
    more = f"以它开头的共 {len(begun)} 条，常用的有：" if len(begun) > len(terms) else "最接近的："
    terminal.tell(f"没有找到“{entries.inside(answer.query)}”。{more if terms else ''}")
    for term in terms:
        terminal.tell(f"  {entries.cell(term)}：{known[term] or said(lookup, term)[1] or '（文件未解释）'}")
    near = _near_command(answer.query) if answer.query.isascii() else ""
    if near:
        terminal.tell(f"要用命令的话，是不是 kouhao {near}？")
    return bool(terms or near)


def said(lookup: Lookup, term: str) -> tuple[str, str]:
    """Return the expansion of a term, and what a list says of it: that, else its definition."""
    for hit in lookup.answer(term, exact=True, limit=1).hits:
        return hit.full, hit.full or entries.told(hit.record)[0]
    return "", ""


def _refuse_mistyped_command(queries: list[str]) -> None:
    """Refuse a word that is nearly a command and has a file behind it: nobody looks up the name of a file."""
    if len(queries) > 1 and queries[0].isascii() and any(os.path.exists(word) for word in queries[1:]):  # noqa: PTH110
        near = _near_command(queries[0])
        if near:
            raise _error("E_USAGE", f"没有命令 {queries[0]}", f"是不是 kouhao {near}？")


_ELSEWHERE = {"version": "--version", **dict.fromkeys(("search", "find", "query", "grep", "look"), "lookup")}
"""What other programs call a command, and what is meant here."""


def _near_command(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for what was not found

    from kouhao.commands.command_line.options import COMMANDS  # noqa: PLC0415  likewise

    near = next(iter(get_close_matches(word, [*COMMANDS, *_ELSEWHERE], n=1, cutoff=0.75)), "")
    return _ELSEWHERE.get(near, near)
