"""The local page: its JSON is the command line's, strangers are refused, and it works in a browser, on a phone too."""

from __future__ import annotations

import http.client
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest

from kouhao.lookup.engine import open_lookup
from kouhao.serve.server import LARGEST, PageServer

SLIP = "𠮷推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n"
FIXED = SLIP.replace("工作机制好、", "工作机制好、工作业绩好、")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with open_lookup([]) as lookup, open_lookup([]) as checked, PageServer(lookup, checked) as started:
        thread = threading.Thread(target=started.serve_forever, daemon=True)
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def ask(
    server: PageServer, route: str, body: bytes | None = None, token: str = "", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    path = f"/{token or server.token}/{route}"
    connection.request("POST" if body is not None else "GET", path, body, headers)
    return connection.getresponse()


def printed(*arguments: str | Path) -> str:
    program = [sys.executable, "-m", "kouhao", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False).stdout


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph(SLIP)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_a_query_does_not_wait_for_a_document(server: PageServer) -> None:
    checked = threading.Thread(target=lambda: ask(server, "check?name=a.txt", (SLIP * 1500).encode()).read())
    checked.start()
    assert json.loads(ask(server, f"lookup?q={quote('五好')}").read())[0]["status"] == "found"
    assert checked.is_alive()
    checked.join()


@pytest.mark.parametrize("query", ["五好", "三近三铜步", "天气预报"])
def test_lookup_is_the_command_line_s(server: PageServer, query: str) -> None:
    response = ask(server, f"lookup?q={quote(query)}")
    assert (response.status, response.read().decode()) == (200, printed("--json", query))


@pytest.mark.parametrize("name", ["稿.txt", "稿.docx"])
def test_check_is_the_command_line_s(server: PageServer, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(document() if name.endswith(".docx") else SLIP.encode())
    told = json.loads(ask(server, f"check?name={quote(name)}", path.read_bytes()).read())
    expected = json.loads(
        printed("check", "--format", "json", path).replace(json.dumps(str(path), ensure_ascii=False), f'"{name}"')
    )
    assert told == expected
    assert told["findings"]


def test_fixes_are_written(server: PageServer) -> None:
    assert ask(server, "fix?name=a.txt", SLIP.encode()).read().decode() == FIXED
    assert ask(server, "fix?name=a.txt", SLIP.encode("utf-8-sig")).read() == FIXED.encode("utf-8-sig")
    commented = docx.Document(io.BytesIO(ask(server, "fix?name=a.docx", document()).read()))
    assert "工作业绩好" in next(iter(commented.comments)).text


@pytest.mark.parametrize(
    ("route", "body", "status", "code"),
    [
        ("lookup?q=", None, 400, "E_QUERY"),
        (f"lookup?q={quote('好' * 201)}", None, 413, "E_LIMIT"),
        ("check?name=a.docx", b"PK\x03\x04junk", 422, "E_DOCX"),
        ("check?name=a.txt", b"\0", 422, "E_BINARY"),
        ("fix?name=a.html", b"<p>\xe4\xba\x94\xe5\xa5\xbd", 422, "E_FORMAT"),
    ],
)
def test_what_is_wrong_is_told(server: PageServer, route: str, body: bytes | None, status: int, code: str) -> None:
    response = ask(server, route, body)
    assert (response.status, json.loads(response.read())["code"]) == (status, code)


def test_the_head_of_a_page_is_told_without_it(server: PageServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.request("HEAD", f"/{server.token}/")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"Origin": "http://127.0.0.1:PORT"}, 200),
        ("", {"Host": "localhost:PORT"}, 200),
        ("x", {}, 403),
        ("", {"Host": "example.org:PORT"}, 403),
        ("", {"Host": "127.0.0.1:1"}, 403),
        ("", {"Origin": "http://example.org"}, 403),
        ("", {"Origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("route", ["", "lookup?q=x", "check"])
def test_strangers_are_refused(
    server: PageServer, token: str, headers: dict[str, str], status: int, route: str
) -> None:
    given = {name: value.replace("PORT", str(server.server_port)) for name, value in headers.items()}
    response = ask(server, route, b"" if route == "check" else None, token, **given)
    assert response.status == status
    if status == 403:
        assert response.read().decode() == "这个地址已经过期，或者不完整：请用 kouhao serve 新给出的地址。\n"


def test_it_listens_on_this_machine_alone(server: PageServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "nothing").status == 404
    response = ask(server, "")
    assert "default-src 'none'" in (response.headers["Content-Security-Policy"] or "")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "NONCE" not in response.read().decode()


@pytest.mark.parametrize("length", [str(LARGEST + 1), "-1", "", "x", "9" * 5000])
def test_too_much_is_refused_before_it_is_read(server: PageServer, length: str) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
        head = f"POST /{server.token}/check HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(head.encode())
        assert b" 413 " in connection.recv(200)


@pytest.mark.parametrize("address", ["http://[::1/", "//[/", "/五/", "*"])
def test_an_address_that_is_none_is_refused(server: PageServer, address: str) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n".encode())
        assert b" 403 " in connection.recv(200)


def test_a_client_that_sends_too_much_hears_why(server: PageServer) -> None:
    response = ask(server, "check?name=a.txt", bytes(LARGEST + 2**20))
    assert response.status == 413
    assert json.loads(response.read())["code"] == "E_LIMIT"


def test_the_command_prints_the_address() -> None:
    program = [sys.executable, "-m", "kouhao", "serve", "--no-open"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout
        address = running.stdout.readline().strip()
        host, token = address.removeprefix("http://").removesuffix("/").split("/")
        connection = http.client.HTTPConnection(host, timeout=20)
        connection.request("GET", f"/{token}/")
        assert connection.getresponse().status == 200
        running.terminate()


class Browser:
    """A headless Chromium that is asked through its pipe, in the DevTools protocol."""

    def __init__(self, folder: Path) -> None:
        asked, self._asking = os.pipe()
        self._telling, told = os.pipe()
        options = f"--headless --no-sandbox --disable-gpu --user-data-dir={folder} --remote-debugging-pipe"
        self._process = subprocess.Popen(
            ["bash", "-c", f"exec {CHROMIUM} {options} about:blank 3<&{asked} 4>&{told}"],
            pass_fds=(asked, told),
            stderr=subprocess.DEVNULL,
        )
        os.close(asked)
        os.close(told)
        self._number = 0
        self._session: dict[str, str] = {}
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message = json.dumps({"id": self._number, "method": method, "params": params} | self._session)
        os.write(self._asking, message.encode() + b"\0")
        while True:
            told = bytearray()
            while not told.endswith(b"\0"):
                told += os.read(self._telling, 1)
            answer = json.loads(told[:-1])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def run(self, script: str) -> Any:  # noqa: ANN401  whatever the script gives
        asked = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in asked, asked
        return asked["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until a script is true."""
        wait = "new Promise(done => { const look = () => SCRIPT ? done(true) : setTimeout(look, 50); look(); })"
        assert self.run(wait.replace("SCRIPT", f"({script})"))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        os.close(self._asking)
        os.close(self._telling)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    started = Browser(tmp_path)
    yield started
    started.close()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("width", [375, 1200])
def test_the_page_works_in_a_browser(server: PageServer, browser: Browser, width: int) -> None:
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
    browser.ask("Page.navigate", url=server.address + "#" + quote("三近三铜步"))
    browser.wait("document.readyState == 'complete' && document.querySelector('#answers strong')")
    assert browser.run("document.querySelector('#answers strong').textContent") == "三进三同步"
    browser.run(f"at('draft').value = {json.dumps(SLIP)}; at('check').click()")
    browser.wait("at('findings').children.length")
    assert browser.run("document.querySelector('#findings mark').textContent").startswith("班子建设好")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.run("document.querySelector('#findings button').click()")
    browser.wait("at('sum').textContent.startsWith('0')")
    assert browser.run("at('draft').value") == FIXED
    dropped = f"take(new File([{json.dumps(SLIP)}], '稿.txt'))"
    browser.run(f"at('sum').textContent = ''; {dropped}")
    browser.wait("at('sum').textContent.startsWith('1')")
    assert "第 1 行" in browser.run("at('findings').textContent")
