"""`kouhao list`, `show`, `cite`, `random`, `sources` and `topics`: what the glossaries hold, without a search."""

from __future__ import annotations

import json
import sys
from collections import Counter

from kouhao.commands.console import terminal
from kouhao.commands.inputs.drafts import tell_missing
from kouhao.commands.inputs.glossaries import open_glossaries
from kouhao.language.normalize import fold
from kouhao.lookup.answer import Ranking
from kouhao.lookup.engine import refusal
from kouhao.output import entries
from kouhao.records import SCHEMA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouhao.index.cache import Builtin
    from kouhao.records import CitationRecord, CountedSourceRecord, EntryRecord, SourceRecord, TopicRecord


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
    topics = _topics(paths, builtin)
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
    from random import choice  # noqa: PLC0415  the other commands take none

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
        tell_missing(term, paths, builtin)
        if format in ("json", "jsonl"):
            answer = entries.json_object(Ranking(term, []))
            terminal.write_json(f"[{answer}]\n" if format == "json" else f"{answer}\n")
        elif format == "tsv":  # a row for each query, as lookups have
            terminal.write(f"{entries.LIST_HEADER}{entries.cell(term)}\t\t\t\t\n")
        return terminal.NOT_FOUND
    return _write(records, format, color)


def cite(*, terms: list[str], format: str, paths: list[str], builtin: Builtin) -> int:  # noqa: A002
    """Write what a writer quotes of each term, and from where."""
    for refused in filter(None, map(refusal, terms)):
        raise refused
    records: list[EntryRecord] = []
    missing: list[str] = []
    with open_glossaries(paths, builtin=builtin) as opened:
        for term in terms:
            found = [hit.record for hit in opened.answer(term, exact=True).telling]
            records += found
            missing += [] if found else [term]
    if format == "json":
        told: dict[str, object] = {"schema": SCHEMA, "citations": list(map(_citation_record, records))}
        if missing:
            told["not_found"] = missing
        terminal.write_record(told)
    else:
        for record in records:
            terminal.show(_citation(record) if format == "text" else f"> {_citation(entries.as_markdown(record))}")
    for record in records:
        if not (record["readings"] and all(reading["full"] for reading in record["readings"])):
            terminal.tell(f"“{record['term']}”：文件没有列举各项，只给出处")
    for term in missing:
        terminal.tell(f"没有找到“{term}”。")
        tell_missing(term, paths, builtin)
    return terminal.NOT_FOUND if missing else terminal.OK


def _citation(record: EntryRecord) -> str:
    """Return a line for each reading; definitions, which are no document's words, are no part of it."""
    readings = [(reading["full"], reading["source"], reading["where"]) for reading in record["readings"]]
    return "\n".join(
        f"“{record['term']}”{f'（{full}）' if full else ''}——{entries.citation(source, where)}"
        for full, source, where in readings or [("", record["source"], "")]
    )


def _citation_record(record: EntryRecord) -> CitationRecord:
    return {
        "term": record["term"],
        "citation": _citation(record),
        "full": record["full"],
        "basis": record["basis"],
        "source": record["source"],
    }


def list_topics(*, format: str, paths: list[str], builtin: Builtin) -> int:  # noqa: A002
    """List the topics, and how many entries each has."""
    rows: list[TopicRecord] = [{"topic": name, "entries": count} for name, count in _topics(paths, builtin).items()]
    return _write_counts("topics", rows, format, [(row["topic"], row["entries"], ()) for row in rows])


def list_sources(*, format: str, paths: list[str], builtin: Builtin) -> int:  # noqa: A002
    """List the sources, how many entries each has, and how it is cited."""
    counts: Counter[str] = Counter()
    sources: dict[str, SourceRecord] = {}
    for source in (record["source"] for record in _records(paths, builtin)):
        counts[source["id"]] += 1
        sources.setdefault(source["id"], source)
    rows: list[CountedSourceRecord] = [{**source, "entries": counts[name]} for name, source in sources.items()]
    return _write_counts(
        "sources", rows, format, [(row["id"], row["entries"], (entries.citation(row), row["url"])) for row in rows]
    )


def _topics(paths: list[str], builtin: Builtin) -> dict[str, int]:
    with open_glossaries(paths, builtin=builtin) as opened:
        return opened.topics()


def _records(paths: list[str], builtin: Builtin) -> Iterator[EntryRecord]:
    with open_glossaries(paths, builtin=builtin) as opened:
        yield from opened.records()


def _write(records: list[EntryRecord], format: str, color: str, *, in_table: bool = False) -> int:  # noqa: A002
    form = format or ("text" if sys.stdout.isatty() or color == "always" else "plain")
    if form == "text":
        from kouhao.commands.console.render import paint_records, paint_table  # noqa: PLC0415  rich only for a terminal

        (paint_table if in_table else paint_records)(records, color)
    elif form == "json":
        terminal.write_json(_json(records))
    elif form == "jsonl":
        terminal.write_json("".join(map(_json, records)))
    elif form == "markdown":
        terminal.write("\n".join(entries.markdown_entry(record) for record in records))
    elif form == "tsv":
        terminal.write(entries.LIST_HEADER + "".join(entries.list_row(record) for record in records))
    else:
        lines = [f"{entries.cell(record['term'])}\t{told}\n" for record in records for told in entries.told(record)]
        terminal.write("".join(lines))
    return terminal.OK


def _write_counts(
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
        from kouhao.commands.console.render import paint_counts  # noqa: PLC0415  rich only for a terminal

        paint_counts(kind, cells)
    else:
        lines = ["\t".join(map(entries.cell, (name, str(count), *told[:1]))) for name, count, told in cells]
        terminal.write("".join(f"{line}\n" for line in lines))
    return terminal.OK if rows else terminal.NOT_FOUND


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
