"""Ask a person at the terminal; the questions stand on standard error, so that standard output stays data."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.prompt import Confirm, Prompt
from rich.text import Text

from kouhao.errors import KouhaoError


class _Question(Prompt):
    prompt_suffix = "："


class _YesOrNo(Confirm):
    prompt_suffix = "："
    validate_error_message = "请答 y 或 n。"


def is_conversation() -> bool:
    """Tell whether a person is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def ask(question: str, default: str = "") -> str:
    """Return an answer without blanks around it, or `default` where nothing was answered."""
    try:
        shown = Text(question)
        return _Question.ask(shown, console=_console(), default=default, show_default=bool(default)).strip()
    except EOFError as error:
        raise _unfinished() from error


def ask_needed(question: str, default: str = "") -> str:
    """Return an answer that is not empty; ask until there is one."""
    while not (answer := ask(question, default)):
        pass
    return answer


def ask_lines(question: str) -> str:
    """Return several pasted lines, up to an empty one, joined."""
    lines = [ask_needed(question)]
    while line := ask("…"):
        lines.append(line)
    return "".join(lines)


def confirm(question: str) -> bool:
    """Tell whether the answer is yes, as it is where nothing was answered."""
    try:
        return _YesOrNo.ask(Text(question), console=_console(), default=True)
    except EOFError as error:
        raise _unfinished() from error


def _console() -> Console:
    return Console(file=sys.stderr)


def _unfinished() -> KouhaoError:
    return KouhaoError("E_USAGE", "没有写完，什么也没有改", hint="要重新来，请再运行一次。")
