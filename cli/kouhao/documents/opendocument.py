"""OpenDocument files, packed and flat → paragraphs: the body with its tables, text boxes and notes, comments, headers and footers, objects.

What was deleted with changes tracked, hidden and struck text, note numbers and ruby readings are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from kouhao.documents.document import Content, joined, numbered
from kouhao.documents.embedded import EMBEDDED, LEAST_SCAN, ReadPart, page_pictures, read_inside
from kouhao.documents.ole import ole_kind
from kouhao.documents.zip_xml import OASIS, Package, parse_xml

_TEXT, _OFFICE, _STYLE = f"{OASIS}text:1.0}}", f"{OASIS}office:1.0}}", f"{OASIS}style:1.0}}"
_DRAWING, _COMMENT = f"{OASIS}drawing:1.0}}", f"{_OFFICE}annotation"
_PRESENTATION, _CHART = f"{OASIS}presentation:1.0}}", f"{OASIS}chart:1.0}}"
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_BLANKS = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_SKIPPED = {
    *(f"{_TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text", "hidden-paragraph")),
    _COMMENT,
}
_FORMAT, _DISPLAY, _STRIKE = f"{_STYLE}text-properties", f"{_TEXT}display", f"{_STYLE}text-line-through-style"
_SIZE = f"{OASIS}svg-compatible:1.0}}"
_LENGTH = re.compile(r"(\d*\.?\d+)(cm|mm|in|pt|pc|px)")
_UNITS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_BODY, _SLIDE = f"{_OFFICE}body", f"{_DRAWING}page"
_MARGINS = {
    f"{_STYLE}{name}{pages}": label
    for name, label in (("header", "页眉"), ("footer", "页脚"))
    for pages in ("", "-left", "-first")
}

_SHOWN_CLASSES = {None, "header", "footer", "date-time"}
"""Classes of the shapes on a master that are no places for what a slide writes itself."""

_DECLARED = {f"{_PRESENTATION}{name}-decl" for name in ("header", "footer", "date-time")}
_OBJECT = re.compile("(.+)/content\\.xml")
_LINK = "{http://www.w3.org/1999/xlink}href"

_WHITE_SPACE = re.compile("[ \t\r\n\u2028\u2029]+")


def read_odt(content: bytes, path: str, read_part: ReadPart) -> Content:
    """Return labels and texts of the paragraphs of an OpenDocument file, and what of it was not read.

    `read_part` reads the documents of other programs inside. Raises KouhaoError E_DOCX, E_LIMIT or E_XML.
    """
    package = Package(content, path)
    package.require({"content.xml"}, "OpenDocument")
    root = package.parse("content.xml")
    styles = package.parse("styles.xml") if "styles.xml" in package.names else ET.Element("none")
    paragraphs = _read_body(root) + _read_masters(root, styles) + read_margins(styles)
    inside, unread = read_objects(package, root, read_part)
    return paragraphs + inside, unread + _scans(root, sum(len(text) for _, text in paragraphs))


def read_flat(content: bytes, path: str) -> Content:
    """Return the same of a flat file (.fodt, .fods, .fodp), which is one XML document."""
    root = parse_xml(content, path)
    paragraphs = _read_body(root) + _read_masters(root, root) + read_margins(root)
    return paragraphs, _scans(root, sum(len(text) for _, text in paragraphs))


def read_objects(package: Package, root: ET.Element, read_part: ReadPart) -> Content:
    """Return labels and texts of the charts and documents that lie in a package beside its body, and what of them was not read."""
    paragraphs: list[tuple[str, str]] = []
    for found in filter(None, map(_OBJECT.fullmatch, package.names)):
        inside = package.parse(found[0])
        is_chart = next(inside.iter(f"{_CHART}chart"), None) is not None
        paragraphs += [
            (("图表" if is_chart else f"{EMBEDDED}的文档") + label, text)
            for label, text in _read_body(inside)
            if not (is_chart and text.replace(".", "", 1).isdecimal())
        ]
    linked = [package.part(one.get(_LINK, "")) for one in root.iter(f"{_DRAWING}object-ole")]
    documents = [part for part in linked if part in package.names and ole_kind(package.read(part))]
    return joined([(paragraphs, ()), *(read_inside(package, part, read_part) for part in documents)])


def paragraph_text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph, without that of paragraphs inside it."""
    return _WHITE_SPACE.sub(" ", "".join(_pieces(paragraph))).strip(" ")


def boxes(root: ET.Element) -> list[tuple[str, str]]:
    """Return the texts of a spreadsheet that lie over its cells: text boxes and comments."""
    return [
        (f"{'批注' if holder.tag == _COMMENT else '文本框'}{label}", text)
        for holder in root.iter()
        if holder.tag == _COMMENT or (holder.tag.startswith(_DRAWING) and holder.find(f"{_TEXT}p") is not None)
        for label, text in _read("", [holder])
    ]


def read_margins(root: ET.Element) -> list[tuple[str, str]]:
    """Return labels and texts of the headers and footers that are among the styles."""
    return [one for margin in root.iter() if margin.tag in _MARGINS for one in _read(_MARGINS[margin.tag], [margin])]


def _read_body(root: ET.Element) -> list[tuple[str, str]]:
    found = root.find(_BODY)
    body = root if found is None else found
    _drop_hidden(root)
    slides = list(body.iter(_SLIDE))
    if not slides:
        return _read_with_comments(body, "")
    return [one for number, slide in enumerate(slides, 1) for one in _read_with_comments(slide, f"第 {number} 页")]


def _drop_hidden(root: ET.Element) -> None:
    """Empty what has a style that hides it or strikes it out."""
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for one in style.findall(_FORMAT)
        if one.get(_DISPLAY) == "none" or one.get(_STRIKE, "none") != "none"
    }
    for element in list(root.iter()) if hidden else ():
        if element.get(f"{_TEXT}style-name", "") in hidden:
            tail = element.tail
            element.clear()
            element.tail = tail


def _read_with_comments(root: ET.Element, label: str) -> list[tuple[str, str]]:
    return _read(label, [root]) + _read(f"{label}批注", root.iter(_COMMENT))


def _read_masters(root: ET.Element, styles: ET.Element) -> list[tuple[str, str]]:
    """Return what the masters of slides show on all of them, and the headers and footers that slides fill in."""
    used = {slide.get(f"{_DRAWING}master-page-name") for slide in root.iter(_SLIDE)}
    shapes = [
        shape
        for master in styles.iter(f"{_STYLE}master-page")
        if master.get(f"{_STYLE}name") in used
        for shape in master
        if shape.tag.startswith(_DRAWING) and shape.get(f"{_PRESENTATION}class") in _SHOWN_CLASSES
    ]
    declared = [one.text or "" for one in root.iter() if one.tag in _DECLARED]
    return _read("母版", shapes) + [("页脚", text) for text in declared if text.strip()]


def _scans(root: ET.Element, written: int) -> tuple[str, ...]:
    """Return what is told of slides of pictures alone, or of pictures as large as a page where hardly anything is written."""
    slides = list(root.iter(_SLIDE))
    told = [
        f"第 {number} 页是图，没有文字"
        for number, slide in enumerate(slides, 1)
        if _large_pictures(slide) and not _read("", [slide])
    ]
    large = 0 if slides else _large_pictures(root)
    return (*told, *page_pictures(large, written))


def _large_pictures(root: ET.Element) -> int:
    frames = [frame for frame in root.iter(f"{_DRAWING}frame") if frame.find(f"{_DRAWING}image") is not None]
    sides = ([_points(frame.get(f"{_SIZE}{side}", "")) for side in ("width", "height")] for frame in frames)
    return sum(width * height > LEAST_SCAN for width, height in sides)


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _read(label: str, parts: Iterable[ET.Element]) -> list[tuple[str, str]]:
    return numbered((paragraph_text(paragraph) for part in parts for paragraph in _paragraphs(part)), label)


def _paragraphs(root: ET.Element) -> Iterator[ET.Element]:
    """Yield the paragraphs in reading order, those of a note or a text box behind the one that holds it."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in _PARAGRAPHS:
            yield element
        stack.extend(child for child in reversed(element) if child.tag not in _SKIPPED)


def _pieces(paragraph: ET.Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, without those of paragraphs inside it."""
    stack = _content(paragraph)
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
        elif current.tag in _BLANKS:
            yield " "
        elif current.tag not in _SKIPPED | _PARAGRAPHS:
            stack += _content(current)


def _content(element: ET.Element) -> list[ET.Element | str]:
    """Return the texts and children of an element, the last first."""
    content: list[ET.Element | str] = [element.text or ""]
    for child in element:
        content += [child, child.tail or ""]
    return content[::-1]
