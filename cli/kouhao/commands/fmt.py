"""`kouhao fmt`: glossary files in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.commands.progress import waiting
from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.files import read_file, read_text, write_file
from kouhao.glossary import collect_files, format_yaml


def format_files(
    paths: Annotated[list[Path], typer.Argument(help="词库文件或文件夹。")],
    check: Annotated[bool, typer.Option("--check", help="只查是否整齐，不改文件。")] = False,
) -> int:
    """把词库文件整理成统一的样子：字段的次序、引号；注释留在原处，内容不变。

    \b
    kouhao fmt 我的词库.yaml
    kouhao fmt --check glossary
    """
    untidy = failed = 0
    files = [path for path in collect_files(paths) if path.suffix in (".yaml", ".yml")]
    if not files:
        raise KouhaoError("E_NOT_FOUND", "这里没有词库文件", path=str(paths[0]), hint="词库是 .yaml 文件。")
    for path in files:
        try:
            original = read_file(path)
            before = read_text(path)
            with waiting(f"正在整理 {path.name}"):
                after = format_yaml(before, str(path))
            if after != before and not check:
                write_file(path, after.encode(), was=original)
        except KouhaoErrors as several:
            for error in several.errors:
                terminal.tell_error(error)
            failed += 1
            continue
        except KouhaoError as error:
            terminal.tell_error(error)
            failed += 1
            continue
        if after != before:
            untidy += 1
            terminal.write(f"{path}\n")
    verb = "要整理" if check else "整理了"
    terminal.tell(f"看了 {len(files)} 个文件，{verb} {untidy} 个" + (f"，{failed} 个有误。" if failed else "。"))
    if failed:
        return terminal.USAGE
    return terminal.NOT_FOUND if check and untidy else terminal.OK
