"""How a slogan stands in prose: in quotes or bare, as a word of its own or inside a longer one."""

from __future__ import annotations

from kouhao.text import is_han

QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’", "《": "》", "＂": "＂"}
_SHORT = 3
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
    if start and end < len(text) and QUOTES.get(text[start - 1]) == text[end]:
        return start - 1, end + 1
    return start, end


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch that spells a slogan means it, and is not the beginning of a longer word (五好 in 五好家庭).

    In quotes it does; a long spelling always does; a short one (up to three characters) where no Han character follows, or a
    word that commonly follows slogans.
    """
    if end - start > _SHORT or quoted_span(text, start, end) != (start, end):
        return True
    return end >= len(text) or not is_han(text[end]) or text.startswith(_FOLLOWING, end)
