"""All that is painted with rich: entries as panels, calm on 80 columns and complete on any."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from rich.console import Console, Group, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from kouhao.commands.console.layout import breaks, columns, is_legacy
from kouhao.commands.console.terminal import safe
from kouhao.output.entries import adds_up, citation, explanation, reading_heading, ready_lines, reasons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import JustifyMethod, OverflowMethod

    from kouhao.lookup.answer import Ranking
    from kouhao.records import EntryRecord, OtherReadingRecord, ReadingRecord

BASES = {
    "stated": "文件原文列明",
    "explained": "文件上下文说明",
    "self-explaining": "口号自身写明",
    "mentioned": "文件仅提及，未解释",
    "cited": "引自所注出处",
}
STATUSES = {"superseded": "已被新提法取代", "admitted": "可用，非首选提法"}
_NARROWEST, _NARROW, _WIDEST, _WIDEST_LIST = 20, 34, 88, 200
"""Columns: below the first nothing fits, below the second no frame; lines of text and rows of tables read well up to the others."""

_LAST = 30
"""Columns that the last cell of a row needs, to stand beside the others."""


class _Console(Console):
    """A console that leaves a reader that went away to the one error boundary."""

    def on_broken_pipe(self) -> None:
        """Raise the BrokenPipeError that is being handled."""
        raise  # noqa: PLE0704  rich calls this in its except clause


def make_console(color: str = "auto", *, widest: int = _WIDEST) -> Console:
    """Return the console for standard output: colour as asked or as the surroundings say, never too narrow for a CJK word."""
    width = columns()
    dumb = os.environ.get("TERM") == "dumb"
    forced = {"always": True, "never": False}.get(color, False if dumb else None)
    return _Console(
        file=sys.stdout,
        width=max(_NARROWEST, min(width, widest)),
        force_terminal=forced,
        no_color=None if forced is None else not forced,
        highlight=False,
        emoji=False,
        markup=False,
        safe_box=False,
    )


class _Prose(Text):
    """Text whose lines end where printers end them; see `layout.breaks`."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        if no_wrap or self.no_wrap:
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = Lines()
        for line in self.split(allow_blank=True):
            for piece in line.divide(breaks(line.plain, width, width)):
                piece.rstrip()
                lines.append(piece)
        return lines


def hung(text: Text, width: int) -> Text:
    """Return a text in lines of at most so many columns, every line but the first behind two blanks."""
    pieces = text.divide(breaks(text.plain, width, width - 2))
    for piece in pieces:
        piece.rstrip()
    return Text("\n  ").join(pieces)


def paint_answers(answers: list[Ranking], color: str = "auto", *, explain: bool = False) -> None:
    """Paint every entry of answers that are found."""
    console = make_console(color)
    for hit in (hit for answer in answers for hit in answer.hits):
        _print_entry(console, hit.record, reasons(hit) if explain else "")


def paint_records(records: list[EntryRecord], color: str = "auto") -> None:
    """Paint entries without a query."""
    console = make_console(color)
    for record in records:
        _print_entry(console, record)


def _print_entry(console: Console, record: EntryRecord, footnote: str = "") -> None:
    """Print an entry, and below it the line that one takes away, which no frame and no line end breaks."""
    console.print(panel(record, console.width, footnote))
    for line in ready_lines(record):
        console.print(Text(safe(line)), soft_wrap=True)


def paint_table(records: list[EntryRecord], color: str = "auto") -> None:
    """Paint a list of entries: the term, its topic, and its expansion."""
    rows = [(_text(one["term"], "bold"), _text(one["topic"]), _text(_told(one))) for one in records]
    _paint_rows(["词条", "主题", "展开"], rows, f"共 {len(records)} 条", color)


_COUNTED = {"topics": (["主题", "词条"], "个主题"), "sources": (["编号", "词条", "来源"], "个来源")}
"""The headings of what is counted, and its measure word."""


def paint_counts(kind: str, cells: Sequence[tuple[str, int, tuple[str, ...]]]) -> None:
    """Paint the names of topics or sources, how many entries each has, and of a source how it is cited, with its address."""
    headings, measured = _COUNTED[kind]
    rows = [
        (_text(name, "bold"), Text(f"{count} 条", justify="right"), *([_linked(*told)] if told else []))
        for name, count, told in cells
    ]
    _paint_rows(headings, rows, f"共 {len(rows)} {measured}")


def _paint_rows(headings: list[str], rows: Sequence[tuple[Text, ...]], total: str, color: str = "auto") -> None:
    """Paint rows in columns; where the last would have too little room, it stands below the others."""
    console = make_console(color, widest=_WIDEST_LIST)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="", pad_edge=False)
    *narrow, last = [max(cells[at].cell_len for cells in rows) for at in range(len(headings))]
    narrow = [min(size, console.width // 3) for size in narrow]
    if not is_legacy() and console.width >= sum(narrow) + 2 * len(narrow) + min(last, _LAST):
        for heading, size in zip(headings, [*narrow, None], strict=True):
            table.add_column(heading, max_width=size)
        for cells in rows:
            table.add_row(*cells)
    else:
        table.show_header = False
        for *head, below in rows:
            table.add_row(_Prose.assemble(head[0], *(part for cell in head[1:] for part in ("  ", cell))))
            table.add_row(Padding(below, (0, 0, 0, 2)))
    show_paged(console, Group(table, _text(total)))


def _told(record: EntryRecord) -> str:
    return explanation(record["readings"][0]) if record["readings"] else "（文件未解释）"


def show_paged(console: Console, content: RenderableType) -> None:
    """Print, on a terminal through PAGER (else less) where it is higher than the terminal."""
    with console.capture() as captured:
        console.print(content)
    text = captured.get()
    pager = shlex.split(os.environ.get("PAGER") or "less -RFX")
    if console.is_terminal and sys.stdout.isatty() and text.count("\n") >= console.height and shutil.which(pager[0]):
        surroundings = {"LESSCHARSET": "utf-8", **os.environ}
        subprocess.run(pager, input=text.encode(), env=surroundings, check=False)  # noqa: S603  the pager that the user chose
    else:
        sys.stdout.write(text)


def panel(record: EntryRecord, width: int, footnote: str = "") -> RenderableType:
    """Return an entry as it is shown: a panel, or plain lines where a frame would leave too little room."""
    body = Group(*_body(record, footnote))
    if width < _NARROW or is_legacy():  # rich counts marks as Unicode does, and would set the frame's right side apart
        return Group(_text(record["term"], "bold"), body, Text())
    title = _text(f" {record['term']} ", "bold red")
    topic = _text(f" {record['topic']} ") if record["topic"] else None
    return Panel(
        body,
        title=title,
        subtitle=topic,
        title_align="left",
        subtitle_align="right",
        border_style="red",
        padding=(1, 2),
    )


def _body(record: EntryRecord, footnote: str) -> list[RenderableType]:
    rows: list[RenderableType] = []
    if record.get("status") in STATUSES:
        see = f"，见“{record['see']}”" if record.get("see") else ""
        rows += [_text(f"{STATUSES[record['status']]}{see}", "bold magenta"), Text()]
    rows += _expansion(record)
    rows += [_facts(record, footnote)]
    return rows


def _expansion(record: EntryRecord) -> list[RenderableType]:
    rows: list[RenderableType] = []
    for reading in record["readings"]:
        heading = reading_heading(reading)
        if heading:
            rows.append(_text(f"〔{heading}〕", "bold"))
        rows += _reading_rows(reading, record["term"])
        if not record["quote"]:
            source = reading["source"]
            rows += [_linked(f"——{citation(source, reading['where'])}", source["url"]), Text()]
    if not record["readings"]:
        rows += [_text("文件提到了这个词，没有解释。" + ("原句：" if record["quote"] else ""))]
        rows += [*([_text(record["quote"])] if record["quote"] else []), Text()]
    for other in record["elsewhere"]:
        rows += _other_reading(other)
    return rows


def _reading_rows(reading: ReadingRecord, term: str) -> list[RenderableType]:
    rows: list[RenderableType] = []
    if not adds_up(reading):
        rows += [_text(explanation(reading)), Text()]
    for part in reading["parts"]:
        heading = Text()
        if len(reading["parts"]) > 1 or part["lead"]:
            name = part["name"] if part["name"] != term else ""
            heading = _Prose.assemble(_text(name, "bold"), "  " if name and part["lead"] else "", _text(part["lead"]))
        if heading.plain:
            rows.append(heading)
        rows += [_items(part["items"]), Text()]
    return rows


def _items(items: list[str]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=is_legacy())
    grid.add_column(justify="right", style="red", no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    for number, item in enumerate(items, 1):
        grid.add_row(f"{number:>3}.", _text(item))
    return grid


def _other_reading(reading: OtherReadingRecord) -> list[RenderableType]:
    cited = "；".join(text for text in (citation(reading), reading["note"], reading["url"]) if text)
    rows: list[RenderableType] = [_Prose.assemble(_text("别处的解释  ", "bold"), _text(reading["full"]))]
    return [*rows, _linked(f"——{cited}", reading["url"]), Text()]


def _facts(record: EntryRecord, footnote: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("依据", BASES[record["basis"]])
    if record["basis"] == "explained":
        grid.add_row("原句", _text(record["quote"]))
    parts = [part for reading in record["readings"] for part in reading["parts"]]
    exceptions = [part["exception"] for part in parts if part.get("exception")]
    for note in (record.get("note"), *exceptions):
        if note:
            grid.add_row("说明", _text(note))
    if record["quote"] or not record["readings"]:
        grid.add_row("出处", _linked(citation(record["source"]), record["source"]["url"]))
    if footnote:
        grid.add_row("匹配", _text(footnote))
    return grid


def _text(text: str, style: str = "") -> Text:
    return _Prose(safe(text), style=style)


def _linked(text: str, url: str) -> Text:
    """Return a text that leads to an address where the terminal can follow it (OSC 8)."""
    plain = url.startswith(("http://", "https://")) and url.isprintable() and " " not in url
    return _text(text, f"link {url}" if plain else "")
