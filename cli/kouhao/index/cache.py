"""Find the compiled index of each glossary, and compile what is new, changed or damaged.

An index is used when nothing has touched it, its glossary, or the code that made it. For one in the cache folder an empty
*seal* says so: its name holds the states of all three (`version.State`), so that two looks at the file system answer. The
built-in glossary's index is part of an ordinary install, and untouched as long as it and the code are no newer than the
record that the installer wrote last. What cannot be told so is compared by content, or made anew.
"""

from __future__ import annotations

import os
from time import time

import kouhao
from kouhao.index.folder import Watcher, cache_folder, distrust, own_status, seal_path
from kouhao.index.reader import Index, StaleIndexError, TextIndex
from kouhao.index.version import State, add_libraries, code_state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from kouhao.index.reader import Database

    Kind = TypeVar("Kind", bound=Database)

    Builtin = bool | Sequence[str]
    """Which built-in glossaries are meant: all, none, or these by name."""

BUILTIN = ("putuo-2021", "national")
"""The built-in glossaries; the index of the first has the character tables that serve all."""

_DAY = 86400.0  # seconds


def builtin_index_path(name: str = BUILTIN[0]) -> str:
    """Return where an ordinary install has a built-in glossary's index; a source checkout has none there."""
    return f"{kouhao.__path__[0]}/data/{name}.sqlite"


def open_builtin(name: str, watcher: Watcher) -> Index:
    """Return the index of a built-in glossary."""
    paths = [builtin_path(name)]
    index = _open_shipped(builtin_index_path(name), Index, lambda: _made_anew(paths, watcher))
    if index is None:
        index = open_pack(paths, watcher)
    else:
        index.open_texts = lambda: open_texts(index, _stem(paths), watcher, builtin_index_path(f"{name}.texts"))
    index.builtin = True
    return index


def _open_shipped(path: str, kind: type[Kind], remake: Callable[[], Kind]) -> Kind | None:
    """Return an index that came with the program if nobody has touched it, or None."""
    try:
        return kind(path, remake) if _is_untouched(path) or _is_proved(path) else None
    except (OSError, StaleIndexError):
        return None


def _is_untouched(path: str) -> bool:
    """Return whether a shipped index and the code are as they were installed; raise OSError where none was shipped."""
    site = os.path.dirname(kouhao.__path__[0])  # noqa: PTH120
    changed = os.stat(path).st_ctime_ns  # noqa: PTH116
    try:
        installed = os.stat(f"{site}/kouhao-{kouhao.__version__}.dist-info/RECORD").st_ctime_ns  # noqa: PTH116
    except OSError:
        return False
    return max(changed, code_state().newest) <= installed


def _is_proved(path: str) -> bool:
    """Return whether the content of a shipped index is what it was shipped with, and the code is what made it."""
    state = code_state()
    state.add(os.stat(path))  # noqa: PTH116
    folder = cache_folder()
    seal = f"{folder}/builtin-{state.name}.seal"
    trusted = not distrust(folder)
    if trusted and _is_sealed(seal):
        return True
    from kouhao.index.compile import is_as_shipped, put_seal  # noqa: PLC0415  once an install

    if not is_as_shipped(path):
        return False
    put_seal(folder, seal)
    return True


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


def _has_characters(paths: list[str]) -> bool:
    """Return whether `paths` are the built-in glossary whose index has the character tables for all."""
    from kouhao.paths import real_path  # noqa: PLC0415  the installed glossary needs no cache

    return [*map(real_path, paths)] == [real_path(builtin_path(BUILTIN[0]))]


def open_pack(paths: list[str], watcher: Watcher) -> Index:
    """Return the index of the glossary files and folders `paths`, from the cache where it is sound."""
    stem = _stem(paths)  # before anything is read: what changes from now on is another state
    folder = cache_folder()
    index = open_sealed(folder, stem, Index, lambda: _made_anew(paths, watcher))
    if index is None:
        from kouhao.index.compile import compile_pack  # noqa: PLC0415  only what is new is compiled

        characters = None if _has_characters(paths) else open_builtin(BUILTIN[0], watcher)
        try:
            index = compile_pack(paths, folder, stem, watcher, characters)
        finally:
            if characters:
                characters.close()
    index.open_texts = lambda: open_texts(index, stem, watcher)
    return index


def _made_anew(paths: list[str], watcher: Watcher) -> Index:
    """Return the index of glossaries whose index was found damaged where it is read, as one is that its disk has lost."""
    forget_indexes()
    return open_pack(paths, watcher)


def open_texts(index: Index, stem: str, watcher: Watcher, shipped: str = "") -> TextIndex:
    """Return the index of the texts in which the entries of `index` are looked for: the shipped one, or one compiled from `index`.

    `stem` is that of `index`, from which its own follows.
    """
    from zlib import crc32  # noqa: PLC0415  a lookup needs none of these

    def remake() -> TextIndex:
        forget_indexes()
        return open_texts(index, stem, watcher)

    folder = cache_folder()
    own_stem = f"{crc32(stem[:8].encode()):08x}{stem[8:]}"
    texts = _open_shipped(shipped, TextIndex, remake) if shipped else None
    texts = texts or open_sealed(folder, own_stem, TextIndex, remake)
    if texts is None:
        from kouhao.index.compile import compile_text_index  # noqa: PLC0415

        characters = index if index.glyphs("一") else open_builtin(BUILTIN[0], watcher)
        try:
            texts = compile_text_index(index, folder, own_stem, watcher, characters)
        finally:
            if characters is not index:
                characters.close()
    return texts


def open_sealed(folder: str, stem: str, kind: type[Kind], remake: Callable[[], Kind]) -> Kind | None:
    """Return an index in the cache folder if nobody has touched it, or None; `remake` gives another where it proves damaged."""
    if distrust(folder):
        return None
    path = f"{folder}/{stem}.sqlite"
    status = own_status(path)
    if status is None or not _is_sealed(seal_path(folder, stem, status)):
        return None
    try:
        return kind(path, remake)
    except StaleIndexError:
        return None


def _is_sealed(seal: str) -> bool:
    """Return whether there is a seal; its time tells when it was last asked for, to the day."""
    status = own_status(seal)
    if status is None:
        return False
    if abs(time() - status.st_mtime) > _DAY:
        try:  # noqa: SIM105  contextlib is not for the start-up path
            os.utime(seal)
        except OSError:  # a disk that is read only now: the seal holds all the same
            pass
    return True


def forget_indexes() -> None:
    """Break the seals in the cache folder: every index is made anew, as one must be that its disk has lost."""
    folder = cache_folder()
    if not distrust(folder):
        for entry in os.scandir(folder):
            if entry.name.endswith(".seal"):
                try:  # noqa: SIM105  likewise
                    os.unlink(entry.path)  # noqa: PTH108
                except OSError:  # gone already, or on a disk that is read only
                    pass


def _stem(paths: list[str]) -> str:
    """Return what the name of these inputs' index begins with: which they are, which code makes it, their state."""
    from zlib import crc32  # noqa: PLC0415  likewise

    from kouhao.paths import real_path  # noqa: PLC0415  likewise

    which = "\n".join(map(real_path, paths)).encode(errors="surrogateescape")
    made_by = code_state()
    add_libraries(made_by)
    return f"{crc32(which):08x}-{made_by.name}-{_inputs_state(paths).name}"


def _inputs_state(paths: list[str]) -> State:
    from kouhao.paths import glossary_files  # noqa: PLC0415  likewise

    state = State()
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112
            for file in glossary_files(path):
                _add(state, file)
        else:
            _add(state, path)
    return state


def _add(state: State, path: str) -> None:
    try:
        state.add(os.stat(path))  # noqa: PTH116
    except (OSError, ValueError):
        state.count += 1
