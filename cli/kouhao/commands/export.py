"""`kouhao export`: the glossary in other people's formats."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from kouhao.commands.console import terminal
from kouhao.commands.inputs.drafts import drafts
from kouhao.commands.inputs.glossaries import open_glossaries, own_glossaries
from kouhao.errors import KouhaoError
from kouhao.files import require_former, write_file

_NAMED = 10
"""So many drafts are named, at most."""

_WRITERS = {
    "csv": ("tables", "csv_table", "词,展开,各项,主题,依据,引文,"),
    "json": ("tables", "json_array", '"basis": "'),
    "markdown": ("tables", "markdown_document", "# 口号词库\n"),
    "html": ("page", "html_page", "<title>口号</title>"),
    "tbx": ("tbx", "tbx_document", "kouhao 口号词库"),
    "stardict": ("stardict", "stardict_files", ""),
}
"""The module and the function that write a format, and what stands near the begin of a former export in it."""


def export(*, format: str, output: str, paths: list[str], builtin: bool | Sequence[str]) -> int:  # noqa: A002
    """Write the glossaries in another format."""
    if not format:
        raise KouhaoError("E_USAGE", "请写明 --format", hint=f"可以是 {'、'.join(_WRITERS)}。")
    target = Path(output) if output and output != "-" else None
    module, function, mark = _WRITERS[format]
    if target is not None and mark:
        require_former(target, mark)
    with open_glossaries(paths, builtin=builtin) as opened:
        records = list(opened.records())
    left = [entry.term for entry in drafts([*own_glossaries(), *paths])]
    if left:
        named = "、".join(left[:_NAMED]) + ("等" if len(left) > _NAMED else "")
        terminal.tell(f"{len(left)} 条草稿没有导出：{named}。审核后删去 draft: true 一行，就会导出。")
    if sys.stdout.encoding.lower() != "utf-8":
        terminal.tell("导出的内容总是 UTF-8 编码；--output-encoding 只管别的输出。")
    write: Callable[..., Any] = getattr(import_module(f"kouhao.output.exports.{module}"), function)
    text = write(records)
    if isinstance(text, dict):
        _write_folder(target, text, [*own_glossaries(), *paths])
    elif target is None:
        terminal.write_bytes(text.encode())
    else:
        write_file(target, text.encode(), made_of=[*own_glossaries(), *paths])
        terminal.tell(f"{target}：已导出 {len(records)} 条。")
    return terminal.OK


def _write_folder(output: Path | None, files: dict[str, bytes], made_of: list[str]) -> None:
    if output is None:
        raise KouhaoError("E_USAGE", "stardict 要写进文件夹", hint="例如 --output 口号词典。")
    if output.exists() and not output.is_dir():
        raise KouhaoError("E_USAGE", "stardict 要写进文件夹，这里是文件", path=str(output), hint="请换一个名字。")
    require_former(output / next(name for name in files if name.endswith(".ifo")), "bookname=口号\n")
    is_new = not output.exists()
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_file(output / name, content, made_of=made_of)
    except BaseException:
        if is_new:
            shutil.rmtree(output, ignore_errors=True)
        raise
    terminal.tell(f"{output}：已写入 {len(files)} 个文件。")
