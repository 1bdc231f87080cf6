"""Text of any length as pieces of whole lines, in constant memory, decoded as documents are: mark, UTF-8, GB 18030."""

from __future__ import annotations

import codecs

from kouhao.documents.encodings import BYTE_ORDER_MARKS, encoding_error, is_escaped, old_encoding, unicode_encoding
from kouhao.errors import KouhaoError
from kouhao.language.lexicon import SENTENCE_ENDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

_WIDE = ("utf-16-le", "utf-16-be")
_BLOCK = 1 << 19  # bytes that are read at once
_PIECE = 1 << 17  # characters: what is shorter is one piece, for slogans and what explains them go on from line to line
_LINE_ENDS = tuple(f"{mark}{end}" for mark in f"{SENTENCE_ENDS}>\n" for end in ("\n", "\r\n"))


class LineStream:
    """The lines of an open file; `mark`, `encoding` and whether it is `repeatable` are known once reading has begun.

    Where its contents are asked for, standard input is read as it comes, so that what is written into a pipe is answered at once.
    """

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file = file
        self._read: Callable[[int], bytes] = getattr(file, "read1", file.read) if path == "-" else file.read
        self._path = path
        self._offset = 0
        self._readable = 0
        self.mark = b""
        self.encoding = "utf-8"
        self._first: int | None = None

    def encode(self, text: str) -> bytes:
        """Return `text` in the stream's own encoding; raise KouhaoError E_ENCODING where it has not all characters of the text."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            message = f"展开里的“{text[error.start]}”，原文的编码（{self.encoding}）里没有"
            hint = "请把文件另存为 UTF-8，再运行一次。"
            raise KouhaoError("E_ENCODING", message, path=self._path, hint=hint) from error

    def texts(self) -> Iterator[str]:
        """Yield the text in pieces that end where a line ends, the same of a pipe as of a file; raise KouhaoError E_ENCODING or E_BINARY."""
        self._read = self._file.read
        yield from _whole_lines(self._decoded(self._begin()))

    def contents(self) -> Iterator[bytes]:
        """Yield the same as UTF-8, several times as fast where the file is UTF-8."""
        start = self._file.tell() if self._file.seekable() else None
        block = self._begin()
        if self.encoding != "utf-8" or is_escaped(block) or not _is_utf8(block):
            for text in _whole_lines(self._decoded(block)):
                yield text.encode("utf-8", "surrogatepass")
            return
        self._first = None if start is None else start + len(self.mark)
        while block:
            self._refuse_binary(block)
            self._offset += len(block)
            rest = b"" if block.endswith(b"\n") else self._file.readline()
            self._refuse_binary(rest)
            self._offset += len(rest)
            piece = block + rest
            self._refuse_undecodable(piece, self._offset - len(piece))
            yield piece
            block = self._read(_BLOCK)

    @property
    def repeatable(self) -> bool:
        """Whether what `contents` has yielded can be read again."""
        return self._first is not None

    def read_again(self, start: int, end: int) -> bytes:
        """Return a stretch of what `contents` has yielded, from one offset to another, of a stream that is repeatable."""
        here = self._file.tell()
        self._file.seek((self._first or 0) + start)
        content = self._file.read(end - start)
        self._file.seek(here)
        return content

    def _begin(self) -> bytes:
        """Return the first block without the byte order mark, which tells the encoding."""
        self.mark, self.encoding, block = _first_block(self._read, _BLOCK)
        self._offset = len(self.mark)
        return block

    def _refuse_binary(self, block: bytes) -> None:
        if not self.mark and self.encoding not in _WIDE and b"\0" in block:
            at = self._offset + block.index(0)
            message = f"第 {at} 字节是空字符，不是文本文件"
            raise KouhaoError("E_BINARY", message, path=self._path, hint="请给出文本文件。")

    def _refuse_undecodable(self, piece: bytes, offset: int) -> None:
        try:
            piece.decode()
        except UnicodeDecodeError as error:
            raise encoding_error(self._path, offset + error.start, self.mark) from error

    def _decoded(self, block: bytes) -> Iterator[str]:
        if not self.mark and self.encoding == "utf-8" and is_escaped(block):
            self.encoding = self._old_encoding(block)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        plain = not self.mark and self.encoding == "utf-8"
        while block:
            self._refuse_binary(block)
            try:
                text = self._decode(decoder, block)
            except KouhaoError:
                if not plain:
                    raise
                self.encoding = self._old_encoding(block)
                decoder = codecs.getincrementaldecoder(self.encoding)()
                text = self._decode(decoder, block)
            plain = plain and block.isascii()
            yield text
            self._offset += len(block)
            block = self._read(_BLOCK)
        yield self._decode(decoder, b"", final=True)

    def _old_encoding(self, block: bytes) -> str:
        encoding = old_encoding(block)
        if not encoding:
            raise encoding_error(self._path, self._readable, b"")
        return encoding

    def _decode(self, decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> str:
        """Decode the next block; the error names the byte up to which one of the encodings that were tried could be read."""
        pending = len(decoder.getstate()[0])
        try:
            return decoder.decode(block, final)
        except UnicodeDecodeError as error:
            self._readable = max(self._readable, self._offset - pending + error.start)
            raise encoding_error(self._path, self._readable, self.mark) from error


def read_blocks(read: Callable[[int], bytes], size: int, *, null_ends: bool = False) -> Iterator[bytes]:
    """Yield what `read` gives, in blocks of so many bytes, at most: as UTF-8 where it is in a wider Unicode, with a byte order mark or without.

    With `null_ends` null bytes are the ends of lines, and tell nothing of the encoding.
    """
    mark, encoding, block = _first_block(read, size)
    if encoding == "utf-8" or (null_ends and not mark):
        while block:
            yield block
            block = read(size)
        return
    wide = codecs.getincrementaldecoder(encoding)("replace")
    while block:
        yield wide.decode(block).encode()
        block = read(size)


def _first_block(read: Callable[[int], bytes], size: int) -> tuple[bytes, str, bytes]:
    """Return the byte order mark with which a text begins, its encoding as far as that is Unicode, and what follows of what was read."""
    block = read(size)
    while (
        block and any(mark != block and mark.startswith(block) for mark, _ in BYTE_ORDER_MARKS) and (more := read(size))
    ):
        block += more
    mark, encoding = unicode_encoding(block)
    return mark, encoding, block[len(mark) :]


def _whole_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the same text cut where lines end, of a long one where sentences do; what ends with a line is not kept back."""
    pending: list[str] = []
    size = 0
    for text in texts:
        cut = len(text) if text.endswith("\n") else 0
        if not cut and size + len(text) >= _PIECE:
            ends = (at + len(end) for end in _LINE_ENDS if (at := text.rfind(end)) >= 0)
            cut = max(ends, default=text.rfind("\n") + 1)
        if cut:
            yield "".join([*pending, text[:cut]])
            pending, size = [], 0
        if cut < len(text):
            pending.append(text[cut:])
            size += len(pending[-1])
    if pending:
        yield "".join(pending)


def _is_utf8(block: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(block)
    except UnicodeDecodeError:
        return False
    return True
