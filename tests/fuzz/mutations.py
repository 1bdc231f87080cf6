"""Files as they should not be: hypothesis changes a good one in some places, in its bytes or in a part of a package."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

MOST = 1 << 20
"""Bytes of a file that is tried, at most."""

TOKENS: list[str | bytes] = [
    *(
        b"",
        b"\0",
        b"\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1b[2J",
        b"\r",
        b"\n",
        b"\t",
        b" ",
        b"\\",
        b"'",
        b'"',
        b"`",
    ),
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"<?xml version='1.1'?>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
    ),
    *(b"&#0;", b"&#x110000;", b"&#xd800;", b"&amp;", b"<a/>", b"<a>", b"xmlns:x='y' ", b"x:y"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"[" * 2000,
        b"{" * 2000,
        b"<a>" * 2000,
        b"{a: " * 60,
        b"(",
        b")",
        b"{\\rtf1",
        b"\\'",
        b"\\bin9999 ",
    ),
    *(
        b"0",
        b"-1",
        b"999999999999999999999999",
        b"1e999",
        b"nan",
        b"0x7fffffff",
        b"4294967296",
        b"null",
        b"~",
        b"yes",
        b"no",
    ),
    *(
        b"---\n",
        b"...\n",
        b"- ",
        b": ",
        b"? ",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"# ",
        b"|\n",
        b">-\n",
        b"%",
        b"@",
        b"=",
    ),
    *(
        "“",
        "”",
        "（",
        "）",
        "、",
        "“五好”",
        "五好即",
        "《",
        "一是",
        "\u202e",
        "\u200b",
        "\ue000",
        "\U00020bb7",
        "\ud7ff",
        "2024-13-45",
    ),
    *("五好（班子建设好、", "\u2028", "①", "三进三同步", "ß", "İ", "\u0345", "ﷺ"),
    *(
        b"==?gbk?B?",
        b"charset=utf-7",
        b"charset=hex",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"; ",
        b"../",
        b"/dev/zero",
    ),
]
_BYTES = [token if isinstance(token, bytes) else token.encode() for token in TOKENS]
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'(?<==")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)')

Change = Callable[[DrawFn, bytes], bytes]


def _place(draw: DrawFn, content: bytes) -> int:
    return draw(st.integers(0, max(0, len(content) - 1)))


def _insert(draw: DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + draw(st.sampled_from(_BYTES)) + content[at:]


def _overwrite(draw: DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    token = draw(st.sampled_from(_BYTES) | st.binary(min_size=1, max_size=4))
    return content[:at] + token + content[at + max(1, len(token)) :]


def _cut(draw: DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + content[at + draw(st.integers(1, 200)) :]


def _truncate(draw: DrawFn, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _repeat(draw: DrawFn, content: bytes) -> bytes:
    at = _place(draw, content)
    piece = content[at : at + draw(st.integers(1, 300))]
    times = draw(st.sampled_from([1, 2, 50, 1000]))
    return content[:at] + piece * times + content[at:]


def _nest(draw: DrawFn, content: bytes) -> bytes:
    """Put an element into itself many times."""
    tags = [found for found in _TAG.finditer(content) if not found[0].startswith((b"</", b"<?", b"<!"))]
    if not tags:
        return _repeat(draw, content)
    opening = draw(st.sampled_from(tags))
    text: bytes = opening[0]
    name = text[1:].split()[0].strip(b"/>") if text[1:].split() else b""
    times = draw(st.sampled_from([1, 30, 300, 3000]))
    nested = text.replace(b"/>", b">") * times + (b"</" + name + b">") * times
    return content[: opening.start()] + nested + content[opening.start() :]


def _change_value(draw: DrawFn, content: bytes) -> bytes:
    values = list(_VALUE.finditer(content))
    if not values:
        return _overwrite(draw, content)
    one = draw(st.sampled_from(values))
    other: bytes = draw(st.sampled_from(_BYTES) | st.sampled_from([found[0] for found in values]))
    return content[: one.start()] + other + content[one.end() :]


def _drop_tag(draw: DrawFn, content: bytes) -> bytes:
    tags = list(_TAG.finditer(content))
    if not tags:
        return _cut(draw, content)
    one = draw(st.sampled_from(tags))
    return content[: one.start()] + content[one.end() :]


def _move_line(draw: DrawFn, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if len(lines) < 2:
        return _repeat(draw, content)
    line = lines.pop(draw(st.integers(0, len(lines) - 1)))
    lines.insert(draw(st.integers(0, len(lines))), b" " * draw(st.sampled_from([0, 1, 2, 4])) + line)
    return b"".join(lines)


_CHANGES: list[Change] = [
    _insert,
    _overwrite,
    _cut,
    _truncate,
    _repeat,
    _nest,
    _change_value,
    _drop_tag,
    _move_line,
]


@st.composite
def mutated(draw: DrawFn, content: bytes) -> bytes:
    """Draw a file that differs from `content` in one to four places."""
    for _ in range(draw(st.integers(1, 4))):
        content = draw(st.sampled_from(_CHANGES))(draw, content)
    return content[:MOST]


@st.composite
def mutated_package(draw: DrawFn, content: bytes) -> bytes:
    """Draw a package that differs from `content`: in its bytes, in a part, or in which parts there are and how they are stored."""
    if draw(st.integers(0, 5)) == 0:
        return draw(mutated(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = draw(st.integers(0, len(parts) - 1))
    name, part = parts[at]
    way = draw(st.sampled_from(["part", "part", "part", "part", "drop", "rename", "twice", "swap", "declare"]))
    if way == "part":
        parts[at] = name, draw(mutated(part))
    elif way == "drop":
        del parts[at]
    elif way == "rename":
        parts[at] = (
            draw(st.sampled_from(["../a.xml", "/a", "a\\b.xml", "甲.xml", name.upper(), "x" * 3000, "a/"])),
            part,
        )
    elif way == "twice":
        parts.append((name, draw(mutated(part))))
    elif way == "swap":
        other = draw(st.integers(0, len(parts) - 1))
        parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
    stored = draw(st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2]))
    packed = _packed(parts, stored)
    return _with_lies(draw, packed) if way == "declare" else packed[:MOST]


def _packed(parts: list[tuple[str, bytes]], stored: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", stored) as archive:
        for name, part in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = stored
            archive.writestr(info, part)
    return out.getvalue()


_LIES = {
    "method": (10, "<H"),
    "flags": (8, "<H"),
    "packed": (20, "<I"),
    "size": (24, "<I"),
    "start": (42, "<I"),
    "sum": (16, "<I"),
}
"""What the directory of an archive says of a part, and where: APPNOTE.TXT 4.3.12."""


def _with_lies(draw: DrawFn, content: bytes) -> bytes:
    """Draw an archive whose directory says of a part what is not so."""
    heads: list[int] = [found.start() for found in re.finditer(rb"PK\x01\x02", content)]
    offset, form = _LIES[draw(st.sampled_from(sorted(_LIES)))]
    at: int = draw(st.sampled_from(heads)) + offset
    most = 0xFFFF if form == "<H" else 0xFFFFFFFF
    value = struct.pack(form, draw(st.sampled_from([0, 1, 9, 12, 99, most, most // 2])))
    return content[:at] + value + content[at + len(value) :]
