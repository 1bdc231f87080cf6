"""The page's server: on this machine alone, for whoever has its address, which holds a random token.

| request | answer |
|---|---|
| `GET /TOKEN/` | the page |
| `GET /TOKEN/lookup?q=五好` | what `kouhao --json 五好` prints |
| `POST /TOKEN/check?name=稿.docx`, the document as the body | what `kouhao check --format json` prints |
| `POST /TOKEN/fix?name=稿.docx`, the document as the body | the corrected text, or the Word document with comments |

What is wrong is answered with the JSON that the command line has for errors. A page elsewhere in the browser reaches none of it: the
token, the Host and the Origin of a request must be right.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import PurePath
from socket import socket
from threading import Lock
from urllib.parse import parse_qs

from kouhao.check.checker import Checker, Report, fixes
from kouhao.check.rules import DEFAULTS
from kouhao.documents.kinds import WORD_KINDS
from kouhao.documents.reading import edited_file, read_bytes
from kouhao.errors import KouhaoError
from kouhao.lookup.engine import Lookup, refusal
from kouhao.output.entries import json_object
from kouhao.output.findings import json_document
from kouhao.records import error_record

LARGEST = 32 * 2**20
"""Bytes of a document; pages of text are kilobytes, and pictures make Word documents large."""

_MOST_DROPPED = 1 << 30
"""Bytes that are read in vain: a film that somebody drops on the page by mistake."""

_DIGITS = 20  # of a length: no file has one with more

_PATIENCE = 30
"""Seconds that a request may take to arrive."""

Answerer = Callable[[dict[str, str]], None]
"""Answers a request with the values of its address."""

_JSON = "application/json; charset=utf-8"


class PageServer(ThreadingHTTPServer):
    """Serves one person's browser with open glossaries."""

    daemon_threads = True
    allow_reuse_address = False  # where it means that another program may take the port over

    def __init__(self, lookup: Lookup, checked: Lookup, port: int = 0) -> None:
        """Listen on a port of this machine, any free one by default; raise OSError where it is taken.

        The same glossaries are open twice, `checked` for documents, so that no query waits until a long one is checked.
        """
        super().__init__(("127.0.0.1", port), _Request)
        self.token = secrets.token_urlsafe(16)
        self.lookup = lookup
        self._checker = Checker(checked, DEFAULTS)
        self._asking, self._checking = Lock(), Lock()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Pass over a browser that went away; tell whatever else is a fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def origins(self) -> tuple[str, str]:
        """What the page's own requests come from."""
        return f"http://127.0.0.1:{self.server_port}", f"http://localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """The page's address."""
        return f"{self.origins[0]}/{self.token}/"

    def answer(self, query: str) -> str:
        """Return the answers to a query as JSON; raise KouhaoError E_QUERY or E_LIMIT."""
        if refused := refusal(query):
            raise refused
        with self._asking:
            return f"[{json_object(self.lookup.answer(query.strip()))}]\n"

    def check(self, content: bytes, name: str) -> str:
        """Return the findings in a document as JSON; raise KouhaoError for what is none."""
        report = self._report(content, name)
        unread = [KouhaoError("E_PARTIAL", f"{part}，没有读", path=name) for part in report.document.unread]
        unread += [KouhaoError("E_RULE", f"规则 {rule} 出错，没有查完", path=name) for rule in report.broken]
        return json_document([report], unread)

    def fix(self, content: bytes, name: str) -> bytes:
        """Return a text with its fixes made, or a Word document with comments; raise KouhaoError E_FORMAT for others, or E_ENCODING."""
        report = self._report(content, name)
        document = report.document
        if document.kind in WORD_KINDS:
            from kouhao.output.word import annotate  # noqa: PLC0415  python-docx, for Word documents only

            return annotate(content, document, report.findings)[0]
        if not document.is_plain:
            raise KouhaoError("E_FORMAT", "这种文件不能自动修改", path=name, hint="请照列出的提示手工改。")
        return edited_file(document, fixes(report.findings), content)

    def _report(self, content: bytes, name: str) -> Report:
        with self._checking:
            return self._checker.check(read_bytes(content, name, PurePath(name).suffix.lower()))


class _Request(BaseHTTPRequestHandler):
    """One request of the page."""

    server: PageServer
    timeout = _PATIENCE
    server_version = "kouhao"
    sys_version = ""
    error_message_format = ""
    _unread = 0

    def do_GET(self) -> None:
        """Answer with the page, or what a query finds."""
        self._respond({"": self._page, "lookup": self._lookup})

    do_HEAD = do_GET  # noqa: N815  the name that the base asks for

    def do_POST(self) -> None:
        """Answer with what is found in a document, or its correction."""
        self._respond({"check": self._check, "fix": self._fix})

    def log_message(self, *_: object) -> None:
        """Log nothing: documents and queries are nobody's business."""

    def _respond(self, routes: dict[str, Answerer]) -> None:
        path, _, query = self.path.partition("?")
        _, token, route = [*path.split("/", 2), "", ""][:3]
        origin = self.headers.get("Origin")
        known = f"http://{self.headers.get('Host')}" in self.server.origins and origin in (None, *self.server.origins)
        if not known or not compare_digest(token.encode(), self.server.token.encode()):
            self._send(HTTPStatus.FORBIDDEN, _EXPIRED, "text/plain; charset=utf-8")
            return
        if route not in routes:
            self._send(HTTPStatus.NOT_FOUND, _NO_PAGE, "text/plain; charset=utf-8")
            return
        try:
            routes[route]({name: values[0] for name, values in parse_qs(query).items()})
        except KouhaoError as error:
            told = json.dumps(error_record(error), ensure_ascii=False).encode()
            self._send(_STATUS.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY), told, _JSON)
            self._drop()

    def _page(self, _: dict[str, str]) -> None:
        page = files("kouhao.serve").joinpath("page.html").read_text(encoding="utf-8")
        nonce = secrets.token_urlsafe(16)
        policy = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; form-action 'none'"
        self._send(HTTPStatus.OK, page.replace("NONCE", nonce).encode(), "text/html; charset=utf-8", policy)

    def _lookup(self, asked: dict[str, str]) -> None:
        self._send(HTTPStatus.OK, self.server.answer(asked.get("q", "")).encode("utf-8", "replace"), _JSON)

    def _check(self, asked: dict[str, str]) -> None:
        told = self.server.check(self._body(), asked.get("name", "-"))
        self._send(HTTPStatus.OK, told.encode("utf-8", "replace"), _JSON)

    def _fix(self, asked: dict[str, str]) -> None:
        self._send(HTTPStatus.OK, self.server.fix(self._body(), asked.get("name", "-")), "application/octet-stream")

    def _body(self) -> bytes:
        """Return the document that was sent; raise KouhaoError E_LIMIT or E_IO."""
        given = self.headers.get("Content-Length", "")
        length = int(given) if given.isascii() and given.isdecimal() and len(given) < _DIGITS else -1
        if not 0 <= length <= LARGEST:
            self.close_connection = True
            self._unread = max(0, length)
            message = f"文稿超过 {LARGEST // 2**20} MB，或没有写明长度"
            raise KouhaoError("E_LIMIT", message, hint="大的文稿请用 kouhao check 检查。")
        body = self.rfile.read(length)
        if len(body) < length:
            raise KouhaoError("E_IO", "文稿没有传完", hint="请再试一次。")
        return body

    def _drop(self) -> None:
        """Read what is sent in vain: a browser that is cut off while it sends does not show the answer."""
        left = min(self._unread, _MOST_DROPPED)
        while left and (piece := self.rfile.read(min(left, 1 << 16))):
            left -= len(piece)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, policy: str = "default-src 'none'") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'; base-uri 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


_EXPIRED = "这个地址已经过期，或者不完整：请用 kouhao serve 新给出的地址。\n".encode()
_NO_PAGE = "没有这一页：请用 kouhao serve 给出的地址。\n".encode()
_STATUS = {
    "E_QUERY": HTTPStatus.BAD_REQUEST,
    "E_LIMIT": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "E_IO": HTTPStatus.BAD_REQUEST,
}
