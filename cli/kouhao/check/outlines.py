"""Lists that are laid out: the lines below a heading, the cells beside or below a name in a table.

What belongs to a heading is told by the marks and the indents of lines, as people number them: the first line below it has another mark,
is further in, or begins to count anew; the others have its mark and its indent, and go on in number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, dropwhile, islice, pairwise, takewhile
from typing import NamedTuple

from kouhao.check.item_diff import Piece
from kouhao.check.normalized_text import TAB
from kouhao.check.stretches import Grade, Stretch, head, names_some
from kouhao.language.lexicon import ARABIC, DIGITS, ENCLOSED, NUMBER_MARKS, NUMBERING
from kouhao.language.numerals import parse_number

_BOX = r"[\[［][ xX√✓✔][\]］]"  # of a list of tasks
_COUNT = rf"(?:[{ARABIC}]{{1,3}}|[零{NUMBERING}]{{1,3}})"
_MARK = re.compile(
    rf"(?P<open>（?(?P<nth>第)?(?:[{ARABIC}]{{1,2}}[.．])*)(?:(?P<count>{_COUNT})|(?P<letter>[A-Za-z]|[ivxIVXⅠ-ⅿ]{{1,4}}))"
    r"(?P<close>[.．、）：]|(?(nth)(?:(?:章|节|部分)[，、：\s]?|(?:方面)?[，、：\s])|[ \t　])|(?<![A-Za-z])(?:是要?|要)"
    rf"|(?<=[{ARABIC}][.．][{ARABIC}]))"
    rf"|(?P<enclosed>[{NUMBER_MARKS}])[.．、]?"
    rf"|(?P<bullet>[^\w\s“”‘’《》〈〉（）【】〔〕［］\[\]()|、，。；：！？…,.;:!?]{{1,6}}(?: ?{_BOX})?)"
)
_INDENT = re.compile(r"[ \t　>]*")
_REST = re.compile(
    r"[^，。；：（）“”！？《》|\t—\n]{0,10}(?P<told>[：—]+|？|】|？?\s*答：|，?(?:即|就是|是指|包括)：?)?[*_ ]*"
)
_LONGEST_REST = 100  # characters behind the slogan of a heading: a few, and any dashes
_LEADING = " “‘【〔[（《*_"
_MOST_LEFT_OUT = 2  # numbers on: one item left out of a list goes on with the next number but one
_MOST = 32  # lines, rows or cells of a list: twice as many as the longest slogans have items
_MOST_READ = 4 * _MOST  # lines, what explains the items among them
_LONGEST = 60  # characters of a line or cell that are read, by hand
_CELL_MARKS = re.compile("[|\t]")
_RULE = re.compile(r"[-:|+ 　\t]*")
_WIDEST = 12  # columns of a table whose cells are lines, by hand
_HEAD = 2  # rows of a table: the names of its columns and the rule below them
_TOLD_BY = 2  # heads: more than one tell that a list is laid out
_ENDINGS = "；，。"
_AROUND = " “”*_"


Wanted = Callable[[Piece], bool]
"""Tells by the first item of a list whether the others are wanted."""


class Line(NamedTuple):
    """A line of a text: where its words begin and end behind their mark, how far in it is, what numbers it.

    `mark` is the mark with any number as 1 and any letter as a, empty where there is none; `number` is 0 where none is told. `parted`
    tells whether a blank line stands before it.
    """

    start: int
    end: int
    indent: int
    mark: str
    number: int
    parted: bool = False


class PageLines:
    """The lines of a normalized text, those among them that were joined to the one before."""

    def __init__(self, text: str, plain: str, joints: Sequence[int], indents: Sequence[int]) -> None:
        """`plain` is the text with its numerals in one spelling, `joints` are where lines were joined, `indents` how far in these were."""
        self.plain = plain
        self._text = text
        ends = [found.end() for found in re.finditer("\n", plain)]
        self._starts = sorted([0, *ends, *joints])
        self._indents = dict(zip(joints, indents, strict=True))
        self._read: dict[int, Line] = {}
        self._heads: dict[tuple[int, int], Piece | None] = {}
        self._rows: dict[int, list[tuple[int, int]]] = {}

    def number(self, at: int) -> int:
        """Return the number of the line in which a character stands."""
        return bisect_right(self._starts, at) - 1

    def numbers(self, number: int, most: int) -> range:
        """Return the numbers of the lines below one, so many at most."""
        return range(number + 1, min(number + 1 + most, len(self._starts)))

    def span(self, number: int) -> tuple[int, int]:
        """Return where a line begins and ends."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.plain)
        start = self._starts[number]
        return start, end - (end > start and self.plain[end - 1] == "\n")

    @cached_property
    def numerals(self) -> dict[int, str]:
        """The numbers of the lines on which nothing but digits stands, and these."""
        lines = ((number, self._text[slice(*self.span(number))].strip()) for number in range(len(self._starts)))
        return {number: text for number, text in lines if text.isdigit()}

    def head(self, start: int, end: int) -> Piece | None:
        """Return the sentence that begins a line or a cell, as one item."""
        if (start, end) not in self._heads:
            self._heads[start, end] = head(self.plain, start, min(end, start + _LONGEST))
        return self._heads[start, end]

    def line(self, number: int) -> Line:
        """Return a line as it is laid out."""
        if number not in self._read:
            self._read[number] = self._line(number)
        return self._read[number]

    def _line(self, number: int) -> Line:
        start, end = self.span(number)
        blank = _INDENT.match(self.plain, start, end)
        begin = blank.end() if blank else start
        indent = self._indents.get(start, 0) + len(self.plain[start:begin].replace("\t", " " * TAB))
        kind, number = "", 0
        while (found := _MARK.match(self._text, begin, end)) and kind.strip("#") == "":  # a title has two: ## 1.
            own, number = _kind(found)
            kind += own
            begin = found.end()
            while begin < end and self.plain[begin].isspace():
                begin += 1
        return Line(begin, end, indent, kind, number)

    def row(self, number: int) -> list[tuple[int, int]]:
        """Return where the cells of a line begin and end; none where it is no row."""
        if number not in self._rows:
            self._rows[number] = _cells(self.plain, *self.span(number))
        return self._rows[number]

    def below(self, number: int) -> Iterator[Line]:
        """Yield the lines below one, but blank ones."""
        parted = False
        for at in self.numbers(number, _MOST_READ):
            line = self.line(at)
            blank = line.start >= line.end and not line.mark
            if not blank:
                yield line._replace(parted=True) if parted else line
            parted = blank


def _kind(found: re.Match[str]) -> tuple[str, int]:
    """Return the kind of a mark, and its number."""
    if found["bullet"]:
        return found["bullet"], 0
    mark = found["enclosed"] or found["letter"] or found["count"]
    around = (found["open"], found["close"] or "")
    if found["enclosed"]:
        value = ENCLOSED[mark]
        return chr(ord(mark) - value + 1), value
    if found["letter"]:
        roman = not mark.isascii() or mark in "ivxIVX" or len(mark) > 1
        one = ("a" if mark.islower() else "A") if mark.isascii() else "Ⅰ"
        return one.join(around).strip(), 0 if roman else ord(mark.lower()) - ord("a") + 1
    one = "1" if mark[0] in ARABIC else "一"
    return one.join(around).strip(), parse_number(mark) or sum(DIGITS.find(digit) for digit in mark)


def reach(lines: PageLines, start: int, end: int) -> int:
    """Return where a list that is laid out beside or below the slogan from `start` to `end` ends at the furthest."""
    number = lines.number(start)
    row = lines.row(number)
    if not row and lines.span(number)[1] > end + _LONGEST_REST:
        return end
    beside = row[min(bisect_right(row, (start, end)) + _MOST, len(row)) - 1][1] if row else end
    under = lines.numbers(number, _MOST_READ)
    return max(beside, lines.span(under[-1])[1]) if under else beside


def below(lines: PageLines, start: int, end: int, wanted: Wanted | None = None) -> Iterator[Stretch]:
    """Yield the lines below a heading that ends with the slogan from `start` to `end`, as a list; of one that is not `wanted` two."""
    number = lines.number(start)
    heading = lines.line(number)
    rest = _REST.fullmatch(lines.plain, end, heading.end)
    below = _listed(lines, number, heading)
    first = next(below, None) if rest else None
    if not rest or first is None:
        return
    told = bool(rest["told"])
    if first.mark[:1] == "A":  # the choices of an examination
        return
    whole = not lines.plain[heading.start : start].strip(_LEADING)
    if not (told or whole or first.mark):
        return
    closed = first.mark or lines.plain[first.end - 1] in "；，"
    strong = told or first.number or (whole and (closed or heading.mark or first.indent > heading.indent))
    heads: list[Piece] = []
    last = first
    for last in islice(chain((first,), below), _MOST):
        if piece := lines.head(last.start, last.end):
            heads.append(piece)
            if len(heads) == _TOLD_BY and wanted and not wanted(heads[0]):
                break
    if heads:
        grade = Grade.STRONG if strong else Grade.WEAK
        yield Stretch(
            heads[0].start, last.end, grade, heads=tuple(heads), etc=told and names_some(rest[0]), open_end=not closed
        )


def _listed(lines: PageLines, number: int, heading: Line) -> Iterator[Line]:
    """Yield the lines that are listed below a heading."""
    below = lines.below(number)
    first = last = next(below, None)
    if first is None or last is None or not _begins(first, heading):
        return
    yield first
    for line in below:
        if line.mark == first.mark and abs(line.indent - first.indent) <= 1:
            if (
                (line.parted and not first.parted)
                or not _goes_on(last, line)
                or _has_ended(lines.plain, first, last, line)
            ):
                return
            yield line
            last = line
        elif not _explains(line, first, heading):
            return


def _begins(line: Line, heading: Line) -> bool:
    """Return whether a line may be the first below a heading: it has another mark, is further in, or begins to count anew."""
    if line.indent < heading.indent - 1:
        return False
    return line.mark != heading.mark or line.indent > heading.indent or line.number == 1 or not line.mark


def _goes_on(last: Line, line: Line) -> bool:
    """Return whether a number follows another one; both may be 1, and none needs to."""
    if not last.number or not line.number:
        return True
    return last.number < line.number <= last.number + _MOST_LEFT_OUT or last.number == line.number == 1


def _has_ended(plain: str, first: Line, last: Line, line: Line) -> bool:
    """Return whether a list without marks ended before `line`, which ends as no other, or with `last`, the only one that ends a sentence."""
    if first.mark:
        return False
    ending, before = plain[first.end - 1], plain[last.end - 1]
    unlike = ending in _ENDINGS and plain[line.end - 1] not in {ending, "。"}
    return unlike or (before == "。" and ending != "。")


def _explains(line: Line, first: Line, heading: Line) -> bool:
    """Return whether a line belongs to the item above it: it is further in, or stands without their mark between numbered ones."""
    if not first.mark or line.indent < first.indent or (line.mark == heading.mark and line.indent <= heading.indent):
        return False
    return line.indent > first.indent or first.number > 0


def cells(lines: PageLines, start: int, end: int, wanted: Wanted | None = None) -> Iterator[Stretch]:
    """Yield the cells beside and below that of a table which holds nothing but the slogan from `start` to `end`, each as a list."""
    number = lines.number(start)
    row = lines.row(number)
    nth = bisect_right(row, (start, len(lines.plain))) - 1
    if nth < 0 or lines.plain[slice(*row[nth])].strip(_AROUND) != lines.plain[start:end].strip(_AROUND):
        return
    yield from _list_of(lines, row[nth + 1 : nth + 1 + _MOST], Grade.CLOSED, wanted)
    rows = takewhile(lambda one: len(one) > nth, (lines.row(at) for at in lines.numbers(number, _MOST)))
    under = (one[nth] for one in rows if not _RULE.fullmatch(lines.plain, one[0][0], one[-1][1]))
    yield from _list_of(lines, under, Grade.CLOSED, wanted)


def columns(lines: PageLines, start: int, end: int, wanted: Wanted | None = None) -> Iterator[Stretch]:
    """Yield the columns of a table with a head, below a caption that ends with the slogan from `start` to `end`, each as a list.

    Of a table whose cells stand on lines of their own it is what follows the numbers of its rows.
    """
    number = lines.number(start)
    if not _REST.fullmatch(lines.plain, end, lines.line(number).end):
        return
    yield from _list_of(lines, _numbered(lines, number), Grade.WEAK, wanted)
    under = dropwhile(lambda at: lines.line(at).start >= lines.line(at).end, lines.numbers(number, _MOST))
    rows = list(takewhile(bool, map(lines.row, under)))
    if len(rows) > _HEAD and _RULE.fullmatch(lines.plain, rows[1][0][0], rows[1][-1][1]):
        for nth in range(len(rows[0])):
            yield from _list_of(lines, (row[nth] for row in rows[_HEAD:] if nth < len(row)), Grade.WEAK, wanted)


def _numbered(lines: PageLines, number: int) -> Iterator[tuple[int, int]]:
    """Yield the lines that follow 1, 2, 3 and so on, which stand alone on lines below one."""
    due = 1
    for at in lines.numbers(number, _MOST_READ)[:-1]:
        if lines.numerals.get(at) == str(due):
            yield lines.span(at + 1)
            due += 1
        elif due == 1 and at > number + _WIDEST:
            return


def _cells(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the cells of a line begin and end; none where it is no row."""
    cuts = [found.span() for found in _CELL_MARKS.finditer(plain, start, end)]
    if not cuts:
        return []
    edges = [(start, start), *cuts, (end, end)]
    spans = [(left[1], right[0]) for left, right in pairwise(edges)]
    return spans[plain[cuts[0][0]] == "|" and not plain[slice(*spans[0])].strip() :]


def _list_of(
    lines: PageLines, spans: Iterable[tuple[int, int]], grade: Grade, wanted: Wanted | None
) -> Iterator[Stretch]:
    """Yield a list of cells, unless it is not `wanted`."""
    heads: list[Piece] = []
    for start, end in spans:
        if piece := lines.head(start, end):
            heads.append(piece)
            if len(heads) == 1 and wanted and not wanted(piece):
                return
    if len(heads) > 1:
        yield Stretch(heads[0].start, heads[-1].end, grade, heads=tuple(heads), open_end=True)
