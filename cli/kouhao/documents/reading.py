"""Bytes and paths → documents. Decoding: byte order mark, then UTF-8, then GB 18030; nothing is guessed."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kouhao.documents.document import Document
from kouhao.errors import KouhaoError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".odt")
PACKAGES = (".html", ".htm", ".docx", ".odt")
"""Formats whose text is inside something else: they are read whole."""

LARGEST = 512 * 2**20
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0"


def collect_documents(paths: Iterable[str]) -> Iterator[str | KouhaoError]:
    """Yield the documents that `paths` name, folders searched to the bottom in sorted order; `-` is standard input.

    What cannot be read is yielded as the error that says so, so that the others are still read; what is no document in a
    folder (a pipe, a device, another kind of file) is passed over.
    """
    for name in paths:
        path = Path(name)
        if name == "-":
            yield name
        elif path.is_dir():
            yield from (
                str(file) for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file()
            )
        else:
            yield _refusal(path) or name


def _refusal(path: Path) -> KouhaoError | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return KouhaoError("E_NOT_FOUND", "找不到文件", path=str(path), hint="请检查路径。")
    except OSError as error:
        return _io_error(path, error)
    if not stat.S_ISREG(mode):
        return KouhaoError("E_IO", "不是普通文件", path=str(path), hint="请给出文档文件；管道里的内容请用 -。")
    return None


def read_document(path: str) -> Document:
    """Read one document; raise KouhaoError for anything that is none.

    Codes: E_NOT_FOUND, E_IS_DIR, E_PERMISSION, E_IO, E_LIMIT, E_ENCODING, E_BINARY, E_FORMAT, E_DOCX, E_XML.
    """
    if path == "-":
        return read_bytes(sys.stdin.buffer.read(), "-", ".txt")
    file = Path(path)
    if file.is_dir():
        raise KouhaoError("E_IS_DIR", "这是文件夹", path=path, hint="请给出其中的文件。")
    refusal = _refusal(file)
    if refusal:
        raise refusal
    try:
        if file.stat().st_size > LARGEST:
            raise KouhaoError("E_LIMIT", f"文件超过 {LARGEST // 2**20} MB", path=path, hint="请分成几个文件。")
        return read_bytes(file.read_bytes(), path, file.suffix.lower())
    except OSError as error:
        raise _io_error(file, error) from error


def read_as_text(path: str) -> Document:
    """Read a file as text whatever it holds: what cannot be decoded becomes U+FFFD. Raises KouhaoError as `read_document` does."""
    with open_stream(path) as file:
        return Document(path, file.read().decode("utf-8-sig", "replace"), "utf-8")


@contextmanager
def open_stream(path: str) -> Iterator[BinaryIO]:
    """Open a text for reading in pieces; `-` is standard input. Raises KouhaoError as `read_document` does."""
    if path == "-":
        yield sys.stdin.buffer
        return
    file = Path(path)
    refusal = (
        KouhaoError("E_IS_DIR", "这是文件夹", path=path, hint="请给出其中的文件。") if file.is_dir() else _refusal(file)
    )
    if refusal:
        raise refusal
    try:
        opened = file.open("rb")
    except OSError as error:
        raise _io_error(file, error) from error
    with opened:
        yield opened


def _io_error(path: Path, error: OSError) -> KouhaoError:
    if isinstance(error, PermissionError):
        return KouhaoError("E_PERMISSION", "没有读取的权限", path=str(path), hint="请检查文件的权限。")
    return KouhaoError("E_IO", f"读取失败（{error.strerror}）", path=str(path))


def read_bytes(content: bytes, path: str, suffix: str) -> Document:
    """Return the document that `content` is, by its suffix."""
    if suffix in (".docx", ".odt"):
        if content.startswith(_OLE):
            message = "这是旧版 .doc 文件，或加了密码的文件"
            raise KouhaoError("E_FORMAT", message, path=path, hint="请在 Word 或 WPS 里打开，另存为 .docx。")
        from kouhao.documents.packages import read_docx, read_odt  # noqa: PLC0415  most documents are plain text

        paragraphs = read_docx(content, path) if suffix == ".docx" else read_odt(content, path)
        return Document(
            path,
            "\n".join(text for _, text in paragraphs),
            "utf-8",
            suffix[1:],
            tuple(label for label, _ in paragraphs),
        )
    text, encoding = decode(content, path)
    if suffix in (".html", ".htm"):
        from kouhao.documents.markup import read_html  # noqa: PLC0415  likewise

        paragraphs = read_html(text)
        return Document(
            path, "\n".join(text for _, text in paragraphs), encoding, "html", tuple(label for label, _ in paragraphs)
        )
    return Document(path, text, encoding, "md" if suffix in (".md", ".markdown") else "txt")


def decode(content: bytes, path: str) -> tuple[str, str]:
    """Return the text and the name of its encoding; raise KouhaoError E_ENCODING or E_BINARY."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content[len(mark) :], encoding, path), encoding
    if b"\0" in content:
        message = f"第 {content.index(0)} 字节是空字符，不是文本文件"
        raise KouhaoError(
            "E_BINARY", message, path=path, hint="请给出文本、.docx、.odt 或网页文件；确是文本，可加 --text。"
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_as(content, "gb18030", path, error.start), "gb18030"


def _decode_as(content: bytes, encoding: str, path: str, other: int = 0) -> str:
    """Decode `content`; the error names the byte up to which this encoding, or another that got to `other`, could be read."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"第 {max(other, error.start)} 字节起既不是 UTF-8 也不是 GB18030"
        raise KouhaoError("E_ENCODING", message, path=path, hint="请把文件另存为 UTF-8。") from error
