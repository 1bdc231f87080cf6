"""Options that several commands share, told in one place."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """The forms of output; `formats.FORMATS` is the same list for the start-up path."""

    TEXT = "text"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    TSV = "tsv"
    MARKDOWN = "markdown"


class FindingFormat(StrEnum):
    """How findings are printed; but for text these are `reports.FORMATS`."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    RDJSONL = "rdjsonl"
    GITHUB = "github"


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


FormatOption = Annotated[
    Format | None, typer.Option("--format", help="输出格式；终端上默认 text，管道里默认 plain。", show_default=False)
]
FindingFormatOption = Annotated[FindingFormat, typer.Option("--format", help="输出格式。")]
JsonOption = Annotated[bool, typer.Option("--json", help="同 --format json。")]
ColorOption = Annotated[Color, typer.Option("--color", help="何时用颜色。")]
GlossaryOption = Annotated[
    list[str] | None,
    typer.Option("--glossary", "-g", help="再加一个自己的词库（文件或文件夹，可重复）。", show_default=False),
]
NoBuiltinOption = Annotated[bool, typer.Option("--no-builtin", help="不用内置词库。")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="多说一点，例如缓存写在哪里。")]
