"""What a file is, told by its content; the name decides only between kinds of text.

Part of the start-up path of a scan: the first bytes tell whether a file can be read line by line.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

HEAD = 4096
"""So many bytes of a file tell its kind, or that it is a package whose list of parts does."""

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".rst", ".html", ".htm", ".xhtml", ".csv", ".tsv")
_WORDS = ".docx .docm .dotx .dotm .doc .dot .wps .wpt .rtf .odt .ott .fodt"
_SHEETS = ".xlsx .xlsm .xlsb .xls .et .ett .ods .fods"
_SLIDES = ".pptx .ppsx .ppt .dps .odp .fodp"
_PAGES = ".pdf .ofd .eml .mht .mhtml"
OFFICE_SUFFIXES = tuple(f"{_WORDS} {_SHEETS} {_SLIDES} {_PAGES}".split())
_SEALED = ".ceb .cebx .gd .gw .sep .s2 .s72 .caj .kdh .nh .uof .uot .uos .uop"
_BOOKS = ".xps .oxps .epub .mobi .azw3 .djvu .wpd .pages .numbers .key .pub .one"
FOREIGN_SUFFIXES = tuple(f"{_SEALED} {_BOOKS}".split())
"""How the names of documents end that no reader here takes: official documents sealed in formats before OFD, papers, books."""

WORD_KINDS = ("docx", "doc")
"""The kinds of documents that get commented and expanded copies; that of an old one is a new one."""

SUFFIXES = (*TEXT_SUFFIXES, *OFFICE_SUFFIXES)
"""How the names of documents end; in a folder whatever has another name, and is none by its content, is passed over."""

_MARKDOWN = (".md", ".markdown")
_MAILS = (".eml", ".mht", ".mhtml")
PAGES = (".html", ".htm", ".xhtml")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")

_MAGIC = {
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "rtf": (b"{\\rtf",),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "sealed": (b"%TSD-Header",),
    "picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0"),
    "archive": (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
    "program": (b"MZ", b"\x7fELF"),
    "media": (b"RIFF", b"ID3", b"OggS", b"fLaC"),
}
"""How files of a kind begin."""

_BINARY_ONLY = (b"BM", b"MZ", b"RIFF")
"""Marks that a text may begin with too: they count where a null byte follows."""

_FLAT = (
    (b"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "flat"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "wordml"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "wordml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "sheetml"),
    (b"http://www.w3.org/1999/xhtml", "html"),
)
_MAIL_FIELDS = b"from to subject date received return-path message-id content-type x-mailer".split()
_FEWEST_MAIL_FIELDS = 3  # a text may begin with one or two lines that look so

OTHERS = {
    "picture": "图片",
    "archive": "压缩包",
    "media": "音频、视频",
    "program": "程序",
    "binary": "其他",
    "other": "其他",
}
"""Kinds that are no documents, in words."""


def detect_kind(head: bytes, suffix: str) -> str:
    """Return the kind of a file that begins with `head`: `zip` and `ole` are containers, those of `OTHERS` no documents.

    What is a text is `txt`, `md` or `html` by its name, else by its content.
    """
    if head.startswith(_TEXT_MARKS):
        return _text_kind(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"), suffix)
    for kind, marks in _MAGIC.items():
        if head.startswith(marks) and (b"\0" in head or not head.startswith(_BINARY_ONLY)):
            return kind
    if head.lstrip().startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head):
        return "pdf"
    if b"\0" in head:
        from kouhao.documents.encodings import wide_encoding  # noqa: PLC0415  most documents have no zero byte

        if wide_encoding(head):
            return _text_kind(head.replace(b"\0", b""), suffix)
        return "media" if head[4:8] == b"ftyp" else "binary"
    return _text_kind(head, suffix)


def is_plain(file: BinaryIO, suffix: str) -> bool:
    """Tell whether an open file can be read line by line as it is, without reading any of it away.

    A text with the name of an office document cannot: its reader says what it is.
    """
    return suffix not in OFFICE_SUFFIXES and detect_kind(_head(file), suffix) in ("txt", "md", "binary")


def is_page(file: BinaryIO, suffix: str) -> bool:
    """Tell whether an open file is the source of a page, by its name or its content, without reading any of it away."""
    return suffix in PAGES or (suffix not in OFFICE_SUFFIXES and detect_kind(_head(file), suffix) == "html")


def _head(file: BinaryIO) -> bytes:
    peek = getattr(file, "peek", None)
    return peek(HEAD)[:HEAD] if peek else b""


def _text_kind(head: bytes, suffix: str) -> str:
    start = head.lstrip().lower()
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if suffix in _MARKDOWN:
        return "md"
    if start.startswith(b"<"):
        return _markup_kind(start, suffix)
    if _is_mail(start, 1 if suffix in _MAILS else _FEWEST_MAIL_FIELDS):
        return "mail"
    return "html" if suffix in PAGES else "txt"


def _markup_kind(start: bytes, suffix: str) -> str:
    if start.startswith((b"<?xml", b"<?mso", b"<office:", b"<w:", b"<pkg:")):
        for name, kind in _FLAT:
            if name.lower() in start:
                return kind
    page = b"<!doctype html" in start[:1024] or b"<html" in start[:1024]
    return "html" if page or suffix in PAGES or suffix in OFFICE_SUFFIXES else "txt"


def _is_mail(start: bytes, fewest: int) -> bool:
    """Tell whether a text begins with so many fields of a mail, perhaps behind the line that parts mails in a mailbox (RFC 4155)."""
    fields = []
    if start.startswith(b"from "):
        start = start.partition(b"\n")[2]
    for line in start.replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n"):
        name, colon, _ = line.partition(b":")
        if line[:1] not in (b" ", b"\t"):
            if not colon or b" " in name:
                break
            fields.append(name)
    return b"mime-version" in fields or sum(name in _MAIL_FIELDS for name in fields) >= fewest


def package_kind(names: Iterable[str], types: bytes, mimetype: bytes) -> str:
    """Return the kind of a package by its parts' names, its content types and its `mimetype`."""
    parts = set(names)
    if "OFD.xml" in parts:
        return "ofd"
    for name, kind in (
        (b"opendocument.text", "odt"),
        (b"opendocument.spreadsheet", "ods"),
        (b"opendocument.presentation", "odp"),
    ):
        if name in mimetype:
            return kind
    mains = b" ".join(name for name in types.split(b'"') if b".main" in name)
    for name, kind in (
        (b"wordprocessingml", "docx"),
        (b"spreadsheetml", "xlsx"),
        (b"presentationml", "pptx"),
        (b"ms-excel.sheet.binary", "xlsb"),
        (b"ms-excel", "xlsx"),
        (b"ms-word", "docx"),
        (b"ms-powerpoint", "pptx"),
    ):
        if name in (mains or types):  # the others may be those of embedded documents: a chart has a workbook
            return kind
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(part.lower().startswith(folder) for part in parts):
            return kind
    return "odt" if "content.xml" in parts else "archive"
