"""OFD (GB/T 33190), the page format of Chinese government offices → paragraphs, by where its characters stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from xml.etree import ElementTree as ET

from kouhao.documents.document import Content
from kouhao.documents.kinds import SUFFIXES
from kouhao.documents.reflow import PageLayout, Paragraph, PlacedGlyph, Rule, reflow
from kouhao.documents.zip_xml import Package
from kouhao.errors import KouhaoError

_ROOT = "OFD.xml"
_STEP = re.compile(r"g\s+(\d{1,9})\s+(\S+)|\S+")
_INVISIBLE = "false"
_LEVEL = 0.1  # rise to length of a text that is still a line: six degrees
_UNMOVED = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]  # the unit matrix


def read_ofd(content: bytes, path: str) -> Content:
    """Return labels and texts of the paragraphs of an OFD file, and what of it could not be read (pages that are drawn or scanned).

    Names of elements count without their namespace, of which several are in use. Raises KouhaoError E_DOCX, E_FORMAT, E_LIMIT or E_XML.
    """
    package = Package(content, path)
    package.require({_ROOT}, "OFD")
    pages: list[PageLayout] = []
    drawn: list[int] = []
    attached: list[str] = []
    beside: list[Paragraph] = []
    for document in _named(package.parse(_ROOT), "DocRoot"):
        name = _place(package, _ROOT, document.text or "")
        attached += _attached(package, name)
        notes = _notes(package, name)
        for number, (identity, page) in enumerate(_pages(package, name), len(pages) + 1):
            turned = list(dict.fromkeys(text for root in page for text in _turned(root)))
            beside += [Paragraph(number, 0, text, "斜放的字") for text in turned]
            beside += [Paragraph(number, 0, text, "批注") for text in notes.get(identity, ())]
            glyphs = [glyph for root in page for glyph in _glyphs(root)]
            pages.append(PageLayout(glyphs, [rule for root in page for rule in _rules(root)], number))
            if (
                not glyphs
                and not turned
                and any(True for root in page for name in ("ImageObject", "PathObject") for _ in _named(root, name))
            ):
                drawn.append(number)
    if not beside and not any(page.glyphs for page in pages):
        hint = "请先做文字识别（OCR），或找到它的原稿。"
        raise KouhaoError("E_FORMAT", "OFD 里没有文字，多半是扫描件", path=path, hint=hint)
    unread = [f"第 {'、'.join(map(str, drawn))} 页是图，没有文字"] if drawn else []
    texts = [(one.label, one.text) for one in reflow(pages) + beside]
    return texts, (*unread, *(f"附件 {name}" for name in attached))


def _pages(package: Package, name: str) -> Iterator[tuple[str, list[ET.Element]]]:
    """Yield the id of each page and the parts that make it: the templates under it, then its own content."""
    root = package.parse(name)
    templates = {one.get("ID", ""): one.get("BaseLoc", "") for one in _named(root, "TemplatePage")}
    for page in _named(root, "Page"):
        content = package.parse(_place(package, name, page.get("BaseLoc", "")))
        used = [
            templates[one.get("TemplateID", "")]
            for one in _named(content, "Template")
            if one.get("TemplateID", "") in templates
        ]
        yield page.get("ID", ""), [*(package.parse(_place(package, name, part)) for part in used), content]


def _notes(package: Package, name: str) -> dict[str, list[str]]:
    """Return the texts of the annotations of pages, by the pages' ids."""
    found: dict[str, list[str]] = {}
    for listing in _present(package, name, package.parse(name), "Annotations"):
        for page in _named(package.parse(listing), "Page"):
            notes = [
                note
                for part in _present(package, listing, page, "FileLoc")
                for note in _named(package.parse(part), "Annot")
                if note.get("Visible", "") != _INVISIBLE
            ]
            texts = [_written(one) for note in notes for kind in ("Remark", "TextObject") for one in _named(note, kind)]
            found[page.get("PageID", "")] = list(dict.fromkeys(filter(None, texts)))
    return found


def _present(package: Package, name: str, root: ET.Element, kind: str) -> list[str]:
    """Return the parts that elements of a kind name and that are in the package."""
    folder = posixpath.dirname(name)
    parts = [package.part(posixpath.join(folder, (one.text or "").strip())) for one in _named(root, kind)]
    return [part for part in parts if part in package.names]


def _written(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _attached(package: Package, name: str) -> list[str]:
    """Return the names of the documents that are attached; other files, such as the data of an invoice, are none."""
    found: list[str] = []
    for listing in _present(package, name, package.parse(name), "Attachments"):
        for one in _named(package.parse(listing), "Attachment"):
            file = "".join(place.text or "" for place in _named(one, "FileLoc")).strip()
            if PurePath(file).suffix.lower() in SUFFIXES:
                found.append(one.get("Name") or PurePath(file).name)
    return found


def _place(package: Package, name: str, location: str) -> str:
    """Return the part that a location means: from the package's root with a slash, else from the part that names it."""
    location = location.strip()
    part = package.part(posixpath.join(posixpath.dirname(name), location))
    package.require({part}, "OFD")
    return part


def _named(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _turned(root: ET.Element) -> Iterator[str]:
    """Yield the texts that do not run from left to right, such as those set aslant; characters set one by one are a text together."""
    shown = (one for one in _named(root, "TextObject") if one.get("Visible", "") != _INVISIBLE and _is_turned(one))
    for single, group in groupby(filter(None, map(_written, shown)), lambda text: len(text) == 1):
        texts = list(group)
        yield from ["".join(texts)] if single else texts


def _is_turned(shown: ET.Element) -> bool:
    across, down, *_ = _matrix(shown.get("CTM", ""))
    return abs(down) > _LEVEL * across


def _glyphs(root: ET.Element) -> Iterator[PlacedGlyph]:
    for shown in _named(root, "TextObject"):
        if shown.get("Visible", "") == _INVISIBLE or _is_turned(shown):
            continue
        x, y, *_ = [*_numbers(shown.get("Boundary", "")), 0.0, 0.0]
        a, b, c, d, e, f = _matrix(shown.get("CTM", ""))
        size = _number(shown.get("Size", ""), 1.0)
        across = _number(shown.get("HScale", ""), 1.0)
        left, base = 0.0, 0.0
        for code in _named(shown, "TextCode"):
            left, base = _number(code.get("X", ""), left), _number(code.get("Y", ""), base)
            text = (code.text or "").strip("\r\n")
            steps, drops = (_deltas(code.get(name, ""), len(text)) for name in ("DeltaX", "DeltaY"))
            at, down = left, base
            for index, character in enumerate(text):
                wide = size * across * (0.5 if character.isascii() else 1.0)
                step = steps[index] if index < len(steps) else (0.0 if drops else wide)
                if not character.isspace():
                    start = x + a * at + c * down + e
                    yield PlacedGlyph(
                        character, start, start + abs(a) * wide, y + b * at + d * down + f, size * abs(d or b or 1)
                    )
                at += step
                down += drops[index] if index < len(drops) else 0.0


def _matrix(text: str) -> list[float]:
    numbers = _numbers(text)
    return numbers if len(numbers) == len(_UNMOVED) else _UNMOVED


def _deltas(text: str, most: int) -> list[float]:
    """Return the steps from character to character, so many at most; `g 3 5.5` stands for three steps of 5.5."""
    steps: list[float] = []
    for found in _STEP.finditer(text):
        if len(steps) >= most:
            break
        steps += [_number(found[2] or found[0], 0.0)] * min(int(found[1] or 1), most)
    return steps


def _numbers(text: str) -> list[float]:
    return [_number(word, 0.0) for word in text.split()]


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default


def _rules(root: ET.Element) -> Iterator[Rule]:
    for drawn in _named(root, "PathObject"):
        x, y, width, height, *_ = [*_numbers(drawn.get("Boundary", "")), 0.0, 0.0, 0.0, 0.0]
        if width > height:
            yield Rule(x, x + width, y)
            yield Rule(x, x + width, y + height)
