"""OLE compound files, as the old formats of Word, Excel, PowerPoint and WPS are: what is in them ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""

_HEADER_SECTORS = 109  # numbers of sectors in the header ([MS-CFB] 2.2)
_ENTRY = 128  # bytes of a directory entry ([MS-CFB] 2.6.1)
_SECTORS = {9: 512, 12: 4096}
"""Bytes of a sector, by the power of two that the header tells ([MS-CFB] 2.2)."""

_SMALL_SECTOR = 64  # bytes ([MS-CFB] 2.2, Mini Sector Shift)
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
    names = entry_names(content)
    return next((kind for name, kind in _STREAMS if name.lower() in names), "")


def ole_stream(content: bytes, *names: str) -> bytes:
    """Return the first of the streams of these names that lies in the root, or nothing; never raises."""
    try:
        entries = _Entries(content)
        places = {name: (first, size) for name, first, size in entries}
        found = next((places[name.lower()] for name in names if name.lower() in places), None)
        return entries.read(*found) if found else b""
    except (struct.error, LookupError, UnicodeDecodeError):
        return b""


def entry_names(content: bytes) -> list[str]:
    """Return the names of the streams and storages in the root, in small letters; never raises."""
    try:
        return [name for name, _, _ in _Entries(content)]
    except (struct.error, LookupError, UnicodeDecodeError):
        return []


class _Entries:
    """What lies directly in the root: names in small letters, first sectors, sizes. Objects embedded deeper have streams of the same names.

    Raises struct.error, LookupError or UnicodeDecodeError where the file is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = _SECTORS[struct.unpack_from("<H", content, 30)[0]]
        self._table = self._read_table()
        directory = self._chain(struct.unpack_from("<I", content, 48)[0])
        self._entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        seen: set[int] = set()
        stack = [struct.unpack_from("<I", self._entries[0], 76)[0]]
        while stack:
            number = stack.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            length = struct.unpack_from("<H", entry, 64)[0]
            yield entry[: max(0, length - 2)].decode("utf-16-le").lower(), *struct.unpack_from("<II", entry, 116)
            stack += struct.unpack_from("<II", entry, 68)

    def read(self, first: int, size: int) -> bytes:
        """Return the content of a stream; a small one lies in pieces of 64 bytes in the stream of the root."""
        if size >= struct.unpack_from("<I", self._content, 56)[0]:
            return self._chain(first)[:size]
        small = self._chain(struct.unpack_from("<I", self._entries[0], 116)[0])
        links = self._chain(struct.unpack_from("<I", self._content, 60)[0])
        pieces: list[bytes] = []
        while first < _FREE and len(pieces) * _SMALL_SECTOR < size:
            pieces.append(small[first * _SMALL_SECTOR : (first + 1) * _SMALL_SECTOR])
            first = struct.unpack_from("<I", links, first * 4)[0]
        return b"".join(pieces)[:size]

    def _read_table(self) -> list[int]:
        """Return the numbers of the sectors that say which sector follows which."""
        content, size = self._content, self._size
        table = [number for number in struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76) if number < _FREE]
        more, per = struct.unpack_from("<I", content, 68)[0], size // 4
        while more < _FREE and len(table) * size < len(content):
            numbers = struct.unpack_from(f"<{per}I", content, (more + 1) * size)
            table += [number for number in numbers[:-1] if number < _FREE]
            more = numbers[-1]
        return table

    def _chain(self, first: int) -> bytes:
        size, per = self._size, self._size // 4
        sectors: list[bytes] = []
        while first < _FREE and len(sectors) * size < len(self._content):
            sectors.append(self._content[(first + 1) * size : (first + 2) * size])
            first = struct.unpack_from("<I", self._content, (self._table[first // per] + 1) * size + first % per * 4)[0]
        return b"".join(sectors)
