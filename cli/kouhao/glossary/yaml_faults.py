"""What is wrong with YAML that cannot be read, in a curator's words: the place of the cause, which the parser notices later."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from kouhao.errors import KouhaoError

_KEY = r"[ \t\u3000]*(?:- *)?[A-Za-z_]+"
_CAUSES = (
    (
        re.compile(rf"{_KEY}[ \t]*(：)"),
        "字段后面的冒号是全角的“：”",
        "请改成半角冒号，后面空一格，如 topic: 教育。",
    ),
    (
        re.compile(r"[ \t]*(\u3000)"),
        "缩进里有全角空格",
        "缩进请用半角空格。",
    ),
    (re.compile(r" *(\t)"), "缩进里有制表符", "缩进请用空格，不要用制表符（Tab）。"),
    (
        re.compile(rf"{_KEY}(:)(?=[^\s/])"),
        "字段的冒号后面没有空格",
        "请在冒号后面空一格，如 topic: 教育。",
    ),
    (re.compile(r"[ \t]*(－|—|–)"), "列表的横线不是半角的“-”", "请改成半角的“-”，后面空一格。"),
)
"""The slips of an input method, as a line begins: the mark that is wrong, what it is and what should stand there."""

_BEFORE = 3
"""Lines with something on them, up to the one at which the parser stopped, that may hold the cause."""

_PROBLEMS = (
    ("unexpected end of stream", "引号没有配对", "请在文字的末尾补上引号。"),
    ("expected ',' or ']'", "方括号没有配对，或各项之间缺半角逗号", "列表写作 [甲, 乙]。"),
    ("expected ',' or '}'", "花括号没有配对，或各项之间缺半角逗号", "请补上括号或逗号。"),
    ("expected node content", "括号没有配对，或者这里缺少内容", "请补上括号或内容。"),
    ("mapping values are not allowed", "这里不能有冒号", "文字里有半角冒号的，请给整段文字加引号；也可能是缩进不对。"),
    ("cannot start any token", "文字不能以这个符号开头", "请给整段文字加引号。"),
    ("alphabetic or numeric character", "文字不能以 * 或 & 开头", "请给整段文字加引号。"),
    ("expected ':'", "这一行没有冒号", "字段写作 topic: 教育，冒号是半角的，后面空一格。"),
    ("unknown escape character", "双引号里的反斜线不认识", "请改用单引号，或把 \\ 写成 \\\\。"),
    ("sequence entries are not allowed", "这里不能有“- ”", "列表的各行请另起一行，缩进相同。"),
    ("expected '-' indicator", "缩进与上面各行不一致", "同一层的各行请对齐。"),
    (
        "expected key",
        "缩进与上面各行不一致，或引号后面还有文字",
        "同一层的各行请对齐；文字里有引号的，请用另一种引号括起整段。",
    ),
    ("unexpected ':'", "这里不能有冒号", "文字里有半角冒号的，请给整段文字加引号。"),
)
"""What the parser says, and what a curator reads."""

_FROM_ITS_BEGIN = ("unexpected end of stream", "expected ',' or")
"""Of what was begun and not ended, the begin is the place to look at."""


def yaml_fault(text: str, error: MarkedYAMLError, path: str) -> KouhaoError:
    """Return the error E_YAML for a text at which the parser stopped."""
    problem = str(error.problem)
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(said in problem for said in _FROM_ITS_BEGIN):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    slip = _slip(text, line)
    if slip:
        line, column, message, hint = slip
    else:
        told = ((message, hint) for said, message, hint in _PROBLEMS if said in problem)
        message, hint = next(
            told, ("YAML 写法有误", "请检查这一行的缩进、引号和冒号；含有半角冒号、逗号的文字请加引号。")
        )
    return KouhaoError("E_YAML", message, path=path, line=line, column=column, hint=hint)


def _slip(text: str, stopped: int) -> tuple[int, int, str, str] | None:
    """Return the slip in the lines up to the one at which the parser stopped: its place, what it is and what should stand there."""
    lines = text.splitlines()[:stopped]
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    for number in reversed(filled[-_BEFORE:]):
        for slip, message, hint in _CAUSES:
            found = slip.match(lines[number - 1])
            if found:
                return number, found.start(1) + 1, message, hint
    return None
