"""What a document has beside its own text: documents inside of it, read as what they are or told of, and pictures that may be scans."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from kouhao.documents.document import Content, joined
from kouhao.documents.zip_xml import RELATION_ID, Package
from kouhao.errors import KouhaoError

ReadPart = Callable[[bytes, str], Content]
"""How a document inside another one is read: its content and its name → labels and texts, and what of it was not read."""

EMBEDDED = "嵌入"
"""How the labels of their paragraphs begin."""

_OBJECTS = {
    "{urn:schemas-microsoft-com:office:office}OLEObject": "ProgID",
    "{http://schemas.openxmlformats.org/presentationml/2006/main}oleObj": "progId",
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}oleObject": "progId",
}
_PROGRAMS = ("word.", "excel.", "powerpoint.", "package", "acroexch.", "wps.", "kwps.", "et.", "ket.", "wpp.", "kwpp.")
"""Programs whose objects are documents; those of others are formulas and drawings."""

LEAST_SCAN = 0.4 * 595 * 842
"""Square points of a picture from which on it may be a scan: two fifths of a page of A4."""

_FEWEST_WRITTEN = 100
"""Characters to each such picture, at least, in a document that is more than its scans."""


def read_embedded(package: Package, part: str, root: ET.Element, read_part: ReadPart) -> Content:
    """Return labels and texts of the documents embedded in a part of a package, and what of them was not read."""
    programs = {
        one.get(RELATION_ID, ""): one.get(_OBJECTS[one.tag], "").lower() for one in root.iter() if one.tag in _OBJECTS
    }
    return joined(
        read_inside(package, relation.part, read_part)
        for relation in package.relations(part)
        if relation.kind in ("aFChunk", "subDocument", "package")
        or (relation.kind == "oleObject" and programs.get(relation.id, "").startswith(_PROGRAMS))
    )


def read_inside(package: Package, part: str, read_part: ReadPart) -> Content:
    """Return the same of one document, as what it is; that it cannot be read is told."""
    try:
        found, missing = read_part(package.read(part), part)
    except KouhaoError as error:
        found, missing = [], (error.message,)
    name = f"{EMBEDDED}的文档"
    told = tuple(f"{name} {part.rpartition('/')[2]}：{one}" for one in missing)
    return [(f"{name}{label}", text) for label, text in found], told


def page_pictures(large: int, written: int) -> tuple[str, ...]:
    """Return what is told of a document with so many large pictures and so many characters."""
    return (f"{large} 张整页的图里的文字",) if large and written < _FEWEST_WRITTEN * large else ()
