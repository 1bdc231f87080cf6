"""Binary workbooks (.xlsb, [MS-XLSB]): what python-calamine does not tell of their sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kouhao.documents.sheet_traits import ERRORS, Traits, is_uncomputed, margin_text

_ROW, _SHEET, _MARGINS, _COMMENT = 0, 156, 479, 637  # kinds of records ([MS-XLSB] 2.3.2)
_ERRORS = (3, 11)  # BrtCellError, BrtFmlaError ([MS-XLSB] 2.3.2)
_VALUES = range(2, 12)
"""Records of cells that have a value; those in `_ERRORS` show an error."""

_FORMULA_NUMBER = 9  # BrtFmlaNum ([MS-XLSB] 2.4.677): a cell of 8 bytes, a number of 8, flags

_NOTHING = 0xFFFFFFFF  # the length of a string that is not there (XLNullableWideString)
_LABELS = ("页眉", "页脚") * 3


def sheet_names(book: bytes) -> dict[str, str]:
    """Return the names of the sheets by the relations that lead to them, from the part of the workbook."""
    names: dict[str, str] = {}
    for kind, data in _records(book):
        if kind == _SHEET:
            relation, end = _string(data, 8)
            names[relation] = _string(data, end)[0]
    return names


def xlsb_traits(part: bytes) -> Traits:
    """Return the traits of a sheet; what is cut off is left out."""
    traits = Traits()
    row = 0
    for kind, data in _records(part):
        if kind == _ROW and len(data) >= 4:  # noqa: PLR2004  a number of four bytes
            row = struct.unpack_from("<I", data)[0]
        elif kind in _VALUES and len(data) > 8:  # noqa: PLR2004  a column, a format, a value
            cell = row, struct.unpack_from("<I", data)[0]
            traits.reach(*cell)
            if kind in _ERRORS:
                traits.errors[cell] = ERRORS.get(data[8], "#ERROR")
            elif kind == _FORMULA_NUMBER and is_uncomputed(data[8:16], data[16:17]):
                traits.uncomputed.append(cell)
        elif kind == _MARGINS:
            at = 2
            for label in _LABELS:
                text, at = _string(data, at)
                traits.texts += margin_text(label, text)
    return traits


def comments(part: bytes) -> list[str]:
    """Return the texts of the comments of a sheet."""
    return [_string(data, 1)[0] for kind, data in _records(part) if kind == _COMMENT]


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _count(part, at, 2)
        size, at = _count(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _count(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of up to `most` bytes of seven bits each, and where it ends."""
    number = 0
    for index, byte in enumerate(part[at : at + most]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:  # noqa: PLR2004  the highest bit says that more bytes follow
            return number, at + index + 1
    return number, at + most


def _string(data: bytes, at: int) -> tuple[str, int]:
    """Return a text with its length in front, and where it ends."""
    if at + 4 > len(data):
        return "", len(data)
    count = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + (0 if count == _NOTHING else 2 * count)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
