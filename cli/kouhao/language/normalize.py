"""Written forms: one folded spelling for all the ways in which people write the same slogan.

Folding keeps what tells slogans apart (characters, numerals, the plus sign, the percent sign of a quantity) and drops what does not
(width, case, quotes, brackets, spaces, other marks). It belongs to the start-up path: translation tables, no regular expressions.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_NUMERALS = {
    "零": "0０〇",
    "一": "1１壹①㈠⑴Ⅰ",
    "二": "2２两俩贰兩倆貳②㈡⑵Ⅱ",
    "三": "3３叁仨參叄③㈢⑶Ⅲ",
    "四": "4４肆④㈣⑷Ⅳ",
    "五": "5５伍⑤㈤⑸Ⅴ",
    "六": "6６陆陸⑥㈥⑹Ⅵ",
    "七": "7７柒⑦㈦⑺Ⅶ",
    "八": "8８捌⑧㈧⑻Ⅷ",
    "九": "9９玖⑨㈨⑼Ⅸ",
    "十": "拾⑩㈩⑽Ⅹ",
    "百": "佰",
    "千": "仟",
}
NUMERALS = frozenset(_NUMERALS)
"""The folded numerals: two different ones never mean the same slogan."""

# 伍 in 队伍, 陆 in 大陆 and 參 in 參加 are words, not numerals: they fold only where no Han character stands before.
AMBIGUOUS = "伍陆陸參"

_DIGITS = "零一二三四五六七八九"  # as in lexicon, which a plain lookup does not load
_DIGIT_MARKS = frozenset("0123456789０１２３４５６７８９")
_PLUS = "+＋﹢➕"
_PERCENT = "%％﹪"
_DOTS = frozenset("·•・‧")
_WIDE = str.maketrans(dict(zip(",;:()?!", "，；：（）？！", strict=True)))
_LONG = 500  # characters: from here on `replace` takes less time
_HALF = str.maketrans("，；：（）？！", ",;:()?!")
_DROPPED = (
    " \t\r\n\v\f\u3000\xa0\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
    "“”‘’\"'「」『』《》〈〉〝〞＂＇()（）[]［］【】〔〕{}｛｝"
    "、,，。.．;；:：!！?？·•・‧-－—–_＿~～…/／\\＼|｜#＃*＊@＠&＆^`´$%％=＝<>＜＞"
)


def _translation() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(mark): None for mark in _DROPPED}
    table |= {ord(mark): "+" for mark in _PLUS} | {ord(mark): "%" for mark in _PERCENT}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}
    for numeral, spellings in _NUMERALS.items():
        table |= {ord(mark): numeral for mark in spellings if mark not in AMBIGUOUS}
    return table


_TABLE = _translation()
_FOLDED = frozenset(map(chr, _TABLE)) | frozenset(AMBIGUOUS)
"""Whatever may change when it is folded: a text without these mostly stays as it is."""


def fold(text: str) -> str:
    """Return the folded spelling of `text`: 「5好」, ５ 好 and 五好 all give 五好; 1+10 gives 一+十.

    Whole numbers below 100 keep their value (10 is 十, 12 is 十二); longer digit runs are read digit by digit.
    Nothing is left of a text that holds only marks.
    """
    if _FOLDED.isdisjoint(text) and text.isalnum():
        return text
    folded = (text if _DIGIT_MARKS.isdisjoint(text) else _spell_numbers(text)).translate(_TABLE)
    if folded.isalnum():
        return _settle_ambiguous(folded)
    kept = "".join(mark for mark in folded if mark.isalnum() or mark in "+%").strip("+")
    while "++" in kept:
        kept = kept.replace("++", "+")
    return _settle_ambiguous(kept)


def fold_digits(text: str) -> str:
    """Return the folded spelling that reads every digit alone: 85普法 gives 八五普法."""
    if _DIGIT_MARKS.isdisjoint(text):
        return fold(text)
    return fold("".join([_DIGITS[int(mark)] if mark in _DIGIT_MARKS else mark for mark in text]))


def is_figure(text: str) -> bool:
    """Return whether `text` is digits with marks between them and nothing else: a score, a decimal, a range (3:0, 1.5, 5-1).

    A middle dot makes the name of an event of two numbers, as in 9·18.
    """
    if _DIGIT_MARKS.isdisjoint(text) or not _DOTS.isdisjoint(text):
        return False
    runs = "".join([mark if mark in _DIGIT_MARKS else " " for mark in text]).split()
    return len(runs) > 1 and all(mark in _DIGIT_MARKS or not (mark.isalnum() or mark in _PLUS) for mark in text)


_SPELLED_ALIKE = {
    ord(mark): numeral
    for numeral, spellings in _NUMERALS.items()
    for mark in spellings
    if mark not in AMBIGUOUS and (mark == "两" or mark.isdecimal() or "\u4e00" <= mark <= "\u9fff")
} | {ord(mark): "+" for mark in _PLUS}


class LearntTable(dict[int, str]):
    """A table for `str.translate` that asks `spell` about each character when it first comes."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell

    def __missing__(self, code: int) -> str:
        self[code] = spelled = self._spell(chr(code))
        return spelled


def translate(text: str, table: dict[int, str]) -> str:
    """Return `text.translate(table)`, for a table that maps no character to another of its own.

    In long texts a scan for each character of the table takes less time than a look-up for each of the text.
    """
    if len(text) < _LONG:
        return text.translate(table)
    for code, spelled in table.items():
        text = text.replace(chr(code), spelled)
    return text


def same_length(text: str) -> str:
    """Return `text` with its numerals and plus signs spelled one way, character for character: 2个, ２个 and 两个 give 二个."""
    return translate(text, _SPELLED_ALIKE)


_TRADITIONAL = "個們國會對發學為與動實現業務問題體進設黨經濟義識論導產這開關強風結構領維護說話時來後過還應該總際機"
_SIMPLIFIED = "个们国会对发学为与动实现业务问题体进设党经济义识论导产这开关强风结构领维护说话时来后过还应该总际机"


def prefers_traditional(text: str) -> bool:
    """Return whether a text is in traditional script, by characters that are frequent in either."""
    if not any(mark in text for mark in _TRADITIONAL):
        return False
    return sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED))


def half_width(text: str) -> str:
    """Return `text` with half-width marks; 、 and quotes stay as they are."""
    return text.translate(_HALF)


def widen(text: str) -> str:
    """Return `text` with full-width marks and paired straight quotes, character for character."""
    wide = translate(text, _WIDE)
    if '"' not in wide:
        return wide
    return "\n".join(_pair_quotes(line) for line in wide.split("\n"))


def _pair_quotes(line: str) -> str:
    pieces = line.split('"')
    paired = [pieces[0]]
    for number, piece in enumerate(pieces[1:]):
        paired += ["”" if number % 2 else "“", piece]
    return "".join(paired)


def is_han(mark: str) -> bool:
    """Return whether `mark` is a Han character of the basic block, its extension A or beyond the basic plane."""
    return "\u4e00" <= mark <= "\u9fff" or "\u3400" <= mark <= "\u4dbf" or mark >= "\U00020000"


def _spell_numbers(text: str) -> str:
    """Write the two-digit runs of `text` as Chinese numerals, so that 10 is one number and not two digits."""
    spelled: list[str] = []
    run = ""
    for mark in text:
        if mark in _DIGIT_MARKS:
            run += mark
            continue
        if run:
            spelled.append(_number(run))
            run = ""
        spelled.append(mark)
    return "".join(spelled) + _number(run)


def _number(run: str) -> str:
    digits = "".join([_DIGITS[int(digit)] for digit in run])
    if len(digits) != 2 or digits[0] == "零":  # noqa: PLR2004  a number of two digits
        return digits
    tens = "" if digits[0] == "一" else digits[0]
    units = "" if digits[1] == "零" else digits[1]
    return f"{tens}十{units}"


def _settle_ambiguous(folded: str) -> str:
    """Read 伍, 陆 and 參 as numerals at the beginning of a text, and as themselves inside a word."""
    if folded and folded[0] in AMBIGUOUS:
        numeral = {"伍": "五", "陆": "六", "陸": "六", "參": "三"}[folded[0]]
        return numeral + folded[1:]
    return folded
