"""Entries as they are painted: no line begins with a closing mark, and all that an entry says can be taken away."""

from __future__ import annotations

import re

import pytest
from rich.console import Console

from kouhao.commands.layout import width
from kouhao.commands.render import paint_records, paint_table, panel
from kouhao.lookup.engine import open_lookup
from kouhao.records import EntryRecord

CLOSING = "、，。；：？！）》」』】〕"


@pytest.fixture(scope="module")
def records() -> list[EntryRecord]:
    with open_lookup([]) as opened:
        return list(opened.records())


@pytest.mark.parametrize("columns", [34, 40, 60, 80, 120])
def test_lines_begin_with_no_closing_mark(columns: int, records: list[EntryRecord]) -> None:
    console = Console(width=columns, force_terminal=False)
    for record in records[:120]:
        with console.capture() as captured:
            console.print(panel(record, columns))
        for line in captured.get().splitlines():
            assert width(line) <= columns
            assert line.strip("│ ")[:1] not in CLOSING or not line.strip("│ ")


@pytest.mark.parametrize("columns", [40, 80])
def test_dates_stay_whole(columns: int, records: list[EntryRecord]) -> None:
    dated = [record for record in records if re.fullmatch(r"\d{4}-\d\d-\d\d", record["source"]["published"])]
    console = Console(width=columns, force_terminal=False)
    assert dated
    for record in dated[:40]:
        with console.capture() as captured:
            console.print(panel(record, columns))
        assert record["source"]["published"] in captured.get()


@pytest.mark.parametrize("columns", ["40", "80"])
def test_what_is_taken_away_stands_in_one_line(
    columns: str, records: list[EntryRecord], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    explained = [record for record in records if record["full"]][:40]
    paint_records(explained, "never")
    lines = capsys.readouterr().out.splitlines()
    assert [line for record in explained if (line := f"{record['term']}（{record['full']}）") not in lines] == []


@pytest.mark.parametrize("columns", ["20", "40", "80", "120", "200"])
def test_lists_fit_every_width(
    columns: str, records: list[EntryRecord], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    paint_table(records, "never")
    out = capsys.readouterr().out
    assert max(map(width, out.splitlines())) <= int(columns)
    assert f"共 {len(records)} 条" in out


def test_sources_are_links_on_a_terminal(capsys: pytest.CaptureFixture[str], records: list[EntryRecord]) -> None:
    linked = [record for record in records if record["source"]["url"].startswith("https://")]
    if not linked:
        linked = [records[0] | {"source": records[0]["source"] | {"url": "https://example.org/a"}}]
    paint_records(linked[:1], "always")
    assert re.search(r"\x1b\]8;[^;]*;https://", capsys.readouterr().out)
