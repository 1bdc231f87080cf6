"""Ask a person at the terminal; the questions stand on standard error, so that standard output stays data."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output import create_output

from kouhao.commands.console import terminal
from kouhao.errors import KouhaoError


def is_conversation() -> bool:
    """Return whether a person is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def ask(question: str, default: str = "") -> str:
    """Return an answer without blanks around it, or `default` where nothing was answered."""
    session = _session()
    shown = f"{question}（回车用“{default}”）：" if default else f"{question}："
    try:
        return session.prompt(terminal.safe_line(shown)).strip() or default
    except EOFError as error:
        raise KouhaoError("E_USAGE", "没有写完，什么也没有改", hint="要重新来，请再运行一次。") from error


def ask_needed(question: str, default: str = "") -> str:
    """Return an answer that is not empty; ask until there is one."""
    while not (answer := ask(question, default)):
        terminal.tell("这一项不能为空；要放弃，请按 Ctrl-C。")
    return answer


def ask_lines(question: str) -> str:
    """Return several pasted lines, up to an empty one, joined."""
    lines = [ask_needed(question)]
    while line := ask("下一行（空行结束）"):
        lines.append(line)
    return "".join(lines)


def confirm(question: str) -> bool:
    """Return whether the answer is yes, as it is where nothing was answered."""
    while True:
        answer = ask(f"{question}（回车为是，n 为否）").lower()
        if answer in ("", "y", "yes", "是"):
            return True
        if answer in ("n", "no", "否"):
            return False
        terminal.tell("请按回车，或输入 n。")


def ask_queries() -> Iterator[list[str]]:
    """Yield the queries that a person types, one after another, until the input is ended (Ctrl-D)."""
    session = _session(_history())
    while True:
        try:
            query = session.prompt("口号：").strip()
        except EOFError:
            return
        if query:
            yield [query]


def _session(history: History | None = None) -> PromptSession[str]:
    return PromptSession(output=create_output(sys.stderr), history=history, enable_suspend=True)


def _history() -> History:
    """Return what was asked before, kept between runs where a folder can be had."""
    path = Path(os.environ.get("KOUHAO_HISTORY") or user_state_path("kouhao") / "history")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
