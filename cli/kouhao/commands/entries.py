"""`kouhao list`, `kouhao show` and `kouhao random`: entries without a search."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from random import choice

from kouhao.commands import terminal
from kouhao.commands.drafts import tell_missing
from kouhao.commands.glossaries import open_glossaries
from kouhao.language.normalize import fold
from kouhao.lookup.answer import Ranking
from kouhao.lookup.engine import refusal
from kouhao.output import entries
from kouhao.records import EntryRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.cache import Builtin


def list_entries(*, topic: str, basis: str, format: str, paths: list[str], builtin: Builtin, color: str) -> int:  # noqa: A002
    """List the entries of a topic and a basis, or all."""
    records = [
        record
        for record in _records(paths, builtin)
        if topic in ("", record["topic"]) and basis in ("", record["basis"])
    ]
    if not records:
        _tell_nothing(topic, basis, paths, builtin)
        return terminal.NOT_FOUND
    return _write(records, format, color, in_table=True)


def _tell_nothing(topic: str, basis: str, paths: list[str], builtin: Builtin) -> None:
    """Tell why nothing is listed, and what there is."""
    with open_glossaries(paths, builtin=builtin) as opened:
        topics = opened.topics()
    if topic and topic not in topics:
        near = [other for other in topics if topic in other or other in topic]
        meant = f"是不是 {'、'.join(near)}？" if near else ""
        terminal.tell(f"没有主题“{topic}”。{meant}" + (f"主题有：{'、'.join(topics)}。" if topics else ""))
    elif topic or basis:
        terminal.tell("没有符合条件的词条。")
    else:
        terminal.tell("词库里没有词条。")


def show_random(*, topic: str, format: str, paths: list[str], builtin: Builtin, color: str) -> int:  # noqa: A002
    """Show an entry of chance, one that is explained."""
    records = [one for one in _records(paths, builtin) if one["readings"] and topic in ("", one["topic"])]
    if not records:
        _tell_nothing(topic, "", paths, builtin)
        return terminal.NOT_FOUND
    return _write([choice(records)], format, color)  # noqa: S311  chance is not a secret


def show(*, term: str, format: str, paths: list[str], builtin: Builtin, color: str) -> int:  # noqa: A002
    """Show the entries of that term or id."""
    if refused := refusal(term):
        raise refused
    wanted = fold(term)
    records = [record for record in _records(paths, builtin) if record["id"] == term or fold(record["term"]) == wanted]
    if not records:
        terminal.tell(f"没有词条“{term}”。")
        tell_missing(term, paths)
        if format in ("json", "jsonl"):
            answer = entries.json_object(Ranking(term, []))
            terminal.write_json(f"[{answer}]\n" if format == "json" else f"{answer}\n")
        elif format == "tsv":  # a row for each query, as lookups have
            terminal.write(f"{entries.LIST_HEADER}{entries.cell(term)}\t\t\t\t\n")
        return terminal.NOT_FOUND
    return _write(records, format, color)


def _records(paths: list[str], builtin: Builtin) -> Iterator[EntryRecord]:
    with open_glossaries(paths, builtin=builtin) as opened:
        yield from opened.records()


def _write(records: list[EntryRecord], format: str, color: str, *, in_table: bool = False) -> int:  # noqa: A002
    form = format or ("text" if sys.stdout.isatty() or color == "always" else "plain")
    if form == "text":
        from kouhao.commands.render import paint_records, paint_table  # noqa: PLC0415  rich only for a terminal

        (paint_table if in_table else paint_records)(records, color)
    elif form == "json":
        terminal.write_json(_json(records) + "\n")
    elif form == "jsonl":
        terminal.write_json("".join(_json(record) + "\n" for record in records))
    elif form == "markdown":
        terminal.write("\n".join(entries.markdown_entry(record) for record in records))
    elif form == "tsv":
        terminal.write(entries.LIST_HEADER + "".join(entries.list_row(record) for record in records))
    else:
        lines = [f"{entries.cell(record['term'])}\t{told}\n" for record in records for told in entries.told(record)]
        terminal.write("".join(lines))
    return terminal.OK


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
