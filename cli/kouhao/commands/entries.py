"""`kouhao list` and `kouhao show`: entries without a search."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.commands.options import Color, ColorOption, FormatOption, GlossaryOption, JsonOption, NoBuiltinOption
from kouhao.commands.session import open_glossaries
from kouhao.errors import KouhaoError
from kouhao.language.normalize import fold
from kouhao.lookup.engine import open_lookup
from kouhao.model import Basis
from kouhao.output import entries
from kouhao.records import Record


def glossary_version() -> str:
    """Return the number of built-in entries and the digest of their files, short."""
    with open_lookup([]) as opened:
        meta = opened.indexes[0].meta
    return f"{meta['digest'][:8]}，{meta['entries']} 条"


def list_entries(
    topic: Annotated[str, typer.Option("--topic", help="只列这个主题。")] = "",
    basis: Annotated[Basis | None, typer.Option("--basis", help="只列这种依据。", show_default=False)] = None,
    format: FormatOption = None,  # noqa: A002  the option's name
    json: JsonOption = False,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """列出词条，可按主题或依据筛选。

    \b
    kouhao list
    kouhao list --topic 人才工作
    kouhao list --basis mentioned --format tsv
    """
    records = [
        record
        for record in _records(glossary, no_builtin)
        if topic in ("", record["topic"]) and (basis is None or record["basis"] == basis.value)
    ]
    form = "json" if json else format.value if format else _default_format()
    if form == "text":
        from kouhao.commands.render import paint_table  # noqa: PLC0415  rich only for a terminal

        paint_table(records, color.value)
    else:
        _write_records(records, form)
    return terminal.OK if records else terminal.NOT_FOUND


def show(
    term: Annotated[str, typer.Argument(help="词条或编号，须是原样。")],
    format: FormatOption = None,  # noqa: A002  the option's name
    json: JsonOption = False,
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """按词条或编号原样取出，不作模糊匹配。

    \b
    kouhao show 五好
    kouhao show putuo-2021/五好 --json
    """
    wanted = fold(term)
    records = [
        record for record in _records(glossary, no_builtin) if record["id"] == term or fold(record["term"]) == wanted
    ]
    if not records:
        terminal.tell(f"没有词条“{term}”。要模糊地找，请用 kouhao {term}")
        return terminal.NOT_FOUND
    form = "json" if json else format.value if format else _default_format()
    if form == "text":
        from kouhao.commands.render import paint_records  # noqa: PLC0415  rich only for a terminal

        paint_records(records, color.value)
    else:
        _write_records(records, form)
    return terminal.OK


def _records(paths: list[str] | None, no_builtin: bool) -> Iterator[Record]:  # noqa: FBT001  the option as given
    with open_glossaries(paths or [], builtin=not no_builtin) as opened:
        yield from opened.records()


def _default_format() -> str:
    import sys  # noqa: PLC0415

    return "text" if sys.stdout.isatty() else "plain"


def _write_records(records: list[Record], form: str) -> None:
    if form == "json":
        terminal.write_json(_json(records) + "\n")
    elif form == "jsonl":
        terminal.write_json("".join(_json(record) + "\n" for record in records))
    elif form == "markdown":
        terminal.write("\n".join(entries.markdown_entry(record) for record in records))
    elif form == "tsv":
        terminal.write(entries.LIST_HEADER + "".join(entries.list_row(record) for record in records))
    elif form == "plain":
        terminal.write(
            "".join(f"{entries.cell(record['term'])}\t{told}\n" for record in records for told in entries.told(record))
        )
    else:
        raise KouhaoError("E_USAGE", f"不能用格式 {form}")


def _json(value: object) -> str:
    return json_module.dumps(value, ensure_ascii=False, separators=(",", ":"))
