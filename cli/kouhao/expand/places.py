"""Where nothing is written, whatever stands there: titles, headings, links, lists, cells, data and examinations."""

from __future__ import annotations

import re

from kouhao.check.context import KnownSlogan, Page
from kouhao.expand.surroundings import LONGEST_LINE
from kouhao.language.lexicon import ITEM_MARKS, NUMBER_MARKS, NUMBERING, SENTENCE_ENDS

_LINK = re.compile(r"[^\[\]\n]{0,200}\]\(")
_ELEMENT = re.compile(r"(?i)<(/?)(a|code|kbd|pre|template|iframe|title|option|button|th|h[1-6])\b[^<>]*>")
"""The elements of a page that hold no prose."""

_BLOCK = re.compile(
    r"(?i)</?(?:p|div|br|hr|li|[uod]l|d[td]|t[drh]|table|section|article|blockquote|body|h[1-6]|option|title)\b[^<>]*>"
)
"""With what a paragraph of a page begins and ends, whatever its lines."""

_NUMBER = f"[零{NUMBERING}百]+"
_HEADING = re.compile(
    rf"#{{1,6}}\s|第(?:{_NUMBER}|[0-9]+)[章节条编部篇]|{_NUMBER}、|[（(](?:{_NUMBER}|[0-9]+)[）)]|[0-9]+(?:\.[0-9]+)*[.、．\s]"
    rf"|[{NUMBER_MARKS}•·]|[-*+]\s"
)
"""With what a heading begins, or an item of a list."""
_RUN_IN = re.compile(
    rf"(?:第(?:{_NUMBER}|[0-9]+)[章节编部篇]|{_NUMBER}、|[（(](?:{_NUMBER}|[0-9]+)[）)])[^{SENTENCE_ENDS}]{{0,45}}[{SENTENCE_ENDS}]"
)
"""A heading with which a paragraph begins: （二）坚持“一国两制”。…"""
_LABEL = re.compile(f"[^{SENTENCE_ENDS}{ITEM_MARKS}!?;,]*[{SENTENCE_ENDS}{ITEM_MARKS}!?;,]?")
"""A single clause: as a heading or an item of a list it names what is to be done."""
_ASKED = re.compile(r"[（(_什哪](?:(?<=[（(])\s*[）)]|(?<=_)__|(?:(?<=什)么|(?<=哪))[^。！？?]*[？?])")
_OPTION = re.compile(r"(?:[-*+]\s+)?[（(]?[A-H][.、．:：）)]")
"""A question of an examination, with a blank or without, and what it offers to choose from."""
_BEFORE_DATUM, _BEHIND_DATUM = frozenset(",[{|'\"\n"), frozenset(",]}|'\"")
"""Between what a datum stands: "四个意识", "四个自信"."""
_TAGS = re.compile(r"</?[a-z][^<>\n]{0,80}>|\*\*|__")
_PROSE = re.compile(f"[{SENTENCE_ENDS}{ITEM_MARKS}!?;,\n]")
_LINE_ENDS = "\n\r\u2028\u2029"
_ENDS = tuple(f"{SENTENCE_ENDS}；：，、.!?;:,”」）)")
_LONGEST_HEADING = 45  # characters, by hand
_SHORTEST_WRAPPED = 15  # characters: narrower lines are no paragraph's
_END = 2  # characters: a line end
_ALIKE = 2  # characters by which lines of one paragraph differ in length
_LONGEST_TITLE = 200  # characters: the title of a document has fewer


def is_apart(page: Page, mention: KnownSlogan, *, begun: bool) -> bool:
    """Return whether a mention stands in a title, a link, a heading, a cell or an examination; `begun` tells that a piece came before."""
    text, kind = page.document.text, page.document.kind
    start, end = page.normalized.origin_span(mention.outer_start, mention.outer_end)
    first, last = _paragraph(text, start, end, is_page=kind == "html-source")
    if any(_is_titled(text, start, end, *marks) for marks in ("《》", "【】")):
        return True
    tagged = text.startswith("#", max(0, start - 1))
    if _LINK.match(text, end, last) or tagged or _is_in_element(text[max(0, start - LONGEST_LINE) : start]):
        return True
    whole = _TAGS.sub("", text[first:last]).strip()
    run_in = _RUN_IN.match(whole)
    if run_in and _TAGS.sub("", text[first:end]).strip() in run_in[0]:
        return True
    heading = bool(_HEADING.match(whole))
    if (heading and _LABEL.fullmatch(whole)) or _OPTION.match(whole) or _ASKED.search(whole):
        return True
    opening = not first and not begun and last < len(text)
    short = len(whole) <= _LONGEST_HEADING and not whole.endswith(_ENDS)
    return (
        (whole.startswith("#") and kind == "md")
        or (not _PROSE.search(whole) if kind == "html-source" else _is_label(text, first, last))
        or _is_datum(text[first:last], start - first, end - first)
        or (short and (opening or heading))
    )


def _paragraph(text: str, start: int, end: int, *, is_page: bool) -> tuple[int, int]:
    """Return where the line of a stretch begins and ends, or in the source of a page its paragraph, as far as is looked."""
    low, high = max(0, start - LONGEST_LINE), min(len(text), end + LONGEST_LINE)
    if is_page:
        opened = [low, *(tag.end() for tag in _BLOCK.finditer(text, low, start))]
        closed = _BLOCK.search(text, end, high)
        return opened[-1], closed.start() if closed else high
    first = max(low, *(text.rfind(mark, low, start) + 1 for mark in _LINE_ENDS))
    return first, min(at for at in (*(text.find(mark, end, high) for mark in _LINE_ENDS), high) if at >= 0)


def _is_in_element(before: str) -> bool:
    """Return whether a text opens an element that holds no prose, and does not close it."""
    tags = {name.lower(): not closing for closing, name in _ELEMENT.findall(before)} if "<" in before else {}
    return any(tags.values())


def _is_titled(text: str, start: int, end: int, opening: str, closing: str) -> bool:
    """Return whether a stretch stands in a title."""
    title = text.rfind(opening, max(0, start - _LONGEST_TITLE), start)
    return title >= 0 and closing not in text[title:start] and text.find(closing, end, end + _LONGEST_TITLE) >= 0


def _is_label(text: str, first: int, last: int) -> bool:
    """Return whether a line is a title, a cell or a link rather than prose: no mark is in it, and no line beside it is as long.

    A text of one line is what one has to say.
    """
    line = text[first:last].rstrip()
    if _PROSE.search(line) or (not first and last >= len(text) - _END):
        return False
    above = first - 1 - text.rfind("\n", max(0, first - 1 - LONGEST_LINE), max(0, first - 1))
    below = text.find("\n", last + 1, last + LONGEST_LINE) - last - 1
    return len(line) < _SHORTEST_WRAPPED or all(abs(size - len(line)) > _ALIKE for size in (above - 1, below))


def _is_datum(line: str, start: int, end: int) -> bool:
    """Return whether a mention is a datum in its line, or the cell that it stands in has no marks of prose."""
    before, behind = f"\n{line[:start]}".rstrip(" "), f"{line[end:]}".lstrip(" ")
    if before[-1] in _BEFORE_DATUM and behind[:1] in _BEHIND_DATUM:
        return True
    return "|" in line and not _PROSE.search(before.rpartition("|")[2].lstrip("\n") + behind.partition("|")[0])
