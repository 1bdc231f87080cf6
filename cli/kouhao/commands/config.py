"""`kouhao config`: where settings, glossaries and the cache are, and what set them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kouhao.check.config import find_configuration
from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import own_by_origin, project_builtin, settings_folder
from kouhao.errors import KouhaoError
from kouhao.files import working_folder
from kouhao.index.folder import cache_folder, cache_size, distrust
from kouhao.lookup.engine import open_lookup
from kouhao.records import SCHEMA, ConfigRecord


def show_config(*, action: str, format: str) -> int:  # noqa: A002  the option's name
    """Show the settings that hold here, each with its origin."""
    if action != "show":
        raise KouhaoError("E_USAGE", f"没有这种做法：“{action}”", hint="请写 kouhao config show。")
    record = _record()
    if format == "json":
        terminal.write_record(record)
        return terminal.OK
    terminal.show(f"设置文件　　{record['configuration'] or '（这里没有 kouhao.toml）'}")
    kept = record["settings_folder"] or "（不知道在哪里：没有主文件夹）"
    terminal.show(f"设置文件夹　{kept}")
    terminal.show(f"缓存文件夹　{_cache(record['cache_folder'], record['cache_bytes'])}")
    terminal.show(f"内置词库　　{record['builtin']['entries']} 条")
    for own in record["glossaries"]:
        terminal.show(f"自己的词库　{own['path']}，{own['entries']} 条（来自 {own['origin']}）")
    if not record["glossaries"]:
        terminal.show(f"自己的词库　（没有；放进 {kept} 的 .yaml 文件，查词时都会用到）")
    for name, value in record["settings"].items():
        shown = "、".join(value) if isinstance(value, list) else "是" if value else "否"
        terminal.show(f"{name}　{shown}（来自 {record['configuration']}）")
    return terminal.OK


def _cache(folder: str, size: int) -> str:
    if folder and not Path(folder).exists():
        return f"{folder}（还没有）"
    reason = distrust(folder)
    return f"（不用：{reason}）" if reason else f"{folder}（{size / 2**20:.1f} MB）"


def _record() -> ConfigRecord:
    settings = find_configuration(working_folder())
    chosen = {name: [*getattr(settings, name)] for name in ("enable", "disable", "ignore", "exclude")}
    return {
        "schema": SCHEMA,
        "configuration": settings.path,
        "settings_folder": settings_folder(),
        "cache_folder": cache_folder(),
        "cache_bytes": cache_size(cache_folder()),
        "builtin": {"entries": _count([], builtin=project_builtin())},
        "glossaries": [
            {"path": path, "entries": _count([path], builtin=False), "origin": origin}
            for origin, paths in own_by_origin().items()
            for path in paths
        ],
        "settings": {name: value for name, value in chosen.items() if value},
        "environment": {name: value for name, value in sorted(os.environ.items()) if name.startswith("KOUHAO_")},
    }


def _count(paths: list[str], *, builtin: bool | Sequence[str]) -> int:
    with open_lookup(paths, builtin=builtin) as opened:
        return sum(index.entries for index in opened.indexes)
