"""`kouhao scan` for Typer; the work is done in `scanning`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kouhao.commands.fast_scan import ScanRequest, run_request
from kouhao.commands.options import GlossaryOption, NoBuiltinOption


class ScanFormat(StrEnum):
    """How occurrences are printed; `scanning.FORMATS` is the same list for the start-up path."""

    TEXT = "text"
    TSV = "tsv"
    JSONL = "jsonl"


def scan_texts(
    files: Annotated[
        list[str] | None, typer.Argument(help="文档或文件夹；- 或不写是标准输入。", show_default=False)
    ] = None,
    format: Annotated[ScanFormat, typer.Option("--format", help="text、tsv，或 jsonl（一行一处）。")] = ScanFormat.TEXT,  # noqa: A002
    jsonl_in: Annotated[
        bool, typer.Option("--jsonl-in", help='输入是一行一个 {"id","text"}，每行答一行，次序不变。')
    ] = False,
    term: Annotated[list[str] | None, typer.Option("--term", help="只找这个词（可重复）。", show_default=False)] = None,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
) -> int:
    """列出文中的每一处口号：文件、行、列、词、编号、文中的写法。

    \b
    kouhao scan 讲话稿.txt
    kouhao scan --format tsv 文件夹/ > 口号.tsv
    cat 记录.jsonl | kouhao scan --jsonl-in
    """
    request = ScanRequest()
    request.files = files or []
    request.format = format.value
    request.jsonl_in = jsonl_in
    request.terms = term or []
    request.paths = glossary or []
    request.builtin = not no_builtin
    return run_request(request)
