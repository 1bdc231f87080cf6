"""`kouhao add`: a new entry, asked for or given by options, proved before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kouhao.commands.command_line.argv import quoted
from kouhao.commands.console import terminal
from kouhao.commands.console.findings import SEVERITIES
from kouhao.commands.console.prompts import ask, ask_lines, ask_needed, confirm, is_conversation
from kouhao.curation.evidence import read_evidence
from kouhao.curation.lint import check_entry
from kouhao.curation.new_entries import (
    LIGHT_SEPARATORS,
    SEPARATORS,
    NewEntry,
    SourceData,
    choose_source,
    entry_data,
    propose,
    with_items,
)
from kouhao.entry import Part
from kouhao.errors import KouhaoError
from kouhao.files import Lock, encode_like, read_file, read_text, write_file
from kouhao.glossary.load import parse_glossary
from kouhao.glossary.write import append_entries, append_sources, dump_yaml, file_sources
from kouhao.language.dates import DATE_HINT, is_date
from kouhao.model import Severity


def add(
    *,
    file: str,
    term: str,
    quote: str,
    item: list[str],
    topic: str,
    note: str,
    title: str,
    publisher: str,
    published: str,
    evidence: str,
) -> int:
    """Add an entry, asked for on a terminal and given by options elsewhere."""
    path = Path(file)
    if path.suffix not in (".yaml", ".yml"):
        raise KouhaoError("E_FORMAT", "只能加到 .yaml 词库里", path=file, hint="例如 kouhao add 我的词库.yaml。")
    source = {"title": title, "publisher": publisher, "published": published, "file": evidence}
    _require_right(source, path)
    given = NewEntry(" ".join(term.split()), quote, topic=topic, note=note)
    if is_conversation():
        return _converse(path, source, given, item)
    if not quote:
        raise KouhaoError("E_USAGE", "没有写引文", hint="请用 --quote 给出原文的句子。")
    proposed = with_items(propose(given), item)
    return _add(path, source, proposed)


def _require_right(source: dict[str, str], file: Path) -> None:
    """Refuse a date that is none and a text that is not there, which no later reader would notice."""
    if source["published"] and not is_date(source["published"]):
        raise KouhaoError("E_USAGE", f"--published “{source['published']}”不是日期", hint=DATE_HINT)
    if source["file"] and not _is_at_hand(source["file"], file):
        raise KouhaoError("E_NOT_FOUND", "找不到原文的文本文件", path=source["file"], hint="请检查 --evidence 的路径。")


def _is_at_hand(evidence: str, file: Path) -> bool:
    return any((folder / evidence).is_file() for folder in (Path(), file.parent))


def _add(file: Path, source: dict[str, str], entry: NewEntry) -> int:
    """Add an entry to what the glossary holds now, whoever else writes into it."""
    with Lock(file):
        before = read_file(file) if file.exists() else b""
        text = _appended(file, source, entry)
        return _conclude(file, before, text, entry)


def _converse(file: Path, source: dict[str, str], given: NewEntry, items: list[str]) -> int:
    source = _ask_source(source, _sources(file), file)
    choose_source(_sources(file), source, str(file))
    quote = given.quote or ask_lines("原文的句子（可以粘贴几行，空行结束）")
    entry = with_items(propose(replace(given, quote=quote)), items)
    while True:
        entry = _ask_entry(entry)
        code = _add(file, source, entry)
        if code == terminal.OK or not confirm("再改一遍？"):
            return code


def _ask_source(given: dict[str, str], sources: Sequence[SourceData], file: Path) -> dict[str, str]:
    """Ask for the source; of one that the glossary has, the title is enough."""
    terminal.tell("先写来源，另一份文件写另一个题名。" if sources else "这是新的词库，先写来源。")
    said = any(given.values())
    title = ask_needed("题名", given["title"] if said or not sources else sources[-1]["title"])
    if not said and sum(source["title"] == title for source in sources) == 1:
        return {**given, "title": title}
    return {
        "title": title,
        "publisher": ask("发布机构", given["publisher"]),
        "published": _ask_right("发布日期，如 2024-05-06", given["published"], is_date, f"不是日期；{DATE_HINT}"),
        "file": _ask_right(
            "原文的文本文件（可以不写）", given["file"], lambda name: _is_at_hand(name, file), "没有这个文件。"
        ),
    }


def _ask_right(question: str, default: str, is_right: Callable[[str], bool], told: str) -> str:
    """Return an answer that is empty or right; ask until there is one."""
    while (answer := ask(question, default)) and not is_right(answer):
        terminal.tell(f"“{answer}”：{told}")
    return answer


def _ask_entry(entry: NewEntry) -> NewEntry:
    term = ask_needed("词", entry.term)
    entry = entry if term == entry.term else propose(replace(entry, term=term, parts=()))
    for part in entry.parts:
        terminal.tell(f"  {part.name}：{part.lead}{'；'.join(part.items)}")
    if not entry.parts:
        terminal.tell("  原句里没有看出展开。")
    right = confirm("以上各项是否正确？" if entry.parts else "原句没有解释这个词，是否如此？")
    parts = entry.parts if right else _ask_parts(entry)
    return replace(
        entry, parts=parts, topic=ask("主题（可以不写）", entry.topic), note=ask("说明（可以不写）", entry.note)
    )


def _ask_parts(entry: NewEntry) -> tuple[Part, ...]:
    """Ask for the items of each group; an empty list of items drops it."""
    parts: list[Part] = []
    for part in entry.parts or (Part(entry.term, ()),):
        lead = ask(f"“{part.name}”各项前面共有的话（没有就写 -）", part.lead or "-")
        items = _split(ask(f"“{part.name}”的各项，用；或、分开", "；".join(part.items)))
        parts += [Part(part.name, items, "" if lead == "-" else lead)] if items else []
    if len(parts) == 1 and not parts[0].lead:
        return with_items(entry, parts[0].items).parts
    return tuple(parts)


def _split(text: str) -> tuple[str, ...]:
    marks = SEPARATORS if SEPARATORS.search(text) else LIGHT_SEPARATORS
    return tuple(item.strip() for item in marks.split(text) if item.strip())


def _sources(file: Path) -> list[dict[str, str]]:
    """Return the sources of the glossary as it is; a new one has none."""
    if not file.exists():
        return []
    text = read_text(file)
    parse_glossary(text, str(file))
    return file_sources(text, str(file))


def _appended(file: Path, given: dict[str, str], entry: NewEntry) -> str:
    """Return the glossary with the entry, under the source that is given."""
    sources = _sources(file)
    source = choose_source(sources, given, str(file))
    if not entry.term:
        raise KouhaoError("E_USAGE", "没有写词，引文里也没有看出是哪个", hint="请用 --term 写明。")
    joins = [] if source in sources else [source]
    entry = replace(entry, source=source["id"])
    if not sources:
        return dump_yaml({"sources": joins, "entries": [entry_data(entry)]})
    text = read_text(file)
    present = parse_glossary(text, str(file)).entries
    if any(other.term == entry.term for other in present):
        raise KouhaoError(
            "E_DUP_ID",
            f"“{entry.term}”已经有了",
            path=str(file),
            hint=f"要改它，请用 kouhao edit -g {quoted(str(file))} {quoted(entry.term)}。",
        )
    return append_entries(append_sources(text, joins), [entry_data(entry)])


def _conclude(file: Path, before: bytes, text: str, entry: NewEntry) -> int:
    """Write the glossary, unless something is wrong with the entry."""
    glossary = parse_glossary(text, str(file))
    faults = check_entry(glossary.entries[-1], read_evidence(glossary, []))
    for fault in faults:
        terminal.tell(f"{SEVERITIES[fault.severity][0]} {fault.message} [{fault.rule}]")
    if any(fault.severity is Severity.ERROR for fault in faults):
        terminal.tell("未写入，文件没有改动。")
        return terminal.NOT_FOUND
    write_file(file, encode_like(text, before), was=before)
    items = "；".join(item for part in entry.parts for item in part.items)
    terminal.tell(f"{file}：已加入“{entry.term}”" + (f"（{items}）。" if items else "，原句没有解释它。"))
    return terminal.OK
