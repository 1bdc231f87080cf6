"""`kouhao diff`: what changed between two glossaries."""

from __future__ import annotations

import subprocess
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.curation.diff import Change, compare_glossaries
from kouhao.errors import KouhaoError
from kouhao.glossary import collect_files, load_files
from kouhao.model import Glossary


class DiffFormat(StrEnum):
    """How changes are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"


def diff(
    old: Annotated[str, typer.Argument(help="原来的词库：文件、文件夹，或 git 版本:路径（HEAD:glossary）。")],
    new: Annotated[str, typer.Argument(help="现在的词库，写法相同。")],
    format: Annotated[DiffFormat, typer.Option("--format", help="text，或用于合并请求的 markdown。")] = DiffFormat.TEXT,  # noqa: A002
) -> int:
    """说明两份词库之间改了哪些词条、哪些项、哪些引文。

    \b
    kouhao diff 旧词库.yaml 新词库.yaml
    kouhao diff --format markdown HEAD:glossary glossary
    """
    changes = list(compare_glossaries(_load(old), _load(new)))
    show = _markdown if format is DiffFormat.MARKDOWN else _text
    for change in changes:
        terminal.write(show(change))
    terminal.tell(f"{len(changes)} 处不同。" if changes else "没有不同。")
    return terminal.NOT_FOUND if changes else terminal.OK


def _load(name: str) -> Glossary:
    if Path(name).exists() or ":" not in name:
        return load_files(collect_files([Path(name)]))
    revision, _, path = name.partition(":")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(["git", "archive", revision, "--", path], capture_output=True, check=False)  # noqa: S603, S607
        if done.returncode:
            hint = "写作 版本:路径，例如 HEAD:glossary。"
            raise KouhaoError("E_NOT_FOUND", "git 里没有这个版本或路径", path=name, hint=hint)
        subprocess.run(["tar", "-x", "-C", scratch], input=done.stdout, check=True)  # noqa: S603, S607
        return load_files(collect_files([Path(scratch) / path]))


_KINDS = {"added": "新增", "removed": "删去", "changed": "修改"}


def _text(change: Change) -> str:
    head = f"{_KINDS[change.kind]}  {change.entry.term}"
    if change.kind != "changed":
        return f"{head}\n"
    return f"{head}  {change.field}\n  - {change.old}\n  + {change.new}\n"


def _markdown(change: Change) -> str:
    head = f"- **{_KINDS[change.kind]}** “{change.entry.term}”"
    if change.kind != "changed":
        return f"{head}{'：' + change.entry.full if change.entry.full else ''}\n"
    return f"{head}的{change.field}：~~{change.old or '（无）'}~~ → {change.new or '（无）'}\n"
