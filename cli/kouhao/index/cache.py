"""Find the compiled index of each glossary, and compile what is new, changed or damaged.

The built-in glossary's index is part of an ordinary install. A person's own glossaries, and the built-in one in a source
checkout, are compiled into the cache folder under a name made of the inputs' paths, sizes and times and of the index's own
size and checksum: a name that does not fit its content is no index. Nothing executable is ever kept there.
"""

from __future__ import annotations

import os
import sys

import kouhao
from kouhao.index import schema
from kouhao.index.reader import Index, StaleIndexError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Builtin = bool | Sequence[str]
    """Which built-in glossaries are meant: all, none, or these by name."""

BUILTIN = ("putuo-2021",)
"""The built-in glossaries; the index of the first has the character tables that serve all."""

_CHECKED_BYTES = 16 * 2**20
"""So much of an index is checked when it is opened, unless it is large and still has the time that `seal` gave it."""

_SMALL = 2**20
_SEALED_DAYS = 86400 * 365


class Watcher:
    """Hears what a user may want to know while glossaries are opened; this one says nothing."""

    def progress(self, done: int, total: int) -> None:
        """Hear how many of a glossary's entries are compiled."""

    def warn(self, message: str) -> None:
        """Hear, in Chinese, of something that went another way."""


def builtin_index_path(name: str = BUILTIN[0]) -> str:
    """Return where an ordinary install has a built-in glossary's index; a source checkout has none there."""
    return f"{kouhao.__path__[0]}/data/{name}.sqlite"


def open_builtin(name: str, watcher: Watcher) -> Index:
    """Return the index of a built-in glossary."""
    try:
        return Index(builtin_index_path(name))
    except StaleIndexError:
        return open_pack([builtin_path(name)], watcher)


def builtin_path(name: str) -> str:
    """Return the file or the folder of a built-in glossary."""
    from kouhao.data import __path__ as folders  # noqa: PLC0415  in a source checkout it stands elsewhere

    folder = f"{next(iter(folders))}/{name}"
    return folder if os.path.isdir(folder) else f"{folder}.yaml"  # noqa: PTH112


def builtin_names(builtin: Builtin) -> Sequence[str]:
    """Return the names of the built-in glossaries that are meant; raise KouhaoError E_USAGE for one that there is not."""
    if isinstance(builtin, bool):
        return BUILTIN if builtin else ()
    unknown = [name for name in builtin if name not in BUILTIN]
    if unknown:
        from kouhao.errors import KouhaoError  # noqa: PLC0415  most lookups need none

        raise KouhaoError("E_USAGE", f"没有内置词库“{unknown[0]}”", hint=f"内置词库有 {'、'.join(BUILTIN)}。")
    return builtin


def has_characters(paths: list[str]) -> bool:
    """Return whether `paths` are the built-in glossary whose index has the character tables for all."""
    return [os.path.realpath(path) for path in paths] == [os.path.realpath(builtin_path(BUILTIN[0]))]


def open_pack(paths: list[str], watcher: Watcher) -> Index:
    """Return the index of the glossary files and folders `paths`, from the cache where it is sound."""
    folder = cache_folder()
    name = _name(paths)
    for entry in _listing(folder):
        if entry.startswith(name):
            try:
                return _checked(f"{folder}/{entry}")
            except (StaleIndexError, OSError):
                continue
    from kouhao.index.compile import compile_pack  # noqa: PLC0415  only what is new is compiled

    return compile_pack(paths, folder, name, watcher)


def cache_folder() -> str:
    """Return the folder for compiled glossaries: KOUHAO_CACHE, else the platform's own."""
    chosen = os.environ.get("KOUHAO_CACHE")
    if chosen:
        return chosen
    if sys.platform == "linux":  # platformdirs gives the same and costs as much as the lookup
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  likewise pathlib
        return f"{base}/kouhao"
    from platformdirs import user_cache_dir  # noqa: PLC0415

    return user_cache_dir("kouhao")


def final_name(name: str, content: str) -> str:
    """Return the name that a finished index at the path `content` is to have."""
    return f"{name}-{os.path.getsize(content):x}-{_checksum(content):08x}.sqlite"  # noqa: PTH202  no pathlib here


def seal(path: str) -> None:
    """Give a finished index a time that only this does: whatever changes the file later breaks the seal."""
    os.utime(path, (_seal(path), _seal(path)))


def _seal(path: str) -> int:
    return int(path.removesuffix(".sqlite").rpartition("-")[2], 16) % _SEALED_DAYS


def _checked(path: str) -> Index:
    size, checksum = path.removesuffix(".sqlite").split("-")[-2:]
    status = os.stat(path)  # noqa: PTH116
    sealed = status.st_size > _SMALL and int(status.st_mtime) == _seal(path)
    if status.st_size != int(size, 16) or not (sealed or _checksum(path) == int(checksum, 16)):
        raise StaleIndexError(path)
    return Index(path)


def _checksum(path: str) -> int:
    from zlib import crc32  # noqa: PLC0415

    from kouhao.files import open_file  # noqa: PLC0415  a sealed index is not read

    with open_file(path) as content:
        return crc32(content.read(_CHECKED_BYTES))


def _listing(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []


def _name(paths: list[str]) -> str:
    """Return the beginning of the name of these inputs' index: which files, and in which state."""
    from zlib import crc32  # noqa: PLC0415  the installed glossary needs no cache

    which = "\n".join(os.path.realpath(path) for path in paths)
    state = "\n".join(_states(paths)) + f"\n{schema.FORMAT}"
    return f"{crc32(which.encode(errors='surrogateescape')):08x}-{crc32(state.encode(errors='surrogateescape')):08x}"


def _states(paths: list[str]) -> list[str]:
    states: list[str] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112
            for folder, _, names in os.walk(path):
                states += [_state(f"{folder}/{name}") for name in names if name.endswith((".yaml", ".yml", ".jsonl"))]
        else:
            states.append(_state(path))
    return sorted(states)


def _state(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return path
    return f"{path} {status.st_size} {status.st_mtime_ns}"
