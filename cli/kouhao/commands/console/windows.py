"""What Windows leaves to programs: wildcards, the shape of an editor's command, the fault of a pipe whose reader went away."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from glob import glob
from pathlib import PureWindowsPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_EDITOR = "notepad"


def expand_wildcards(words: Iterable[str]) -> list[str]:
    """Return file arguments with what matches `*.docx` and the like in its place, as shells elsewhere do; what matches nothing stays."""
    found: list[str] = []
    for word in words:
        wild = any(mark in word for mark in "*?[") and not os.path.exists(word)  # noqa: PTH110
        found += (sorted(glob(word, recursive=True)) if wild else []) or [word]  # noqa: PTH207
    return found


def editor_command(setting: str) -> list[str]:
    r"""Return the words of an editor's command, in which backslashes are no escapes; the program is found with its suffix.

    Quotes may stand around a path (`"C:\Program Files\…\code.cmd" --wait`), and may be left out where it is all there is.
    """
    setting = setting or _EDITOR
    if os.path.exists(setting):  # noqa: PTH110
        return [setting]
    words = [word.strip('"') for word in shlex.split(setting, posix=False)]
    return [shutil.which(words[0]) or words[0], *words[1:]]


def editor_name(program: str) -> str:
    """Return an editor's name without folder and suffix."""
    return PureWindowsPath(program).stem.lower()


def is_reader_gone(error: OSError) -> bool:
    """Return whether an output's reader went away, which Windows tells as an invalid argument of no file."""
    return error.errno in {errno.EINVAL, errno.EPIPE} and not error.filename
