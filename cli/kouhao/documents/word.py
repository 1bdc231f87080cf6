"""Word documents → paragraphs: the body with its tables and text boxes, then headers, footers, notes, comments, charts, SmartArt.

Which part is what, their relations tell, never their names. Tracked insertions are read; tracked deletions, hidden and struck
text are not; paragraphs whose mark is deleted run into the next one; of a drawing that is kept in two versions
(mc:AlternateContent) the first that has a text is read. Elements may be those of ElementTree or of lxml.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from xml.etree import ElementTree as ET

from kouhao.documents.document import Content, numbered
from kouhao.documents.embedded import EMBEDDED, LEAST_SCAN, ReadPart, page_pictures, read_embedded
from kouhao.documents.sheet import Cell, Sheet
from kouhao.documents.zip_xml import DRAWING, RELATION_ID, WORD, Package, chart_values, parse_xml
from kouhao.errors import KouhaoError

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARAGRAPH, _RUN, _ROW = f"{WORD}p", f"{WORD}r", f"{WORD}tr"
_TEXTS = {f"{WORD}t", f"{_MATH}t"}
_BLANKS = {f"{WORD}tab", f"{WORD}br", f"{WORD}cr"}
_SYMBOL, _HYPHEN = f"{WORD}sym", f"{WORD}noBreakHyphen"
_PRIVATE = range(0xE000, 0xF900)
"""Codes that mean a character in one font only, as those of bullets and check boxes do."""

_SKIPPED = {f"{WORD}{name}" for name in ("del", "moveFrom", "instrText", "rt")}
_VERSIONS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DELETED_ROW = f"{WORD}trPr/{WORD}del"
_DELETED_MARKS = [f"{WORD}pPr/{WORD}rPr/{WORD}{name}" for name in ("del", "moveFrom")]
_FORMAT, _UNREAD_FORMATS = f"{WORD}rPr", {f"{WORD}{name}" for name in ("vanish", "strike", "dstrike")}
_STYLE, _LEVEL = f"{WORD}pPr/{WORD}pStyle", f"{WORD}pPr/{WORD}outlineLvl"
_LEVELS = frozenset("012345678")
"""The outline levels of headings; 9 is that of the text."""

_LONGEST_HEADING = 20  # characters of a heading that a label quotes
_INNER = str.maketrans("“”", "‘’")
_OFF = {"0", "false", "off"}
_CODE, _QUOTED = f"{WORD}instrText", re.compile('"[^"]*"')
_EQUATION = re.compile(r"\bEQ\s*\\.*[\u4e00-\u9fff]", re.DOTALL)
"""A field whose code holds the characters that it shows: phonetic guides and enclosed characters as WPS writes them."""

_FRAMES = {
    f"{WORD}tbl": " 表 {}",
    _ROW: " 第 {} 行",
    f"{WORD}tc": "第 {} 格",
    f"{WORD}txbxContent": " 文本框 {}",
}
_ITSELF = _FRAMES[f"{WORD}tc"].format(1)  # where a cell's own paragraphs stand, if one looks into nothing but it
_MOST_COLUMNS = 63  # of a table of Word
_MOST_TABLE_CELLS = 1_000_000  # with those that others cover, by hand
_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\u2028\u2029", " "))
_VML = "{urn:schemas-microsoft-com:vml}"
_WORD_ART = f"{_VML}textpath"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_POINTS = re.compile(r"\b(width|height)\s*:\s*(\d+(?:\.\d+)?)pt")
_EMU = 12700
"""Units of DrawingML in a point."""

_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_GRAPHICS = {"chart": "图表", "diagramData": "图示"}
_CHUNKS = {f"{WORD}altChunk": "aFChunk", f"{WORD}subDoc": "subDocument"}
_LOST = _PARTS | _GRAPHICS | {"aFChunk": "嵌入的文档", "subDocument": "子文档"}
MARGINS = (*_PARTS.values(), *_GRAPHICS.values(), "艺术字", EMBEDDED)
"""How the labels of paragraphs outside the body begin."""

OWN_AUTHOR = "kouhao"
"""Whose comments are the findings of an earlier run, and no text of the document."""

_PART_NAME = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_DIAGRAM_NAME = re.compile(r"word/diagrams/data\d*\.xml")


def read_docx(content: bytes, path: str, read_part: ReadPart) -> Content:
    """Return labels and texts of a document's paragraphs, the body's first, and what of the document was not read.

    `read_part` reads what is embedded whole. Raises KouhaoError E_DOCX, E_LIMIT or E_XML.
    """
    package = Package(content, path)
    package.require({"[Content_Types].xml"}, "Word")
    main = package.main_part("word/document.xml", "Word")
    root = package.parse(main)
    paragraphs = _read_part(root, "", _heading_styles(package, main))
    relations = package.relations(main)
    parts = sorted({(relation.kind, relation.part) for relation in relations} | _named_parts(package))
    for kind, label in _PARTS.items():
        for _, part in (one for one in parts if one[0] == kind):
            paragraphs += _read_part(package.parse(part), label)
    for kind, label in _GRAPHICS.items():
        for number, (_, part) in enumerate((one for one in parts if one[0] == kind), 1):
            paragraphs += _read_graphic(package.parse(part), f"{label} {number} ")
    drawn = [text.translate(_ONE_LINE) for one in root.iter(_WORD_ART) if (text := one.get("string", ""))]
    paragraphs += [(f"艺术字 {number}", text) for number, text in enumerate(drawn, 1)]
    inside, unread = read_embedded(package, main, root, read_part)
    present = {relation.id for relation in relations}
    lost = package.lost(main)
    lost |= {kind for tag, kind in _CHUNKS.items() for one in root.iter(tag) if one.get(RELATION_ID) not in present}
    unread += tuple(f"{name}不在这个文件里" for kind, name in _LOST.items() if kind in lost)
    codes = ("".join(piece.text or "" for piece in one.iter(_CODE)) for one in root.iter(_PARAGRAPH))
    if several := sum(bool(_EQUATION.search(_QUOTED.sub("", code))) for code in codes):
        unread += (f"{several} 处域（EQ）里的字",)
    return paragraphs + inside, unread + _scans(root, sum(len(text) for _, text in paragraphs + inside))


def read_word_tables(content: bytes, path: str) -> list[Sheet]:
    """Return the tables of a document's body, those inside tables too, with what merged cells show in each; raise as `read_docx`."""
    package = Package(content, path)
    package.require({"[Content_Types].xml"}, "Word")
    root = package.parse(package.main_part("word/document.xml", "Word"))
    return [_table(f"表 {number}", table, path) for number, table in enumerate(root.iter(f"{WORD}tbl"), 1)]


def _table(name: str, table: ET.Element, path: str) -> Sheet:
    sheet = Sheet(name, [])
    shown: dict[int, tuple[Cell, str]] = {}
    for at, row in enumerate(one for one in _inside_table(table, _ROW) if _is_read(one)):
        column = _count(row, "trPr/gridBefore", 0)
        for cell in _inside_table(row, f"{WORD}tc"):
            end = column + _count(cell, "tcPr/gridSpan", 1)
            goes_on = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            if goes_on is None or goes_on.get(f"{WORD}val") == "restart" or column not in shown:
                lines = (
                    word_text(*paragraph).strip() for place, paragraph in word_paragraphs(cell) if place == _ITSELF
                )
                shown[column] = (at, column), "\n".join(filter(None, lines))
            first, text = shown[column]
            if at * _MOST_COLUMNS > _MOST_TABLE_CELLS:
                raise KouhaoError("E_LIMIT", "表格太长了", path=path, hint="请分成几个文件。")
            for covered in range(column, end):
                sheet.put((at, covered), text)
                if (at, covered) != first:
                    sheet.merged[at, covered] = first
            column = end
    return sheet


def _inside_table(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Yield the rows of a table or the cells of a row, those in a control or a change too, and none of tables inside."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag != f"{WORD}tbl" and _is_read(child):
            stack.extend(reversed(child))


def _count(element: ET.Element, path: str, usual: int) -> int:
    found = element.find("/".join(f"{WORD}{name}" for name in path.split("/")))
    return min(_number(found.get(f"{WORD}val")) or usual, _MOST_COLUMNS) if found is not None else usual


def _scans(root: ET.Element, written: int) -> tuple[str, ...]:
    """Return what is told of pictures as large as a page, where hardly anything is written beside them: they are scans."""
    drawn = [_number(one.get("cx")) * _number(one.get("cy")) / _EMU**2 for one in root.iter(_EXTENT)]
    for shape in root.iter(f"{_VML}shape"):
        if shape.find(f"{_VML}imagedata") is not None:
            sides = dict(_POINTS.findall(shape.get("style", "")))
            drawn.append(float(sides.get("width", 0)) * float(sides.get("height", 0)))
    return page_pictures(sum(area > LEAST_SCAN for area in drawn), written)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def read_word_xml(content: bytes, path: str) -> Content:
    """Return the same of a document that is one XML file: of Word 2003, or a package written flat."""
    return _read_part(parse_xml(content, path), ""), ()


def _named_parts(package: Package) -> set[tuple[str, str]]:
    """Return what the usual names say: of SmartArt, and of documents whose relations are lost."""
    diagrams = {("diagramData", name) for name in package.names if _DIAGRAM_NAME.fullmatch(name)}
    if package.relations():
        return diagrams
    return diagrams | {(found[1], found[0]) for found in map(_PART_NAME.fullmatch, package.names) if found}


def _read_part(root: ET.Element, label: str, headings: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return labels and texts of the paragraphs of a part; a label names the heading above, which has one of the styles `headings`."""
    for comment in root.findall(f"{WORD}comment[@{WORD}author='{OWN_AUTHOR}']"):
        root.remove(comment)
    read: list[tuple[str, str]] = []
    under = ""
    for place, paragraph in word_paragraphs(root):
        text = word_text(*paragraph)
        heading = text.strip().translate(_INNER)
        if heading and place.endswith("段") and _is_heading(paragraph[0], headings):
            read.append((label + place, text))
            under = f"，在“{heading[:_LONGEST_HEADING]}{'…' * (len(heading) > _LONGEST_HEADING)}”下"
        else:
            read.append((label + place + under, text))
    return read


def _is_heading(paragraph: ET.Element, headings: Collection[str]) -> bool:
    """Return whether a paragraph has an outline level of its own, or a style that gives it one."""
    level, style = paragraph.find(_LEVEL), paragraph.find(_STYLE)
    if level is not None:
        return level.get(f"{WORD}val") in _LEVELS
    return style is not None and style.get(f"{WORD}val") in headings


def _heading_styles(package: Package, main: str) -> set[str]:
    """Return the ids of the styles that have an outline level, or whose base has one."""
    pending: list[str] = []
    based: dict[str, list[str]] = defaultdict(list)
    for style in _styles(package, main):
        name, level, base = style.get(f"{WORD}styleId", ""), style.find(_LEVEL), style.find(f"{WORD}basedOn")
        if level is None:
            based["" if base is None else base.get(f"{WORD}val", "")].append(name)
        elif name and level.get(f"{WORD}val") in _LEVELS:
            pending.append(name)
    headings: set[str] = set()
    while pending:
        headings.add(pending[-1])
        pending += based.pop(pending.pop(), ())
    return headings


def _styles(package: Package, main: str) -> list[ET.Element]:
    """Return the styles of a document; none where they cannot be read, which costs no more than the names of headings."""
    part = next((relation.part for relation in package.relations(main) if relation.kind == "styles"), "")
    try:
        return list(package.parse(part).iter(f"{WORD}style")) if part else []
    except KouhaoError:
        return []


def _read_graphic(root: ET.Element, label: str) -> list[tuple[str, str]]:
    """Return the texts of a chart or of SmartArt, in the order in which they are written."""
    texts = [
        "".join(piece.text or "" for piece in paragraph.iter(f"{DRAWING}t")) for paragraph in root.iter(f"{DRAWING}p")
    ]
    texts += chart_values(root)
    return numbered((text.translate(_ONE_LINE) for text in dict.fromkeys(texts)), label)


_LONGEST_FRAME = 120  # characters of a label: tables nested deeper are not counted, as nobody could find them by it


def word_paragraphs(root: ET.Element) -> Iterator[tuple[str, list[ET.Element]]]:
    """Yield the paragraphs in reading order, those of a text box behind the one that holds it, and where a person finds them.

    That is the cell or the box that holds them (表 1 第 2 行第 3 格), else their number among those with a text. A paragraph is
    one element, or several of which each but the last has a deleted mark.
    """
    counts: Counter[tuple[str, str]] = Counter()
    stack = [(root, "")]
    while stack:
        element, frame = stack.pop()
        if element.tag in _FRAMES:
            counts[frame, element.tag] += 1
            if len(frame) < _LONGEST_FRAME:
                frame += _FRAMES[element.tag].format(counts[frame, element.tag])
        elif element.tag == _PARAGRAPH:
            joined = [element]
            while _runs_on(joined[-1]) and stack and stack[-1][0].tag == _PARAGRAPH and stack[-1][1] == frame:
                joined.append(stack.pop()[0])
            counts[frame, _PARAGRAPH] += bool(word_text(*joined).strip())
            yield frame.strip() or f"第 {counts[frame, _PARAGRAPH]} 段", joined
            stack.extend((child, frame) for part in reversed(joined) for child in _children(part) if _is_read(child))
            continue
        stack.extend((child, frame) for child in _children(element) if _is_read(child))


def _runs_on(paragraph: ET.Element) -> bool:
    return any(paragraph.find(mark) is not None for mark in _DELETED_MARKS)


def word_runs(*paragraphs: ET.Element) -> Iterator[ET.Element]:
    """Yield the runs of a paragraph that are read, without those of paragraphs inside it; a run inside a run is part of it."""
    for paragraph in paragraphs:
        yield from _inside(paragraph, {_RUN, f"{_MATH}r"})


def word_text(*elements: ET.Element) -> str:
    """Return the text of a paragraph or a run, without that of paragraphs inside it."""
    return "".join(
        _written(piece) for element in elements for piece in _inside(element, _TEXTS | _BLANKS | {_SYMBOL, _HYPHEN})
    )


def _written(piece: ET.Element) -> str:
    if piece.tag in _TEXTS:
        return (piece.text or "").translate(_ONE_LINE)
    if piece.tag == _HYPHEN:
        return "-"
    try:
        code = int(piece.get(f"{WORD}char", ""), 16) if piece.tag == _SYMBOL else 0
        return " " if code in _PRIVATE or not code else chr(code)
    except (ValueError, OverflowError):
        return " "


def _inside(element: ET.Element, wanted: set[str]) -> Iterator[ET.Element]:
    stack = list(reversed(element)) if _is_read(element) else []
    while stack:
        current = stack.pop()
        if not _is_read(current):
            continue
        if current.tag in wanted:
            yield current
        elif current.tag != _PARAGRAPH:
            stack.extend(_children(current))


def _children(element: ET.Element) -> Iterator[ET.Element]:
    """Yield what is inside an element, the last first; of a thing kept in several versions one."""
    if element.tag != _VERSIONS:
        yield from reversed(element)
        return
    versions = list(element)
    yield from [one for one in versions if any(piece.tag in _TEXTS for piece in one.iter())][:1] or versions[:1]


def _is_read(element: ET.Element) -> bool:
    if element.tag == _RUN:
        formats = element.find(_FORMAT)
        return formats is None or not any(
            one.tag in _UNREAD_FORMATS and one.get(f"{WORD}val", "1") not in _OFF for one in formats
        )
    return element.tag not in _SKIPPED and not (element.tag == _ROW and element.find(_DELETED_ROW) is not None)
