"""What changed between two glossaries, entry by entry, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kouhao.entry import Entry, Glossary, Place, Reading, Source
from kouhao.glossary.load import entry_sources


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry: `kind` added, removed or changed; of a changed one the field with its old and new value."""

    kind: str
    entry: Entry
    field: str = ""
    old: str = ""
    new: str = ""


_FIELDS = {
    "term": "词",
    "topic": "主题",
    "basis": "依据",
    "quote": "引文",
    "note": "说明",
    "status": "状态",
    "see": "参见",
    "valid_from": "启用",
    "valid_to": "停用",
    "draft": "草稿",
}
_LISTS = {"also": "别的写法", "finds": "应查到", "refuses": "不应查到"}
_SOURCE_FIELDS = {
    "title": "题名",
    "publisher": "发布机构",
    "published": "日期",
    "number": "文号",
    "url": "网址",
    "file": "原文文件",
    "text": "原文名称",
}


def compare_glossaries(old: Glossary, new: Glossary) -> Iterator[Change]:
    """Yield the changes: entries removed, sources changed, each with the first entry of it, then entries changed and added in the new order."""
    before = {entry.id: entry for entry in old.entries}
    after = {entry.id: entry for entry in new.entries}
    for name, entry in before.items():
        if name not in after:
            yield Change("removed", entry)
    yield from _source_changes(old, new)
    for name, entry in after.items():
        if name not in before:
            yield Change("added", entry)
        else:
            yield from _changes(before[name], entry)


def _source_changes(old: Glossary, new: Glossary) -> Iterator[Change]:
    before = {source.id: source for source in old.sources}
    for source in new.sources:
        for name, one, other in _differing(before.get(source.id, source), source, _SOURCE_FIELDS):
            entry = next(entry for entry in new.entries if source in entry_sources(entry))
            yield Change("changed", entry, f"来源“{source.id}”的{name}", one, other)


def _changes(old: Entry, new: Entry) -> Iterator[Change]:
    yield from (Change("changed", new, *told) for told in _differing(old, new, _FIELDS))
    if old.source.id != new.source.id:
        yield Change("changed", new, "来源", old.source.id, new.source.id)
    yield from _reading_changes(old, new)
    yield from (Change("changed", new, *told) for told in _differing(old, new, _LISTS))
    if old.elsewhere != new.elsewhere:
        shown = ("；".join(reading.full for reading in entry.elsewhere) for entry in (old, new))
        yield Change("changed", new, "别处的解释", *shown)


def _reading_changes(old: Entry, new: Entry) -> Iterator[Change]:
    if old.full != new.full:
        yield Change("changed", new, "展开", old.full, new.full)
    if old.items != new.items or [part.name for part in old.parts] != [part.name for part in new.parts]:
        yield Change("changed", new, "各项", "、".join(old.items), "、".join(new.items))
    if _apart(old) != _apart(new):
        shown = ("；".join(map(_reading, entry.readings)) for entry in (old, new))
        yield Change("changed", new, "各种解释", *shown)


def _apart(entry: Entry) -> list[Reading]:
    """Return the readings without what is compared by itself: the expansion of the first, what is told of the sources, the entry's own source."""
    readings = [replace(reading, full="", parts=()) for reading in entry.readings[:1]] + [*entry.readings[1:]]
    return [
        replace(reading, place=_named(reading.place), named_in=reading.named_in and _named(reading.named_in))
        for reading in readings
    ]


def _named(place: Place) -> Place:
    return replace(place, source=Source(place.source.id, ""))


def _reading(reading: Reading) -> str:
    years = f"{reading.valid_from}—{reading.valid_to}" if reading.valid_from or reading.valid_to else ""
    told = "，".join(text for text in (reading.scope, years, reading.place.source.id, reading.place.where) if text)
    return f"{reading.full or reading.definition}（{told}）"


def _differing(old: object, new: object, fields: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the names of the fields that differ, with their old and new values."""
    for field, name in fields.items():
        one, other = getattr(old, field), getattr(new, field)
        if one != other:
            yield name, _shown(one), _shown(other)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else str(value)
