"""A project's own settings: `kouhao.toml`, or `[tool.kouhao]` in pyproject.toml, in this folder or one above it."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kouhao.errors import KouhaoError
from kouhao.files import read_file


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a project decides.

    `enable` and `disable` are rule ids, `glossary` further glossaries, `ignore` rules, terms or places (`文件:行`) to pass
    over, `exclude` patterns of paths; `builtin` tells whether the built-in glossary is used. Paths are relative to `folder`.
    """

    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    builtin: bool = True
    path: str = ""

    @property
    def folder(self) -> str:
        """The folder of the settings file, from which patterns of paths are meant."""
        return os.path.dirname(self.path)  # noqa: PTH120


_SETTINGS = [field.name for field in fields(Configuration) if field.name != "path"]


def find_configuration(folder: Path) -> Configuration:
    """Return the settings of the nearest file at or above `folder`, or the defaults; raise KouhaoError E_CONFIG."""
    for place in (folder, *folder.parents):
        for name in ("kouhao.toml", "pyproject.toml"):
            path = place / name
            if path.is_file():
                settings = _read(path)
                if settings is not None:
                    return settings
    return Configuration()


def _read(path: Path) -> Configuration | None:
    try:
        text = read_file(path).decode("utf-8-sig")
        table: dict[str, Any] = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        written = read_file(path)
        if path.name == "pyproject.toml" and b"tool.kouhao" not in written:
            return None
        line = _line_in_message(str(error)) or written.rstrip().count(b"\n") + 1
        message = f"设置文件不是 TOML（{error}）"
        raise KouhaoError(
            "E_CONFIG", message, path=_shown(path), line=line, hint="请检查引号、括号是否成对。"
        ) from error
    return _make(table, path, text) if path.name == "kouhao.toml" else _make_from_project(table, path, text)


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
    return os.path.relpath(path)


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
    for name, value in table.items():
        line = _line_of(name, text)
        if name not in _SETTINGS:
            near = get_close_matches(name, _SETTINGS, n=1)
            hint = f"是不是 {near[0]}？" if near else f"可以写 {'、'.join(_SETTINGS)}。"
            raise KouhaoError("E_CONFIG", f"不认识的设置“{name}”", path=_shown(path), line=line, hint=hint)
        if not _fits(name, value):
            hint = "写 true 或 false。" if name == "builtin" else '写作 ["…", "…"]。'
            raise KouhaoError("E_CONFIG", f"“{name}”的值不对", path=_shown(path), line=line, hint=hint)
        values[name] = value if name == "builtin" else tuple(value)
    if "glossary" in values:
        values["glossary"] = tuple(str(path.parent / one) for one in values["glossary"])
    return Configuration(**values)


def _fits(name: str, value: object) -> bool:
    if name == "builtin":
        return isinstance(value, bool)
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
