"""How a slogan stands in prose: in quotes or bare, as a word of its own or inside a longer one."""

from __future__ import annotations

from functools import lru_cache
from math import log

from kouhao.language.background import count, documents, names, word_frequency
from kouhao.language.lexicon import COUNTING, JOINING, MEASURE_WORDS, NUMBER_CHARACTERS, QUOTES, TITLES
from kouhao.language.normalize import fold, is_han

_AROUND = QUOTES | TITLES
_OPENING = frozenset(opening for opening, closing in _AROUND.items() if opening != closing)
_PAIR = 2  # characters
_SHORT = 3  # characters: longer terms are seldom parts of other words
_MAGNITUDES, _ABOUT = frozenset("百千万"), frozenset("上数几近成好约")
_UNITS = frozenset(f"{MEASURE_WORDS}是要年月日天次级点岁期届家位名章节条")
"""What makes a numeral before a slogan an ordinal, a date or a quantity (一是, 第五章, 三家), no group of a longer slogan."""
_SUFFIXES = frozenset("人法库者员化式型队")
_NOUNS = (
    "建设 工作 要求 标准 活动 机制 创建 目标 举措 模式 原则 做法 方法 制度 体系 项目 "
    "行动 政策 精神 方针 战略 理念 改革 任务 工程 计划 规划 争创 评选 问题 事项 期间 试点"
)
NOUNS = tuple(_NOUNS.split())
"""What tells of what kind the things are that slogans name."""
FOLLOWING = (*NOUNS, *f"等的是为在即指、{JOINING}")
"""What commonly follows a slogan in prose."""
_NAMING = (*FOLLOWING, "运动", "事变", "节")
"""Of events and days, too: their names are words of the dictionary."""

_LONGEST_WORD = 6  # characters of a word of the general dictionary
_LONGEST_CROSSING = 4
"""Characters of a word that is looked for at an edge: of longer ones a shorter one goes over it, too."""

_ALL = log(6e7)
_UNKNOWN = 20.0
"""The cost of a character that is no word, in nats; a word costs the logarithm of how seldom it is."""

_UNIT = 0.1  # of its occurrences behind numerals make a unit: 名 has that many, 大 (八一大楼) fewer
TORN = 1.0  # nats from which on an edge is inside of a word: `tests.fit.fit_edges`


def quoted_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the quotes that stand directly around it, or as it is where there are none."""
    if start and end < len(text) and _AROUND.get(text[start - 1]) == text[end]:
        return start - 1, end + 1
    return start, end


_DOCUMENTS_A_NAME = 10
"""Documents for each name that a text is in, of what is a name by itself: 三高 has 4, 四化 7, 双减 16, 六稳 97."""


def is_name_by_itself(text: str) -> bool:
    """Return whether official prose has a text in more documents than what is mostly a part of longer names."""
    return documents(text) > _DOCUMENTS_A_NAME * names(text)


def stands_alone(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Return whether a stretch that spells a slogan means it, and is neither in a longer word nor its beginning (五好 in 五好家庭).

    `known` tells whether another slogan ends where it begins.
    """
    return not cuts_word(text, start, end, known=known) and ends_as_slogan(text, start, end)


def ends_as_slogan(text: str, start: int, end: int, *, next_slogan: str = "") -> bool:
    """Return whether a stretch that spells a slogan, and is in no longer word, ends with it and is not the beginning of a longer one.

    It does where no Han character follows, or a word that commonly follows slogans. Before any other word a long spelling
    does (more than three characters), unless that word makes it longer, or quotes begin with it and go on. Where a slogan begins
    that is none of the short ones that make longer names together (三高四新), it ends, too, and what is a name by itself does before any.
    """
    long = end - start > _SHORT
    if _ends_word(text, end):
        return True
    if next_slogan and (long or len(next_slogan) > _SHORT or is_name_by_itself(text[start:end])):
        return True
    return long and text[start - 1 : start] not in _OPENING and not _grows(text, end)


def cuts_word(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Return whether a stretch begins or ends inside of a word: 新发展理念 in 创新发展理念, 三农 in 三农药厂, 四新 in 三高四新.

    `known` tells whether another slogan ends where it begins.
    """
    before = "" if known else text[max(0, start - _LONGEST_WORD) : start]
    return is_cut(before, text[start:end], text[end : end + _LONGEST_WORD])


def is_cut(before: str, slogan: str, behind: str) -> bool:
    """Return the same of a slogan that stands between two texts.

    It does where the text is far likelier read as words of the general dictionary when none of them parts there. A stretch of more
    than two characters is no such word, for it would hide those that it is made of (代表队 behind 三个代表).
    """
    return _is_cut(before[-_LONGEST_WORD:], slogan, behind[:_LONGEST_WORD])


@lru_cache(1 << 12)  # tables repeat themselves
def _is_cut(before: str, slogan: str, behind: str) -> bool:
    without = slogan if len(slogan) > _PAIR else ""
    if before and (_continues(before[-2:], slogan[0]) or _is_torn(before, slogan, without)):
        return True
    if not is_han(behind[:1]) or behind.startswith(_NAMING):
        return False
    if behind[0] in NUMBER_CHARACTERS and slogan[-2:-1] == "·":  # 五·一 in 五·一六
        return True
    return _is_torn(slogan, behind, without) or _is_quantity(slogan, behind[:2])


def _continues(before: str, first: str) -> bool:
    """Return whether a number before a stretch goes on in it: 四新 in 三高四新, 千万工程 in 上千万工程款."""
    if first in COUNTING:
        return before[:1] in COUNTING and is_han(before[1:]) and before[1:] not in _UNITS
    return first in _MAGNITUDES and before[-1:] in _ABOUT


def _is_quantity(number: str, behind: str) -> bool:
    """Return whether a stretch is a mere number, and a unit follows, namely what often stands behind numerals: 十五公里."""
    if not frozenset(NUMBER_CHARACTERS).issuperset(number):
        return False
    from kouhao.language.numerals import parse_number  # noqa: PLC0415  its patterns, which few texts need

    if parse_number(number) and behind[0] in _UNITS:
        return True
    return any(_share_behind_numerals(unit) > _UNIT for unit in {behind[:1], behind})


def _share_behind_numerals(text: str) -> float:
    """Return which share of its occurrences in official prose has a numeral before it."""
    return sum(count(numeral + text) for numeral in frozenset(map(fold, COUNTING))) / max(1, count(text))


def _is_torn(before: str, behind: str, without: str) -> bool:
    """Return whether a word of the general dictionary, `without` left out, goes over an edge, by what stands on both sides of it."""
    if not _is_crossed(*_around(before, behind, _LONGEST_CROSSING - 1)):
        return False
    text, edge = _around(before, behind, _LONGEST_WORD)
    return cut_costs(text, without)[edge] > TORN


def _around(before: str, behind: str, most: int) -> tuple[str, int]:
    """Return the Han characters around an edge, so many on each side at most, and where the edge is among them."""
    first = edge = len(before)
    while first > max(0, edge - most) and is_han(before[first - 1]):
        first -= 1
    last, end = 0, min(len(behind), most)
    while last < end and is_han(behind[last]):
        last += 1
    return before[first:] + behind[:last], edge - first


def _is_crossed(text: str, edge: int) -> bool:
    """Return whether any word goes over an edge, however unlikely it is there."""
    size = len(text)
    return any(
        word_frequency(text[first:last])
        for first in range(max(0, edge - _LONGEST_CROSSING + 1), edge)
        for last in range(edge + 1, min(size, first + _LONGEST_CROSSING) + 1)
    )


def cut_costs(clause: str, without: str = "") -> list[float]:
    """Return for each offset of a clause, its end included, how much less likely it is read when its words part there, in nats.

    `without` is taken for no word.
    """
    size = len(clause)
    forward = [0.0, *[1e9] * size]
    words: list[tuple[int, int, float]] = []
    for end in range(1, size + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = clause[start:end]
            frequency = word_frequency(word) if word != without else 0
            if frequency or end - start == 1:
                cost = _ALL - log(frequency) if frequency else _UNKNOWN
                words.append((start, end, cost))
                forward[end] = min(forward[end], forward[start] + cost)
    backward = [*[1e9] * size, 0.0]
    for start, end, cost in reversed(words):
        backward[start] = min(backward[start], cost + backward[end])
    return [there + back - forward[size] for there, back in zip(forward, backward, strict=True)]


def _ends_word(text: str, end: int) -> bool:
    return not is_han(text[end : end + 1]) or text.startswith(FOLLOWING, end)


def _grows(text: str, end: int) -> bool:
    """Return whether a slogan goes on with another group (三进三同步四结合), or becomes the noun for something else (四个带头人)."""
    if text[end] in COUNTING:
        return is_han(text[end + 1 : end + 2])
    return text[end] in _SUFFIXES and _ends_word(text, end + 1)
