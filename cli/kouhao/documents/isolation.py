"""Run a reader of native code in a process of its own: whatever becomes of it, the program, its time and memory stay.

The process is the program once more, told by a variable of its surroundings what to be, since a bundled program has no
interpreter to start.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from typing import Any

from kouhao.errors import KouhaoError
from kouhao.files import address_space

READER = "_KOUHAO_READER"
"""The variable that makes the program a reader: a module and its seconds."""

_MEMORY = 2 * 2**30  # bytes that a reader may take: what needs more is an attack
_SMALL, _LITTLE_MEMORY = 2**20, 256 * 2**20  # bytes of a file, and what a reader of such a one may take
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_INTERPRETED = ("-P", "-m", "kouhao")
"""What makes an interpreter the program, whatever modules lie in the working folder."""


def run_reader(module: str, content: bytes, path: str, *, seconds: int) -> dict[str, Any]:
    """Return what `extract(content)` of a module returns, which must be data that JSON holds.

    Where the system grants no further process, it is read in this one. Raises KouhaoError E_LIMIT where it takes longer or needs
    more than 2 GB (256 MB for a file under a megabyte), E_FORMAT where it dies, and what it raises itself.
    """
    command = [sys.executable, *(() if getattr(sys, "frozen", False) else _INTERPRETED)]
    surroundings = os.environ | {READER: f"{module} {seconds}"}
    try:
        done = subprocess.run(  # noqa: S603  itself
            command, input=content, capture_output=True, timeout=seconds, check=False, env=surroundings
        )
    except subprocess.TimeoutExpired as error:
        raise KouhaoError("E_LIMIT", f"{seconds} 秒还没有读完", path=path, hint="请分成几个文件。") from error
    except OSError:
        return _checked(_extracted(module, content), path)
    if done.returncode:
        spent = b"MemoryError" in done.stderr
        code, message = ("E_LIMIT", "读它要的内存太多") if spent else ("E_FORMAT", "文件已损坏，读的时候出错")
        raise KouhaoError(code, message, path=path, hint="请重新导出，再试一次。")
    return _checked(json.loads(done.stdout), path)


def _checked(answer: dict[str, Any], path: str) -> dict[str, Any]:
    if "error" in answer:
        code, message, hint = answer["error"]
        raise KouhaoError(code, message, path=path, hint=hint)
    return answer


def serve(task: str) -> int:
    """Be that process: limit oneself, read standard input, answer on standard output; return the exit code.

    On Linux it ends with the program that started it, however that ends; elsewhere its own limits end it.
    """
    module, allowed = task.split()
    seconds = int(allowed)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if sys.platform != "win32":
        _limit("RLIMIT_AS", _MEMORY)
        _limit("RLIMIT_CPU", seconds)
    content = sys.stdin.buffer.read()
    if sys.platform == "linux" and len(content) <= _SMALL:
        _limit("RLIMIT_AS", address_space() + _LITTLE_MEMORY)
    sys.stdout.write(json.dumps(_extracted(module, content)))
    sys.stdout.flush()
    return 0


def _limit(name: str, most: int) -> None:
    """Lower a limit of this process; one that is lower stays."""
    import resource  # noqa: PLC0415  POSIX only

    kind = getattr(resource, name)
    limit = min([most, *(one for one in resource.getrlimit(kind) if one != resource.RLIM_INFINITY)])
    resource.setrlimit(kind, (limit, limit))


def _extracted(module: str, content: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = import_module(module).extract(content)
    except KouhaoError as error:
        return {"error": [error.code, error.message, error.hint]}
    return answer
