"""Compile glossary files into an index in the cache folder, or in memory where that cannot be used; keep the folder small."""

from __future__ import annotations

import gc
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from kouhao.errors import KouhaoError, io_reason
from kouhao.files import Temporary, read_file, write_file
from kouhao.glossary.load import collect_files, digest_files, load_files
from kouhao.index import characters as tables
from kouhao.index.build import build_index, build_text_index
from kouhao.index.folder import Watcher, distrust, seal_path
from kouhao.index.reader import Database, Index, StaleIndexError, TextIndex
from kouhao.index.version import code_version

LARGEST_CACHE = 2**30
"""Bytes of all indexes together; what was not used longest goes first."""

_KEPT_DAYS, _IN_USE_DAYS = 90, 2
"""What was not asked for in a quarter is not missed; what was these days is not thrown out for room."""

_DAY = 86400  # seconds
_TICK = 0.02
"""Seconds in which two changes of a file may get the same time (the kernel's clock ticks 100 to 1000 times a second)."""

_SHIPPED = ".shipped"
_OURS = re.compile(
    r"([0-9a-f]{8}(-[0-9a-f]{16}){2,3}|builtin-[0-9a-f]{16})\.(sqlite|seal)|\.kouhao-\d+-[0-9a-f]{12}\.tmp"
)

Build = Callable[[Path | sqlite3.Connection], None]
"""Writes an index to a new file, or into an empty database."""

Kind = TypeVar("Kind", bound=Database)


def compile_pack(paths: list[str], folder: str, stem: str, watcher: Watcher, characters: Index | None) -> Index:
    """Compile `paths` and return the open index; `characters` has the tables of characters, which it gets itself for None.

    Where `folder` may be used it is written there under a name that begins with `stem`, and sealed; else it is made in memory
    for this run, and `watcher` hears why. Raises KouhaoErrors when the glossary is broken.
    """
    files = collect_files(Path(path) for path in paths)
    _await_tick(files)
    digest = digest_files(files)

    def build(target: Path | sqlite3.Connection) -> None:
        build_index(
            load_files(files),
            target,
            digest=digest,
            characters=() if characters else tables.glyphs(),
            phrases=() if characters else tables.phrases(),
            progress=watcher.progress,
        )

    with _uncollected(), tables.tables_of(characters) if characters else nullcontext():
        return _make(Index, build, folder, stem, watcher)


def compile_text_index(index: Index, folder: str, stem: str, watcher: Watcher, characters: Index) -> TextIndex:
    """Compile what `index` looks like in texts, as `compile_pack` does; it was heard already where the folder cannot be used."""
    build = partial(build_text_index, index, progress=watcher.progress)
    with tables.tables_of(characters):
        return _make(TextIndex, build, folder, stem, Watcher())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the search for cycles out: a large glossary has none, and would be gone through again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _make(kind: type[Kind], build: Build, folder: str, stem: str, watcher: Watcher) -> Kind:
    reason = _prepare(folder)
    if not reason:
        try:
            target = _store(folder, stem, build)
            sweep(folder, keep=stem)
            return kind(target)
        except (OSError, sqlite3.Error, StaleIndexError) as error:  # the last: another process has removed it since
            reason = str(error)
    watcher.warn(f"{reason}，本次不用缓存")
    return kind(_in_memory(build))


def _await_tick(files: list[Path]) -> None:
    """Wait until a change of `files` would get another time than they have."""
    newest = max((file.stat().st_ctime for file in files), default=0.0)
    left = newest + _TICK - time.time()
    if 0 < left <= _TICK:
        time.sleep(left)


def _prepare(folder: str) -> str:
    """Make the folder, for the user alone; return why it cannot be used, or nothing."""
    if folder and not os.path.lexists(folder):
        try:
            Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            return f"缓存文件夹 {folder} 不能用（{io_reason(error)}）"
    return distrust(folder)


def _store(folder: str, stem: str, build: Build) -> str:
    """Build in the folder and seal what is built; return its path."""
    target = Path(folder, f"{stem}.sqlite")
    with Temporary(folder) as made:
        finished = made.released()
        build(finished)
        finished.replace(target)
    write_file(seal_path(folder, stem, target.lstat()), b"")
    return str(target)


def _in_memory(build: Build) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA temp_store = MEMORY")
        build(database)
    except (sqlite3.Error, MemoryError) as error:
        raise KouhaoError(
            "E_IO", f"没有地方可以整理词库（{error}）", hint="请腾出磁盘空间，或用 KOUHAO_CACHE 指定可写的文件夹。"
        ) from error
    return database


def put_seal(folder: str, seal: str) -> None:
    """Put an empty file in the cache folder, if that can be used."""
    if not _prepare(folder):
        with suppress(OSError, KouhaoError):
            write_file(seal, b"")


def is_as_shipped(path: str) -> bool:
    """Return whether the index at `path` is the one that `ship` left there, and made by this code."""
    with suppress(OSError, KouhaoError):
        return read_file(path + _SHIPPED) == _shipping_note(path)
    return False


def ship(path: Path) -> None:
    """Note beside an index what made it and what it holds, for installs that cannot tell in another way."""
    write_file(f"{path}{_SHIPPED}", _shipping_note(str(path)))


def _shipping_note(path: str) -> bytes:
    return f"{code_version()} {crc32(read_file(path)):08x}\n".encode()


def sweep(folder: str, keep: str) -> None:
    """Remove from the cache folder what is of no use any more; `keep` is the index that was made last.

    Of no use are older indexes of the same inputs by the same code, what was not used for ninety days, what was not used
    longest (nor these days) where all is too large, seals that fit no index, and what a killed process left.
    """
    present = {name: status for name, status in _listing(folder) if _OURS.fullmatch(name)}
    kept = {f"{keep}.sqlite"}
    room = LARGEST_CACHE
    for stem, seal in _sealed(present, keep):
        index, used = present[f"{stem}.sqlite"], present[seal].st_mtime
        room -= index.st_size
        superseded = stem.rpartition("-")[0] == keep.rpartition("-")[0]
        crowded = room < 0 and _is_old(used, _IN_USE_DAYS * _DAY)
        if stem == keep or not (superseded or crowded or _is_old(used, _KEPT_DAYS * _DAY)):
            kept |= {f"{stem}.sqlite", seal}
    for name, status in present.items():
        in_use = name.startswith(("builtin", ".kouhao")) and not _is_abandoned(name, status)
        if name not in kept and not in_use:
            with suppress(OSError):
                Path(folder, name).unlink()


def _listing(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # another process sweeps too
            yield entry.name, entry.stat(follow_symlinks=False)


def _sealed(present: dict[str, os.stat_result], keep: str) -> list[tuple[str, str]]:
    """Return the indexes whose seal fits, each with its seal: `keep` first, then those that were used last."""
    found = []
    for stem in [name.removesuffix(".sqlite") for name in present if name.endswith(".sqlite")]:
        seal = seal_path("", stem, present[f"{stem}.sqlite"])[1:]
        if seal in present:
            found.append((stem, seal))
    return sorted(found, key=lambda one: (one[0] != keep, -present[one[1]].st_mtime))


def _is_old(seconds: float, most: float) -> bool:
    return time.time() - seconds > most


def _is_abandoned(name: str, status: os.stat_result) -> bool:
    """Return whether nobody works on a file any more: its process is gone, or it is much older than any work takes."""
    if not name.endswith(".tmp"):
        return _is_old(status.st_mtime, _KEPT_DAYS * _DAY)
    if sys.platform != "win32":  # where signal 0 is no question
        try:
            os.kill(int(name.split("-")[1]), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            pass
    return _is_old(status.st_mtime, _DAY)
