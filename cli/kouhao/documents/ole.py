"""OLE compound files, as the old formats of Word, Excel, PowerPoint and WPS are: what is in them ([MS-CFB])."""

from __future__ import annotations

import struct

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""

_HEADER_SECTORS = 109
_ENTRY = 128
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def ole_kind(content: bytes) -> str:
    """Return doc, xls, ppt, msg, `encrypted` for a package behind a password, or an empty text; never raises."""
    try:
        names = _top_names(content)
    except (struct.error, IndexError, UnicodeDecodeError):
        return ""
    return next((kind for name, kind in _STREAMS if name.lower() in names), "")


def _top_names(content: bytes) -> set[str]:
    """Return the names of what lies directly in the root; objects that are embedded deeper have streams of the same names."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    directory = _chain(content, struct.unpack_from("<I", content, 48)[0], size)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    names: set[str] = set()
    seen: set[int] = set()
    stack = [struct.unpack_from("<I", entries[0], 76)[0]]
    while stack:
        number = stack.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        entry = entries[number]
        length = struct.unpack_from("<H", entry, 64)[0]
        names.add(entry[: max(0, length - 2)].decode("utf-16-le").lower())
        stack += struct.unpack_from("<II", entry, 68)
    return names


def _chain(content: bytes, first: int, size: int) -> bytes:
    table = [number for number in struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76) if number < _FREE]
    more, per = struct.unpack_from("<I", content, 68)[0], size // 4
    while more < _FREE and len(table) * size < len(content):
        numbers = struct.unpack_from(f"<{per}I", content, (more + 1) * size)
        table += [number for number in numbers[:-1] if number < _FREE]
        more = numbers[-1]
    sectors: list[bytes] = []
    while first < _FREE and len(sectors) * size < len(content):
        sectors.append(content[(first + 1) * size : (first + 2) * size])
        first = struct.unpack_from("<I", content, (table[first // per] + 1) * size + first % per * 4)[0]
    return b"".join(sectors)
