"""Run command lines in forks of one warm process: what imports cost is paid once a session, each run starts afresh.

Where nothing can be forked a run is a process of its own, as slow and as right.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn, TypedDict

CLOSED, GONE = Path("closed"), Path("gone")
"""Outputs that are no files: one that is closed, and a pipe whose reader went away."""

DOORS = {"door": True, "typer": False}
"""Whether a command line is read plainly, or by Typer."""

RUN = [sys.executable, "-c", "from kouhao.commands.main import main; main()"]


def kouhao(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    folder: Path | None = None,
    surroundings: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own, with further environment variables."""
    return subprocess.run(
        [*RUN, *map(os.fsencode, arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=folder,
        env=os.environ | dict(surroundings or {}),
    )


_SERVER = """
from tests.program import serve
serve()
"""
_WARM = (
    "typer",
    "rich.console",
    "rich.panel",
    "rich.table",
    "ruamel.yaml",
    "pydantic",
    "kouhao.commands.command_line.app",
    "kouhao.commands.check",
    "kouhao.commands.harvest",
    "kouhao.curation.lint",
    "kouhao.harvest",
)


class Request(TypedDict):
    """A run as the server is asked for it: arguments as hexadecimal bytes, paths of the files that the streams are."""

    door: str
    arguments: list[str]
    streams: list[str]
    folder: str
    surroundings: dict[str, str]


class Done(NamedTuple):
    """What came of a run."""

    stdout: bytes
    stderr: bytes
    code: int


class Program:
    """A warm process that is asked, one line of JSON after another, to fork and run."""

    def __init__(self, before: Sequence[str] = ()) -> None:
        """Start it; `before` is a program that starts it with other rights."""
        root = Path(__file__).parent.parent
        self._server = subprocess.Popen(
            [*before, sys.executable, "-c", _SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
        )

    def run(
        self,
        door: str,
        arguments: Sequence[str | bytes],
        *,
        stdin: bytes,
        folder: Path,
        surroundings: Mapping[str, str],
        outputs: tuple[Path, Path] | None = None,
    ) -> Done:
        """Run a command line in `folder` with these environment variables alone; `outputs` are files for its two outputs, the first may be CLOSED or GONE."""
        assert self._server.stdin
        assert self._server.stdout
        with tempfile.TemporaryDirectory() as temporary:
            streams = [Path(temporary, name) for name in ("stdin", "stdout", "stderr")]
            streams[0].write_bytes(stdin)
            streams[1:] = outputs or streams[1:]
            asked: Request = {
                "door": door,
                "arguments": [os.fsencode(argument).hex() for argument in arguments],
                "streams": [str(path) for path in streams],
                "folder": str(folder),
                "surroundings": dict(surroundings),
            }
            self._server.stdin.write(json.dumps(asked).encode() + b"\n")
            self._server.stdin.flush()
            code = int(self._server.stdout.readline())
            written = [path.read_bytes() if path.is_file() else b"" for path in streams[1:]]
            return Done(written[0], written[1], code)

    def close(self) -> None:
        """End the process."""
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait(10)


def serve() -> None:
    """Answer requests on standard input until it ends."""
    from importlib import import_module  # noqa: PLC0415  only the server warms itself

    for name in _WARM:
        import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _run(asked)
        status = os.waitpid(child, 0)[1]
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(asked: Request) -> NoReturn:
    """Become the program; never return."""
    from kouhao.commands.console.terminal import leave  # noqa: PLC0415  likewise
    from kouhao.commands.main import run  # noqa: PLC0415  likewise

    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["surroundings"])
    stdin, stdout, stderr = asked["streams"]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    os.dup2(os.open(stderr, flags), 2)
    if stdout == str(GONE):
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, 1)
    elif stdout != str(CLOSED):
        os.dup2(os.open(stdout, flags), 1)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  as the interpreter opens it
    if stdout == str(CLOSED):
        os.close(1)
        sys.stdout = None
    else:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  likewise
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115
    arguments = [os.fsdecode(bytes.fromhex(argument)) for argument in asked["arguments"]]
    sys.argv = ["kouhao", *arguments]
    code = 70
    try:
        code = run(arguments, plainly=DOORS[asked["door"]])
        leave(code)
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    finally:
        os._exit(code)
