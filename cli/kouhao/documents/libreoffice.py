"""Old office files and binary workbooks → new ones, by LibreOffice where the machine has it, each time with a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from kouhao.errors import KouhaoError
from kouhao.files import read_file, write_file

_SECONDS = 60  # by hand: what takes longer hangs
_WATCHED = 'exec 3<&0; (cat <&3 >/dev/null; kill -KILL -$$) & "$@" 3<&- </dev/null'
"""A shell that runs a command, and ends its whole group once nobody holds the other end of its standard input any more."""

_TARGETS = {"doc": "docx", "ppt": "pptx", "xlsb": "xlsx"}
_NAMES = {"doc": "旧版 Word 或 WPS 文件", "ppt": "旧版演示文稿", "xlsb": "二进制的表格"}


def convert(content: bytes, kind: str, path: str) -> bytes:
    """Return the content as docx, pptx or xlsx; raise KouhaoError E_FORMAT or E_LIMIT."""
    target = _TARGETS[kind]
    program = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), "")
    hint = f"请在 Word 或 WPS 里打开，另存为 .{target}。"
    if not program:
        message = f"这是{_NAMES[kind]}，这台电脑上没有 LibreOffice，读不了"
        raise KouhaoError("E_FORMAT", message, path=path, hint=f"{hint}装了 LibreOffice 就能直接读。")
    with tempfile.TemporaryDirectory(prefix="kouhao-") as folder:
        source, made = Path(folder, f"a.{kind}"), Path(folder, "out", f"a.{target}")
        write_file(source, content)
        profile = Path(folder, "profile").as_uri()
        command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", target]
        _run([*command, "--outdir", str(made.parent), str(source)], path)
        if not made.exists():
            raise KouhaoError(
                "E_FORMAT", f"LibreOffice 读不了这个{_NAMES[kind]}，可能已损坏或加了密码", path=path, hint=hint
            )
        return read_file(made)


def _run(command: list[str], path: str) -> None:
    """Run a program with its children; none of them outlives the time limit, an interrupt or this program, however that ends."""
    watched = command if sys.platform == "win32" else ["sh", "-c", _WATCHED, "sh", *command]
    process = subprocess.Popen(  # noqa: S603  LibreOffice
        watched, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice {_SECONDS} 秒还没有读完"
        raise KouhaoError("E_LIMIT", message, path=path, hint="请另存为 .docx，再试一次。") from error
    finally:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin:
            process.stdin.close()
