"""`kouhao diff`: what changed between two glossaries."""

from __future__ import annotations

import json
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path, PureWindowsPath
from tarfile import FilterError, TarFile

from kouhao.commands.console import terminal
from kouhao.curation.diff import Change, compare_glossaries
from kouhao.entry import Glossary
from kouhao.errors import KouhaoError
from kouhao.glossary.load import collect_files, load_files
from kouhao.output.entries import as_markdown, cell
from kouhao.records import ChangeRecord


def diff(*, old: str, new: str, format: str) -> int:  # noqa: A002
    """Write what changed between two glossaries."""
    changes = list(compare_glossaries(_load(old), _load(new)))
    show = {"text": _text, "markdown": _markdown, "json": _json, "jsonl": _json}[format]
    shown = [show(change) for change in changes]
    if format == "json":
        terminal.write_json("[" + ",\n".join(map(str.strip, shown)) + "]\n")
    elif format == "jsonl":
        terminal.write_json("".join(shown))
    elif shown:
        terminal.show("".join(shown).removesuffix("\n"))
    terminal.tell(f"{len(changes)} 处不同。" if changes else "没有不同。")
    return terminal.NOT_FOUND if changes else terminal.OK


def _load(name: str) -> Glossary:
    revision, _, path = name.partition(":")
    if Path(name).exists() or not path or PureWindowsPath(name).is_absolute():
        return load_files(collect_files([Path(name)]))
    if revision.startswith("-"):
        raise KouhaoError("E_USAGE", f"版本不能以“-”开头：{revision}", hint="写作 版本:路径，例如 HEAD:glossary。")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(["git", "archive", revision, "--", path], capture_output=True, check=False)  # noqa: S603, S607
        if done.returncode:
            hint = "写作 版本:路径，例如 HEAD:glossary。"
            raise KouhaoError("E_NOT_FOUND", "git 里没有这个版本或路径", path=name, hint=hint)
        try:
            with TarFile(fileobj=BytesIO(done.stdout)) as archive:
                archive.extractall(scratch, filter="data")
        except FilterError as error:
            hint = "请在工作区里比较这些文件。"
            raise KouhaoError(
                "E_FORMAT", f"里面有指向别处的链接（{error.tarinfo.name}），读不了", path=name, hint=hint
            ) from error
        return load_files(collect_files([Path(scratch) / path]))


_KINDS = {"added": "新增", "removed": "删去", "changed": "修改"}


def _text(change: Change) -> str:
    head = f"{_KINDS[change.kind]}  {cell(change.entry.term)}"
    if change.kind != "changed":
        return f"{head}\n"
    return f"{head}  {change.field}\n  - {cell(change.old)}\n  + {cell(change.new)}\n"


def _markdown(change: Change) -> str:
    term, full, field, old, new = as_markdown(
        [change.entry.term, change.entry.full, change.field, change.old, change.new]
    )
    head = f"- **{_KINDS[change.kind]}** “{term}”"
    if change.kind != "changed":
        return f"{head}{'：' + full if full else ''}\n"
    return f"{head}的{field}：~~{old or '（无）'}~~ → {new or '（无）'}\n"


def _json(change: Change) -> str:
    record: ChangeRecord = {
        "kind": change.kind,
        "id": change.entry.id,
        "term": change.entry.term,
        "field": change.field,
        "old": change.old,
        "new": change.new,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"
