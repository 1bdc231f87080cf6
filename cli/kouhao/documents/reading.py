"""Bytes → documents. What a file is, its content tells; text is decoded by its byte order mark, as UTF-8, by what it declares, as GB 18030.

Whatever cannot be read is one typed error, and what was not read of a document stands in it (`Document.unread`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import PurePath

from kouhao.documents import kinds
from kouhao.documents.document import Content, Document, numbered, split_lines
from kouhao.documents.encodings import encoding_error, is_escaped, old_encoding, unicode_encoding
from kouhao.errors import KouhaoError
from kouhao.files import read_file
from kouhao.model import Edit, apply_edits

_HINT = "请在 Word 或 WPS 里打开，另存为 .docx。"
_SECONDS = 120  # by hand: a PDF that takes longer hangs its reader, or is a book
_READABLE = "文本、网页、Word、WPS、PDF、OFD、RTF、表格、演示文稿、邮件"
_REFUSED = {
    "sealed": "文件经过加密软件（如绿盾）加密",
    "encrypted": "文件加了密码",
    "msg": "这是 Outlook 邮件",
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030"}
_FRAMED = re.compile(r"<iframe\s[^<>]*\bsrcdoc\s*=", re.IGNORECASE)
_ESCAPED = re.compile(r"(?<!\\)\\u[4-9][0-9a-fA-F]{3}")  # of a Chinese character, as in JSON that is kept to ASCII


def read_document(path: str) -> Document:
    """Read one document; raise KouhaoError for anything that is none.

    Codes: E_NOT_FOUND, E_IS_DIR, E_PERMISSION, E_IO, E_LIMIT, E_ENCODING, E_BINARY, E_FORMAT, E_DOCX, E_XML.
    """
    return read_bytes(read_file(path), path, PurePath(path).suffix.lower())


def read_as_text(path: str) -> Document:
    """Read a file as text whatever it holds: what cannot be decoded becomes U+FFFD, and is told. Raises KouhaoError as `read_file` does."""
    content = read_file(path)
    for tried in (content, content.replace(b"\0", b" ")):
        with suppress(KouhaoError):
            _, encoding = decode(tried, path)
            return Document(path, content.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    text = content.decode("utf-8-sig", "replace")
    return Document(path, text, "utf-8", unread=(f"读不出是什么字的 {text.count(chr(0xFFFD))} 处",))


def read_bytes(content: bytes, path: str, suffix: str) -> Document:
    """Return the document that `content` is; `suffix` tells Markdown from text, and what the file's name promises."""
    if not content and suffix in kinds.OFFICE_SUFFIXES:
        raise KouhaoError("E_DOCX", "文件是空的", path=path, hint="请检查它是否保存、下载完整。")
    kind = find_kind(content, suffix)
    if kind in ("txt", "md", "html"):
        return _read_text(content, path, suffix, kind)
    paragraphs, unread = _read_office(content, path, kind, suffix)
    texts = [text for _, text in paragraphs]
    notes = () if any(map(str.strip, texts)) else ("文件里没有文字",)
    labels = tuple(label for label, _ in paragraphs)
    return Document(path, "\n".join(texts), "utf-8", kind, labels=labels, notes=notes, unread=unread)


def find_kind(content: bytes, suffix: str) -> str:
    """Return what a file is, containers looked into: docx, pdf, txt, …, or one of `kinds.OTHERS`; never raises."""
    kind = kinds.detect_kind(content[: kinds.HEAD], suffix)
    if kind == "ole":
        from kouhao.documents.ole import ole_kind  # noqa: PLC0415  most documents are plain text

        return ole_kind(content) or "ole"
    if kind == "zip":
        return _package_kind(content, suffix)
    return kind


def _package_kind(content: bytes, suffix: str) -> str:
    from kouhao.documents.zip_xml import Package  # noqa: PLC0415  likewise

    named = suffix[1:] if suffix in kinds.OFFICE_SUFFIXES else "archive"
    try:
        package = Package(content, "")
        types, mimetype = (
            package.read(name) if name in package.names else b"" for name in ("[Content_Types].xml", "mimetype")
        )
    except KouhaoError:
        return {"docm": "docx", "xlsm": "xlsx"}.get(named, named)
    kind = kinds.package_kind(package.names, types, mimetype)
    return named if kind == "archive" else kind


def _read_office(content: bytes, path: str, kind: str, suffix: str) -> Content:
    """Return labels and texts of the paragraphs, and what was not read; raise KouhaoError, also where there are pictures only."""
    if kind in ("doc", "ppt", "xlsb"):
        from kouhao.documents.libreoffice import convert  # noqa: PLC0415  most documents are plain text

        content = convert(content, kind, path)
        kind = find_kind(content, ".docx")
    paragraphs, unread = _read_kind(content, path, kind, suffix)
    empty = not unread and not any(text.strip() for _, text in paragraphs)
    if empty and _has_pictures(content, path):
        raise KouhaoError("E_FORMAT", "没有文字，只有图片", path=path, hint="请先做文字识别（OCR），或找到它的原稿。")
    return paragraphs, unread


def _read_kind(content: bytes, path: str, kind: str, suffix: str) -> Content:
    if kind == "pdf":
        from kouhao.documents.isolation import run_reader  # noqa: PLC0415  as above

        answer = run_reader("kouhao.documents.pdf", content, path, seconds=_SECONDS)
        return [(label, text) for label, text in answer["paragraphs"]], tuple(answer["unread"])
    if kind not in _READERS:
        raise _refusal(path, kind, suffix)
    module, function, *inside = _READERS[kind].split()
    read: Callable[..., Content] = getattr(import_module(f"kouhao.documents.{module}"), function)
    return read(content, path, partial(_read_inside, path)) if inside else read(content, path)


_READERS = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), "word read_docx inside"),
    **dict.fromkeys(("xls", "xlsx", "ods", "sheetml"), "workbook sheet_paragraphs inside"),
    **dict.fromkeys(("odt", "ott", "odp"), "opendocument read_odt inside"),
    "pptx": "presentation read_pptx inside",
    "mail": "mail read_mail inside",
    "flat": "opendocument read_flat",
    "ofd": "ofd read_ofd",
    "rtf": "rich_text read_rtf",
    "wordml": "word read_word_xml",
}
"""The module and the function that read a kind, and whether they are given what reads documents inside of one."""


def _refusal(path: str, kind: str, suffix: str) -> KouhaoError:
    if kind in _REFUSED:
        return KouhaoError(
            "E_FORMAT", f"{_REFUSED[kind]}，读不了", path=path, hint="请解密，或在原来的软件里另存为 .docx。"
        )
    if kind == "ole":
        return KouhaoError("E_FORMAT", "这是旧版 Office 文件，或已损坏", path=path, hint=_HINT)
    if suffix in kinds.FOREIGN_SUFFIXES:
        hint = "请在原来的软件里打开，另存为 .docx 或 PDF。"
        return KouhaoError("E_FORMAT", f"还读不了 {suffix} 文件", path=path, hint=hint)
    if suffix in kinds.OFFICE_SUFFIXES:
        return KouhaoError("E_DOCX", f"不是 {suffix} 文件，或不完整", path=path, hint=_HINT)
    what = "不是文本文件" if kind in ("binary", "other") else f"这是{kinds.OTHERS.get(kind, kind)}，不是文稿"
    return KouhaoError(
        "E_BINARY",
        what,
        path=path,
        hint=f"能读的有{_READABLE}；确是文本，请另存为 UTF-8 的 .txt，或用 kouhao check --text。",
    )


def _read_inside(path: str, content: bytes, name: str, charset: str = "") -> Content:
    """Return the paragraphs of a document inside another one."""
    suffix = PurePath(name).suffix.lower()
    kind = find_kind(content, suffix)
    if kind in ("txt", "md", "html"):
        text = _read_text(_recoded(content, charset), path, suffix, kind).text
        return numbered(line.rstrip("\r\n\u2028\u2029") for line in split_lines(text)), ()
    return _read_office(content, path, kind, suffix)


def _recoded(content: bytes, charset: str) -> bytes:
    """Return a text as UTF-8 where it is what its envelope declares."""
    try:
        return content.decode(_CHARSETS.get(charset.lower(), charset)).encode() if charset else content
    except (UnicodeDecodeError, LookupError):
        return content


def _has_pictures(content: bytes, path: str) -> bool:
    """Return whether a document shows pictures or other objects."""
    if content.startswith(b"PK"):
        from kouhao.documents.zip_xml import Package  # noqa: PLC0415  documents without a text are rare

        return Package(content, path).has_pictures
    from kouhao.documents import ole, rich_text, sheet_traits  # noqa: PLC0415  likewise

    if content.startswith(b"{"):
        return rich_text.has_pictures(content)
    return sheet_traits.has_pictures(ole.ole_stream(content, *sheet_traits.STREAMS))


def _read_text(content: bytes, path: str, suffix: str, kind: str) -> Document:
    text, encoding = decode(content, path, declared=kind == "html")
    notes = (
        (f"内容不是 {suffix}，是{'网页' if kind == 'html' else '文本'}，照此查",)
        if suffix in kinds.OFFICE_SUFFIXES
        else ()
    )
    if kind != "html":
        unread = ("写作 \\u 编码的字",) if _ESCAPED.search(text) else ()
        return Document(path, text, encoding, kind, notes=notes, unread=unread)
    from kouhao.documents.html import read_html  # noqa: PLC0415  as above

    shown, origins = read_html(text)
    unread = ("写在框架（srcdoc）里的网页",) if _FRAMED.search(text) else ()
    return Document(path, shown, encoding, "html", source=text, origins=origins, notes=notes, unread=unread)


def edited_file(document: Document, edits: Iterable[Edit], original: bytes) -> bytes:
    """Return what the file of a plain document holds with edits made in its text, given in order; `original` is what it held.

    Raises KouhaoError E_ENCODING where the file could not be given back as it is, or its encoding lacks a character of an edit.
    """
    mark, _ = unicode_encoding(original)
    try:
        if mark + document.text.encode(document.encoding) == original:
            return mark + apply_edits(document.text, edits).encode(document.encoding)
        message = "里面有读不懂的字节，改了会丢，没有改动"
    except UnicodeEncodeError as error:
        message = f"原文的编码（{document.encoding}）里没有“{error.object[error.start]}”，没有改动"
    raise KouhaoError("E_ENCODING", message, path=document.path, hint="请另存为 UTF-8，再试一次。")


def decode(content: bytes, path: str, *, declared: bool = False) -> tuple[str, str]:
    """Return the text and the name of its encoding; raise KouhaoError E_ENCODING or E_BINARY.

    With `declared` the charset counts that a page gives in its head.
    """
    mark, encoding = unicode_encoding(content)
    if mark or encoding != "utf-8":
        try:
            return content[len(mark) :].decode(encoding), encoding
        except UnicodeDecodeError as error:
            if mark:
                raise encoding_error(path, len(mark) + error.start, mark) from error
    if b"\0" in content:
        message = f"第 {content.index(0)} 字节是空字符，不是文本文件"
        hint = f"能读的有{_READABLE}；确是文本，请另存为 UTF-8 的 .txt，或用 kouhao check --text。"
        raise KouhaoError("E_BINARY", message, path=path, hint=hint)
    readable = 0
    for encoding in ("utf-8", *(_declared(content) if declared else ())):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            readable = max(readable, error.start)
        else:
            if not is_escaped(content):
                return text, encoding
    return _decode_old(content, path, readable)


def _decode_old(content: bytes, path: str, readable: int) -> tuple[str, str]:
    """Return the same of a text in an encoding before Unicode; `readable` bytes could be read as others."""
    encoding = old_encoding(content)
    try:
        text = content.decode(encoding or "gb18030")
    except UnicodeDecodeError as error:
        raise encoding_error(path, max(readable, error.start), b"") from error
    if not encoding:
        raise encoding_error(path, readable, b"")
    return text, encoding


def _declared(content: bytes) -> list[str]:
    found = _CHARSET.search(content[: kinds.HEAD])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    try:
        return [codecs.lookup(_CHARSETS.get(name, name)).name] if name else []
    except LookupError:
        return []
