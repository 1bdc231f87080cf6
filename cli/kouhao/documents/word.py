"""Word documents → paragraphs: the body with its tables and text boxes, headers and footers, footnotes and endnotes.

Tracked insertions are read, tracked deletions are not; of a drawing that is kept in two versions (mc:AlternateContent) the
first is. Elements may be those of ElementTree or of lxml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kouhao.documents.zip_xml import Package

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _ROW = f"{_WORD}p", f"{_WORD}t", f"{_WORD}tr"
_BLANKS = {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}
_SKIPPED = {f"{_WORD}{name}" for name in ("del", "moveFrom", "instrText", "rt")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_DELETED_ROW = f"{_WORD}trPr/{_WORD}del"
_FRAMES = {
    f"{_WORD}tbl": " 表 {}",
    _ROW: " 第 {} 行",
    f"{_WORD}tc": "第 {} 格",
    f"{_WORD}txbxContent": " 文本框 {}",
}
_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\u2028\u2029", " "))
_PARTS = {"document": "", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
MARGINS = tuple(label for label in _PARTS.values() if label)
"""How the labels of paragraphs outside the body begin."""

_PART_NAME = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")


def read_docx(content: bytes, path: str) -> list[tuple[str, str]]:
    """Return labels and texts of a document's paragraphs, the body's first; raise KouhaoError E_DOCX, E_LIMIT or E_XML."""
    package = Package(content, path)
    package.require({"[Content_Types].xml", "word/document.xml"}, "Word")
    paragraphs: list[tuple[str, str]] = []
    for name in sorted(package.names, key=lambda name: (not name.startswith("word/document"), name)):
        part = _PART_NAME.fullmatch(name)
        if part:
            found = word_paragraphs(package.parse(name))
            paragraphs += [(_PARTS[part[1]] + label, word_text(paragraph)) for label, paragraph in found]
    return paragraphs


def word_paragraphs(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """Yield the paragraphs in reading order, those of a text box behind the one that holds it, and where a person finds them.

    That is the cell or the box that holds them (表 1 第 2 行第 3 格), else their number among those with a text.
    """
    counts: Counter[tuple[str, str]] = Counter()
    stack = [(root, "")]
    while stack:
        element, frame = stack.pop()
        if element.tag in _FRAMES:
            counts[frame, element.tag] += 1
            frame += _FRAMES[element.tag].format(counts[frame, element.tag])
        elif element.tag == _PARAGRAPH:
            counts[frame, _PARAGRAPH] += bool(word_text(element).strip())
            yield frame.strip() or f"第 {counts[frame, _PARAGRAPH]} 段", element
        stack.extend((child, frame) for child in reversed(element) if _is_read(child))


def word_runs(paragraph: ET.Element) -> Iterator[ET.Element]:
    """Yield the runs of a paragraph that are read, without those of paragraphs inside it; a run inside a run is part of it."""
    return _inside(paragraph, {f"{_WORD}r"})


def word_text(element: ET.Element) -> str:
    """Return the text of a paragraph or a run, without that of paragraphs inside it."""
    return "".join(
        (piece.text or "").translate(_ONE_LINE) if piece.tag == _TEXT else " "
        for piece in _inside(element, {_TEXT} | _BLANKS)
    )


def _inside(element: ET.Element, wanted: set[str]) -> Iterator[ET.Element]:
    stack = list(reversed(element))
    while stack:
        current = stack.pop()
        if current.tag in wanted:
            yield current
        elif _is_read(current) and current.tag != _PARAGRAPH:
            stack.extend(reversed(current))


def _is_read(element: ET.Element) -> bool:
    return element.tag not in _SKIPPED and not (element.tag == _ROW and element.find(_DELETED_ROW) is not None)
