"""Which encoding a text is in: its byte order mark says so, the zero bytes of UTF-16, or what it says when it is read so.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import codecs

from kouhao.errors import KouhaoError
from kouhao.language.normalize import is_han

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_SAMPLE, _FEWEST = 4000, 5
"""Characters that are looked at to tell Big5 from GB 18030, and how many Chinese ones there must be."""

_COMMON, _FAR_MORE = 0.9, 0.3
"""Share of common characters in what is a text, and by how much that of a wrong reading is less: 0.1 to 0.4, of names 0.6."""

_LEAST_COMMON, _MOST_KANA, _LEAST_LATE = 0.45, 0.2, 0.1
"""What is no Chinese: fewer common characters, more kana, fewer characters of the second half of GB 2312's first plane (from R on)."""

_PLAUSIBLE = 0.9
"""Share of ASCII, common Chinese characters and their marks, at least, in what is taken for UTF-16 without a byte order mark."""

_ENOUGH = 30  # characters: fewer do not tell which encoding it is
_KANA = range(0x3040, 0x3100)
_LATE = b"\xc9"
_ISO_2022 = b"\x1b$"


def unicode_encoding(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark with which a text begins, if it has one, and its encoding: UTF-8 where nothing tells another."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return mark, encoding
    return b"", wide_encoding(content) or "utf-8"


def old_encoding(content: bytes) -> str:
    """Return the name of the encoding of a text: utf-8 (if ASCII), gb18030, big5hkscs, hz (RFC 1843), utf-7 (RFC 2152), or nothing for others."""
    if content.isascii():
        if _common(_decoded(content, "utf-7")) > _COMMON:
            return "utf-7"
        return "hz" if any(map(is_han, _decoded(content, "hz"))) else "" if _ISO_2022 in content else "utf-8"
    text = _decoded(content, "gb18030")
    other = _decoded(content, "big5hkscs")
    common, as_read = _common(other), _common(text)
    if common > _COMMON and common - as_read > _FAR_MORE:
        return "big5hkscs"
    return "gb18030" if text and not _is_jumble(text) else ""


def wide_encoding(content: bytes) -> str:
    """Return utf-16-le or utf-16-be where a text without a byte order mark is in it, or nothing.

    ASCII and line ends have a zero byte, always on the same side.
    """
    sample = content[: 2 * _SAMPLE] if len(content) % 2 == 0 else b""
    for encoding, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if 0 in zeros and 0 not in others:
            text = _decoded(sample, encoding)
            plausible = sum(
                mark.isprintable() or mark.isspace() if mark.isascii() else _is_usual(mark) for mark in text
            )
            return encoding if plausible > _PLAUSIBLE * len(text) else ""
    return ""


def is_escaped(block: bytes) -> bool:
    """Tell whether ASCII may stand for Chinese characters, as in HZ (`~{`), ISO 2022 (`ESC $`) or UTF-7 (`+`)."""
    return (b"~{" in block or b"\x1b$" in block or b"+" in block) and block.isascii()


def encoding_error(path: str, at: int, mark: bytes) -> KouhaoError:
    """Return the typed error of a text that cannot be decoded from byte `at` on; a byte order mark names its encoding."""
    encoding = dict(BYTE_ORDER_MARKS).get(mark)
    fault = f"不是 {encoding.upper()}" if encoding else "既不是 UTF-8 也不是 GB18030"
    return KouhaoError("E_ENCODING", f"第 {at} 字节起{fault}", path=path, hint="请把文件另存为 UTF-8。")


def _is_usual(mark: str) -> bool:
    return _is_common(mark) or "\u2010" <= mark < "\u2700" or "\u3000" <= mark < "\u3020" or "\uff00" <= mark < "\uffe6"


def _decoded(content: bytes, encoding: str) -> str:
    """Return the beginning of a text, which may be cut inside a character, or nothing where it is in another encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return ""


def _is_jumble(text: str) -> bool:
    """Tell whether what should be Chinese is none: Japanese (EUC-JP, Shift JIS), Korean (EUC-KR) or others read as it.

    The syllables of EUC-KR are where GB 2312 has the characters up to Q.
    """
    marks = [mark for mark in text[:_SAMPLE] if "\u3040" <= mark < "\uff00"]
    if len(marks) < _ENOUGH:
        return False
    kana = sum(ord(mark) in _KANA for mark in marks)
    late = sum(mark.encode("gb2312", "ignore")[:1] >= _LATE for mark in marks)
    return _common(text) < _LEAST_COMMON or kana > _MOST_KANA * len(marks) or late < _LEAST_LATE * len(marks)


def _common(text: str) -> float:
    """Return the share of Chinese characters in the beginning of a text that the first plane of GB 2312 or of Big5 has."""
    marks = [mark for mark in text[:_SAMPLE] if "\u3040" <= mark < "\uff00"]
    return sum(map(_is_common, marks)) / len(marks) if len(marks) >= _FEWEST else 0.0


def _is_common(mark: str) -> bool:
    gb, big5 = (mark.encode(name, "ignore") for name in ("gb2312", "big5"))
    return b"\xb0" <= gb[:1] <= b"\xd7" or b"\xa4" <= big5[:1] <= b"\xc6"
