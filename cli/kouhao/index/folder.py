"""The folder in which indexes are kept: where it is, and whether it and what lies in it are the user's alone.

Part of the start-up path of a lookup in one's own glossary.
"""

from __future__ import annotations

import os
import stat
import sys

from kouhao.index.version import State

_OTHERS_WRITE = 0o022  # the bits of a mode that let group and others write
_MOST_LINKS = 40  # as many as Linux follows (path_resolution(7))


class Watcher:
    """Hears what a user may want to know while glossaries are opened; this one says nothing."""

    def progress(self, done: int, total: int) -> None:
        """Hear how many of a glossary's entries are compiled."""

    def warn(self, message: str) -> None:
        """Hear, in Chinese, of something that went another way."""


def cache_folder() -> str:
    """Return the folder for compiled glossaries, KOUHAO_CACHE or else the platform's own; empty where none is known.

    A relative HOME or XDG_CACHE_HOME is none (XDG Base Directory Specification): it would mean another folder each time.
    """
    chosen = os.environ.get("KOUHAO_CACHE")
    if chosen:
        return _absolute(chosen)
    if sys.platform == "linux":  # platformdirs gives the same and costs as much as the lookup
        home = os.environ.get("HOME", "")
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else f"{home}/.cache" if os.path.isabs(home) else ""  # noqa: PTH117  no pathlib
        return base and f"{base}/kouhao"
    from platformdirs import user_cache_dir  # noqa: PLC0415

    folder = user_cache_dir("kouhao")
    return folder if os.path.isabs(folder) else ""  # noqa: PTH117


def _absolute(path: str) -> str:
    try:
        return os.path.abspath(path)  # noqa: PTH100
    except OSError:  # the working folder was removed
        return ""


def distrust(folder: str) -> str:
    """Return, in Chinese, why no index is taken from `folder`; nothing where it may be used.

    What is there must belong to the user, be writable for nobody else, and be reached through no link of somebody else's.
    """
    if not folder:
        return "不知道缓存该放在哪里（没有主文件夹）"
    if not hasattr(os, "geteuid"):
        return ""
    try:
        if _has_foreign_link(folder):
            return f"通向缓存文件夹 {folder} 的路上有别人的链接"
        status = os.stat(folder)  # noqa: PTH116
    except OSError as error:
        from kouhao.errors import io_reason  # noqa: PLC0415  off the start-up path

        return f"缓存文件夹 {folder} 不能用（{io_reason(error)}）"
    if not stat.S_ISDIR(status.st_mode):
        return f"{folder} 不是文件夹"
    return "" if _is_private(status) else f"缓存文件夹 {folder} 是别人的，或者别人也能写"


def seal_path(folder: str, stem: str, status: os.stat_result) -> str:
    """Return where the seal of an index stands whose file has this status."""
    state = State()
    state.add(status)
    return f"{folder}/{stem}-{state.name}.seal"


def cache_size(folder: str) -> int:
    """Return the bytes of the files in a folder, 0 where there is none."""
    try:
        return sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(folder))
    except OSError:
        return 0


def own_status(path: str) -> os.stat_result | None:
    """Return the status of a regular file that is the user's alone; None for any other, or where there is none."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) and _is_private(status) else None


def _is_private(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE)


def _has_foreign_link(path: str, most: int = _MOST_LINKS) -> bool:
    """Return whether a link on the way to `path` belongs to neither the user nor the system, or links go round in circles."""
    reached = ""
    for step in path.split("/")[1:]:
        reached = f"{reached}/{step}"
        status = os.lstat(reached)
        if stat.S_ISLNK(status.st_mode):
            if status.st_uid not in {0, os.geteuid()} or not most:
                return True
            target = os.path.join(os.path.dirname(reached), os.readlink(reached))  # noqa: PTH115, PTH118, PTH120
            if _has_foreign_link(target, most - 1):
                return True
    return False
