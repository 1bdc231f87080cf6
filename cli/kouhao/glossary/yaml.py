"""YAML text → plain data with the place of every value, behind a guard.

A glossary needs the plainest part of YAML only: one document of mappings, lists and text. The guard reads the parser's
events, which cost no memory and run no code, and refuses what a curator never needs and an attacker does: aliases,
tags, deep nesting, several documents, duplicate keys. Text stays text: NO and 12:30 are never booleans or minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kouhao.errors import KouhaoError

LARGEST = 64 * 2**20
"""Characters of a file; larger glossaries are JSON Lines."""

DEEPEST = 16
"""Levels of nesting; a glossary needs seven."""

_NOT_TEXT = re.compile(
    r"[-+]?(\d[\d_]*(\.[\d_]*)?([eE][-+]?\d+)?|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|\.\d+|\.inf|\.nan)|\d{4}-\d\d?-\d\d?.*|~|null|Null|NULL|"
)
_ELSEWHERE = re.compile(r"y|n|yes|no|on|off|true|false|=|<<|[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?", re.IGNORECASE)
"""What is a text here, and true, minutes or a command to other readers (YAML 1.1)."""

_CONTENT = re.compile(r"(?m)^[ \t]*(?!---[ \t]*(?:#|$)|\.\.\.[ \t]*(?:#|$))[^#\s]")
"""What begins with neither a comment nor a mark of a document's limits."""

_COMMENT = re.compile(r"[ \t]*(#[^\r\n]*)")

_OPENING = (MappingStartEvent, SequenceStartEvent)
_CLOSING = (MappingEndEvent, SequenceEndEvent)
_TRUTH = {"true": True, "false": False}


def needs_quotes(text: str) -> bool:
    """Return whether a text written without quotes would not be read back as one, here or elsewhere: a number, a date, true, no."""
    return bool(_NOT_TEXT.fullmatch(text) or _ELSEWHERE.fullmatch(text))


Path = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass
class Tree:
    """Plain data, and where its values and keys stand: line and column from 1."""

    data: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    errors: list[KouhaoError] = field(default_factory=list)


def parse_tree(text: str, path: str) -> Tree:
    """Return the data of one YAML document.

    Raises KouhaoError for what makes the rest unreadable (E_YAML, E_YAML_ALIAS, E_TAG, E_DEPTH, E_DOC); what
    does not (E_DUP_KEY, E_TYPE) is collected in `errors`.
    """
    if len(text) > LARGEST:
        message = f"词库文件有 {len(text) // 2**20} MB，太大了"
        raise KouhaoError("E_LIMIT", message, path=path, hint="大词库请用 JSON Lines（.jsonl）。")
    if not _CONTENT.search(text):
        raise KouhaoError(
            "E_DOC", "文件是空的", path=path, hint="词库文件要有 sources 和 entries 两部分；可用 kouhao add 新建一个。"
        )
    tree = Tree()
    try:
        events = _guarded(YAML(typ="safe", pure=False).parse(text), path)
        tree.data = _Composer(tree, path, text, events).compose(next(events), ())
        for _ in events:
            pass
    except MarkedYAMLError as error:
        fault = _yaml_fault(text, error, path)
        if "<document start>" in str(error.problem):
            raise _several_documents(path, fault.line, fault.column) from error
        raise fault from error
    except YAMLError as error:
        message = "里面有 YAML 不能有的字符，读不下去"
        raise KouhaoError("E_YAML", message, path=path, hint="请用文本编辑器另存为 UTF-8。") from error
    return tree


def _several_documents(path: str, line: int, column: int) -> KouhaoError:
    message = "一个文件里有多个 YAML 文档"
    return KouhaoError("E_DOC", message, path=path, line=line, column=column, hint="请删去“---”，或分成几个文件。")


def _guarded(events: Iterator[Event], path: str) -> Iterator[Event]:
    """Yield the events of the one document's content; refuse what a glossary never needs."""
    depth = documents = 0
    for event in events:
        documents += isinstance(event, DocumentStartEvent)
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        if documents > 1:
            raise _several_documents(path, *_mark(event))
        refusal = _refusal(event, depth)
        if refusal:
            line, column = _mark(event)
            code, message, hint = refusal
            raise KouhaoError(code, message, path=path, line=line, column=column, hint=hint)
        if isinstance(event, (*_OPENING, *_CLOSING, ScalarEvent)):
            yield event


def _refusal(event: Event, depth: int) -> tuple[str, str, str] | None:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        return "E_YAML_ALIAS", "词库里不能用 YAML 锚点（&）和引用（*）", "请把内容写全；若是文字，请加引号。"
    if getattr(event, "tag", None):
        return "E_TAG", f"词库里不能用 YAML 标签({getattr(event, 'tag', '')})", "请删去以“!”开头的标签。"
    if depth > DEEPEST:
        return "E_DEPTH", f"嵌套超过 {DEEPEST} 层", "词库的条目不需要这么深的层次。"
    return None


class _Composer:
    def __init__(self, tree: Tree, path: str, text: str, events: Iterator[Event]) -> None:
        self._tree = tree
        self._path = path
        self._text = text
        self._events = events

    def compose(self, event: Event, at: Path) -> Any:  # noqa: ANN401  plain data is of any type
        self._tree.values[at] = _mark(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(at)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(at)
        return self._scalar(event) if isinstance(event, ScalarEvent) else None

    def _mapping(self, at: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._error("E_TYPE", "字段名必须是文字", event)
                self._skip(event)
                self._skip(next(self._events))
                continue
            key = str(event.value)
            below = (*at, key)
            if key in data:
                line = self._tree.keys[below][0]
                self._error("E_DUP_KEY", f"字段“{key}”重复：第 {line} 行已经有了", event, "请删去其中一个。")
                self._skip(next(self._events))
                continue
            self._tree.keys[below] = _mark(event)
            data[key] = self.compose(next(self._events), below)
        return data

    def _skip(self, event: Event) -> None:
        """Pass over a value of which nothing is kept, so that no place is noted for it."""
        depth = int(isinstance(event, _OPENING))
        while depth:
            event = next(self._events)
            depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)

    def _sequence(self, at: Path) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            data.append(self.compose(event, (*at, len(data))))
        return data

    def _scalar(self, event: ScalarEvent) -> str | bool:
        text = str(event.value)
        if not event.style and text in _TRUTH:
            return _TRUTH[text]
        if not event.style and not text:
            self._error("E_TYPE", *self._without_value(event))
        elif not event.style and _NOT_TEXT.fullmatch(text):
            self._error("E_TYPE", f"“{text}”没有引号，会被当作数字、日期或空值", event, f"请加引号：'{text}'")
        return text

    def _without_value(self, event: ScalarEvent) -> tuple[str, Event, str]:
        """Return what is wrong where nothing stands, or something that is taken for a comment."""
        comment = _COMMENT.match(self._text, event.start_mark.index)
        if comment:
            return f"“{comment[1]}”被当作注释", event, f"若是文字，请加引号：'{comment[1]}'"
        return "这里没有写值", event, "请写上值，或删去这一行。"

    def _error(self, code: str, message: str, event: Event, hint: str = "") -> None:
        line, column = _mark(event)
        self._tree.errors.append(KouhaoError(code, message, path=self._path, line=line, column=column, hint=hint))


def _mark(event: Event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


_CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7})(?= |\r?$)")
"""What git writes around the two versions of lines that it could not merge."""

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


def _yaml_fault(text: str, error: MarkedYAMLError, path: str) -> KouhaoError:
    """Return the error E_YAML for a text at which the parser stopped."""
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        hint = "请在“<<<<<<<”和“>>>>>>>”之间选定要留的，删去这些标记。"
        return KouhaoError("E_YAML", "合并冲突没有解决", path=path, line=line, column=1, hint=hint)
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
