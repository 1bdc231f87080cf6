"""The queries on standard input, in batches: whoever waits for an answer gets it before more is asked of him."""

from __future__ import annotations

import sys

from kouhao.documents.streams import read_blocks
from kouhao.errors import KouhaoError
from kouhao.language.normalize import is_han
from kouhao.lookup.engine import LONGEST_QUERY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK = 1 << 13
"""So many bytes of standard input are answered together, at most."""

_LONGEST_QUERY = 4 * LONGEST_QUERY
"""Bytes of a record that can be asked; of a longer one only the beginning is kept."""


def read_lines(end: bytes) -> Iterator[list[str] | KouhaoError]:
    """Yield the records of standard input that end with `end`, as many at a time as have arrived; blank ones are passed over.

    The encoding is what a byte order mark or the zero bytes of UTF-16 say, else UTF-8, else GB18030. A record in neither is yielded as KouhaoError
    E_ENCODING in its place, one that is longer than a query may be as E_LIMIT, and the others go on.
    """
    number = 0
    encoding = "utf-8"
    for records in _records(end):
        if number == 0 and records:
            records[0] = records[0].removeprefix(b"\xef\xbb\xbf")
        encoding = encoding if encoding == "gb18030" else _encoding(records)
        lines: list[str] = []
        for record in records:
            number += 1
            line = _decoded(record, encoding)
            if line is not None and not line.strip():
                continue
            if line is not None and len(line.rstrip("\r\n")) <= LONGEST_QUERY:
                lines.append(line.rstrip("\r\n"))
                continue
            yield lines
            lines = []
            yield _refusal(number, too_long=len(record) > _LONGEST_QUERY or line is not None)
        yield lines


def _refusal(number: int, *, too_long: bool) -> KouhaoError:
    """Return why a record cannot be asked."""
    code = "E_LIMIT" if too_long else "E_ENCODING"
    what = f"太长了（最多 {LONGEST_QUERY} 个字）" if too_long else "既不是 UTF-8，也不是 GB18030"
    hint = "整段文字请用 kouhao expand。" if too_long else "其余各行已照常处理。"
    return KouhaoError(code, f"标准输入第 {number} 行{what}", path="-", line=number, hint=hint)


def _encoding(records: list[bytes]) -> str:
    """Return the encoding in which more of the records can be read, UTF-8 where nothing speaks against it."""
    other = [record for record in records if not record.isascii()]
    wrong = [record for record in other if _decode(record, "utf-8") is None]
    chinese = [record for record in wrong if _decode(record, "gb18030") is not None]
    return "gb18030" if len(chinese) > len(other) - len(wrong) else "utf-8"


def _decoded(record: bytes, encoding: str) -> str | None:
    """Return a record as text in that encoding, else in the other; None where it is in neither.

    One that is UTF-8 but for a broken character is not read as GB18030, in which it would be other words.
    """
    line = _decode(record, encoding)
    if line is None and encoding == "utf-8":
        broken = record.decode("utf-8", "replace")
        return None if broken.count("\ufffd") < sum(map(is_han, broken)) else _decode(record, "gb18030")
    return line if line is not None else _decode(record, "utf-8")


def _decode(record: bytes, encoding: str) -> str | None:
    try:
        return record.decode(encoding)
    except UnicodeDecodeError:
        return None


def _records(end: bytes) -> Iterator[list[bytes]]:
    """Yield the records of standard input; who waits for an answer gets it before more is asked of him."""
    read: Callable[[int], bytes] = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)
    begun = bytearray()
    for block in read_blocks(read, _BLOCK, null_ends=end == b"\0"):
        if end == b"\n":  # also the line ends of Windows and of old Macs
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # noqa: PLW2901
        whole, found, rest = block.rpartition(end)
        if found:
            yield bytes(begun + whole).split(end)
            begun.clear()
            sys.stdout.flush()
        begun += rest[: max(0, _LONGEST_QUERY + 3 - len(begun))]  # of what is too long the beginning says so
    if begun:
        yield [bytes(begun)]
