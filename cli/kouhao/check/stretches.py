"""Where a text may say what a slogan means: in a bracket behind it, after 即 or a colon, in lines or a table's cell, in the list before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from string import ascii_letters
from typing import NamedTuple

from kouhao.check.item_diff import Piece, cut
from kouhao.language.lexicon import (
    BRACKETS,
    CONSISTS_OF,
    COUNTING,
    DIGITS,
    ENCLOSED,
    MEASURE_WORDS,
    NOTE_MARKS,
    NUMBER_MARKS,
    NUMBERING,
    OPENING,
    SENTENCE_ENDS,
)
from kouhao.language.numerals import parse_number


class Grade(IntEnum):
    """How surely a stretch means to be the expansion: a list before the slogan, one that follows, an announced one, a bracket or cell."""

    BEFORE = 0
    WEAK = 1
    STRONG = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that may hold an expansion; `heads` where each line or ordinal begins with an item.

    `etc` tells that it may not be whole: 等 ends it, or it goes on beyond what is read.
    """

    start: int
    end: int
    grade: Grade
    heads: bool = False
    etc: bool = False


_NUMERALS = f"零{NUMBERING}百"
_OTHERS = "[^，。；：、（）“”！？\\[\\]【】〔〕《》\n|\t—]"
_NOTE = rf"(?:\[\^?[{_NUMERALS}]+\]|〔[{_NUMERALS}]+〕|【[{_NUMERALS}]+】|[{NOTE_MARKS}](?![^。\n]{{1,40}}(?:。?\n\s*)?[{NUMBER_MARKS}]))?"
_BRACKET = re.compile(rf"{_NOTE}{_OTHERS}{{0,8}}?\s?([{OPENING}])")
_BRACKET_PAIRS = {opening: re.compile(f"[{re.escape(opening + closing)}]") for opening, closing in BRACKETS.items()}
_TOLD = re.compile(
    rf"{_NOTE}{_OTHERS}{{0,8}}?[，。：；]?\s*(?:，?(?:其)?(?:具体|主要|分别|内容|也|它)?"
    r"(?:来说|而言)?(?:就是指|就是|即是|即为|即(?![将使可便日时刻])|是指|指的是|(?<![所旨])指(?![示导出引标数挥定向责南望令派针明的])|所指的是"
    rf"|{'|'.join(CONSISTS_OF)}|(?:内容|要求|任务|目标|措施|举措|做法)?(?:如下|是)：))(?:(?:以下|下列|如下){_OTHERS}{{0,6}}?(?=：))?[：，]?\s*(?!什么)"
)
_LINKED = re.compile(rf"(?:{_NOTE}{_OTHERS}{{0,4}}?(?:：|——|—|－|-|是|为)|】|？\s*答：|{_OTHERS}{{0,5}}？(?=\n))\s*")
_FOLLOWED = re.compile(rf"{_NOTE}{_OTHERS}{{0,6}}?(?:，|(?P<list>[，。；：]?(?:\s|(?=[一第（{NUMBER_MARKS}]))))\s*")
_ORDINALS = (
    re.compile(rf"[{NUMBERING}]{{1,3}}是要?"),
    re.compile(rf"第[{NUMBERING}]{{1,3}}(?:，|、|是|个是)"),
    re.compile(rf"[{NUMBERING}]{{1,3}}要"),
    re.compile(rf"（[零{NUMBERING}]{{1,3}}）"),
    re.compile(f"[{NUMBER_MARKS}]"),
    re.compile(rf"(?<![零{NUMBERING}])[零{NUMBERING}]{{1,3}}(?:[.．](?![零{NUMBERING}])|[、）])"),
    re.compile(r"(?<![0-9A-Za-z])[A-Za-z](?:[.．、）])"),
    re.compile(r"(?:^|(?<=\n))\s*(?:[-*+·•●■◆]|——)\s*"),
    re.compile(r"\n\s*"),
)
_ORDINAL_MARKS = frozenset(f"{NUMBERING}{NUMBER_MARKS}零第（-*+·•●■◆—{ascii_letters}")
_LEVEL_MARKS = frozenset(".．、）-*+·•●■◆")
_COUNTED, _NUMBERED, _LINES = _ORDINALS[:6], _ORDINALS[:7], _ORDINALS[-1]
_MOST_LEFT_OUT = 2  # numbers on: one item left out of a list goes on with the next number but one
_BETWEEN_CELLS = 8  # characters between two cells: bars, spaces, line ends
_BLANK = re.compile(r"\s*\n\s*\n")
_HEAD = 60  # characters of a heading or a lead, by hand
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}\n]")
_MOST_HEADS = 32  # of a list: twice as many as the longest slogans have items
_FEW_HEADS = 4  # among which two have something behind them where any have
_LONGEST = 900  # characters of a list that has no other end, by hand
_GAP = re.compile(
    rf"(?:等等|等)?(?:各|几|这|以上|上述|以上这|这些)?(?:(?:[一{COUNTING}]|(?<=[等各几这上述些]))[{MEASURE_WORDS}])?(?:方面|内容|目标|要求|原则|任务|工作|环节|举措|重点)?"
    r"(?:的|为(?:主要|基本|核心|重点)?(?:内容|目标|要求|原则|任务|重点|核心|主题|标准|主)(?:的)?)?[”]?(?:的|（|——|—|，即|：)?$"
)
_BEFORE_END = f"{SENTENCE_ENDS}；：\n|\t"


def behind(plain: str, end: int, *, cell: bool, joints: Sequence[int]) -> Iterator[Stretch]:
    """Yield the stretches behind a slogan that ends at `end` and may be expanded there, the likeliest first.

    `cell` tells whether it is alone in the cell of a table or at the beginning of a line, `joints` where lines were joined.
    """
    bracket = _BRACKET.match(plain, end)
    if bracket:
        close = _close(plain, bracket.end())
        if close > bracket.end():
            yield from _layouts(plain, bracket.end(), close, Grade.CLOSED)
    told = _TOLD.match(plain, end)
    if told:
        yield from _open(plain, _list_start(plain, told), Grade.STRONG)
    linked = _LINKED.match(plain, end)
    if linked:
        sure = linked[0].rstrip()[-1] not in "是为"
        yield from _open(plain, _list_start(plain, linked), Grade.STRONG if sure else Grade.WEAK)
    if cell:
        yield from _cells(plain, end, joints)
    followed = None if told else _FOLLOWED.match(plain, end)
    if followed and not (
        _is_joint(joints, end) and followed.end() - end > 1
    ):  # no line that follows belongs to the name
        at = _list_start(plain, followed)
        ordinal = _ordinal(plain, at)
        if ordinal or followed["list"] is None:
            yield from _open(plain, at, Grade.STRONG if ordinal in _COUNTED else Grade.WEAK)


def _open(plain: str, start: int, grade: Grade) -> Iterator[Stretch]:
    return _layouts(plain, start, _stop(plain, start), grade)


def _cells(plain: str, end: int, joints: Sequence[int]) -> Iterator[Stretch]:
    """Yield the cell or line behind a slogan; where lines were joined, first without the lines that follow."""
    space = plain[end : end + _BETWEEN_CELLS]
    at = end + len(space) - len(space.lstrip(" |\t\n"))
    if at == end and not _is_joint(joints, end):
        return
    stop = min(
        (at for at in (plain.find(mark, at, at + _LONGEST) for mark in "|\t\n") if at >= 0), default=at + _LONGEST
    )
    stop = min(stop, len(plain))
    wrap = bisect_left(joints, at + 2)
    if wrap < len(joints) and joints[wrap] < stop:
        yield from _layouts(plain, at, joints[wrap], Grade.CLOSED)
    yield from _layouts(plain, at, stop, Grade.CLOSED)


def _ordinal(plain: str, at: int) -> re.Pattern[str] | None:
    if plain[at : at + 1] not in _ORDINAL_MARKS and not plain[at : at + 1].isspace():
        return None
    return next((one for one in _ORDINALS if one.match(plain, at)), None)


def _list_start(plain: str, opening: re.Match[str]) -> int:
    """Return where a list begins behind its opening: at the line end where it stands on lines of its own without other heads."""
    blank = opening[0].find("\n")
    told = not opening[0][-1:].isspace()
    if blank < 0 or told or _ordinal(plain, opening.end()) not in (None, _LINES):
        return opening.end()
    return opening.end() - len(opening[0]) + opening[0].rfind("\n")


def _is_joint(joints: Sequence[int], at: int) -> bool:
    nth = bisect_left(joints, at)
    return nth < len(joints) and joints[nth] <= at + 1


def _close(plain: str, start: int) -> int:
    opening, depth = plain[start - 1], 1
    for found in _BRACKET_PAIRS[opening].finditer(plain, start, start + _LONGEST):
        depth += 1 if found[0] == opening else -1
        if not depth:
            return found.start()
    return start


def _stop(plain: str, start: int) -> int:
    found = _SENTENCE_END.search(plain, start + 1, start + _LONGEST)
    return found.start() if found else min(len(plain), start + _LONGEST)


def _layouts(plain: str, start: int, end: int, grade: Grade) -> Iterator[Stretch]:
    """Yield a stretch; one that begins with an ordinal or on a line of its own is first read by its heads, beyond its sentence."""
    ordinal = _ordinal(plain, start)
    if ordinal:
        stop = end if grade is Grade.CLOSED else min(len(plain), start + 2 * _LONGEST)
        listed = Stretch(start, stop, grade, heads=True, etc=stop == start + 2 * _LONGEST)
        yield listed
        if ordinal is not _LINES and len(heads(plain, listed, _FEW_HEADS)) > 1:
            return
        while plain[start : start + 1].isspace():
            start += 1
        end = end if grade is Grade.CLOSED else max(end, _stop(plain, start))
    yield Stretch(start, end, grade)


@lru_cache(8)
def heads(plain: str, stretch: Stretch, most: int = _MOST_HEADS) -> list[Piece]:
    """Return the beginnings of what ordinals or lines part, at most `most`.

    Lines end with a blank one, or where one ends its sentence first.
    """
    ordinal = _ordinal(plain, stretch.start)
    marks = list(islice(_of_one_level(plain, ordinal, stretch), most)) if ordinal else []
    pieces: list[Piece] = []
    for found, follower in zip(marks, [*marks[1:], None] if marks else [], strict=True):
        begin = found.end
        stop = follower.start if follower else min(stretch.end, begin + _HEAD)
        line = plain.find("\n", begin, stop)
        stop = line if line >= 0 else stop
        head = _head(plain, begin, min(stop, begin + _HEAD))
        if head:
            pieces.append(head)
        ends = ordinal is _LINES and plain[stop - 1] == "。"
        if ends or (follower and _BLANK.search(plain, stop, follower.end) and not _BLANK.match(plain, stretch.start)):
            break
    return pieces


@lru_cache(4 * _MOST_HEADS)  # the slogans of a list are followed by nearly the same lines
def _head(plain: str, start: int, end: int) -> Piece | None:
    """Return a line, or what an ordinal begins, as one item."""
    inner = cut(plain, Stretch(start, end, Grade.CLOSED), _HEAD)
    return Piece(inner[0].start, inner[0].end, "".join(piece.text for piece in inner), "；") if inner else None


def _of_one_level(plain: str, ordinal: re.Pattern[str], stretch: Stretch) -> Iterator[_Mark]:
    """Yield the ordinals of a stretch up to that of an outer list.

    That one is less indented, has another mark behind its number, goes back in numbers or leaps, or has a number where the others have none.
    """
    indent, sign, number = 0, "", 0
    mark = _next_mark(plain, ordinal, stretch.start)
    while mark and mark.end <= stretch.end:
        begins = mark.indent >= 0
        outer = (begins and mark.indent < indent) or (sign in _LEVEL_MARKS and mark.sign != sign)
        value = mark.value
        leaps = bool(number) and not (number < value <= number + _MOST_LEFT_OUT or number == value == 1)
        if outer or leaps or mark.numbered:
            return
        indent = indent or max(0, mark.indent)
        sign, number = mark.sign, value
        yield mark
        mark = _next_mark(plain, ordinal, mark.end)


class _Mark(NamedTuple):
    """An ordinal: where it stands, how far its line is indented, -1 where it begins none, the mark behind its number, its number.

    `numbered` tells that a line begins with a number.
    """

    start: int
    end: int
    indent: int
    sign: str
    value: int
    numbered: bool


@lru_cache(16 * _MOST_HEADS)  # the lists behind the slogans of a list are nearly the same
def _next_mark(plain: str, ordinal: re.Pattern[str], start: int) -> _Mark | None:
    """Return the first ordinal from `start` on, if it is near."""
    found = ordinal.search(plain, start, start + 2 * _LONGEST)
    if not found:
        return None
    text, end = found[0], found.end()
    at = end - len(text.lstrip())
    line = plain.rfind("\n", max(0, at - _HEAD), at) + 1
    indent = at - line if line and not plain[line:at].strip() else -1
    numbered = ordinal is _LINES and any(one.match(plain, end) for one in _NUMBERED)
    return _Mark(found.start(), end, indent, text.rstrip()[-1:], _value(text), numbered)


def _value(ordinal: str) -> int:
    """Return the number of an ordinal, 0 where it has none; letters are numbered, too."""
    marks = "".join(mark for mark in ordinal if mark in DIGITS or mark == "十")
    if marks:
        return parse_number(marks) if "十" in marks else int("".join(str(DIGITS.index(mark)) for mark in marks))
    first = ordinal.strip()[:1].lower()
    return ENCLOSED.get(first, ord(first) - ord("a") + 1 if first.isascii() and first.isalpha() else 0)


def before(plain: str, start: int) -> Stretch | None:
    """Return the stretch before a slogan that may be its list."""
    floor = max(0, start - _LONGEST // 2)
    window = plain[max(floor, start - 24) : start]
    gap = _GAP.search(window)
    end = start - (len(gap[0]) if gap else 0)
    if end > floor and gap and ("以上" in gap[0] or "这" in gap[0]) and plain[end - 1] in "，。；":
        end -= 1
    if end <= floor or plain[end - 1] in f"{SENTENCE_ENDS}，；：\n（":
        return None
    begin = max(floor, 1 + max(plain.rfind(mark, floor, end) for mark in _BEFORE_END))
    opened = plain.rfind("“", begin, end) + 1 if plain[end : end + 1] == "”" else 0
    if opened and "”" not in plain[opened:end] and plain.count("、", opened, end) > 1:
        return Stretch(opened, end, Grade.STRONG)
    return Stretch(begin, end, Grade.BEFORE, etc=bool(gap and gap[0].startswith("等")))
