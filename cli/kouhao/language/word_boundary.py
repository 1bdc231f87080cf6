"""How a slogan stands in prose: in quotes or bare, as a word of its own or inside a longer one."""

from __future__ import annotations

from kouhao.language.background import is_word
from kouhao.language.lexicon import COUNTING, JOINING, MEASURE_WORDS, NUMERALS, QUOTES, TITLES
from kouhao.language.normalize import is_han

_AROUND = QUOTES | TITLES
_OPENING = frozenset(opening for opening, closing in _AROUND.items() if opening != closing)
_SHORT = 3  # characters: longer terms are seldom parts of other words
_MAGNITUDES, _ABOUT = frozenset("百千万"), frozenset("上数几近成好约")
_UNITS = frozenset(f"{MEASURE_WORDS}是要年月日天次级点岁期届家位名")
"""What makes a numeral before a slogan an ordinal, a date or a quantity (一是, 五月, 三家), no group of a longer slogan."""
_SUFFIXES = frozenset("人法库者员化式型队")
FOLLOWING = (
    *(
        "建设",
        "工作",
        "要求",
        "标准",
        "活动",
        "机制",
        "创建",
        "目标",
        "举措",
        "模式",
        "原则",
        "做法",
        "方法",
        "制度",
        "体系",
    ),
    *(
        "项目",
        "行动",
        "政策",
        "精神",
        "方针",
        "战略",
        "理念",
        "改革",
        "任务",
        "工程",
        "计划",
        "规划",
        "争创",
        "评选",
        "问题",
        "期间",
        "试点",
    ),
    *f"等的是为在即指、{JOINING}",
)


def quoted_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the quotes that stand directly around it, or as it is where there are none."""
    if start and end < len(text) and _AROUND.get(text[start - 1]) == text[end]:
        return start - 1, end + 1
    return start, end


def stands_alone(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Return whether a stretch that spells a slogan means it, and is not the beginning of a longer word (五好 in 五好家庭).

    It does where no Han character follows, or a word that commonly follows slogans. Before any other word a long spelling
    does (more than three characters), unless that word makes it longer, or quotes begin with it and go on. `known` tells whether
    another slogan ends where it begins.
    """
    if cuts_word(text, start, end, known=known):
        return False
    if _ends_word(text, end):
        return True
    return end - start > _SHORT and text[start - 1 : start] not in _OPENING and not _grows(text, end)


def cuts_word(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Return whether a stretch begins or ends inside of a word: 新发展理念 in 创新发展理念, 千万工程 in 千万工程款, 四新 in 三高四新.

    A word is one of the general dictionary that goes over the edge where none ends or begins at it.
    """
    behind = text[end : end + 2]
    if not known and _is_cut_before(text[max(0, start - 2) : start], text[start]):
        return True
    if not is_han(behind[:1]) or text.startswith(FOLLOWING, end):
        return False
    words = (text[max(start, at) : end + 1] for at in (end - 1, end - 2))
    over = any(all(map(is_han, word)) and is_word(word) for word in words)
    return over and not (is_han(behind[1:]) and is_word(behind))


def _is_cut_before(before: str, first: str) -> bool:
    """Return whether the two characters before a stretch make a word with its first one."""
    if not is_han(before[-1:]):
        return False
    if first in COUNTING:
        return len(before) > 1 and before[0] in COUNTING and before[1] not in _UNITS
    if first in _MAGNITUDES:
        return before[-1] in _ABOUT
    whole = len(before) > 1 and is_han(before[0]) and is_word(before)
    return first not in NUMERALS and is_word(before[-1] + first) and not whole


def _ends_word(text: str, end: int) -> bool:
    return not is_han(text[end : end + 1]) or text.startswith(FOLLOWING, end)


def _grows(text: str, end: int) -> bool:
    """Tell whether a slogan goes on with another group (三进三同步四结合), or becomes the noun for something else (四个带头人)."""
    if text[end] in COUNTING:
        return is_han(text[end + 1 : end + 2])
    return text[end] in _SUFFIXES and _ends_word(text, end + 1)
