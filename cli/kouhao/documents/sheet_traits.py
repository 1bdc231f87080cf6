"""What python-calamine does not tell of a sheet: .xlsx, .xls by [MS-XLS].

That is which cells show an error, which formulas were never worked out, how far the cells reach, headers and footers, and in
old files what lies over the cells.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

from kouhao.documents.sheet import Cell, column_number
from kouhao.errors import KouhaoError

_CELL = re.compile(rb"<(?:\w+:)?(?:row\b([^>]*)|c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>))", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{0,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](e|str)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>/]*>([^<]*)")
_ANY_VALUE = re.compile(rb"<(?:\w+:)?v\b")
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)\b[^>/]*>([^<]*)<")
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[A-Za-z&+-])')
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""What old workbooks show for the code of an error."""

_HEADER, _FOOTER, _NOTE_OBJECT, _CONTINUE, _PASSWORD, _BEGIN, _END = 0x14, 0x15, 0x19, 0x3C, 0x2F, 0x809, 0x0A
"""Kinds of records ([MS-XLS] 2.3)."""

_FORMULA_CELL, _ERROR_CELL = 0x06, 0x205  # likewise
_VALUES = {_FORMULA_CELL, _ERROR_CELL, 0x00FD, 0x0203, 0x0204, 0x027E, 0x00BD, 0x00D6}
"""Records of cells: formula, error, shared string, number, label, short numbers (one and several), rich text."""

_DRAWINGS, _SHOWN_PICTURES = 0xEB, re.compile(rb"\x01\xf0(?!\0\0\0\0)")
"""The record of what all sheets draw, and in it a store of pictures that is not empty ([MS-ODRAW] 2.2.20)."""

_ZERO, _WORKED_OUT_LATER = b"\0" * 8, 2
"""The value of a formula that no spreadsheet program has worked out yet, and its flag (fCalcOnLoad, [MS-XLS] 2.4.127)."""

_WIDE = 1  # the bit of a string with two bytes a character (XLUnicodeString)
STREAMS = ("Workbook", "Book")
"""Names of the stream that holds the sheets of an .xls file, since Excel 97 and before."""


@dataclass(slots=True)
class Traits:
    """The traits of a sheet: cells by row and column from 0, and texts with the label that says where they stand."""

    errors: dict[Cell, str] = field(default_factory=dict)
    uncomputed: list[Cell] = field(default_factory=list)
    blank: list[Cell] = field(default_factory=list)
    count: int = 0
    last: Cell = (0, 0)
    farthest: Cell = (0, 0)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Note a cell that has a value."""
        self.count += 1
        self.last = max(self.last[0], row), max(self.last[1], column)
        self.farthest = max(self.farthest, (row, column), key=lambda cell: (cell[0] + 1) * (cell[1] + 1))


def xlsx_traits(part: bytes) -> Traits:
    """Return the traits of a sheet in an .xlsx file, from its XML."""
    traits = Traits()
    row = column = -1
    for found in _CELL.finditer(part):
        place = _PLACE.search(found[1] if found[2] is None else found[2])
        if found[2] is None:
            row, column = int(place[2]) - 1 if place else row + 1, -1
            continue
        row, column = (int(place[2]) - 1, column_number(place[1])) if place else (row, column + 1)
        _look(traits, (row, column), found[2], found[3] or b"")
    for found in _MARGIN.finditer(part):
        label = "页眉" if found[1] == b"Header" else "页脚"
        traits.texts += margin_text(label, unescape(found[2].decode("utf-8", "replace")))
    return traits


def _look(traits: Traits, cell: Cell, attributes: bytes, inside: bytes) -> None:
    value = _VALUE.search(inside)
    kind = _TYPE.search(attributes)
    if _FORMULA.search(inside) and not (value and value[1]) and not (kind and _ANY_VALUE.search(inside)):
        traits.uncomputed.append(cell)
    elif value is not None:
        traits.reach(*cell)
        if kind and kind[1] == b"e":
            traits.errors[cell] = value[1].decode("utf-8", "replace")


def margin_text(label: str, text: str) -> list[tuple[str, str]]:
    """Return the text of a header or footer without its codes for fonts, sides and page numbers."""
    plain = " ".join(_MARGIN_CODE.sub(lambda code: "&" if code[0] == "&&" else " ", text).split())
    return [(label, plain)] if plain else []


def xls_traits(stream: bytes, *, by_program: bool = True) -> list[Traits]:
    """Return the traits of each sheet of an .xls file in order, from its stream of records; what is cut off is left out.

    Raises KouhaoError E_FORMAT for one behind a password.
    Where no spreadsheet program has written it (`by_program`), formulas whose value is an empty text were never worked out.
    """
    records = list(_records(stream))
    if any(kind == _PASSWORD for kind, _, _ in records):
        raise KouhaoError("E_FORMAT", "表格加了密码", hint="请取消密码，另存一份。")
    starts = [struct.unpack_from("<I", data)[0] for kind, data, _ in records if kind == 0x85 and len(data) > 3]  # noqa: PLR2004  BOUNDSHEET
    ends = dict(pairwise([*sorted(starts), len(stream)]))
    found = [_traits_of([one for one in records if start <= one[2] < ends[start]]) for start in starts]
    for traits in found if not by_program else ():
        traits.uncomputed += traits.blank
    return found


def has_pictures(stream: bytes) -> bool:
    """Return whether the sheets of an .xls file show pictures."""
    return any(kind == _DRAWINGS and _SHOWN_PICTURES.search(data) for kind, data, _ in _records(stream))


def _records(stream: bytes) -> Iterator[tuple[int, bytes, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size], at
        at += 4 + size


def _traits_of(records: list[tuple[int, bytes, int]]) -> Traits:
    traits = Traits()
    label = "文本框"
    depth = 0
    for number, (kind, data, _) in enumerate(records):
        depth += (kind == _BEGIN) - (kind == _END)
        if kind in _VALUES and len(data) > 6 and depth == 1:  # noqa: PLR2004  row, column, format; deeper are those of charts
            _note_cell(traits, kind, data)
        elif kind in (_HEADER, _FOOTER):
            traits.texts += margin_text("页眉" if kind == _HEADER else "页脚", _string(data[2:]))
        elif kind == 0x5D and len(data) > 5:  # noqa: PLR2004  OBJ: what the text box that follows belongs to
            label = "批注" if struct.unpack_from("<H", data, 4)[0] == _NOTE_OBJECT else "文本框"
        elif kind == 0x1B6 and len(data) > 11:  # noqa: PLR2004  TXO
            count = struct.unpack_from("<H", data, 10)[0]
            traits.texts += _box(label, count, records, number + 1)
        elif kind == 0x100D and len(data) > 4:  # noqa: PLR2004  SERIESTEXT
            traits.texts += _paragraphs("图表", _string(data[3:])[: data[2]])
    return traits


def _note_cell(traits: Traits, kind: int, data: bytes) -> None:
    cell: Cell = struct.unpack_from("<HH", data)
    traits.reach(*cell)
    code = -1
    if kind == _ERROR_CELL and data[7:8] == b"\1":
        code = data[6]
    elif kind == _FORMULA_CELL and data[6:7] == b"\2" and data[12:14] == b"\xff\xff":
        code = data[8]
    elif kind == _FORMULA_CELL and data[6:14] == _ZERO and data[14:15] and data[14] & _WORKED_OUT_LATER:
        traits.uncomputed.append(cell)
    elif kind == _FORMULA_CELL and data[6:7] == b"\3" and data[12:14] == b"\xff\xff":
        traits.blank.append(cell)
    if code >= 0:
        traits.errors[cell] = _ERRORS.get(code, "#ERROR")


def _box(label: str, count: int, records: list[tuple[int, bytes, int]], at: int) -> list[tuple[str, str]]:
    """Return the paragraphs of a text box, whose `count` characters stand in the records that continue it."""
    text = ""
    while len(text) < count and at < len(records) and records[at][0] == _CONTINUE:
        text += _string(records[at][1])
        at += 1
    return _paragraphs(label, text[:count])


def _paragraphs(label: str, text: str) -> list[tuple[str, str]]:
    return [(label, line.strip()) for line in re.split("[\r\n]", text) if line.strip()]


def _string(data: bytes) -> str:
    """Return a text of flags and characters, of which each takes one byte or two."""
    return data[1:].decode("utf-16-le" if data[:1] and data[0] & _WIDE else "latin-1", "replace")
