"""The queries on standard input, in batches: whoever waits for an answer gets it before more is asked of him."""

from __future__ import annotations

import sys

from kouhao.errors import KouhaoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK = 1 << 13
"""So many bytes of standard input are answered together, at most."""


def read_lines(end: bytes) -> Iterator[list[str]]:
    """Yield the records of standard input that end with `end`, as many at a time as have arrived.

    Raises KouhaoError E_ENCODING for one that is not UTF-8, once those before it were taken, and E_IO.
    """
    number = 0
    for records in _records(end):
        lines: list[str] = []
        for record in records:
            number += 1
            try:
                lines.append(record.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n"))
            except UnicodeDecodeError as error:
                yield lines
                message = f"标准输入第 {number} 行不是 UTF-8"
                raise KouhaoError("E_ENCODING", message, hint="请把输入转成 UTF-8。") from error
        yield lines


def _records(end: bytes) -> Iterator[list[bytes]]:
    """Yield the records of standard input; who waits for an answer gets it before more is asked of him."""
    read: Callable[[int], bytes] = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)
    begun = bytearray()
    while block := read(_BLOCK):
        whole, found, rest = block.rpartition(end)
        if found:
            yield bytes(begun + whole).split(end)
            begun.clear()
            sys.stdout.flush()
        begun += rest
    if begun:
        yield [bytes(begun)]
