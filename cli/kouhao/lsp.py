"""A language server (LSP 3.17): documents are checked as they are typed, in any editor that speaks the protocol.

Texts are those of the editor's buffers, saved or not. What a folder's `kouhao.toml` says counts for the documents in it.
Needs pygls (`kouhao[lsp]`).
"""

from __future__ import annotations

import asyncio
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCRequestMessage
from pygls.workspace import TextDocument

from kouhao import __version__
from kouhao.check.config import Configuration, find_configuration
from kouhao.check.rule_choice import RuleChoice
from kouhao.errors import KouhaoError
from kouhao.files import read_text
from kouhao.glossary.load import collect_files
from kouhao.library import OpenGlossary
from kouhao.library import open as open_glossary
from kouhao.model import Finding, Severity
from kouhao.output.entries import markdown_entry
from kouhao.paths import real_path
from kouhao.records import entry_record

_PAUSE = 0.15
"""Seconds without typing after which a text is checked: shorter than people wait, longer than they take between two keys."""

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_LINE_END = re.compile("\r\n|\n|\r")
_TYPED = re.compile("[A-Za-z]{2,}$|[\u3400-\u9fff\U00020000-\U0003ffff]{2,12}$")
"""What may be the beginning of a slogan: two letters of pinyin or more, or hanzi."""

_LONGEST = 300_000
"""Characters of a text that is checked while it is typed, several hundred pages: a check takes some seconds, and all else waits for it."""

_Params = TypeVar("_Params")
_Result = TypeVar("_Result")
_MOST_OFFERED = 20  # lines that an editor shows


_INVALID, _EARLY = "kouhao/invalid", "kouhao/early"
"""The methods of requests whose values are not those of the protocol, and of those that come before `initialize`."""


class _Protocol(LanguageServerProtocol):
    """The protocol; a request that cannot be read, or not yet be answered, is refused by an answer."""

    _begun = False

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401  as it is declared there
        is_request = {"jsonrpc", "method"} <= data.keys() and isinstance(data.get("id"), int | str)
        self._begun = self._begun or (is_request and data["method"] == lsp.INITIALIZE)
        if is_request and not self._begun:
            return JsonRPCRequestMessage(data["id"], _EARLY, self.VERSION, None)
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if is_request:
                return JsonRPCRequestMessage(data["id"], _INVALID, self.VERSION, None)
            raise


class Lines:
    """The places of a text as the protocol has them: lines from 0, columns in the units that client and server agreed on."""

    def __init__(self, text: str, encoding: str | None) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._encoding = {"utf-8": "utf-8", "utf-32": "utf-32-le"}.get(encoding or "", "utf-16-le")
        self._unit = {"utf-8": 1, "utf-32-le": 4}.get(self._encoding, 2)

    def position(self, offset: int) -> lsp.Position:
        """Return the place of a character."""
        line = bisect_right(self._starts, offset) - 1
        return lsp.Position(line, self._units(self._text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> lsp.Range:
        """Return the places of a stretch."""
        return lsp.Range(self.position(start), self.position(end))

    def offset(self, position: lsp.Position) -> int:
        """Return the character at a place; behind the last line or column it is the last there."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        end = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self._text)
        line = self._text[start:end].encode(self._encoding, "surrogatepass")[: position.character * self._unit]
        return start + len(line.decode(self._encoding, "ignore"))

    def _units(self, text: str) -> int:
        return len(text.encode(self._encoding, "surrogatepass")) // self._unit


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What decides on the documents of a folder: its settings and the glossaries that they name."""

    configuration: Configuration
    glossary: OpenGlossary

    def findings(self, document: TextDocument) -> list[Finding]:
        """Return what is found in a document, less what the settings ignore; raise KouhaoError E_LIMIT for one too long."""
        if len(document.source) > _LONGEST:
            message = f"文稿超过 {_LONGEST // 10_000} 万字，编辑时不查"
            raise KouhaoError("E_LIMIT", message, path=document.uri, hint="请用 kouhao check 检查。")
        settings = self.configuration
        choice = RuleChoice(settings)
        found = self.glossary.check(document.source, rules=choice.all, as_of=settings.as_of)
        ignored = {*settings.ignore}
        return [
            finding
            for finding in choice.filter(found, document.path or "-")
            if not ignored & {finding.rule, finding.term, f"{document.filename}:{finding.line}"}
        ]


class DocumentServer(LanguageServer):
    """The server, with the glossaries that it has open and the findings that it last told."""

    def __init__(self, glossaries: Sequence[str] = (), *, builtin: bool | Sequence[str] = True) -> None:
        super().__init__(
            "kouhao", __version__, protocol_cls=_Protocol, text_document_sync_kind=lsp.TextDocumentSyncKind.Full
        )
        self._own = tuple(glossaries)
        self._builtin = builtin
        self._open: dict[tuple[object, ...], tuple[object, OpenGlossary]] = {}
        self._told: dict[str, str] = {}
        self.findings: dict[str, list[Finding]] = {}
        self.waiting: dict[str, asyncio.Task[None]] = {}

    def shutdown(self) -> None:
        """Shut down without the thread that reads, which waits for words of the editor that may never come."""
        if self._thread_pool:
            self._thread_pool.shutdown(wait=False)
            self._thread_pool = None
        super().shutdown()  # type: ignore[no-untyped-call]  # pygls has no types there

    def setting(self, uri: str) -> FolderSettings:
        """Return what decides on a document; settings and glossaries that cannot be read are told once, and others serve."""
        try:
            settings = find_configuration(self._folder(uri))
        except KouhaoError as error:
            self._tell(uri, error)
            settings = Configuration()
        try:
            return FolderSettings(
                settings, self._glossary(tuple(dict.fromkeys((*self._own, *settings.glossary))), settings)
            )
        except KouhaoError as error:
            self._tell(uri, error)
            return FolderSettings(settings, self._glossary((), settings))

    def _glossary(self, paths: tuple[str, ...], settings: Configuration) -> OpenGlossary:
        """Return open glossaries, opened again in place of the older ones when a file of theirs was written since."""
        builtin = settings.builtin if self._builtin is True else self._builtin
        chosen = builtin if isinstance(builtin, bool) else tuple(builtin)
        key = paths, chosen
        written = tuple((file, file.stat().st_mtime_ns) for file in collect_files(map(Path, paths)))
        if key not in self._open or self._open[key][0] != written:
            glossary = open_glossary(*paths, builtin=chosen)
            if key in self._open:
                self._open.pop(key)[1].close()
            self._open[key] = written, glossary
        return self._open[key][1]

    def _folder(self, uri: str) -> Path:
        """Return the folder of a document; that of the workspace for one that has no file yet."""
        path = self.document(uri).path
        if uri.startswith("file:") and path:
            return Path(path).parent
        return Path(self.workspace.root_path) if self.workspace.root_path else Path.cwd()

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002  as the library calls it
        """Log what a message that nobody waits for ran into: a person could do nothing about it."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"{error}"))

    def _tell(self, uri: str, error: KouhaoError) -> None:
        message = f"{error.place} {error.message}。{error.hint}".strip()
        if self._told.get(uri) != message:
            self._told[uri] = message
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, message))

    def document(self, uri: str) -> TextDocument:
        """Return an open document; raise KouhaoError E_NOT_FOUND for any other, which is not read from where it lies."""
        document: TextDocument | None = self.workspace.text_documents.get(unquote(uri))
        if document is None:
            raise KouhaoError("E_NOT_FOUND", "编辑器没有打开这份文稿", path=uri)
        return document

    def lines(self, uri: str) -> Lines:
        """Return the places of an open document."""
        return Lines(self.document(uri).source, self.workspace.position_encoding)

    def check(self, uri: str) -> None:
        """Check a document and tell its findings."""
        document = self.document(uri)
        try:
            self.findings[uri] = self.setting(uri).findings(document)
        except KouhaoError as error:
            self._tell(uri, error)
            return
        lines = self.lines(uri)
        told = [_diagnostic(finding, lines) for finding in self.findings[uri]]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, told, document.version))

    async def check_later(self, uri: str) -> None:
        """Check a document once its writer pauses."""
        if uri in self.waiting:
            self.waiting[uri].cancel()
        self.waiting[uri] = asyncio.create_task(self._check_after_pause(uri))

    async def _check_after_pause(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        self.check(uri)

    def forget(self, uri: str) -> None:
        """Withdraw what was told of a document that is closed."""
        task = self.waiting.pop(uri, None)
        if task:
            task.cancel()
        self.findings.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def make_server(glossaries: Sequence[str] = (), *, builtin: bool | Sequence[str] = True) -> DocumentServer:
    """Return a server for an editor, with further glossaries."""
    server = DocumentServer(glossaries, builtin=builtin)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _(ls: DocumentServer, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def _(ls: DocumentServer, params: lsp.DidChangeTextDocumentParams) -> None:
        await ls.check_later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _(ls: DocumentServer, _params: lsp.DidSaveTextDocumentParams) -> None:
        for uri in list(ls.findings):  # settings and glossaries are saved too
            ls.check(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _(ls: DocumentServer, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)

    server.feature(_INVALID)(_refuse)
    server.feature(_EARLY)(_put_off)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(_told(_hover))
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions())(_told(_complete))
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(_told(_code_actions))
    return server


def _refuse(_ls: DocumentServer, _params: object) -> NoReturn:
    raise JsonRpcInvalidParams


def _put_off(_ls: DocumentServer, _params: object) -> NoReturn:
    message = "initialize comes first"
    raise JsonRpcException(message, lsp.ErrorCodes.ServerNotInitialized)


def _told(answer: Callable[[DocumentServer, _Params], _Result]) -> Callable[[DocumentServer, _Params], _Result]:
    """Let whatever a request runs into be an error with its code and one line, where the library would send its traceback."""

    @wraps(answer)
    def answered(ls: DocumentServer, params: _Params) -> _Result:
        try:
            return answer(ls, params)
        except Exception as error:
            told = f"{error.code}: {error.message}" if isinstance(error, KouhaoError) else f"E_BUG: {error}"
            raise JsonRpcException(told, lsp.LSPErrorCodes.RequestFailed) from error

    return answered


def _hover(ls: DocumentServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return the entries of the slogan at a place, each with its expansion and source."""
    uri = params.text_document.uri
    lines = ls.lines(uri)
    at = lines.offset(params.position)
    for match in ls.setting(uri).glossary.scan(ls.document(uri).source):
        if match.start <= at < match.end:
            told = "\n".join(markdown_entry(entry_record(entry)) for entry in match.entries)
            return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told), lines.range(match.start, match.end))
    return None


def _complete(ls: DocumentServer, params: lsp.CompletionParams) -> lsp.CompletionList:
    """Return the slogans that begin as what stands before the cursor, in pinyin or hanzi.

    Each has its edit, since full-width marks are no word ends for editors; the list is incomplete, since its words are not those
    that are typed.
    """
    uri = params.text_document.uri
    lines = ls.lines(uri)
    at = lines.offset(params.position)
    line = ls.document(uri).source[max(0, at - 100) : at]
    typed = _TYPED.search(line)
    if typed is None:
        return lsp.CompletionList(is_incomplete=True, items=[])
    glossary = ls.setting(uri).glossary
    for start in range(len(typed[0]) - 1) if not typed[0].isascii() else (0,):
        written = typed[0][start:]
        terms = [term for term in glossary.complete(written) if term != written][:_MOST_OFFERED]
        if terms:
            place = lines.range(at - len(written), at)
            return lsp.CompletionList(
                is_incomplete=True, items=[_item(glossary, term, written, place) for term in terms]
            )
    return lsp.CompletionList(is_incomplete=True, items=[])


def _item(glossary: OpenGlossary, term: str, written: str, place: lsp.Range) -> lsp.CompletionItem:
    entries = glossary.lookup(term, exact=True).entries
    return lsp.CompletionItem(
        term,
        kind=lsp.CompletionItemKind.Text,
        detail=entries[0].full if entries else "",
        filter_text=written,
        text_edit=lsp.TextEdit(place, term),
    )


def _code_actions(ls: DocumentServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return what can be done about the findings that touch a stretch: the fix, or to ignore the term or the rule."""
    uri = params.text_document.uri
    lines = ls.lines(uri)
    start, end = lines.offset(params.range.start), lines.offset(params.range.end)
    actions: list[lsp.CodeAction] = []
    for finding in ls.findings.get(uri, ()):
        if finding.start <= end and start <= finding.end:
            told = _diagnostic(finding, lines)
            if finding.edit:
                change = lsp.TextEdit(lines.range(finding.edit.start, finding.edit.end), finding.edit.replacement)
                title = f"{finding.edit.verb}“{finding.edit.replacement}”"
                actions.append(_action(title, told, lsp.WorkspaceEdit({uri: [change]}), preferred=True))
            for name in filter(None, (finding.term, finding.rule)):
                edit = _ignoring(name, ls.setting(uri).configuration, ls)
                actions.append(_action(f"不再提示“{name}”（写进 kouhao.toml）", told, edit))
    return actions


def _action(title: str, told: lsp.Diagnostic, edit: lsp.WorkspaceEdit, *, preferred: bool = False) -> lsp.CodeAction:
    return lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, [told], is_preferred=preferred, edit=edit)


def _ignoring(name: str, settings: Configuration, ls: DocumentServer) -> lsp.WorkspaceEdit:
    """Return the edit that adds a name to what the settings ignore; where there are none, the file is made."""
    root = Path(ls.workspace.root_path or ".")
    path = Path(real_path(settings.path or root / "kouhao.toml"))
    uri = path.as_uri()
    text = read_text(path) if settings.path else ""
    quoted = json.dumps(name, ensure_ascii=False)
    opened = re.compile(r"(?m)^ignore\s*=\s*\[").search(text)
    table = re.compile(r"(?m)^\[tool\.kouhao\][^\n]*\n").search(text)
    at = opened.end() if opened else table.end() if table else 0
    added = quoted + ("" if text[at:].lstrip().startswith("]") else ", ") if opened else f"ignore = [{quoted}]\n"
    place = Lines(text, ls.workspace.position_encoding).range(at, at)
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri)
    changes: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    if not settings.path:
        changes.append(lsp.CreateFile(uri=uri, options=lsp.CreateFileOptions(ignore_if_exists=True)))
    changes.append(lsp.TextDocumentEdit(document, [lsp.TextEdit(place, added)]))
    return lsp.WorkspaceEdit(document_changes=changes)


def _diagnostic(finding: Finding, lines: Lines) -> lsp.Diagnostic:
    place = lines.range(finding.start, finding.end)
    return lsp.Diagnostic(place, finding.message, _SEVERITIES[finding.severity], code=finding.rule, source="kouhao")
