"""Presentations (.pptx) → paragraphs: the slides in the order in which they are shown, each followed by its notes, then the masters."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kouhao.documents.document import Content, numbered
from kouhao.documents.embedded import ReadPart, read_embedded
from kouhao.documents.zip_xml import DRAWING, RELATION_ID, Package, chart_values

_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHOWN, _PICTURE, _SHAPE = f"{_SLIDES}sldId", f"{_SLIDES}pic", f"{_SLIDES}sp"
_TEXTS = {f"{DRAWING}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_BLANKS = {f"{DRAWING}br", f"{DRAWING}tab"}
_RUN, _FORMAT = f"{DRAWING}r", f"{DRAWING}rPr"
_EXTRAS = {"notesSlide": "备注", "diagramData": "图示", "chart": "图表", "comments": "批注"}
_USUAL_SLIDE = 9144000 * 6858000
"""Square units of DrawingML of a slide of ten inches by seven and a half."""

_LEAST_PICTURE = 0.4
"""Share of a slide that pictures cover, at least, where they are taken for its text."""


def read_pptx(content: bytes, path: str, read_part: ReadPart) -> Content:
    """Return labels (第 3 页第 2 段) and texts of the paragraphs, and what was not read.

    `read_part` reads what is embedded whole. Raises KouhaoError E_DOCX, E_LIMIT or E_XML.
    """
    package = Package(content, path)
    main = package.main_part("ppt/presentation.xml", "PowerPoint")
    slides = {relation.id: relation.part for relation in package.relations(main) if relation.kind == "slide"}
    shown = [slides[name] for one in package.parse(main).iter(_SHOWN) if (name := one.get(RELATION_ID, "")) in slides]
    paragraphs: list[tuple[str, str]] = []
    unread: list[str] = []
    size = package.parse(main).find(f"{_SLIDES}sldSz")
    area = (_area(size) if size is not None else 0) or _USUAL_SLIDE
    for number, slide in enumerate(shown, 1):
        root = package.parse(slide)
        written = _read(root, f"第 {number} 页")
        paragraphs += written
        for relation in package.relations(slide):
            if relation.kind in _EXTRAS:
                paragraphs += _read(package.parse(relation.part), f"第 {number} 页{_EXTRAS[relation.kind]}")
        inside, missing = read_embedded(package, slide, root, read_part)
        paragraphs += [(f"第 {number} 页{label}", text) for label, text in inside]
        unread += [f"第 {number} 页{one}" for one in missing]
        if not written and _pictures(root) > _LEAST_PICTURE * area:
            unread.append(f"第 {number} 页是图，没有文字")
    return paragraphs + _masters(package, shown), tuple(unread)


def _masters(package: Package, slides: list[str]) -> list[tuple[str, str]]:
    """Return what the masters and layouts of slides show on all of them: the texts that are no placeholders."""
    parts = dict.fromkeys(slides)
    for kind in ("slideLayout", "slideMaster"):
        parts |= dict.fromkeys(one.part for part in list(parts) for one in package.relations(part) if one.kind == kind)
    found: list[tuple[str, str]] = []
    for part in list(parts)[len(dict.fromkeys(slides)) :]:
        for shape in package.parse(part).iter(_SHAPE):
            if shape.find(f".//{_SLIDES}ph") is None:
                found += _read(shape, "母版")
    return found


def _pictures(root: ET.Element) -> int:
    """Return the area of the pictures on a slide; one in a placeholder or behind the slide counts as large as that."""
    sizes = [picture.find(f".//{DRAWING}ext[@cx]") for picture in root.iter(_PICTURE)]
    sizes += [None for ground in root.iter(f"{_SLIDES}bg") if ground.find(f".//{DRAWING}blip") is not None]
    return sum(_USUAL_SLIDE if size is None else _area(size) for size in sizes)


def _area(size: ET.Element) -> int:
    width, height = (one if (one := size.get(side, "")).isdecimal() else "0" for side in ("cx", "cy"))
    return int(width) * int(height)


def _is_struck(run: ET.Element) -> bool:
    formats = run.find(_FORMAT)
    return formats is not None and formats.get("strike", "noStrike") != "noStrike"


def _read(root: ET.Element, label: str) -> list[tuple[str, str]]:
    texts = chart_values(root)
    texts += [" ".join((comment.text or "").split()) for comment in root.iter(f"{_SLIDES}text")]
    struck = {piece for run in root.iter(_RUN) if _is_struck(run) for piece in run}
    for paragraph in root.iter(f"{DRAWING}p"):
        pieces = [
            piece.text or "" if piece.tag in _TEXTS else " "
            for piece in paragraph.iter()
            if piece.tag in _TEXTS | _BLANKS and piece not in struck
        ]
        texts.append(" ".join("".join(pieces).split("\n")))
    return numbered(texts, label)
