"""`kouhao export`: the glossary in other people's formats."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.commands.options import GlossaryOption, NoBuiltinOption
from kouhao.commands.session import open_glossaries
from kouhao.errors import KouhaoError
from kouhao.files import write_file
from kouhao.output.exports import csv_table, html_page, json_array, markdown_document, stardict_files, tbx_document
from kouhao.records import Record


class ExportFormat(StrEnum):
    """The formats of an export; stardict is a folder of files."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    STARDICT = "stardict"
    TBX = "tbx"


_WRITERS: dict[ExportFormat, Callable[[list[Record]], str]] = {
    ExportFormat.CSV: csv_table,
    ExportFormat.JSON: json_array,
    ExportFormat.MARKDOWN: markdown_document,
    ExportFormat.HTML: html_page,
    ExportFormat.TBX: tbx_document,
}


def export(
    format: Annotated[ExportFormat, typer.Option("--format", help="csv、json、markdown、html、tbx 或 stardict。")],  # noqa: A002
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写到这个文件；stardict 是文件夹。", show_default=False)
    ] = None,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
) -> int:
    """把词库导出成别的格式。

    \b
    kouhao export --format html -o 口号.html      一个网页，能查，能打印
    kouhao export --format csv -o 口号.csv        用表格软件打开
    kouhao export --format tbx -o 口号.tbx        给术语软件（ISO 30042）
    kouhao export --format stardict -o 口号/      给 GoldenDict、sdcv
    """
    with open_glossaries(glossary or [], builtin=not no_builtin) as opened:
        records = list(opened.records())
    if format is ExportFormat.STARDICT:
        _write_folder(output, stardict_files(records))
        return terminal.OK
    text = _WRITERS[format](records)
    if output is None:
        terminal.write_bytes(text.encode())
    else:
        write_file(output, text.encode())
        terminal.tell(f"{output}：导出了 {len(records)} 条。")
    return terminal.OK


def _write_folder(output: Path | None, files: dict[str, bytes]) -> None:
    if output is None:
        raise KouhaoError("E_USAGE", "stardict 要写进文件夹", hint="例如 --output 口号词典。")
    output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_file(output / name, content)
    terminal.tell(f"{output}：写了 {len(files)} 个文件。")
