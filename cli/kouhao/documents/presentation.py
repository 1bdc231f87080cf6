"""Presentations (.pptx) → paragraphs: the slides in the order in which they are shown, each followed by its notes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kouhao.documents.embedded import Content, ReadPart, read_embedded
from kouhao.documents.zip_xml import Package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXT, _BLANKS = f"{_DRAWING}t", {f"{_DRAWING}br", f"{_DRAWING}tab"}
_EXTRAS = {"notesSlide": "备注", "diagramData": "图示", "chart": "图表"}


def read_pptx(content: bytes, path: str, read_part: ReadPart) -> Content:
    """Return labels (第 3 页第 2 段) and texts of the paragraphs, and what was not read.

    `read_part` reads what is embedded whole. Raises KouhaoError E_DOCX, E_LIMIT or E_XML.
    """
    package = Package(content, path)
    main = next((one.part for one in package.relations() if one.kind == "officeDocument"), "ppt/presentation.xml")
    package.require({main}, "PowerPoint")
    slides = {relation.id: relation.part for relation in package.relations(main) if relation.kind == "slide"}
    shown = [slides[name] for one in package.parse(main).iter(_SHOWN) if (name := one.get(_ID, "")) in slides]
    paragraphs: list[tuple[str, str]] = []
    unread: list[str] = []
    for number, slide in enumerate(shown, 1):
        root = package.parse(slide)
        paragraphs += _read(root, f"第 {number} 页")
        for relation in package.relations(slide):
            if relation.kind in _EXTRAS:
                paragraphs += _read(package.parse(relation.part), f"第 {number} 页{_EXTRAS[relation.kind]}")
        inside, missing = read_embedded(package, slide, root, read_part)
        paragraphs += [(f"第 {number} 页{label}", text) for label, text in inside]
        unread += [f"第 {number} 页{one}" for one in missing]
    return paragraphs, tuple(unread)


def _read(root: ET.Element, label: str) -> list[tuple[str, str]]:
    texts = [value.text or "" for point in root.iter(f"{_CHART}strCache") for value in point.iter(f"{_CHART}v")]
    for paragraph in root.iter(f"{_DRAWING}p"):
        pieces = [
            piece.text or "" if piece.tag == _TEXT else " "
            for piece in paragraph.iter()
            if piece.tag in {_TEXT} | _BLANKS
        ]
        texts.append(" ".join("".join(pieces).split("\n")))
    return [(f"{label}第 {number} 段", text) for number, text in enumerate(filter(str.strip, texts), 1)]
