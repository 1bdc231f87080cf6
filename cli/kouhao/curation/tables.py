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
from kouhao.documents.sheet import Sheet
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
    sheets = [Sheet(f"第 {number} 个表", []) for number in range(1, len(reader.tables) + 1)]
    for sheet, cells in zip(sheets, reader.tables, strict=True):
        for first, last, words in cells:
            sheet.put(first, words)
            sheet.rows += [[] for _ in range(last[0] + 1 - len(sheet.rows))] if first != last else []
            sheet.put((first[0], last[1]), sheet.rows[first[0]][last[1]] if last[1] < len(sheet.rows[first[0]]) else "")
            sheet.merge(first, last)
    return sheets


class _PageTables(PageParser):
    """Collects the tables of a page: each cell's first and last place, and its text; tables inside tables are tables."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._covered = 0
        self.tables: list[list[tuple[tuple[int, int], tuple[int, int], str]]] = []
        self._open: list[_OpenTable] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "table":
            self.tables.append([])
            self._open.append(_OpenTable(self.tables[-1]))
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            named = dict(attrs)
            rows, columns = _span(named.get("rowspan")), _span(named.get("colspan"))
            self._covered += rows * columns - 1
            if self._covered > _MOST_COVERED:
                hint = "请在表格软件里打开，取消大片的合并，再另存为 .xlsx。"
                raise KouhaoError("E_LIMIT", f"合并的格子超过 {_MOST_COVERED} 个", path=self._path, hint=hint)
            self._open[-1].begin_cell(rows, columns)
        elif self._open and tag in ("br", "p", "div", "li"):
            self._open[-1].add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden -= 1
        elif self._open and tag == "table":
            self._open.pop().end_cell()
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].add(re.sub(r"\s+", " ", data))

    def add_rest(self, text: str, origin: int) -> None:  # noqa: ARG002  places are not asked for
        """Add what stands behind the last tag, and end what is open."""
        self.handle_data(unescape(text))
        while self._open:
            self._open.pop().end_cell()


class _OpenTable:
    """A table of which the end has not come; cells that span rows take their place in the rows below."""

    def __init__(self, cells: list[tuple[tuple[int, int], tuple[int, int], str]]) -> None:
        self._cells = cells
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._column = 0
        self._span = (1, 1)
        self._words: list[str] | None = None

    def begin_row(self) -> None:
        self.end_cell()
        self._row += 1
        self._column = 0

    def begin_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        self._row = max(self._row, 0)
        while (self._row, self._column) in self._taken:
            self._column += 1
        self._span, self._words = (rows, columns), []

    def add(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def end_cell(self) -> None:
        if self._words is None:
            return
        last = self._row + self._span[0] - 1, self._column + self._span[1] - 1
        lines = (line.strip() for line in "".join(self._words).split("\n"))
        self._cells.append(((self._row, self._column), last, "\n".join(filter(None, lines))))
        self._taken |= {
            (row, column) for row in range(self._row + 1, last[0] + 1) for column in range(self._column, last[1] + 1)
        }
        self._column = last[1] + 1
        self._words = None


def _span(text: str | None) -> int:
    number = int(text) if text and text.isdecimal() else 1
    return min(max(number, 1), _MOST_SPANNED)
