"""The source of a new entry: one that its glossary has, or another one that joins it.

No entry is put under the source of another document, because a citation would be false that nobody sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kouhao.errors import KouhaoError

SourceData = dict[str, str]
"""A source as a glossary file has it."""

_NAMING = "请用 --title 写来源的题名"


def choose_source(sources: Sequence[SourceData], given: SourceData, path: str) -> SourceData:
    """Return the one source of the glossary `path` that is as given, or the given one with an id of its own.

    Where nothing is given, a glossary's only source is meant. Raises KouhaoError E_USAGE where several may be meant,
    and for a new source without a title.
    """
    said = {name: value for name, value in given.items() if value}
    alike = [source for source in sources if all(source.get(name) == value for name, value in said.items())]
    if len(alike) == 1:
        return alike[0]
    if alike:
        titles = "、".join(f"“{source['title']}”" for source in alike)
        hint = f"{_NAMING}，题名相同的再用 --published 写日期；这里有 {titles}；新的来源也请这样写。"
        raise KouhaoError("E_USAGE", f"词库有 {len(alike)} 个来源，没有写明是哪个", path=path, hint=hint)
    if not given.get("title"):
        message = "词库没有这样的来源，新的来源没有写题名" if sources else "这是新的词库，没有写来源"
        raise KouhaoError("E_USAGE", message, path=path, hint=f"{_NAMING}。")
    name = given["title"] if sources else Path(path).stem
    return {"id": free_id(name, sources), **given}


def free_id(name: str, sources: Sequence[SourceData]) -> str:
    """Return `name`, or with a number behind it, as no other source is called."""
    taken = {source["id"] for source in sources}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
