"""The language server and requests that no editor should send: each has its answer, typed, and the server goes on."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("pygls", reason="kouhao[lsp] is not installed")

URI = "file:///nowhere/a.txt"
INVALID, UNKNOWN, FAILED, EARLY = -32602, -32601, -32803, -32002
HOVER, COMPLETION, ACTION = "textDocument/hover", "textDocument/completion", "textDocument/codeAction"


class Editor:
    """A client that sends whatever it is told to."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "kouhao", "lsp"]
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.heard: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)

    def send(self, content: bytes) -> None:
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.server.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: object) -> dict[str, Any]:
        """Return the answer to a request; whatever else is heard before is kept."""
        number = next(self._numbers)
        self.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        while (answer := self._next()).get("id") != number:
            self.heard.append(answer)
        return answer

    def _next(self) -> dict[str, Any]:
        assert self.server.stdout
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(self.server.stdout.read(length))  # type: ignore[no-any-return]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_though_the_editor_is_silent(number: signal.Signals) -> None:
    client = Editor()
    client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    client.server.send_signal(number)
    assert client.server.wait(20) == 128 + number


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """Give a client that has one document open."""
    client = Editor()
    client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    client.tell("initialized", {})
    open_document(client, "𠮷推行“五好”建设。\n")
    yield client
    client.ask("shutdown", None)
    client.tell("exit", None)
    assert client.server.wait(20) == 0
    assert client.server.stderr
    assert b"Traceback" not in client.server.stderr.read()


def open_document(client: Editor, text: object, uri: str = URI) -> None:
    client.tell(
        "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}}
    )


def at(line: object, character: object, uri: object = URI) -> dict[str, object]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def over(start: tuple[object, object], end: tuple[object, object], uri: object = URI) -> dict[str, object]:
    places = [{"line": line, "character": character} for line, character in (start, end)]
    return {
        "textDocument": {"uri": uri},
        "range": {"start": places[0], "end": places[1]},
        "context": {"diagnostics": []},
    }


POSITIONS = {
    "line -1": (-1, 0, INVALID),
    "column -5": (0, -5, INVALID),
    "line 2^31": (2**31, 0, INVALID),
    "line 2^70": (2**70, 0, INVALID),
    "column 2^31": (0, 2**31, INVALID),
    "no number": ("a", 0, INVALID),
    "nothing": (None, None, INVALID),
    "behind the end": (2**31 - 1, 2**31 - 1, 0),
    "behind the line": (0, 10_000, 0),
    "half a character": (0, 1, 0),
}
FOREIGN = [
    "file:///nowhere/none.txt",
    "http://a/b",
    "untitled:Untitled-1",
    "",
    "file:///",
    "file:///a%00b",
    "a.txt",
    5,
    None,
    "file:///%ff%fe",
    "file:///bin/ls",
    "file:///dev/zero",
]
REQUESTS: dict[str, tuple[str, object, int]] = {
    **{
        f"{method} {name}": (method, at(line, column), code)
        for method in (HOVER, COMPLETION)
        for name, (line, column, code) in POSITIONS.items()
    },
    **{f"{HOVER} of {uri}": (HOVER, at(0, 0, uri), FAILED) for uri in FOREIGN},
    **{f"{ACTION} of {uri}": (ACTION, over((0, 0), (0, 0), uri), FAILED) for uri in FOREIGN},
    "backwards": (ACTION, over((5, 0), (0, 0)), 0),
    "before the beginning": (ACTION, over((-1, -1), (0, 3)), INVALID),
    "without end": (ACTION, over((0, 0), (2**40, 2**40)), INVALID),
    "no context": (ACTION, at(0, 0), INVALID),
    "no such method": ("textDocument/foo", {}, UNKNOWN),
    "no values": (HOVER, None, INVALID),
    "a list": (HOVER, [1], INVALID),
    "a text": (HOVER, "x", INVALID),
    "no such command": ("workspace/executeCommand", {"command": "rm", "arguments": []}, INVALID),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_has_its_answer(editor: Editor, name: str) -> None:
    method, params, code = REQUESTS[name]
    answer = editor.ask(method, params)
    assert answer.get("error", {}).get("code", 0) == code, answer
    assert "Traceback" not in str(answer)
    assert "traceback" not in str(answer)


def test_what_comes_before_initialize_is_put_off() -> None:
    client = Editor()
    open_document(client, "五好")
    answers = [client.ask(method, params) for method, params, _ in REQUESTS.values()]
    assert {answer["error"]["code"] for answer in answers} == {EARLY}
    assert "raceback" not in str(answers + client.heard)
    assert "error" not in client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    client.ask("shutdown", None)
    client.tell("exit", None)
    assert client.server.wait(20) == 0


NOTES: dict[str, tuple[str, object]] = {
    "change of what is not open": (
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///none", "version": 2}, "contentChanges": [{"text": "a"}]},
    ),
    "change before the beginning": (
        "textDocument/didChange",
        {
            "textDocument": {"uri": URI, "version": 2},
            "contentChanges": [{"range": over((-1, 0), (0, -1))["range"], "text": "a"}],
        },
    ),
    "change behind the end": (
        "textDocument/didChange",
        {
            "textDocument": {"uri": URI, "version": 2},
            "contentChanges": [{"range": over((10**9, 0), (10**9, 1))["range"], "text": "a"}],
        },
    ),
    "close of what is not open": ("textDocument/didClose", {"textDocument": {"uri": "file:///none"}}),
    "save of what is not open": ("textDocument/didSave", {"textDocument": {"uri": "file:///none"}}),
    "cancel of nothing": ("$/cancelRequest", {"id": 999}),
    "cancel without a number": ("$/cancelRequest", {}),
    "no such notification": ("textDocument/didFoo", {}),
}
RAW = [b"nonsense", b"[]", b"5", b"null", b"\xff\xfe", b'{"jsonrpc":"2.0"}', b"[" * 100_000]
TEXTS = ["\ud800五好\0\u2028", None, "", "推行“五好”（班子建设好、党员队伍好）建设。\n" * 20_000]


@pytest.mark.parametrize("what", [*NOTES, *RAW, *range(len(TEXTS))], ids=lambda what: str(what)[:30])
def test_whatever_it_hears_it_goes_on(editor: Editor, what: str | bytes | int) -> None:
    editor.heard.clear()
    if isinstance(what, int):
        open_document(editor, TEXTS[what], "file:///nowhere/b.txt")
    elif isinstance(what, bytes):
        editor.send(what)
    else:
        editor.tell(*NOTES[what])
    assert "error" not in editor.ask(HOVER, at(0, 0))
    assert "Traceback" not in str(editor.heard)


def test_a_text_too_long_to_be_checked_while_it_is_typed_is_told(editor: Editor) -> None:
    editor.heard.clear()
    open_document(editor, "五好，" * 200_000, "file:///nowhere/long.txt")
    editor.ask(HOVER, at(0, 0))
    assert sum("kouhao check" in str(message) for message in editor.heard) == 1
