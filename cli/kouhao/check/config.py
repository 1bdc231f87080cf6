"""A project's own settings: `kouhao.toml`, or `[tool.kouhao]` in pyproject.toml, in this folder or one above it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kouhao.documents.gitignore import Pattern
from kouhao.errors import KouhaoError, near_hint
from kouhao.files import read_file, relative_path
from kouhao.index.cache import BUILTIN
from kouhao.language.dates import is_date
from kouhao.model import Severity
from kouhao.paths import real_path

_DEEPEST = 1000  # parts of a dotted key
_LARGEST = 2**20  # bytes of a settings file
_NONE: Mapping[str, Severity] = MappingProxyType({})


class Override(NamedTuple):
    """What holds for the documents whose paths fit one of `paths`, patterns relative to the settings file."""

    paths: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = _NONE


class Configuration(NamedTuple):
    """What a project decides.

    `enable` and `disable` are rule ids, `glossary` further glossaries, `ignore` rules, terms or places (`文件:行`) to pass
    over, `exclude` patterns of paths; `builtin` tells which built-in glossaries are used: all, none or these; `severity` is that of some rules,
    `fail_on` the least one that counts as a failure, `as_of` the date of which slogans are to be right; `overrides` hold for some
    paths. Paths are relative to `folder`; those of glossaries may be patterns.
    """

    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    builtin: bool | tuple[str, ...] = True
    severity: Mapping[str, Severity] = _NONE
    fail_on: str = ""
    as_of: str = ""
    overrides: tuple[Override, ...] = ()
    path: str = ""

    @property
    def folder(self) -> str:
        """The folder of the settings file, from which patterns of paths are meant."""
        return os.path.dirname(self.path)  # noqa: PTH120


_SETTINGS = [name for name in Configuration._fields if name != "path"]
_HINTS = {
    "builtin": f'写 true、false，或写作 ["{BUILTIN[0]}"]；内置词库有 {"、".join(BUILTIN)}。',
    "severity": '写作 { "规则" = "error" }，级别有 error、warning、note。',
    "fail_on": '写 "error"、"warning" 或 "note"。',
    "as_of": '写作 "2025-03-05"、"2025-03" 或 "2025"。',
    "overrides": "写作 [[overrides]]，下面写 paths、enable、disable、severity。",
}
_FULL_WIDTH = "[＝“”，［］｛｝：]"

TEMPLATE = """# kouhao check 的设置；每一项都可以不写。

# 另外使用的词库，可以用 * 和 **
# glossary = ["词库/*.yaml"]

# 只用这些内置词库；false 是都不用
# builtin = ["national"]

# 启用、停用的规则（kouhao check --rules 列出全部）
# enable = ["unexplained-first-use"]
# disable = ["inconsistent"]

# 不提示的规则、词或位置（文件:行）
# ignore = ["五好"]

# 不查的文件
# exclude = ["存档/*"]

# 有这一级以上的问题时，退出码为 1：error、warning、note
# fail_on = "warning"

# 以这一天的说法为准；不写则以文件的日期为准
# as_of = "2025-03"

# 改变规则的级别
# [severity]
# companion = "note"

# 某些文件另有规定
# [[overrides]]
# paths = ["讲话/*"]
# disable = ["expansion-item-order"]
"""
"""A settings file that sets nothing and shows all that can be set."""


def find_configuration(folder: Path) -> Configuration:
    """Return the settings of the nearest file at or above `folder`, or the defaults; raise KouhaoError E_CONFIG."""
    for place in (folder, *folder.parents):
        for name in ("kouhao.toml", "pyproject.toml"):
            path = place / name
            settings = _read(path) if os.path.lexists(path) else None
            if settings is not None:
                return settings
    return Configuration()


def passed_over(documents: Iterable[str], used: Configuration) -> list[str]:
    """Return the kouhao.toml that are nearer to documents than the settings that hold: those of the working folder."""
    nearest: dict[str, None] = {}
    for folder in {real_path(os.path.dirname(document)) for document in documents}:  # noqa: PTH120
        places = (Path(folder), *Path(folder).parents)
        found = next((path for place in places if os.path.lexists(path := place / "kouhao.toml")), None)
        if found and real_path(used.path or ".") != str(found):
            nearest[_shown(found)] = None
    return sorted(nearest)


def _read(path: Path) -> Configuration | None:
    import tomllib  # noqa: PLC0415  most folders have no settings

    written = read_file(_shown(path), largest=_LARGEST)
    try:
        text = written.decode("utf-8-sig")
        if any(line.partition("=")[0].count(".") > _DEEPEST for line in text.splitlines()):
            raise RecursionError(path)  # noqa: TRY301  tomllib takes time and memory by the square of a key's parts
        table: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, endless numbers; too deep
        if path.name == "pyproject.toml" and b"tool.kouhao" not in written:
            return None
        raise _unreadable(path, written, error) from error
    return _make(table, path, text) if path.name == "kouhao.toml" else _make_from_project(table, path, text)


def _unreadable(path: Path, written: bytes, error: Exception) -> KouhaoError:
    """Return what is wrong with settings that are no TOML, and what to do."""
    line = _line_in_message(str(error)) or written.rstrip().count(b"\n") + 1
    message = "设置文件不是 TOML"
    hint = '请检查引号、括号是否成对，等号两边是否写全；每一项写作 glossary = ["词库.yaml"]。'
    if isinstance(error, UnicodeDecodeError):
        line = written.count(b"\n", 0, error.start) + 1
        message, hint = "设置文件不是 UTF-8", "请用文本编辑器另存为 UTF-8 编码。"
    elif isinstance(error, RecursionError):
        message = "设置文件嵌套太深"
    elif re.search(_FULL_WIDTH, written.decode().splitlines()[line - 1]):
        hint = "等号、引号、逗号、括号都要用半角的。"
    return KouhaoError("E_CONFIG", message, path=_shown(path), line=line, hint=hint)


def _make_from_project(table: dict[str, Any], path: Path, text: str) -> Configuration | None:
    tools = table.get("tool")
    if not isinstance(tools, dict) or "kouhao" not in tools:
        return None
    if isinstance(tools["kouhao"], dict):
        return _make(tools["kouhao"], path, text)
    message = "tool.kouhao 应当是一组设置"
    hint = "写作 [tool.kouhao]，下面一行一项设置。"
    raise KouhaoError("E_CONFIG", message, path=_shown(path), line=_line_of("kouhao", text), hint=hint)


def _shown(path: Path) -> str:
    """Return a path as the user sees it from where the program runs."""
    return relative_path(path)


def _line_in_message(message: str) -> int:
    """Return the line that tomllib names in its message, which before Python 3.14 is nowhere else; 0 for the document's end."""
    words = message.replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else 0


def _line_of(name: str, text: str) -> int:
    """Return the line that sets `name`, or opens a table of that name, among the settings of this program."""
    begin = max(0, text.find("[tool.kouhao"))
    found = re.compile(rf"(?m)^[ \t]*(?:\[+(?:tool\.kouhao\.)?)?[\"']?{re.escape(name)}\b").search(text, begin)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _make(table: dict[str, Any], path: Path, text: str) -> Configuration:
    values: dict[str, Any] = {"path": _shown(path)}
    for name, written in table.items():
        line = _line_of(name, text)
        tables = written if name == "overrides" and isinstance(written, list) else []
        named = {name: _SETTINGS} | {key: Override._fields for one in tables if isinstance(one, dict) for key in one}
        for key, known in named.items():
            if key not in known:
                hint = near_hint(key, known, f"可以写 {'、'.join(known)}。")
                at = _line_of(key, text)
                raise KouhaoError("E_CONFIG", f"不认识的设置“{key}”", path=_shown(path), line=at, hint=hint)
        value = _listed(name, written)
        if not _fits(name, value):
            hint = _HINTS.get(name, '写作 ["…", "…"]。')
            raise KouhaoError("E_CONFIG", f"“{name}”的值不对", path=_shown(path), line=line, hint=hint)
        values[name] = _value(name, value)
    if "glossary" in values:
        values["glossary"] = tuple(found for one in values["glossary"] for found in _glossaries(path.parent, one))
        missing = next((found for found in values["glossary"] if not os.path.exists(found)), None)  # noqa: PTH110
        if missing:
            hint = "请检查路径，它从设置文件所在的文件夹算起；词库是 .yaml 文件或装有它们的文件夹。"
            line = _line_of("glossary", text)
            raise KouhaoError("E_CONFIG", f"找不到词库 {missing}", path=_shown(path), line=line, hint=hint)
    return Configuration(**values)


def _listed(name: str, value: Any) -> Any:  # noqa: ANN401  likewise
    """Return a value; one text stands for a list of it, where a list is meant."""
    return [value] if isinstance(value, str) and name not in ("severity", "fail_on", "as_of", "overrides") else value


def _glossaries(folder: Path, named: str) -> list[str]:
    """Return the glossaries that a setting names, in order; a pattern names those that fit it, or none that is there."""
    path = folder / os.path.expanduser(named)  # noqa: PTH111  pathlib raises for a user that there is not
    fixed = [*takewhile(lambda part: not any(mark in part for mark in "*?["), path.parts)]
    wanted = Pattern("/" + "/".join(path.parts[len(fixed) :]))
    found: list[str] = []
    for place, folders, names in os.walk(Path(*fixed)) if len(fixed) < len(path.parts) else ():
        at = Path(place).parts[len(fixed) :]
        fitting = [name for name in folders if wanted.fits((*at, name), folder=True)]
        folders[:] = [name for name in folders if name not in fitting and wanted.may_hold(len(at) + 1)]
        fitting += [name for name in names if wanted.fits((*at, name), folder=False)]
        found += [str(Path(place, name)) for name in fitting]
    return sorted(found) or [str(path)]


def _value(name: str, value: Any) -> Any:  # noqa: ANN401  what TOML gives, of a shape that fits
    if name == "severity":
        return {rule: Severity(level) for rule, level in value.items()}
    if name == "overrides":
        return tuple(Override(**{key: _value(key, _listed(key, one)) for key, one in table.items()}) for table in value)
    return tuple(value) if isinstance(value, list) else value


def _fits(name: str, value: object) -> bool:
    if name == "builtin":
        return isinstance(value, bool) or (isinstance(value, list) and all(one in BUILTIN for one in value))
    if name == "severity":
        return isinstance(value, dict) and all(level in _LEVELS for level in value.values())
    if name == "fail_on":
        return value in _LEVELS
    if name == "as_of":
        return isinstance(value, str) and is_date(value)
    if name == "overrides":
        return isinstance(value, list) and all(map(_is_override, value))
    return isinstance(value, list) and all(isinstance(one, str) and "\0" not in one for one in value)


def _is_override(table: object) -> bool:
    return isinstance(table, dict) and all(_fits(key, _listed(key, one)) for key, one in table.items())


_LEVELS = [severity.value for severity in Severity]
