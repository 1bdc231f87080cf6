"""Spreadsheets in which offices keep such lists → draft entries; whatever is not taken is told with its true row number.

A table that kouhao has exported has every entry's record in its last column: such a row comes back as it was, unless a person
has changed what stands in front of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise, zip_longest
from typing import Any
from unicodedata import category, normalize

from kouhao.curation.imported import PARTLY, Imported, entry_of, filled
from kouhao.curation.new_entries import (
    LIGHT_SEPARATORS,
    NUMBER,
    SEPARATORS,
    NewEntry,
    deal_items,
    entry_data,
    read_items,
)
from kouhao.documents.sheet import Sheet, cell_name
from kouhao.errors import KouhaoError
from kouhao.glossary.characters import character_error, control_error
from kouhao.glossary.load import entry_faults
from kouhao.language.dates import is_date
from kouhao.language.lexicon import CLOSING, NUMBER_MARKS, NUMBERING, OPENING, QUOTES
from kouhao.language.numerals import promise
from kouhao.model import Basis, Status
from kouhao.records import EntryRecord, part_record

_COLUMNS = {
    "term": "词 词语 词条 名词 口号 口号名称 口号内容 名称 简称 提法 术语 标语 关键词 term",
    "full": "展开 内容 具体内容 主要内容 含义 释义 解释 解读 内涵 定义 全称 全文 full",
    "items": "各项 分项 要点 具体项 items",
    "topic": "主题 分类 类别 领域 topic",
    "basis": "依据 basis",
    "quote": "引文 原文 原句 出处原文 例句 quote",
    "also": "也写作 又写作 别名 also",
    "note": "说明 备注 注释 note",
    "valid_from": "起始 自 valid_from",
    "valid_to": "截止 止 valid_to",
    "record": "完整记录 record",
    "source": "来源 出处 source",
    "": "序号 序 编号 id no. no",
    "?": "别处的解释 状态 参见",
}
_ESSENTIAL = frozenset(["term", "full", "items"])
"""Fields without which a row is not taken where their cell has no value."""

_ONLY_EXPORTED = {"编号": "id", "别处的解释": "elsewhere", "状态": "status", "参见": "see"}
"""Columns that are read where a row has its whole record, so that a change in them is seen."""

_NOT_TAKEN = {"source": "来源", "id": "编号", "elsewhere": "别处的解释"}
_VALUES = {"basis": ("依据", frozenset(Basis)), "status": ("状态", frozenset(Status))}
_FIELDS = {name: key for key, names in _COLUMNS.items() for name in names.split()}
_TERM_NAMES = "、".join(_COLUMNS["term"].split()[:-1])
_HEADER_ROWS = 10  # a title and remarks stand above the names of columns, seldom more
_ERROR = re.compile(
    r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!|FIELD!|BUSY!|BLOCKED!|CONNECT!|GETTING_DATA)|Err:\d{3}"
)
"""What Excel, WPS and LibreOffice show in place of a value that cannot be worked out."""

_TOTALS = frozenset(["合计", "总计", "小计", "共计", "累计", "汇总", "总数"])
FORMULA_SIGNS = tuple("=+-@＝＋－＠\t\r\n")
"""With what a cell begins that a spreadsheet may take for a formula (OWASP, CSV Injection)."""

_BRACKETS = re.compile(f"[{OPENING}]([^{OPENING}{CLOSING}]*)[{CLOSING}]")
_HEADING_NUMBER = re.compile(rf"第?[{NUMBERING}\d]+")
_HEADING_MARKS = re.compile(r"[/／、|*＊:：]")
_NUMBERING = re.compile(
    rf"(?:^|(?<=[\s；;。，,、])(?<!\s\s))\s*{NUMBER}|[（(][{NUMBERING}\d]{{1,3}}[）)]|[{NUMBER_MARKS}]",
)
_BULLET = re.compile(r"^(?:[·•●■◆▪○◇★☆※]\s*|[-–—*]\s+)")
_FEW_SEPARATORS = tuple(map(re.compile, (r"[/／|｜·・•]", r"\s+", "(?<=[”》])(?=[“《])")))
"""What parts items where that makes as many as the term says, and nothing else does."""

_ENCLOSED = re.compile(
    "|".join(rf"\{begin}[^{begin}{end}]*\{end}" for begin, end in zip("（(“《", "）)”》", strict=True))
)
_END_MARKS = " \t\n。；;，,、"
_CITATION = re.compile("([^《》]*)《([^《》]+)》([^《》]*)")
_DOCUMENT_NUMBER = re.compile("[^，,（()） ]*〔[0-9]{4}〕[0-9]+号")
_DATE = re.compile(r"((?:19|20)\d\d)(?:[-年./](\d{1,2})(?:[-月./](\d{1,2}))?)?")
_HARD_BLANK = re.compile("(?<=[\u4e00-\u9fff])\xa0+(?=[\u4e00-\u9fff])")
_DROPPED = {"Cf", "Cc"}


Exported = Callable[[EntryRecord], Mapping[str, str]]
"""Returns what an exported table shows of an entry, by field."""


def import_tables(tables: Sequence[Sheet], path: str, exported: Exported) -> Imported:
    """Return what comes of the sheets that have a heading for the term; hidden ones are read only where no other has one.

    A row with its whole record is compared with what `exported` shows of that. Raises KouhaoError E_FIELD where none has it.
    """
    headed = [(table, found) for table in tables if (found := _find_header(table))]
    shown = [one for one in headed if not one[0].hidden] or headed
    if not shown:
        message = f"前 {_HEADER_ROWS} 行里没有词的那一列"
        hint = f"列名可以是 {_TERM_NAMES}；各列用逗号、制表符或分号隔开。"
        raise KouhaoError("E_FIELD", message, path=path, line=1, hint=hint)
    imported = Imported()
    for table, header in shown:
        imported.read.append(table.name)
        told, refused = len(imported.told), len(imported.refused)
        several = len(shown) > 1
        _Reader(table, header, imported, exported, table.name if several else "").read()
        if several:
            for lines, begin in ((imported.told, told), (imported.refused, refused)):
                lines[begin:] = [(number, f"工作表“{table.name}”：{why}") for number, why in lines[begin:]]
    for table in tables:
        if table.name not in imported.read and any(True for _ in table.numbered()):
            why = "是隐藏的" if table.hidden else "没有词的那一列"
            imported.told.append((0, f"工作表“{table.name}”{why}，没有读"))
    return imported


def _find_header(table: Sheet) -> tuple[int, list[str], list[str]] | None:
    """Return the number of the first row that names the term's column, or of its second row, each column's field, and its name."""
    rows = list(islice(table.numbered(), _HEADER_ROWS + 1))
    for (number, row), (below, second) in zip_longest(rows[:_HEADER_ROWS], rows[1:], fillvalue=(0, ())):
        header = [_field(cell) for cell in row]
        if "term" in header and (number - 1, header.index("term")) not in table.merged:
            two = _is_header(second, row)
            names = [under or above for above, under in zip_longest(row, second if two else (), fillvalue="")]
            fields = [_field(cell) for cell in names]
            if "record" in fields:
                fields = [_ONLY_EXPORTED.get(cell.strip(), name) for cell, name in zip(names, fields, strict=True)]
            return below if two else number, fields, [" ".join(cell.split()) for cell in names]
    return None


def _is_header(row: Sequence[str], above: Sequence[str]) -> bool:
    """Return whether a row below a heading is its second row: it names fields only, or repeats what is above."""
    fields = [(_field(cell), cell in above[at : at + 1]) for at, cell in enumerate(row) if cell.strip()]
    return any(name in ("term", "full", "items") for name, _ in fields) and all(
        name != "?" or same for name, same in fields
    )


def _field(cell: str) -> str:
    """Return the field that a heading names: `口 号`, `内容（展开）`, `词语/释义`; `?` for one that is unknown."""
    name = "".join(cell.lstrip("\ufeff").split()).lower()
    if (plain := _HEADING_NUMBER.sub("", name)) != name and (plain == "项" or _FIELDS.get(plain) in ("full", "items")):
        return "items"  # 第一项, 内容2
    names = [name, _BRACKETS.sub("", name), *_BRACKETS.findall(name), *_HEADING_MARKS.split(_BRACKETS.sub("", name))]
    return next((_FIELDS[one] for one in names if one in _FIELDS), "?" if name else "")


class _Reader:
    """Reads one sheet into what was imported."""

    def __init__(
        self, table: Sheet, header: tuple[int, list[str], list[str]], imported: Imported, exported: Exported, name: str
    ) -> None:
        self._table = table
        self._name = f"“{name}”" if name else ""
        self._imported = imported
        self._exported = exported
        self._begun = 0
        self._refused = len(imported.refused)
        self._last: dict[str, str] = {}
        self._take_header(header)

    def _take_header(self, header: tuple[int, list[str], list[str]]) -> None:
        self._header_row, self._header, self._names = header
        self._first = {name: column for column, name in reversed([*enumerate(self._header)])}
        self._last = {}
        self._tell_columns()

    def read(self) -> None:
        """Take each row behind the heading, or tell why not; a table further down has a heading of its own."""
        for number, row in self._table.numbered():
            if number <= self._header_row:
                continue
            fields = [_field(cell) for cell in row]
            if "term" in fields and {"full", "items", "quote"} & set(fields):
                self._take_header((number, fields, [" ".join(cell.split()) for cell in row]))
            elif fault := self._take(number, row):
                self._imported.refused.append((number, fault))

    def _tell_columns(self) -> None:
        rows = [(number, row) for number, row in self._table.numbered() if number >= self._header_row]
        for column, name in enumerate(self._header):
            again = name not in ("", "?", "items") and self._first[name] != column
            filled = any(column < len(row) and row[column].strip() for _, row in rows[1:])
            if filled and (again or name == "?"):
                heading = self._names[column]
                why = "与前面的列重复，" if again else "" if heading in _COLUMNS["?"] else "不认识，"
                self._imported.told.append((self._header_row, f"列“{heading}”{why}没有收"))

    def _take(self, number: int, row: Sequence[str]) -> str:
        """Take a row; return why it cannot be, or an empty text. Behind a row that is not taken none goes on."""
        last, self._last = self._last, {}
        wanted = [
            (name, column)
            for column, name in enumerate(self._header)
            if name not in ("", "?") and (name == "items" or self._first[name] == column)
        ]
        without = {column: why for _, column in wanted if (why := self._no_value(number, row, column))}
        fault = next((without[column] for name, column in wanted if name in _ESSENTIAL and column in without), "")
        if fault := self._refusal(number, row) or fault:
            return fault
        values: dict[str, str] = {}
        for name, column in wanted:
            if column in without or column >= len(row):
                continue
            if text := row[column] if name == "record" else _clean(_live(row[column])):
                values[name] = f"{values[name]}\n{text}" if name in values else text
        for text in values.values():
            if error := character_error(text, "", 0, 0) or control_error(text.replace("\n", ""), "", 0, 0):
                return error.message
        place = (number - 1, self._first["term"])
        begin = self._table.merged.get(place, place)
        numbered = any(
            row[at].strip() for at, name in enumerate(self._header[: len(row)]) if not name and self._names[at]
        )
        if last and (begin[0] < number - 1 or (not numbered and _goes_on(last, values))):
            self._last = last
            lost = self._add(values)
        else:
            self._begun = number
            lost = self._begin(values)
        if not without or (lost and not lost.endswith(PARTLY)):
            return lost
        told = f"{'；'.join(without.values())}，没有收"
        return _partly("；".join(filter(None, (told, lost.removesuffix(PARTLY)))))

    def _refusal(self, number: int, row: Sequence[str]) -> str:
        """Return why a row is none of the table, or an empty text."""
        if any(cell.strip() for cell in row[len(self._header) :]):
            return "格子比列名多"
        term = self._first["term"]
        begins = [self._table.merged.get((number - 1, at), (number - 1, at)) for at in range(len(self._header))]
        if len({name for name, begin in zip(self._header, begins, strict=True) if name and begin == begins[term]}) > 1:
            return f"“{_one_line(row[term])}”一格横跨几列，不是词"
        if sums := [cell for cell in row[: term + 1] if "".join(cell.split()).rstrip("：:") in _TOTALS]:
            return f"是“{sums[0]}”行"
        return ""

    def _no_value(self, number: int, row: Sequence[str], column: int) -> str:
        """Return why a cell has no value that a person could mean, or an empty text."""
        if (number - 1, column) in self._table.uncomputed:
            return f"格子 {cell_name(number - 1, column)} 的公式没有算过（请在表格软件里打开、保存一次）"
        shown = row[column].strip() if column < len(row) else ""
        return f"“{self._names[column]}”一格是错误值 {shown}" if _ERROR.fullmatch(shown) else ""

    def _begin(self, values: dict[str, str]) -> str:
        term = values.get("term", "")
        whole = values.pop("record", "")
        record = _read_record(whole, self._exported)
        if not term or (not record and _field(term) == "term"):
            return "又是列名" if term else "没有写词"
        if not record and not values.keys() & {"full", "items"}:
            values |= _parted(term)
            term = values["term"]
            if any(mark in term for mark in "：:。"):
                return f"“{term}”不像词"
        shown = values.get("full", "") or values.get("items", "")
        known = self._imported.seen.setdefault(record["id"] if record else term, [])
        if shown in known or (record and known):
            return f"“{term}”重复"
        if record is None:
            entry, lost = self._drafted(values)
            if known and not _said(entry).get("parts"):
                return f"“{term}”前面有了，展开与那里的不同"
            lost = "；".join(filter(None, ("“完整记录”不全，按各列收作草稿" if whole.strip() else "", lost)))
            entry = ({"id": f"{term}-{len(known) + 1}"} if known else {}) | entry
        else:
            entry = entry_of(record, self._imported.sources)
            told = {name: _clean(text) for name, text in self._exported(record).items() if name in self._first}
            entry, lost = _changed(entry, {name for name in told if told[name] != values.get(name, "")}, values)
            if faults := entry_faults(entry):
                return f"“{term}”{'；'.join(faults)}"
        known.append(shown)
        self._last = values
        self._imported.entries.append(entry)
        return _partly(lost)

    def _drafted(self, values: dict[str, str]) -> tuple[dict[str, Any], str]:
        """Return the draft of a row, which stands in the source that it names, or in the table itself."""
        row = f"{self._name}第 {self._begun} 行"
        source = self._source(values.get("source", ""))
        if source and "quote" not in values:
            note = f"据表格{row}，没有对照原文"
            values = values | {"note": "；".join(filter(None, (_one_line(values.get("note", "")), note)))}
        return _draft(values, {"source": source} | ({} if source else {"where": row}))

    def _source(self, cited: str) -> str:
        """Return the id of the source that a row names, which is noted: 某局《总结》，2024-05-06."""
        cited = _one_line(cited)
        if not cited:
            return ""
        found = _CITATION.fullmatch(cited)
        publisher, title, rest = found.groups() if found else ("", cited, "")
        number = _DOCUMENT_NUMBER.search(rest)
        date = _DATE.search(_DOCUMENT_NUMBER.sub("", rest))
        source = {"id": cited, "title": title, "publisher": publisher.strip("，, ")}
        source["published"] = _date(date[0]) if date else ""
        source |= {"number": number[0]} if number else {}
        self._imported.sources.setdefault(cited, dict(source))
        return cited

    def _add(self, values: dict[str, str]) -> str:
        """Add a row that shows the same term in a merged cell: its expansion is a further item."""
        column = "items" if "items" in values else "full"
        more, before = values.get(column, ""), self._last.get("items", "") or self._last.get("full", "")
        if not more:
            return "合并的格子下面没有内容"
        if self._last.get("full", before) not in (before, "、".join(_split_items(before))):
            return "上面一行的展开和各项不同，这一行没有并进去"
        both = f"{before}\n{more}"
        told = {"full": self._last.get("full", "")} if column == "items" else {}
        other = [
            name
            for name in values
            if name not in ("term", column) and values[name] != (values | self._last | told)[name]
        ]
        self._last = values | self._last | {"items": both, "full": "、".join(_split_items(both))}
        entry, lost = self._drafted(self._last)
        begun = self._imported.entries[-1]
        self._imported.entries[-1] = ({"id": begun["id"]} if "id" in begun else {}) | entry
        refused = self._imported.refused
        refused[self._refused :] = [one for one in refused[self._refused :] if one[0] != self._begun]
        self._imported.refused += [(self._begun, _partly(lost))] if lost else []
        unlike = "、".join(f"“{self._names[self._first[name]]}”" for name in other)
        return _partly(f"{unlike}与上面一行的不同，没有收" if unlike else "")


def _goes_on(last: dict[str, str], values: dict[str, str]) -> bool:
    """Return whether a row without a term has a further item of the one above, which has fewer than its numeral says."""
    has = last.get("items", "") or last.get("full", "")
    fewer = len(_split_items(has) or [has]) < max(_wanted(last["term"]), default=0)
    return fewer and bool(values) and not values.keys() - {"full", "items"}


def _parted(cell: str) -> dict[str, str]:
    """Return the term and the expansion of a cell that has both: 三个能：能学、能讲、能写."""
    term, colon, full = cell.replace(":", "：").partition("：")
    return {"term": term, "full": full} if colon and full.strip() and promise(term) else {"term": cell}


def _clean(cell: str) -> str:
    """Return a cell's text without what nobody sees: zero-width and control characters; blanks of every kind are one."""
    text = "".join(mark for mark in cell if mark == "\n" or category(mark) not in _DROPPED)
    text = "".join(
        normalize("NFKC", mark) if "\uf900" <= mark <= "\ufaff" or "\u2f00" <= mark <= "\u2fdf" else mark
        for mark in text
    )
    text = _HARD_BLANK.sub("", text)
    return re.sub(r"[^\S\n]+", " ", text.replace("\u2028", "\n").replace("\u2029", "\n")).strip()


def _live(cell: str) -> str:
    """Return a cell's text without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_SIGNS) else cell


def _draft(values: dict[str, str], place: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Return a draft entry of what stands at a place, and what of its row was not taken; items are as many as the numeral says.

    Without a quote it is cited: no sentence is made of the cells.
    """
    term = " ".join(_unquoted(values["term"]).split())
    listed = values.get("items", "") or values.get("full", "")
    items = _split_items(listed, _wanted(term)) or read_items(term, listed)
    full = _one_line(values.get("full", "")) or "、".join(items) or _one_line(values.get("items", ""))
    quote = values.get("quote", "")
    wanted = _wanted(term) or ((len(items),) if "items" in values else ())
    right = bool(items) and len(items) in wanted and all(item in full for item in items)
    parts = deal_items(term, items) if right else ()
    topic, note = _one_line(values.get("topic", "")), _one_line(values.get("note", ""))
    if quote:
        entry = entry_data(NewEntry(term, quote, parts, topic, note, full, place["source"]))
    else:
        said = {"parts": [part_record(part) for part in parts], "full": full, **place}
        told = {"readings": [filled(said, "source")]} if full else {"named_in": place}
        basis = (Basis.CITED if full else Basis.MENTIONED).value
        entry = filled({"term": term, "topic": topic, "basis": basis, **told, "note": note})
    also = [one for one in SEPARATORS.split(values.get("also", "")) if one.strip()]
    entry = {"term": term} | ({"also": also} if also else {}) | entry
    dates = {name: _date(values[name]) for name in ("valid_from", "valid_to") if name in values}
    lost = [f"“{values[name]}”不是日期，没有收" for name, date in dates.items() if not date]
    lost += [] if right else [_miscounted(term, values, full)]
    kept = {name: date for name, date in dates.items() if date}
    return entry | kept | {"draft": True}, "；".join(filter(None, lost))


def _date(text: str) -> str:
    """Return a date as a glossary writes it, of 2024年5月6日 or 2024/5/6; empty where it is none."""
    found = _DATE.fullmatch(text.strip().rstrip("年月日"))
    date = "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
    return date if is_date(date) else ""


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """Return where the expansion of an entry stands: in itself, or in its first reading."""
    readings: list[dict[str, Any]] = entry.get("readings", [])
    return readings[0] if readings else entry


def _partly(lost: str) -> str:
    return lost + PARTLY if lost else ""


def _miscounted(term: str, values: dict[str, str], full: str) -> str:
    """Return what to say of a row of which no items were taken, though it seems to have some."""
    cell = values.get("items", "")
    column = "各项" if cell else "展开"
    listed = _split_items(cell, _wanted(term)) or _split_items(cell or values.get("full", ""))
    listed = listed or [_bare(cell or values.get("full", ""))]
    if cell and not all(item in full for item in listed):
        return "各项与展开的字句不同，各项没有收"
    if not _wanted(term) or (not cell and (len(listed) <= 1 or any(mark in full for mark in "，。,"))):
        return ""
    return f"{column}有 {len(listed)} 项，与“{term}”的数目不符，没有分成各项，请核对"


def _changed(entry: dict[str, Any], changed: set[str], values: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Return an exported entry as a draft of what a person has changed in it, and what of that was not taken."""
    unknown = [
        name for name, (_, known) in _VALUES.items() if name in changed and values.get(name) not in {*known, None}
    ]
    lost = [f"{_VALUES[name][0]}“{values[name]}”不认识，没有收" for name in unknown]
    lost += [f"改过的“{told}”没有收" for name, told in _NOT_TAKEN.items() if name in changed]
    taken = changed - {*unknown, *_NOT_TAKEN}
    if taken & {"term", "full", "items"}:
        entry, fault = _expanded(entry, taken, values)
        lost += [fault] if fault else []
    for name in taken & {"topic", "basis", "quote", "note", "valid_from", "valid_to", "status", "see"}:
        entry[name] = values.get(name, "") if name == "quote" else _one_line(values.get(name, ""))
    if "quote" in taken and not entry["quote"] and entry["basis"] != Basis.CITED:
        entry = _without_quote(entry)
    if "also" in taken:
        entry["also"] = SEPARATORS.split(values.get("also", ""))
    entry = {name: value for name, value in entry.items() if value not in ("", [""])}
    return entry | ({"draft": True} if taken else {}), "；".join(lost)


def _without_quote(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of which the table has no quote any more, as one that is only cited."""
    told = {name: entry[name] for name in ("full", "parts") if name in entry}
    place = entry.get("named_in") or {name: entry[name] for name in ("source", "where") if name in entry}
    kept = {name: value for name, value in entry.items() if name not in (*told, *place, "named_in", "basis", "quote")}
    if told:
        return kept | {"basis": Basis.CITED.value, "readings": [told | place]}
    return kept | {"basis": Basis.MENTIONED.value, "named_in": place}


def _expanded(entry: dict[str, Any], changed: set[str], values: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Return an exported entry with another term or expansion; of several readings the table shows the first, the others stay."""
    one = {"full": "items", "items": "full"}
    stale = {other for name, other in one.items() if name in changed and other not in changed}
    place = entry.get("named_in") or {"source": entry.get("source", "")}
    made, lost = _draft({name: text for name, text in values.items() if name not in stale}, place)
    new = {name: text for name, text in _said(made).items() if name in ("full", "parts")}
    dropped = {"full", "parts"} | ({"id"} if "term" in changed else set())
    kept = {name: value for name, value in entry.items() if name not in dropped} | {"term": made["term"]}
    if entry["basis"] == Basis.CITED:
        first, *others = entry["readings"]
        if changed & {"full", "items"}:
            first = {name: value for name, value in first.items() if name not in (*dropped, "definition")} | new
        return kept | {"readings": [first, *others]}, lost
    if "named_in" in kept and new:
        del kept["named_in"]
        new = {"basis": made["basis"], "readings": made["readings"]}
    return kept | new, lost


def _unquoted(term: str) -> str:
    return term[1:-1] if term[1:-1].strip() and QUOTES.get(term[0]) == term[-1] else term


def _one_line(text: str) -> str:
    """Return a cell's text on one line; a line that ends without a mark gets one."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "".join(
        line if line[-1] in _END_MARKS or at == len(lines) else f"{line}；" for at, line in enumerate(lines, 1)
    )


def _wanted(term: str) -> tuple[int, ...]:
    """Return how many items a term may have, none where it has no list."""
    promised = promise(term)
    return tuple(number for number in promised.expected if number > 1) if promised else ()


def _split_items(text: str, wanted: Sequence[int] = ()) -> list[str]:
    """Return the items of a cell without their numbers and end marks: parted by numbering, else by line ends and ；, else by 、.

    Where none of these makes as many as `wanted`, other marks, blanks and quotes are tried. What brackets and quotes enclose is one piece.
    """
    numbered = [piece for piece in _NUMBERING.split(text) if piece.strip(_END_MARKS)]
    ways = [numbered] if len(_NUMBERING.findall(text)) > 1 else []
    ways += [_split_outside(text, separators) for separators in (SEPARATORS, LIGHT_SEPARATORS)]
    ways += [_split_outside(text, separators) for separators in _FEW_SEPARATORS] if wanted else []
    cut = [[item for piece in way if (item := _bare(piece))] for way in ways]
    right = [items for number in wanted for items in cut if len(items) == number]
    return right[0] if right else next((items for items in cut if len(items) > 1), []) if not wanted else []


def _split_outside(text: str, separators: re.Pattern[str]) -> list[str]:
    """Return the pieces of a text, parted where no bracket or quote encloses it."""
    masked = _ENCLOSED.sub(lambda found: found[0][0] + "\0" * (len(found[0]) - 2) + found[0][-1], text)
    if masked.strip("\0")[1:-1] == "":
        masked = text
    cuts = [found.span() for found in separators.finditer(masked)]
    return [text[end:start] for (_, end), (start, _) in pairwise([(0, 0), *cuts, (len(text), len(text))])]


def _bare(piece: str) -> str:
    """Return a piece of a cell without a number or bullet in front, marks around it, and quotes around all of it."""
    return _unquoted(_NUMBERING.sub("", _BULLET.sub("", piece.strip(_END_MARKS))).strip(_END_MARKS))


def _read_record(cell: str, exported: Exported) -> EntryRecord | None:
    try:
        record: EntryRecord = json.loads(cell)
        return record if exported(record) and entry_of(record, {}) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
