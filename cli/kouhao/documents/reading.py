"""Bytes → documents. Decoding: byte order mark, then UTF-8, then GB 18030; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

from kouhao.documents.document import Document
from kouhao.documents.streams import BYTE_ORDER_MARKS, encoding_error
from kouhao.errors import KouhaoError
from kouhao.files import read_file

_OLE = b"\xd0\xcf\x11\xe0"


def read_document(path: str) -> Document:
    """Read one document; raise KouhaoError for anything that is none.

    Codes: E_NOT_FOUND, E_IS_DIR, E_PERMISSION, E_IO, E_LIMIT, E_ENCODING, E_BINARY, E_FORMAT, E_DOCX, E_XML.
    """
    return read_bytes(read_file(path), path, Path(path).suffix.lower())


def read_as_text(path: str) -> Document:
    """Read a file as text whatever it holds: what cannot be decoded becomes U+FFFD. Raises KouhaoError as `read_document` does."""
    return Document(path, read_file(path).decode("utf-8-sig", "replace"), "utf-8")


def read_bytes(content: bytes, path: str, suffix: str) -> Document:
    """Return the document that `content` is, by its suffix."""
    if suffix in (".docx", ".odt"):
        if content.startswith(_OLE):
            message = "这是旧版 .doc 文件，或加了密码的文件"
            raise KouhaoError("E_FORMAT", message, path=path, hint="请在 Word 或 WPS 里打开，另存为 .docx。")
        from kouhao.documents.opendocument import read_odt  # noqa: PLC0415  most documents are plain text
        from kouhao.documents.word import read_docx  # noqa: PLC0415  likewise

        paragraphs = read_docx(content, path) if suffix == ".docx" else read_odt(content, path)
        labels = tuple(label for label, _ in paragraphs)
        return Document(path, "\n".join(text for _, text in paragraphs), "utf-8", suffix[1:], labels)
    text, encoding = decode(content, path)
    if suffix in (".html", ".htm"):
        from kouhao.documents.html import read_html  # noqa: PLC0415  likewise

        shown, origins = read_html(text)
        return Document(path, shown, encoding, "html", source=text, origins=origins)
    return Document(path, text, encoding, "md" if suffix in (".md", ".markdown") else "txt")


def decode(content: bytes, path: str) -> tuple[str, str]:
    """Return the text and the name of its encoding; raise KouhaoError E_ENCODING or E_BINARY."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise encoding_error(path, len(mark) + error.start, mark) from error
    if b"\0" in content:
        message = f"第 {content.index(0)} 字节是空字符，不是文本文件"
        raise KouhaoError(
            "E_BINARY", message, path=path, hint="请给出文本、.docx、.odt 或网页文件；确是文本，可加 --text。"
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        readable = error.start
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        raise encoding_error(path, max(readable, error.start), b"") from error
