"""Characters on pages → paragraphs: what a person reads as one paragraph, however it was cut into lines, columns and pages.

Pure geometry: glyphs → lines (a row cut at wide gaps) → columns (a white gutter beside several lines) → paragraphs. A line is
followed by the next one of its paragraph if the first word of that one would not have fitted behind it; this is how every
typesetter breaks lines, so that no measure of a document is needed but its column's right edge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kouhao.language.lexicon import NOT_FIRST, NOT_LAST

_LATIN = re.compile("[0-9A-Za-z]")
_CLOSING, _OPENING = frozenset(NOT_FIRST), frozenset(NOT_LAST)
_SENTENCE_END = frozenset("。！？；…!?;")
_SPACED_DIGITS = re.compile(r"(?<![0-9A-Za-z.,])[0-9](?: [0-9])+(?![0-9A-Za-z.,])")
_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·.\s]*"
)
_DIGITS = re.compile(r"\d+")
_GAP = 0.7
"""Ems of white between two pieces of a row, beyond what justification puts between all its characters."""

_TABULATOR = 1.6
"""Ems of white in a row which part what stands before them from what stands behind."""

_WORD_GAP = 0.12
"""Ems of white between two words of Latin letters."""

_GUTTER_LINES = 3
"""Lines that a column has at least on either side of a gutter."""

_MARGIN_LINES = 3
"""Lines at the top or bottom of a page among which running heads are looked for."""

_SMALL_PRINT = 0.9
"""Size of a footnote, at most, as a share of the running text's."""


class PlacedGlyph(NamedTuple):
    """A character on a page: from left to right and down, in the page's own unit; `base` is where it stands."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Rule(NamedTuple):
    """A horizontal line drawn on a page, as between the rows of a table."""

    left: float
    right: float
    height: float


class PageLayout(NamedTuple):
    """What stands on a page, in any order; pages are numbered from 1."""

    glyphs: Sequence[PlacedGlyph]
    rules: Sequence[Rule]
    number: int


class Paragraph(NamedTuple):
    """A paragraph, and the page and the line on it, both from 1, where it begins; what stands beside the lines has `beside` instead."""

    page: int
    line: int
    text: str
    beside: str = ""

    @property
    def label(self) -> str:
        """Where a person finds it."""
        return f"第 {self.page} 页{self.beside or f'第 {self.line} 行'}"


class _Line:
    """A piece of a row without wide gaps."""

    __slots__ = ("base", "edge", "left", "number", "page", "right", "size", "start", "text")

    def __init__(self, glyphs: list[PlacedGlyph], page: int) -> None:
        self.text = _text(glyphs)
        self.left, self.right = glyphs[0].left, max(glyph.right for glyph in glyphs)
        self.base = median(glyph.base for glyph in glyphs)
        self.size = max(glyph.size for glyph in glyphs)  # digits and letters may be set smaller
        self.page = page
        self.number = 0
        self.start, self.edge = self.left, self.right


def reflow(pages: Iterable[PageLayout]) -> list[Paragraph]:
    """Return the paragraphs in reading order, without page numbers; footnotes stand behind their page, each running head once at the end."""
    sheets = [(page, _lines(page.glyphs, page.number)) for page in pages]
    heads = _take_margins([lines for _, lines in sheets])
    body = _body_size(line for _, lines in sheets for line in lines)
    paragraphs: list[Paragraph] = []
    running: list[_Line] = []
    for page, lines in sheets:
        text, notes = _without_notes(lines, body)
        paragraphs += _ended(running, text, page.rules)
        own: list[_Line] = []
        paragraphs += [*_ended(own, notes, page.rules), *([_join(own)] if own else [])]
    return [*paragraphs, *([_join(running)] if running else []), *heads]


def _ended(running: list[_Line], lines: list[_Line], rules: Sequence[Rule]) -> Iterator[Paragraph]:
    """Yield the paragraphs that end among lines which follow those of `running`; what goes on behind them is in it at the end."""
    for line in (line for block in _blocks(lines) for line in block):
        if running and not _continues(running, line, rules):
            yield _join(running)
            running.clear()
        running.append(line)


def _lines(glyphs: Sequence[PlacedGlyph], page: int) -> list[_Line]:
    """Return the lines of a page, its rows from top to bottom and each row's pieces from left to right."""
    lines: list[_Line] = []
    for number, row in enumerate(_rows(glyphs), 1):
        for piece in _pieces(row):
            line = _Line(piece, page)
            line.number = number
            if line.text:
                lines.append(line)
    return lines


def _rows(glyphs: Sequence[PlacedGlyph]) -> list[list[PlacedGlyph]]:
    """Return the glyphs that stand on the same height; a raised one (a note's number) belongs to the row around it."""
    rows: list[list[int]] = []
    heights: list[tuple[float, float]] = []
    for index, glyph in sorted(enumerate(glyphs), key=lambda one: (-round(one[1].size, 1), one[1].base)):
        at = next((i for i, (base, size) in enumerate(heights) if _same_row(glyph, base, size)), None)
        if at is None:
            rows.append([index])
            heights.append((glyph.base, glyph.size))
        else:
            rows[at].append(index)
    order = sorted(range(len(rows)), key=lambda i: heights[i][0])
    whole = ([glyphs[index] for index in sorted(rows[i], key=lambda index: _ink(glyphs[index]))] for i in order)
    return [part for row in whole for part in _unmixed(row)]


def _unmixed(row: list[PlacedGlyph]) -> list[list[PlacedGlyph]]:
    """Return a row, or the two in it where glyphs stand over each other: lines beside a cell set larger, at a height between them."""
    over = any(
        behind.left < (before.left + before.right) / 2 and abs(behind.base - before.base) > 0.3 * behind.size
        for before, behind in pairwise(row)
    )
    if not over:
        return [row]
    bases = sorted(glyph.base for glyph in row)
    middle = max(pairwise(bases), key=lambda two: two[1] - two[0])[0]
    return [[one for one in row if one.base <= middle], [one for one in row if one.base > middle]]


def _ink(glyph: PlacedGlyph) -> float:
    """Return where a character's ink begins, which for an opening mark of full width is in the right half of its box."""
    half = glyph.text in _OPENING and glyph.right - glyph.left > 0.8 * glyph.size
    return glyph.right - (glyph.right - glyph.left) / 2 if half else glyph.left


def _same_row(glyph: PlacedGlyph, base: float, size: float) -> bool:
    raised = glyph.size < 0.75 * size
    return base - (0.6 if raised else 0.35) * size <= glyph.base <= base + 0.35 * size


def _pieces(row: list[PlacedGlyph]) -> Iterator[list[PlacedGlyph]]:
    gaps = [behind.left - before.right for before, behind in pairwise(row)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    start = 0
    for at, gap in enumerate(gaps, 1):
        if gap - usual > _GAP * row[at].size:
            yield row[start:at]
            start = at
    yield row[start:]


def _text(glyphs: list[PlacedGlyph]) -> str:
    """Return a line's text: a blank where one stands between words, none where justification has moved characters apart."""
    gaps = [(behind.left - before.right) / behind.size for before, behind in pairwise(glyphs)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    out = [glyphs[0].text]
    for (before, behind), gap in zip(pairwise(glyphs), gaps, strict=True):
        words = _LATIN.match(before.text[-1:]) and _LATIN.match(behind.text)
        out += [" " if words and gap - usual > _WORD_GAP else "", behind.text]
    text = re.sub(r"\s+", " ", "".join(out)).strip()
    return _SPACED_DIGITS.sub(lambda found: found[0].replace(" ", ""), text)


def _take_margins(sheets: list[list[_Line]]) -> list[Paragraph]:
    """Take out lone page numbers and what recurs at the same height at the top or bottom of pages, digits counting alike; return that.

    A page that holds nothing else stays as it is.
    """
    often = 2 if len(sheets) < 2 * _MARGIN_LINES else 3
    counts: Counter[tuple[str, int]] = Counter()
    for lines in sheets:
        counts.update({_mark(line) for line in _margins(lines)})
    heads: dict[str, Paragraph] = {}
    for lines in sheets:
        taken = [line for line in _margins(lines) if counts[_mark(line)] >= often or _is_page_number(line, lines)]
        for line in taken if len(taken) < len(lines) else ():
            lines.remove(line)
            if not _PAGE_NUMBER.fullmatch(line.text):
                heads.setdefault(_mark(line)[0], Paragraph(line.page, 0, line.text, "页眉或页脚"))
    return list(heads.values())


def _margins(lines: list[_Line]) -> list[_Line]:
    numbers = sorted({line.number for line in lines})
    outer = {*numbers[:_MARGIN_LINES], *numbers[-_MARGIN_LINES:]} if len(numbers) > 1 else set()
    return [line for line in lines if line.number in outer]


def _mark(line: _Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / max(line.size, 1e-6) / 2)


def _is_page_number(line: _Line, lines: list[_Line]) -> bool:
    """Tell whether a line is a number that stands alone in the last row, away from the text."""
    last = max(lines, key=lambda one: one.base)
    if line is not last or not _PAGE_NUMBER.fullmatch(line.text):
        return False
    above = [one.base for one in lines if one.number != line.number]
    return bool(above) and line.base - max(above) > 2 * line.size


def _body_size(lines: Iterable[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 1.0


def _without_notes(lines: list[_Line], body: float) -> tuple[list[_Line], list[_Line]]:
    """Return the text of a page and its footnotes: the small print below everything else."""
    large = [line.base for line in lines if line.size >= _SMALL_PRINT * body]
    end = max(large, default=0.0)
    notes = [line for line in lines if large and line.base > end]
    return [line for line in lines if line not in notes], notes


def _blocks(lines: list[_Line]) -> list[list[_Line]]:
    """Return the columns in reading order; each line knows the edges of its column."""
    gutter = _gutter(lines)
    if gutter is None:
        return _whole_rows(lines)
    at, top, bottom = gutter
    inside = [line for line in lines if top <= line.base <= bottom]
    above = [line for line in lines if line.base < top]
    below = [line for line in lines if line.base > bottom]
    left = [line for line in inside if line.right <= at]
    right = [line for line in inside if line.right > at]
    return [block for part in (above, left, right, below) if part for block in _blocks(part)]


def _whole_rows(lines: list[_Line]) -> list[list[_Line]]:
    start, edge = min((line.left for line in lines), default=0.0), max((line.right for line in lines), default=0.0)
    for line in lines:
        line.start, line.edge = start, edge
    return [lines] if lines else []


def _gutter(lines: list[_Line]) -> tuple[float, float, float] | None:
    """Return the white strip that parts most lines: its place, and the heights between which no line crosses it."""
    places = _gaps(lines)
    best: tuple[int, tuple[float, float, float]] | None = None
    for place in places:
        run: list[_Line] = []
        for line in [*lines, None]:
            if line is not None and not line.left < place < line.right:
                run.append(line)
                continue
            fewest = min(sum(one.right <= place for one in run), sum(one.left >= place for one in run))
            if fewest >= _GUTTER_LINES and (best is None or len(run) > best[0]):
                best = len(run), (place, min(one.base for one in run), max(one.base for one in run))
            run = []
    return best[1] if best else None


def _gaps(lines: list[_Line]) -> set[float]:
    """Return the middles of the gaps between pieces that stand in one row, or beside each other at about the same height."""
    rows: defaultdict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        height = round(line.base / max(line.size, 1e-6) / 3)
        rows[height].append(line)
        rows[height + 1].append(line)
    places: set[float] = set()
    for row in rows.values():
        row.sort(key=lambda line: line.left)
        for before, behind in pairwise(row):
            if behind.left > before.right:
                places.add(round((before.right + behind.left) / 2, 1))
    return places


def _continues(paragraph: list[_Line], line: _Line, rules: Sequence[Rule]) -> bool:
    """Tell whether a line goes on with the paragraph."""
    last = paragraph[-1]
    if last.page == line.page and last.number == line.number:
        return True
    if abs(last.size - line.size) > 0.2 * max(last.size, line.size):
        return False
    below = last.page == line.page and line.base > last.base
    if below and (line.base - last.base > _leading(paragraph, line) or _is_ruled(last, line, rules)):
        return False
    if last.edge - last.right >= _first_word(line) + 0.3 * line.size:
        return False
    indented = line.left - _left_edge(paragraph, line) >= line.size
    return not indented or (last.text[-1] not in _SENTENCE_END and _hangs(paragraph, line))


def _leading(paragraph: list[_Line], line: _Line) -> float:
    """Return the most from line to line inside a paragraph: what it is so far, or three lines' height where it has one line."""
    steps = [b.base - a.base for a, b in pairwise(paragraph) if a.page == b.page and a.number < b.number]
    return 1.35 * min(steps) if steps else 3 * line.size


def _left_edge(paragraph: list[_Line], line: _Line) -> float:
    """Return where lines of this paragraph begin that are not its first, as far as is known."""
    here = [one.left for one in paragraph[1:] if one.page == line.page and one.edge == line.edge]
    return min(here, default=line.start)


def _hangs(paragraph: list[_Line], line: _Line) -> bool:
    return len(paragraph) == 1 or abs(paragraph[-1].left - line.left) < 0.5 * line.size


def _is_ruled(above: _Line, below: _Line, rules: Sequence[Rule]) -> bool:
    middle = (max(above.left, below.left) + min(above.right, below.right)) / 2
    return any(
        rule.left <= middle <= rule.right and above.base - 0.3 * above.size < rule.height < below.base for rule in rules
    )


def _first_word(line: _Line) -> float:
    """Return how wide the beginning of a line is that cannot be broken: a character with the marks behind it, or a word."""
    text = line.text
    end = 1
    if _LATIN.match(text):
        end = len(text) - len(text.lstrip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,%-"))
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return (line.right - line.left) * end / max(1, len(text)) if _LATIN.match(text) else end * line.size


def _join(lines: list[_Line]) -> Paragraph:
    text = lines[0].text
    for before, line in pairwise(lines):
        in_row = before.page == line.page and before.number == line.number
        apart = in_row and line.left - before.right > _TABULATOR * line.size
        words = _LATIN.match(text[-1]) and _LATIN.match(line.text)
        text += (" " if apart or (words and (in_row or not text[-1].isdigit())) else "") + line.text
    return Paragraph(lines[0].page, lines[0].number, text)
