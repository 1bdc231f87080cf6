"""Word and OpenDocument packages → paragraphs, with a guard before anything is unpacked.

Read as text: the body with its tables and text boxes, headers and footers, footnotes and endnotes. Tracked insertions are
read, tracked deletions are not. A drawing is kept in two versions (mc:AlternateContent); the first is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kouhao.errors import KouhaoError

_LARGEST_PART = 64 * 2**20
_LARGEST_TOTAL = 256 * 2**20
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SKIPPED = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}instrText", _FALLBACK}
_PARTS = {"document": "", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PART_NAME = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_HINT = "请在 Word 或 WPS 里打开它，另存为 .docx，再试一次。"


def read_docx(content: bytes, path: str) -> list[tuple[str, str]]:
    """Return labels and texts of a document's paragraphs; raise KouhaoError E_DOCX, E_LIMIT or E_XML."""
    with _open(content, path) as package:
        names = package.namelist()
        if "[Content_Types].xml" not in names or "word/document.xml" not in names:
            raise KouhaoError("E_DOCX", "压缩包里没有 Word 文档", path=path, hint=_HINT)
        paragraphs: list[tuple[str, str]] = []
        for name in sorted(names, key=lambda name: (not name.startswith("word/document"), name)):
            part = _PART_NAME.fullmatch(name)
            if part:
                texts = _word_paragraphs(_parse(package, name, path))
                label = _PARTS[part[1]]
                paragraphs += [(f"{label}第 {number} 段", text) for number, text in enumerate(texts, 1)]
    return paragraphs


def read_odt(content: bytes, path: str) -> list[tuple[str, str]]:
    """Return labels and texts of the paragraphs of an OpenDocument text."""
    with _open(content, path) as package:
        if "content.xml" not in package.namelist():
            raise KouhaoError("E_DOCX", "压缩包里没有 OpenDocument 文档", path=path, hint=_HINT)
        root = _parse(package, "content.xml", path)
    blocks = [block for block in root.iter() if block.tag in (f"{_TEXT}p", f"{_TEXT}h")]
    return [(f"第 {number} 段", "".join(block.itertext())) for number, block in enumerate(blocks, 1)]


def _open(content: bytes, path: str) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise KouhaoError("E_DOCX", "文件是空的、不完整，或不是 Word 文档", path=path, hint=_HINT) from error
    sizes = [part.file_size for part in package.infolist() if part.filename.endswith(".xml")]
    if max(sizes, default=0) > _LARGEST_PART or sum(sizes) > _LARGEST_TOTAL:
        raise KouhaoError(
            "E_LIMIT", f"文档解开后有 {sum(sizes) // 2**20} MB，太大了", path=path, hint="请分成几个文件。"
        )
    return package


def _parse(package: zipfile.ZipFile, name: str, path: str) -> ET.Element:
    try:
        with package.open(name) as part:
            content = part.read(_LARGEST_PART + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise KouhaoError("E_DOCX", f"文档已损坏（{name}）", path=path, hint=_HINT) from error
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise KouhaoError("E_XML", f"文档里有 DOCTYPE 声明（{name}），可能不安全", path=path, hint=_HINT)
    try:
        return ET.fromstring(content)  # noqa: S314  a DOCTYPE, and with it every entity, was refused above
    except ET.ParseError as error:
        line, column = error.position
        raise KouhaoError("E_XML", f"XML 有误（{name} 第 {line} 行第 {column} 列）", path=path, hint=_HINT) from error


def _word_paragraphs(root: ET.Element) -> list[str]:
    return ["".join(_runs(paragraph)) for paragraph in _find_paragraphs(root)]


def _find_paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    """Yield the paragraphs in reading order, those of a text box behind the one that holds it."""
    stack = [element]
    while stack:
        current = stack.pop()
        if current.tag == f"{_WORD}p":
            yield current
        stack.extend(child for child in reversed(current) if child.tag not in _SKIPPED)


def _runs(paragraph: ET.Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, without those of paragraphs inside it."""
    stack = list(reversed(paragraph))
    while stack:
        current = stack.pop()
        if current.tag == f"{_WORD}t":
            yield current.text or ""
        elif current.tag in (f"{_WORD}tab", f"{_WORD}br"):
            yield " "
        elif current.tag not in _SKIPPED and current.tag != f"{_WORD}p":
            stack.extend(reversed(current))
