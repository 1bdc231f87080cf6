"""`kouhao cite` and `kouhao sources`: what a writer quotes, and from where."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import Annotated

import typer

from kouhao.commands import terminal
from kouhao.commands.options import GlossaryOption, NoBuiltinOption
from kouhao.commands.session import open_glossaries
from kouhao.output.entries import cell, citation, explanation
from kouhao.records import SCHEMA, Record


class CiteFormat(StrEnum):
    """How a citation is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def cite(
    terms: Annotated[list[str], typer.Argument(help="要引用的词。")],
    format: Annotated[CiteFormat, typer.Option("--format", help="text、markdown 或 json。")] = CiteFormat.TEXT,  # noqa: A002
    glossary: GlossaryOption = None,
    no_builtin: NoBuiltinOption = False,
) -> int:
    """照公文的写法引用一个词：展开，以及发布机构、题名、日期。

    \b
    kouhao cite 五好
    kouhao cite --format markdown 五好
    """
    records: list[Record] = []
    missing: list[str] = []
    with open_glossaries(glossary or [], builtin=not no_builtin) as opened:
        for term in terms:
            found = [hit.record for hit in opened.answer(term, exact=True).hits]
            records += found
            missing += [] if found else [term]
    if format is CiteFormat.JSON:
        quoted = [{"term": one["term"], "citation": _citation(one), **_source(one)} for one in records]
        terminal.write_json(json.dumps({"schema": SCHEMA, "citations": quoted}, ensure_ascii=False) + "\n")
    else:
        for record in records:
            terminal.write(_citation(record) + "\n" if format is CiteFormat.TEXT else f"> {_citation(record)}\n")
    for term in missing:
        terminal.tell(f"没有找到“{term}”。")
    return terminal.NOT_FOUND if missing else terminal.OK


def _citation(record: Record) -> str:
    if not record["readings"]:
        return f"“{record['term']}”（文件未解释）——{citation(record['source'])}"
    return "\n".join(
        f"“{record['term']}”（{explanation(reading)}）——{citation(reading['source'], reading['where'])}"
        for reading in record["readings"]
    )


def _source(record: Record) -> Record:
    return {"full": record["full"], "basis": record["basis"], "source": record["source"]}


def list_sources(glossary: GlossaryOption = None, no_builtin: NoBuiltinOption = False) -> int:
    """列出词库的来源，以及各有多少条。

    \b
    kouhao sources
    """
    counts: Counter[str] = Counter()
    sources: dict[str, Record] = {}
    with open_glossaries(glossary or [], builtin=not no_builtin) as opened:
        for record in opened.records():
            source = record["source"]
            counts[source["id"]] += 1
            sources.setdefault(source["id"], source)
    for name, source in sources.items():
        terminal.write(f"{cell(name)}\t{counts[name]}\t{cell(citation(source))}\n")
    return terminal.OK if sources else terminal.NOT_FOUND
