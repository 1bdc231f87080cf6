"""Entries in other people's formats, a module a kind: each is loaded for itself, since some bring in much.

What stands beside an entry's expansion every format carries, in the same words, which are here.
"""

from __future__ import annotations

from kouhao.model import Status
from kouhao.output.entries import citation
from kouhao.records import EntryRecord, OtherReadingRecord, ReadingRecord

_STATUS = {Status.ADMITTED.value: "也可以用", Status.SUPERSEDED.value: "已被代替"}


def remarks(record: EntryRecord) -> list[tuple[str, str]]:
    """Return labels and texts: other written forms, what other publications say, status, validity, note."""
    told = [("也写作", "、".join(record.get("also", ())))]
    told += [("别处的解释", elsewhere(reading)) for reading in record["elsewhere"]]
    status = _STATUS.get(record.get("status", ""), "")
    told += [("状态", "，".join(one for one in (status, f"见“{record['see']}”" if record.get("see") else "") if one))]
    told += [
        ("适用时间", period(record.get("valid_from", ""), record.get("valid_to", ""))),
        ("说明", record.get("note", "")),
    ]
    return [(label, text) for label, text in told if text]


def elsewhere(reading: OtherReadingRecord) -> str:
    """Return an expansion given elsewhere with its source and note."""
    cited = citation(reading)
    text = f"{reading['full']}——{cited}" if cited else reading["full"]
    return f"{text}（{reading['note']}）" if reading["note"] else text


def period(begin: str, end: str) -> str:
    """Return from when until when something holds, or an empty text."""
    return f"{begin} 至 {end}" if begin and end else f"自 {begin}" if begin else f"至 {end}" if end else ""


def meaning(reading: ReadingRecord) -> str:
    """Return what a reading says: the expansion or the definition, behind where and when it holds."""
    head = "，".join(text for text in (reading["scope"], period(reading["valid_from"], reading["valid_to"])) if text)
    said = reading["full"] or reading["definition"]
    return f"（{head}）{said}" if head else said
