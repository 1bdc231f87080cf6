"""PDF → paragraphs, by pdfium's character boxes and a reflow; run by `isolation`, because pdfium is native code."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import cos, degrees, radians, sin
from pathlib import PurePath
from typing import Any, NamedTuple
from unicodedata import category, name, normalize

import pypdfium2.raw as pdfium
from pypdfium2 import PdfAttachment, PdfDocument, PdfiumError, PdfPage

from kouhao.documents.kinds import SUFFIXES
from kouhao.documents.reflow import PageLayout, Paragraph, PlacedGlyph, Rule, reflow
from kouhao.errors import KouhaoError
from kouhao.language.background import count
from kouhao.language.normalize import is_han

_LINE = re.compile("[\r\n]+")
_HINT_SCAN = "请先做文字识别（OCR），或找到它的 Word 原稿。"
_HINT_FONT = "请用原稿另存为 .docx，或重新导出 PDF。"
_LEAST_PICTURE = 0.4
"""Share of a page that a picture covers, at least, which is taken for a scan of it."""

_UNREADABLE_SHARE = 0.05
"""Share of characters without a meaning from which on a text is refused."""

_WIDE_CODE = 0x100
"""Codes of characters from here on are those of fonts for Chinese; below are the signs of formulas, too."""

_LEAST_WORDS, _LEAST_KNOWN = 0.5, 0.15
"""Shares of letters, digits and characters in a text, and of known pairs among those of Chinese characters, in what is a text."""

_FEWEST_PAIRS = 100  # fewer pairs of characters do not tell whether a text makes sense
_NEXT = 2.0
"""Sizes of a character within which the next one of its line stands."""

_SHADOW = 0.3
"""Sizes of a character below or above it within which its shadow stands."""

_SAME_TURN = 15
"""Degrees between characters that are turned alike."""

_LEAST_RULE = 10
"""Points that a line is long, at least, which is drawn between lines of text."""


def extract(content: bytes) -> dict[str, Any]:
    """Return labels and texts of the paragraphs, and what could not be read (pages that are pictures), as JSON holds them.

    Raises KouhaoError E_FORMAT for what is broken, protected by a password, scanned, or written in fonts that do not say which
    characters they show.
    """
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise KouhaoError("E_FORMAT", "PDF 加了密码", hint="请取消密码，或另存一份。") from error
        raise KouhaoError("E_FORMAT", "PDF 不完整或已损坏", hint="请重新导出，再试一次。") from error
    pages = [_read_page(document, number) for number in range(len(document))]
    total = sum(len(layout.glyphs) for page in pages for layout in page.layouts)
    unknown = [code for page in pages for code in page.unknown]
    if not total + len(unknown) or all(page.is_scan for page in pages):
        raise KouhaoError("E_FORMAT", "PDF 里没有文字，多半是扫描件", hint=_HINT_SCAN)
    is_jumble = _is_jumble(layout for page in pages for layout in page.layouts)
    if is_jumble or len(unknown) > _UNREADABLE_SHARE * (total + len(unknown)):
        raise KouhaoError("E_FORMAT", "PDF 的字体没有文字对照表，读出来是乱码", hint=_HINT_FONT)
    paragraphs = reflow(page.layouts[0] for page in pages)
    paragraphs += [paragraph for page in pages for layout in page.layouts[1:] for paragraph in reflow([layout])]
    paragraphs += [note for page in pages for note in page.notes]
    return {
        "paragraphs": [(one.label, one.text) for one in paragraphs],
        "unread": _unread(document, pages, sum(code >= _WIDE_CODE for code in unknown)),
    }


def _unread(document: PdfDocument, pages: list[_PageContent], lost: int) -> list[str]:
    """Return what is told of pages that are scans, of characters that are lost, and of documents attached."""
    scanned = [str(number) for number, page in enumerate(pages, 1) if page.is_scan]
    unread = [f"第 {'、'.join(scanned)} 页是图，没有文字"] if scanned else []
    unread += [f"{lost} 个字（字体没有文字对照表）"] if lost else []
    attached = [document.get_attachment(at) for at in range(document.count_attachments())]
    names = dict.fromkeys([one.get_name() for one in attached] + [name for page in pages for name in page.attached])
    return unread + [f"附件 {name}" for name in names if PurePath(name).suffix.lower() in SUFFIXES]


class _PageContent(NamedTuple):
    """What a page holds: its characters by how they are turned, annotations, names of files, codes of unknown characters, whether it is a scan."""

    layouts: list[PageLayout]
    notes: list[Paragraph]
    attached: list[str]
    unknown: list[int]
    is_scan: bool


def _read_page(document: PdfDocument, number: int) -> _PageContent:
    said, attached = _notes(document[number])
    page = _open_page(document, number)
    groups, unknown = _glyphs(page)
    written = _letters(glyph.text for group in groups for glyph in group)
    notes = [Paragraph(number + 1, 0, one, "批注") for one in said if _letters(one) not in written]
    is_scan = not unknown and not any(map(str.isalpha, written)) and _is_picture(page)
    rules = _rules(page)
    page.close()
    layouts = [PageLayout(glyphs, [] if turned else rules, number + 1) for turned, glyphs in enumerate(groups or [[]])]
    return _PageContent(layouts, notes, attached, unknown, is_scan)


def _notes(page: PdfPage) -> tuple[list[str], list[str]]:
    """Return what the annotations of a page say, not counting what tells where links and fields lead, and the names of files fastened to it."""
    silent = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET}
    found: list[str] = []
    attached: list[str] = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if file := pdfium.FPDFAnnot_GetFileAttachment(note):
            attached.append(PdfAttachment(file, page.pdf).get_name())
        if pdfium.FPDFAnnot_GetSubtype(note) not in silent:
            size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            text = ctypes.create_string_buffer(size)
            pdfium.FPDFAnnot_GetStringValue(
                note, b"Contents", ctypes.cast(text, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
            )
            found += [
                " ".join(line.split()) for line in _LINE.split(text.raw.decode("utf-16-le", "replace").rstrip("\0"))
            ]
        pdfium.FPDFPage_CloseAnnot(note)
    return list(filter(None, found)), attached


def _letters(texts: Iterable[str]) -> str:
    return "".join(mark for text in texts for mark in text if mark.isalnum())


def _open_page(document: PdfDocument, number: int) -> PdfPage:
    """Return a page on which what was written into its forms and over it is part of the page."""
    page = document[number]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) and pdfium.FPDFPage_Flatten(page.raw, 0) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return page


def _glyphs(page: PdfPage) -> tuple[list[list[PlacedGlyph]], list[int]]:
    """Return the characters that are shown, by how they are turned, and for those that nobody knows their codes, 0 for a mere sign."""
    text = page.get_textpage()
    raw = text.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: list[_Mark] = []
    unknown: list[int] = []
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        character = _character(code)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 or character == " ":
            continue
        is_lost = pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        if is_lost or not character:
            unknown.append(code if is_lost else 0)
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
        turn = round(degrees(pdfium.FPDFText_GetCharAngle(raw, index)) / _SAME_TURN)
        found.append(_Mark(character, box.left, box.bottom, box.right, box.top, x.value, y.value, turn))
    text.close()
    return _by_turn(found), unknown


class _Mark(NamedTuple):
    """A character with its box and its origin, in points from the lower left corner of the page, and how far it is turned (clockwise)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    turn: int

    @property
    def size(self) -> float:
        return max(abs(self.top - self.bottom), abs(self.right - self.left)) or 1.0


def _by_turn(marks: list[_Mark]) -> list[list[PlacedGlyph]]:
    """Return the characters of a page by how far they are turned, those first that are most, each group turned back."""
    turns = Counter(mark.turn for mark in marks)
    groups = [[mark for mark in marks if mark.turn == turn] for turn, _ in turns.most_common()]
    return [
        _without_shadows(_level([_turned_back(mark) for mark in group] if group[0].turn else group)) for group in groups
    ]


def _turned_back(mark: _Mark) -> _Mark:
    angle = radians(mark.turn * _SAME_TURN)
    across, up = cos(angle), -sin(angle)
    corners = [
        (x * across + y * up, y * across - x * up) for x in (mark.left, mark.right) for y in (mark.bottom, mark.top)
    ]
    x, y = mark.x * across + mark.y * up, mark.y * across - mark.x * up
    (left, right), (bottom, top) = ((min(side), max(side)) for side in zip(*corners, strict=True))
    return mark._replace(left=left, right=right, bottom=bottom, top=top, x=x, y=y)


def _level(marks: list[_Mark]) -> list[PlacedGlyph]:
    """Return characters moved so that their text runs from left to right: it may be set upright."""
    steps: Counter[str] = Counter()
    for one, following in pairwise(marks):
        across, up = following.x - one.x, following.y - one.y
        if max(abs(across), abs(up)) < _NEXT * one.size:
            steps["across" if abs(across) >= abs(up) else "down"] += 1
    if steps["down"] > steps["across"]:  # lines follow each other from right to left
        return [PlacedGlyph(one.text, -one.top, -one.bottom, -one.x, one.size) for one in marks]
    return [PlacedGlyph(one.text, one.left, one.right, -one.y, one.size) for one in marks]


_RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳", "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟"
)
"""Radicals that some writers put for the characters (Unicode's EquivalentUnifiedIdeograph.txt; NFKC has the other block)."""


def _character(code: int) -> str:
    """Return the character that is meant, a blank for white space, or an empty text where nobody knows."""
    character = chr(code)
    if character.isspace() or category(character) == "Cf":
        return " "
    if category(character) in {"Cc", "Cn", "Co", "Cs"} or character == "\ufffd":
        return ""
    compatible = name(character, "").startswith(("KANGXI RADICAL", "CJK COMPATIBILITY IDEOGRAPH"))
    return normalize("NFKC", character) if compatible else character.translate(_RADICALS)


def _without_shadows(glyphs: list[PlacedGlyph]) -> list[PlacedGlyph]:
    """Drop characters drawn twice on the same place, as for bold print or a shadow: within half of the character's own width.

    The second of two narrow letters (ll) is further away.
    """
    kept: list[PlacedGlyph] = []
    seen: dict[tuple[str, int, int], list[PlacedGlyph]] = {}
    for glyph in glyphs:
        reach = max((glyph.right - glyph.left) / 2, 1e-3)
        column, row = int(glyph.left // glyph.size), int(glyph.base // glyph.size)
        near = (
            one
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for one in seen.get((glyph.text, column + across, row + down), ())
        )
        if not any(
            abs(one.left - glyph.left) < reach and abs(one.base - glyph.base) < glyph.size * _SHADOW for one in near
        ):
            kept.append(glyph)
            seen.setdefault((glyph.text, column, row), []).append(glyph)
    return kept


def _rules(page: PdfPage) -> list[Rule]:
    rules: list[Rule] = []
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        if right - left > _LEAST_RULE:
            rules += [Rule(left, right, -height) for height in {top, bottom}]
    return rules


def _is_picture(page: PdfPage) -> bool:
    width, height = page.get_size()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _LEAST_PICTURE * width * height:
            return True
    return False


def _is_jumble(pages: Iterable[PageLayout]) -> bool:
    """Tell whether a text is none: marks for the most part, or Chinese characters of which hardly two follow each other in prose.

    So it comes out of fonts whose map to characters is wrong. Of prose nine pairs in ten are known, of old poems three.
    """
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    if sum(map(str.isalnum, text)) < _LEAST_WORDS * len(text):
        return True
    pairs = [a + b for a, b in pairwise(text) if is_han(a) and is_han(b)]
    return len(pairs) >= _FEWEST_PAIRS and sum(count(pair) > 0 for pair in pairs) < _LEAST_KNOWN * len(pairs)
