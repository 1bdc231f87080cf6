"""`kouhao import`: a spreadsheet of slogans as draft entries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.curation.spreadsheets import glossary_data, import_rows, read_table
from kouhao.errors import KouhaoError
from kouhao.files import open_file, write_file
from kouhao.glossary import dump_yaml


def import_table(
    file: Annotated[str, typer.Argument(help="带表头的 .csv 或 .xlsx 文件。")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写到这个新的词库文件；不写就打印。", show_default=False)
    ] = None,
) -> int:
    """把表格变成词库草稿。第一行是列名：词、展开、各项、主题、引文、说明。

    \b
    kouhao import 口号表.xlsx -o 我的词库.yaml

    有问题的行会列出行号；其余的写成草稿（draft: true），核对以后删去这一行。
    """
    if output is not None and output.exists():
        raise KouhaoError("E_IO", "文件已经有了，没有改动", path=str(output), hint="请换一个文件名。")
    with open_file(file) as stream:
        imported = import_rows(read_table(stream.read(), file), file)
    text = dump_yaml(glossary_data(Path(file).stem, imported.entries))
    if output is None:
        terminal.write(text)
    else:
        write_file(output, text.encode())
    for number, reason in imported.refused:
        terminal.tell(f"{file}:{number}: 提醒：{reason}，没有收")
    terminal.tell(f"收了 {len(imported.entries)} 条草稿，{len(imported.refused)} 行没有收。")
    return terminal.NOT_FOUND if imported.refused else terminal.OK
