"""How a slogan stands in prose: in quotes or bare, as a word of its own or inside a longer one."""

from __future__ import annotations

from kouhao.language.lexicon import COUNTING, QUOTES, TITLES
from kouhao.language.normalize import is_han

_AROUND = QUOTES | TITLES
_OPENING = frozenset(opening for opening, closing in _AROUND.items() if opening != closing)
_SHORT = 3
_SUFFIXES = frozenset("人法库者员化式型队")
_FOLLOWING = (
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
    ),
    *"等和与及的是为在即指、",
)


def quoted_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the quotes that stand directly around it, or as it is where there are none."""
    if start and end < len(text) and _AROUND.get(text[start - 1]) == text[end]:
        return start - 1, end + 1
    return start, end


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch that spells a slogan means it, and is not the beginning of a longer word (五好 in 五好家庭).

    It does where no Han character follows, or a word that commonly follows slogans. Before any other word a long spelling
    does (more than three characters), unless that word makes it longer, or quotes begin with it and go on.
    """
    if _ends_word(text, end):
        return True
    return end - start > _SHORT and text[start - 1 : start] not in _OPENING and not _grows(text, end)


def _ends_word(text: str, end: int) -> bool:
    return not is_han(text[end : end + 1]) or text.startswith(_FOLLOWING, end)


def _grows(text: str, end: int) -> bool:
    """Tell whether a slogan goes on with another group (三进三同步四结合), or becomes the noun for something else (四个带头人)."""
    if text[end] in COUNTING:
        return is_han(text[end + 1 : end + 2])
    return text[end] in _SUFFIXES and _ends_word(text, end + 1)
