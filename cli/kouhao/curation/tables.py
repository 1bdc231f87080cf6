"""Tables in files of any kind → rows of cells with their numbers: workbooks, separated text, tables of Word, Markdown and pages."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import PurePath

from kouhao.documents.html import PageParser
from kouhao.documents.libreoffice import convert
from kouhao.documents.reading import decode, find_kind
from kouhao.documents.sheet import Cell, Sheet
from kouhao.documents.sheet_xml import read_ods
from kouhao.documents.word import read_word_tables
from kouhao.documents.workbook import read_sheets
from kouhao.documents.zip_xml import parse_xml
from kouhao.errors import KouhaoError

_WORKBOOKS = ("xlsx", "xls", "ods", "xlsm", "sheetml")
_DELIMITERS = ",\t;，"
_MARKDOWN_LINE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
"""The line below the heading of a table."""

_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|`(.+?)`")
_MOST_SPANNED = 1000  # as many columns as HTML lets a cell span
_MOST_COVERED = 500_000  # cells of a page that others cover, by hand


def read_tables(content: bytes, path: str) -> list[Sheet]:
    """Return the tables of a file; raise KouhaoError E_FORMAT, E_ENCODING, E_BINARY, E_XML or E_LIMIT."""
    suffix = PurePath(path).suffix.lower()
    kind = find_kind(content, suffix)
    if kind in ("doc", "xlsb"):
        content = convert(content, kind, path)
        kind = find_kind(content, "")
    if kind in _WORKBOOKS:
        return read_sheets(content, path)
    if kind == "docx":
        return read_word_tables(content, path)
    if kind == "flat":
        return read_ods(parse_xml(content, path))
    if kind == "html":
        return _read_page(decode(content, path, declared=True)[0], path)
    if kind not in ("txt", "md") or (not content and suffix in (".xlsx", ".xls", ".et", ".ods")):
        hint = "请在表格软件里打开，另存为 .xlsx 或 .csv。"
        what = "表格加了密码，读不了" if kind == "encrypted" else "不是能读的表格"
        raise KouhaoError("E_FORMAT", what, path=path, hint=hint)
    text, _ = decode(content, path)
    return _read_markdown(text) or [_read_csv(text, path)]


def _read_csv(text: str, path: str) -> Sheet:
    """Return the rows of a text; commas, tabs, semicolons or what `sep=` names part its cells, any line end its rows."""
    first, _, rest = text.partition("\n")
    offset = 0
    delimiter = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) > len("sep="):
        delimiter, text, offset = first.strip()[len("sep=")], rest, 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    head = lines[: lines.find("\n", 4096) if len(lines) > 4096 else None]  # noqa: PLR2004  the first rows show it
    delimiter = delimiter or max(_DELIMITERS, key=head.partition("\n")[0].count if head else ",".count)
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    numbers: list[int] = []
    start = 0
    try:
        for row in reader:
            rows.append(row)
            numbers.append(start + 1 + offset)
            start = reader.line_num
    except csv.Error as error:
        message = "引号没有成对，后面的行分不开"
        hint = "请检查这一行的引号；格子里的英文引号要写成两个。"
        raise KouhaoError("E_FORMAT", message, path=path, line=start + 1 + offset, hint=hint) from error
    return Sheet("", rows, numbers=numbers)


def _read_markdown(text: str) -> list[Sheet]:
    """Return the tables of a Markdown text: a heading, a line of dashes, and the rows up to a line without a bar."""
    lines = text.splitlines()
    tables: list[Sheet] = []
    for at, line in enumerate(lines):
        if at and "|" in line and _MARKDOWN_LINE.fullmatch(line) and "|" in lines[at - 1]:
            end = next((number for number in range(at, len(lines)) if "|" not in lines[number]), len(lines))
            numbers = [at - 1, *range(at + 1, end)]
            rows = [_markdown_cells(lines[number]) for number in numbers]
            tables.append(Sheet(f"第 {len(tables) + 1} 个表", rows, numbers=[number + 1 for number in numbers]))
    return tables


def _markdown_cells(line: str) -> list[str]:
    cells = _BAR.split(line.strip().removeprefix("|"))
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    plain = (_BREAK.sub("\n", cell.strip().replace("\\|", "|")) for cell in cells)
    return [_EMPHASIS.sub(lambda found: "".join(filter(None, found.groups())), cell) for cell in plain]


def _read_page(text: str, path: str) -> list[Sheet]:
    """Return the tables of a page, as many systems write them under the name .xls; raise KouhaoError E_LIMIT."""
    reader = _PageTables(path)
    reader.read(text)
    return [_sheet(f"第 {number} 个表", table) for number, table in enumerate(reader.tables, 1)]


def _sheet(name: str, table: _Table) -> Sheet:
    """Return a table with its cells in their places: those that span rows take theirs in the rows below."""
    sheet = Sheet(name, [])
    taken: set[Cell] = set()
    for row, cells in enumerate(table):
        column = 0
        for down, across, words in cells:
            while (row, column) in taken:
                column += 1
            first, last = (row, column), (row + down - 1, column + across - 1)
            lines = (line.strip() for line in "".join(words).split("\n"))
            sheet.put(first, "\n".join(filter(None, lines)))
            sheet.rows += [[] for _ in range(last[0] + 1 - len(sheet.rows))]
            sheet.rows[row] += [""] * (last[1] + 1 - len(sheet.rows[row]))
            sheet.merge(first, last)
            taken |= {(below, at) for below in range(row + 1, last[0] + 1) for at in range(column, last[1] + 1)}
            column = last[1] + 1
    return sheet


_Table = list[list[tuple[int, int, list[str]]]]
"""Rows of cells: how many rows and columns each spans, and its words."""


class _PageTables(PageParser):
    """Collects the tables of a page; tables inside tables are tables."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._covered = self._hidden = 0
        self.tables: list[_Table] = []
        self._open: list[tuple[_Table, list[list[str]]]] = []
        """The tables of which the end has not come, each with the words of its open cell, if there is one."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "table":
            self.tables.append([])
            self._open.append((self.tables[-1], []))
        elif self._open and tag == "tr":
            table, cell = self._open[-1]
            table.append([])
            cell.clear()
        elif self._open and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div", "li"):
            self._add("\n")

    def _begin_cell(self, named: dict[str, str | None]) -> None:
        table, cell = self._open[-1]
        rows, columns = _span(named.get("rowspan")), _span(named.get("colspan"))
        self._covered += rows * columns - 1
        if self._covered > _MOST_COVERED:
            hint = "请在表格软件里打开，取消大片的合并，再另存为 .xlsx。"
            raise KouhaoError("E_LIMIT", f"合并的格子超过 {_MOST_COVERED} 个", path=self._path, hint=hint)
        cell[:] = [[]]
        if not table:
            table.append([])
        table[-1].append((rows, columns, cell[0]))

    def _add(self, text: str) -> None:
        for words in self._open[-1][1] if self._open else ():
            words.append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden -= 1
        elif self._open and tag == "table":
            self._open.pop()
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1][1].clear()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._add(re.sub(r"\s+", " ", data))

    def add_rest(self, text: str, origin: int) -> None:  # noqa: ARG002  places are not asked for
        """Add what stands behind the last tag."""
        self.handle_data(unescape(text))


def _span(text: str | None) -> int:
    number = int(text) if text and text.isdecimal() else 1
    return min(max(number, 1), _MOST_SPANNED)
