"""`kouhao topics` and `kouhao sources`: what a glossary has, and how many entries of each."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from kouhao.commands import terminal
from kouhao.commands.glossaries import open_glossaries
from kouhao.output.entries import cell, citation
from kouhao.records import SCHEMA, CountedSourceRecord, SourceRecord, TopicRecord


def list_topics(*, format: str, paths: list[str], builtin: bool | Sequence[str]) -> int:  # noqa: A002
    """List the topics, and how many entries each has."""
    with open_glossaries(paths, builtin=builtin) as opened:
        topics = opened.topics()
    rows: list[TopicRecord] = [{"topic": topic, "entries": count} for topic, count in topics.items()]
    return _write("topics", rows, format, [(topic, count, ()) for topic, count in topics.items()])


def list_sources(*, format: str, paths: list[str], builtin: bool | Sequence[str]) -> int:  # noqa: A002
    """List the sources, how many entries each has, and how it is cited."""
    counts: Counter[str] = Counter()
    sources: dict[str, SourceRecord] = {}
    with open_glossaries(paths, builtin=builtin) as opened:
        for source in (record["source"] for record in opened.records()):
            counts[source["id"]] += 1
            sources.setdefault(source["id"], source)
    rows: list[CountedSourceRecord] = [{**source, "entries": counts[name]} for name, source in sources.items()]
    return _write("sources", rows, format, [(row["id"], row["entries"], (citation(row), row["url"])) for row in rows])


def _write(
    kind: str, rows: Sequence[Mapping[str, object]], form: str, cells: list[tuple[str, int, tuple[str, ...]]]
) -> int:
    """Write records as JSON, or their cells: the name, the number of entries, and what else is told of it with its address."""
    form = form or ("text" if sys.stdout.isatty() else "tsv")
    if form == "json":
        terminal.write_json(_json({"schema": SCHEMA, kind: rows}))
    elif form == "jsonl":
        terminal.write_json("".join(map(_json, rows)))
    elif not rows:
        terminal.tell("词库里没有词条。")
    elif form == "text":
        from kouhao.commands.render import paint_counts  # noqa: PLC0415  rich only for a terminal

        paint_counts(kind, cells)
    else:
        terminal.write(
            "".join("\t".join(map(cell, (name, str(count), *told[:1]))) + "\n" for name, count, told in cells)
        )
    return terminal.OK if rows else terminal.NOT_FOUND


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
