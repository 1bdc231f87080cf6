"""The queries on standard input, in batches: whoever waits for an answer gets it before more is asked of him."""

from __future__ import annotations

import sys

from kouhao.errors import KouhaoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK = 1 << 13
"""So many bytes of standard input are answered together, at most."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_lines(end: bytes) -> Iterator[list[str] | KouhaoError]:
    """Yield the records of standard input that end with `end`, as many at a time as have arrived; blank ones are passed over.

    The encoding is what a byte order mark says, else UTF-8, else GB18030. A record in neither is yielded as KouhaoError
    E_ENCODING in its place, and the others go on.
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
            if line is None:
                yield lines
                lines = []
                message = f"标准输入第 {number} 行既不是 UTF-8，也不是 GB18030"
                yield KouhaoError("E_ENCODING", message, path="-", line=number, hint="其余各行已照常处理。")
            elif line.strip():
                lines.append(line.rstrip("\r\n"))
        yield lines


def _encoding(records: list[bytes]) -> str:
    """Return the encoding in which more of the records can be read, UTF-8 where nothing speaks against it."""
    other = [record for record in records if not record.isascii()]
    wrong = [record for record in other if _decode(record, "utf-8") is None]
    chinese = [record for record in wrong if _decode(record, "gb18030") is not None]
    return "gb18030" if len(chinese) > len(other) - len(wrong) else "utf-8"


def _decoded(record: bytes, encoding: str) -> str | None:
    """Return a record as text in that encoding, else in the other; None where it is in neither."""
    line = _decode(record, encoding)
    return line if line is not None else _decode(record, "gb18030" if encoding == "utf-8" else "utf-8")


def _decode(record: bytes, encoding: str) -> str | None:
    try:
        return record.decode(encoding)
    except UnicodeDecodeError:
        return None


def _records(end: bytes) -> Iterator[list[bytes]]:
    """Yield the records of standard input; who waits for an answer gets it before more is asked of him."""
    read: Callable[[int], bytes] = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)
    begun = bytearray()
    first = True
    while block := read(_BLOCK):
        if first and block.startswith(_WIDE_MARKS):  # two bytes a character: the whole is read, and goes on as UTF-8
            block = (block + sys.stdin.buffer.read()).decode("utf-16", "replace").encode()
        first = False
        if end == b"\n":  # also the line ends of Windows and of old Macs
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        whole, found, rest = block.rpartition(end)
        if found:
            yield bytes(begun + whole).split(end)
            begun.clear()
            sys.stdout.flush()
        begun += rest
    if begun:
        yield [bytes(begun)]
