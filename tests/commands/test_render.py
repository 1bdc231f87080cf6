"""Entries as they are painted: no line begins with a closing mark, and all that an entry says can be taken away."""

from __future__ import annotations

import re

import pytest
from rich.console import Console

from kouhao.check.checker import Report
from kouhao.commands.console.findings import write_reports
from kouhao.commands.console.layout import width
from kouhao.commands.console.render import paint_counts, paint_records, paint_table, panel
from kouhao.commands.live import _KEYS, _hints
from kouhao.documents.document import Document
from kouhao.lookup.engine import open_lookup
from kouhao.model import Finding, Severity
from kouhao.output.entries import citation
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


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_tables_fit_every_width_and_keep_dates(
    columns: int, records: list[EntryRecord], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    sources = [record["source"] for record in records]
    paint_counts("sources", [(source["id"], 1, (citation(source), source["url"])) for source in sources])
    paint_counts("topics", [(record["topic"], number, ()) for number, record in enumerate(records)])
    out = capsys.readouterr().out
    assert max(map(width, out.splitlines())) <= columns
    assert [line for line in out.splitlines() if line.lstrip()[:1] in CLOSING and line.strip()] == []
    dates = [date for record in records if re.fullmatch(r"\d{4}-\d\d-\d\d", date := record["source"]["published"])]
    assert [date for date in dates if date not in out] == []


def test_sources_are_links_on_a_terminal(capsys: pytest.CaptureFixture[str], records: list[EntryRecord]) -> None:
    linked = [record for record in records if record["source"]["url"].startswith("https://")]
    if not linked:
        linked = [records[0] | {"source": records[0]["source"] | {"url": "https://example.org/a"}}]
    paint_records(linked[:1], "always")
    assert re.search(r"\x1b\]8;[^;]*;https://", capsys.readouterr().out)


def test_colours_can_be_read_on_light_and_dark(capsys: pytest.CaptureFixture[str], records: list[EntryRecord]) -> None:
    paint_records([*records[:80], records[0] | {"status": "superseded", "see": "五好"}], "always")
    paint_table(records, "always")
    report = Report(Document("-", "五好", "utf-8"), tuple(finding(severity) for severity in Severity))
    write_reports([report], "text", "always")
    codes = {code for codes in re.findall(r"\x1b\[([0-9;]*)m", capsys.readouterr().out) for code in codes.split(";")}
    assert codes <= {
        "0",
        "1",
        "31",
        "35",
    }  # bold, red and magenta; neither faint nor any colour that is near to white or black
    assert {"31", "35"} <= codes


def finding(severity: Severity) -> Finding:
    return Finding("-", 1, 1, "count-mismatch", severity, "数目对不上", start=0, end=2, end_line=1)


@pytest.mark.parametrize(
    ("surroundings", "color", "coloured"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, "auto", True),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, "auto", False),
        ({"FORCE_COLOR": "1", "COLORTERM": "truecolor"}, "never", False),
    ],
)
def test_colours_are_as_the_option_says_else_the_surroundings(
    *,
    surroundings: dict[str, str],
    color: str,
    coloured: bool,
    records: list[EntryRecord],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"TERM": "xterm"} | surroundings).items():
        monkeypatch.setenv(name, value)
    paint_records(records[:1], color)
    assert bool(re.search(r"\x1b\[[0-9;]*3[15]m", capsys.readouterr().out)) == coloured


@pytest.mark.parametrize("columns", [200, 80, 40, 30, 20])
def test_the_live_search_tells_all_its_keys_in_every_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = _hints("")
    assert max(map(width, lines)) < columns
    assert [key for key in _KEYS if key not in "\n".join(lines)] == []


def test_of_several_findings_in_one_place_the_place_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    document = Document("-", "五好，五好", "utf-8")
    second = finding(Severity.ERROR)._replace(start=3, end=5, column=4)
    write_reports([Report(document, (finding(Severity.ERROR), finding(Severity.NOTE), second))], "text", "never")
    shown = capsys.readouterr().out.splitlines()
    assert [line.partition("五")[0] for line in shown if "^" not in line and line.startswith(" ")] == ["    ", "    "]
    assert [line.index("^") for line in shown if "^" in line] == [4, 10]
