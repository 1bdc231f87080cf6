"""Where a text may say what a slogan means: in a bracket behind it, after 即 or a colon, in lines or a table's cell, in the list before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kouhao.check.item_diff import Piece, cut
from kouhao.language.lexicon import (
    BRACKETS,
    CONSISTS_OF,
    COUNTING,
    DIGITS,
    ENCLOSED,
    JOINING,
    MADE_UP,
    MEASURE_WORDS,
    NOTE_MARKS,
    NUMBER_MARKS,
    NUMBERING,
    OPENING,
    SENTENCE_ENDS,
)
from kouhao.language.numerals import parse_number
from kouhao.language.word_boundary import NOUNS


class Grade(IntEnum):
    """How surely a stretch means to be the expansion: a list before the slogan, one that follows, an announced one, a bracket or cell."""

    BEFORE = 0
    WEAK = 1
    STRONG = 2
    CLOSED = 3


class Stretch(NamedTuple):
    """A stretch that may hold an expansion; `heads` are the beginnings of what ordinals, lines or cells part, each an item.

    `etc` tells that it may not be whole: 等 ends it, or it goes on beyond what is read; `open_end` that nothing shows where it ends.
    """

    start: int
    end: int
    grade: Grade
    heads: tuple[Piece, ...] = ()
    etc: bool = False
    open_end: bool = False

    def moved(self, by: int) -> Stretch:
        """Return the same so many characters further on."""
        heads = tuple(one._replace(start=one.start + by, end=one.end + by) for one in self.heads)
        return self._replace(start=self.start + by, end=self.end + by, heads=heads)


_NUMERALS = f"零{NUMBERING}百"
_OTHERS = "[^，。；：、（）“”！？\\[\\]【】〔〕《》\n|\t—]"
_NOTE = rf"(?:\[\^?[{_NUMERALS}]+\]|〔[{_NUMERALS}]+〕|【[{_NUMERALS}]+】|[{NOTE_MARKS}](?![^。\n]{{1,40}}(?:。?\n\s*)?[{NUMBER_MARKS}]))?"
_ALONE = rf"(?!以及|外?加|[{JOINING}+])"
"""What does not stand behind a slogan to which another thing is joined: what follows is about both."""
_BRACKET = re.compile(rf"{_NOTE}{_ALONE}{_OTHERS}{{0,8}}?\s?([{OPENING}])")
_BRACKET_PAIRS = {opening: re.compile(f"[{re.escape(opening + closing)}]") for opening, closing in BRACKETS.items()}
_TOLD = re.compile(
    rf"{_NOTE}{_ALONE}{_OTHERS}{{0,8}}?[，。：；？]?\s*(?:，?(?:其)?(?:具体|主要|分别|内容|也|它)?"
    r"(?:来说|而言)?(?:就是指|就是|即是|即为|即(?![将使可便日时刻])|是指|指的是|(?<![所旨])指(?![示导出引标数挥定向责南望令派针明的])|所指的是"
    rf"|{'|'.join(CONSISTS_OF)}|(?:内容|要求|任务|目标|措施|举措|做法)?(?:如下|是)：))(?:(?:以下|下列|如下){_OTHERS}{{0,6}}?(?=：))?[：，]?\s*(?!什么)"
)
_LINKED = re.compile(
    rf"(?:{_OTHERS}{{0,5}}？[\s*_]*(?:答[*_]*：|(?=[\n一第（{NUMBER_MARKS}]))|{_NOTE}{_ALONE}(?:{_OTHERS}{{0,4}}?(?:——|—|－|-|＝|=|是|为|由)|{_OTHERS}{{0,8}}?：)|】)\s*"
)
_DONE_FOR_IT = {"问题", "事项", "期间", "试点", "举措", "做法", "任务"}
_KINDS = "|".join((*(noun for noun in NOUNS if noun not in _DONE_FOR_IT), "布局", "格局"))
_NAMED = (
    rf"(?:[^的]{{0,6}}(?:{_KINDS})|的(?:具体|基本)?(?:{_KINDS}|项目|名称)"
    "|的?(?:主要|具体|基本|科学|丰富|深刻)?(?:内容|内涵|含义|涵义|意思|定义|释义|解释|概念|表述|构成|全称)"
    "|可?以?(?:概括|归纳|总结|界定|定义|解释|表述))?(?:是|为|由)?"
)
"""What stands between a slogan and a mark that announces all of it: “六稳”工作：, “三大法宝”的内容：.

What is done for a slogan or hinders it may have some of its items: “三重压力”问题：, 本月任务：, 经验做法：.
"""
_OF = re.compile("[的中前后]")
"""With what one says that not all of a slogan stands in the bracket behind it: “五保”中的前三项（…）."""
_MARKS = r"[\s：＝=—－】〕\-\[［【〔*_]"
_LIGHT = "、，"
_CHOICE = re.compile(r"[A-Z](?:[.．、）]|(?=[\u4e00-\u9fff]))")  # of an examination
_FOLLOWED = re.compile(rf"{_NOTE}{_OTHERS}{{0,6}}?(?:，|(?P<list>[，。；：]?(?:\s|(?=[一第（{NUMBER_MARKS}]))))\s*")
_ORDINALS = (
    re.compile(rf"[{NUMBERING}]{{1,3}}是要?"),
    re.compile(rf"第[{NUMBERING}]{{1,3}}(?:，|、|是|个是)"),
    re.compile(rf"[{NUMBERING}]{{1,3}}要"),
    re.compile(rf"（[零{NUMBERING}]{{1,3}}）"),
    re.compile(f"[{NUMBER_MARKS}]"),
    re.compile(rf"(?<![零{NUMBERING}])[零{NUMBERING}]{{1,3}}(?:[.．](?![零{NUMBERING}])|[、）])"),
    re.compile(r"(?<![0-9A-Za-z])[A-Za-z](?:[.．、）])"),
)
_ORDINAL_MARKS = frozenset(f"{NUMBERING}{NUMBER_MARKS}零第（")
_LEVEL_MARKS = frozenset(".．、）")
_COUNTED = _ORDINALS[:6]
_INLINE = -1
_MOST_LEFT_OUT = 2  # numbers on: one item left out of a list goes on with the next number but one
_BETWEEN_CELLS = 8  # characters between two cells: bars, spaces, line ends
_HEAD = 60  # characters of an item that are read, by hand
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}\n]")
_MOST_HEADS = 32  # of a list: twice as many as the longest slogans have items
_LONGEST = 900  # characters of a list that has no other end, by hand
_GAP = re.compile(
    r"(?:(?:连续[0-9]{1,2}年|持续|继续|均|都)?(?:实现|保持|呈现)|持续)?"  # 事故起数、死亡人数实现“双下降”
    rf"(?:等等|等)?(?:各|几|这|以上|上述|以上这|这些)?(?:(?:[一{COUNTING}]|(?<=[等各几这上述些]))[{MEASURE_WORDS}])?(?:方面|内容|目标|要求|原则|任务|工作|环节|举措|重点)?"
    r"(?:的|为(?:主要|基本|核心|重点)?(?:内容|目标|要求|原则|任务|重点|核心|主题|标准|主)(?:的)?)?[”]?(?:的?(?:一套|所谓)?|（(?:以下)?(?:简称|统称|合称|即)?为?|——|—|，即|："
    rf"|(?:，{_OTHERS}{{0,6}}?)?(?:共同|一起|一并|又|也|被|并)*(?:[简统合总并通]?称(?:为|作|之为)?|叫[做作]?|构成|组成|形成|就是|[概总][括结]为))?$"
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
            some = bool(_OF.search(bracket[0])) and names_some(bracket[0][:-1])
            listed = _layouts(plain, bracket.end(), close, Grade.CLOSED)
            yield from (one._replace(etc=one.etc or some) for one in listed)
    told = _TOLD.match(plain, end)
    if told:
        yield from _open(plain, told.end(), Grade.STRONG, joints)
    linked = _LINKED.match(plain, end)
    if linked:
        some = names_some(linked[0])
        words = linked[0].rstrip()
        whole = len(words) > 1 or plain.endswith(MADE_UP, linked.end(), _stop(plain, linked.end()))
        sure = not some and (words[-1] not in "是为由" or whole)
        listed = _open(plain, linked.end(), Grade.STRONG if sure else Grade.WEAK, joints)
        yield from (one._replace(etc=one.etc or some) for one in listed)
    if cell:
        yield from _cells(plain, end, joints)
    followed = None if told else _FOLLOWED.match(plain, end)
    if followed and not (
        _is_joint(joints, end) and followed.end() - end > 1
    ):  # no line that follows belongs to the name
        at = followed.end()
        ordinal = _ordinal(plain, at)
        if ordinal or followed["list"] is None or "\n" in followed[0]:
            yield from _open(plain, at, Grade.STRONG if ordinal in _COUNTED else Grade.WEAK, joints)


def names_some(link: str) -> bool:
    """Return whether the words between a slogan and the mark behind them tell that only some of it follows: 的重点：, 落实情况：."""
    words = re.split(_MARKS, link)[0]
    return "？" not in link and not re.fullmatch(_NAMED, words)


def _open(plain: str, start: int, grade: Grade, joints: Sequence[int]) -> Iterator[Stretch]:
    """Yield what stands up to the end of a sentence, no choices; where lines were joined, also the first: the next may be another one."""
    if _CHOICE.match(plain, start):
        return
    stop = _stop(plain, start)
    yield from _layouts(plain, start, stop, grade)
    wrap = bisect_left(joints, start + 2)
    if wrap < len(joints) and joints[wrap] < stop and plain[joints[wrap] - 1] not in _LIGHT:
        yield Stretch(start, joints[wrap], grade, etc=True)


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
    yield from (one if one.heads else one._replace(open_end=True) for one in _layouts(plain, at, stop, Grade.CLOSED))


def _ordinal(plain: str, at: int) -> re.Pattern[str] | None:
    mark = plain[at : at + 1]
    if mark not in _ORDINAL_MARKS and not (mark.isascii() and mark.isalpha()):
        return None
    return next((one for one in _ORDINALS if one.match(plain, at)), None)


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
    """Yield a stretch; one that begins with an ordinal is first read by its heads, beyond its sentence."""
    ordinal = _ordinal(plain, start)
    if ordinal:
        stop = end if grade is Grade.CLOSED else min(len(plain), start + 2 * _LONGEST)
        heads = tuple(_heads(plain, ordinal, start, stop))
        if heads:
            yield Stretch(start, stop, grade, heads=heads, etc=stop == start + 2 * _LONGEST)
        if len(heads) > 1:
            return
    yield Stretch(start, end, grade)


def _heads(plain: str, ordinal: re.Pattern[str], start: int, end: int) -> Iterator[Piece]:
    """Yield the beginnings of what ordinals part."""
    marks = list(islice(_of_one_level(plain, ordinal, start, end), _MOST_HEADS))
    for found, follower in zip(marks, [*marks[1:], None] if marks else [], strict=True):
        stop = follower.start() if follower else min(end, found.end() + _HEAD)
        line = plain.find("\n", found.end(), stop)
        stop = line if line >= 0 else stop
        one = head(plain, found.end(), min(stop, found.end() + _HEAD))
        if one:
            yield one


@lru_cache(4 * _MOST_HEADS)  # the slogans of a list are followed by nearly the same lines
def head(plain: str, start: int, end: int) -> Piece | None:
    """Return the sentence that begins a line, or stands behind an ordinal, as one item."""
    found = _SENTENCE_END.search(plain, start + 1, end)
    inner = cut(plain, Stretch(start, found.start() if found else end, Grade.CLOSED), _HEAD)
    return Piece(inner[0].start, inner[0].end, "".join(piece.text for piece in inner), "；") if inner else None


def _of_one_level(plain: str, ordinal: re.Pattern[str], start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the ordinals of a stretch up to that of an outer list.

    It has another mark behind its number, is less far in, goes back in numbers or leaps; it leaps by one, too, where it begins a line and
    the one before does not, or the other way round.
    """
    mark, number, last = "", 0, _INLINE
    found = _next_mark(plain, ordinal, start)
    while found and found.end() <= end:
        own, value, indent = found[0].rstrip()[-1:], _value(found[0]), _indent(plain, found.start())
        most = number + (_MOST_LEFT_OUT if (indent == _INLINE) == (last == _INLINE) else 1)
        leaps = bool(number) and not (number < value <= most or number == value == 1)
        if leaps or (mark in _LEVEL_MARKS and (own != mark or _INLINE < indent < last - 1)):
            return
        mark, number, last = own, value, indent
        yield found
        found = _next_mark(plain, ordinal, found.end())


def _indent(plain: str, start: int) -> int:
    """Return how many blanks stand before what begins a line, or that nothing begins one there."""
    blank = plain[plain.rfind("\n", 0, start) + 1 : start]
    return _INLINE if blank.strip() else len(blank)


@lru_cache(16 * _MOST_HEADS)  # the lists behind the slogans of a list are nearly the same
def _next_mark(plain: str, ordinal: re.Pattern[str], start: int) -> re.Match[str] | None:
    """Return the first ordinal from `start` on, if it is near."""
    return ordinal.search(plain, start, start + 2 * _LONGEST)


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
    etc = bool(gap and gap[0].startswith("等"))
    if end > floor and gap and ("以上" in gap[0] or "这" in gap[0]) and plain[end - 1] in "，。；":
        end -= 1
    if end <= floor or plain[end - 1] in f"{SENTENCE_ENDS}、，；：\n（":
        return None
    begin = max(floor, 1 + max(plain.rfind(mark, floor, end) for mark in _BEFORE_END))
    opened = plain.rfind("“", begin, end) + 1 if plain[end : end + 1] == "”" else 0
    if opened and "”" not in plain[opened:end] and plain.count("、", opened, end) > 1:
        return Stretch(opened, end, Grade.STRONG)
    return Stretch(begin, end, Grade.BEFORE, etc=etc)
