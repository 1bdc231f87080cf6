"""Run a reader of native code in a process of its own: whatever becomes of it, the program, its time and memory stay."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import Any

from kouhao.errors import KouhaoError

_MEMORY = 2 * 2**30


def run_reader(module: str, content: bytes, path: str, *, seconds: int) -> dict[str, Any]:
    """Return what `extract(content)` of a module returns, which must be data that JSON holds.

    Raises KouhaoError E_LIMIT where it takes longer or needs more than 2 GB, E_FORMAT where it dies, and what it raises itself.
    """
    command = [sys.executable, "-c", f"from {__name__} import serve; serve({module!r}, {seconds})"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise KouhaoError("E_LIMIT", f"{seconds} 秒还没有读完", path=path, hint="请分成几个文件。") from error
    if done.returncode:
        spent = b"MemoryError" in done.stderr
        code, message = ("E_LIMIT", "读它要的内存太多") if spent else ("E_FORMAT", "文件已损坏，读的时候出错")
        raise KouhaoError(code, message, path=path, hint="请重新导出，再试一次。")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        code, message, hint = answer["error"]
        raise KouhaoError(code, message, path=path, hint=hint)
    return answer


def serve(module: str, seconds: int) -> None:
    """Be that process: limit oneself, read standard input, answer on standard output."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        answer = import_module(module).extract(sys.stdin.buffer.read())
    except KouhaoError as error:
        answer = {"error": [error.code, error.message, error.hint]}
    sys.stdout.write(json.dumps(answer))
