"""Compile glossary files into an index in the cache, or beside it where the cache cannot be written."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from kouhao.errors import KouhaoError
from kouhao.files import Temporary
from kouhao.glossary import collect_files, digest_files, load_files
from kouhao.index import characters as tables
from kouhao.index.build import build_index
from kouhao.index.cache import Watcher, final_name, has_characters, seal
from kouhao.index.reader import Index, StaleIndexError


def compile_pack(paths: list[str], folder: str, name: str, watcher: Watcher) -> Index:
    """Compile `paths` and return the open index.

    It is written to a temporary file in `folder`, moved to its final name, and older indexes of the same inputs are
    removed. Where `folder` cannot be written it is kept for this run only, and `watcher` hears it.
    Raises KouhaoErrors when the glossary is broken.
    """
    files = collect_files(Path(path) for path in paths)
    glossary = load_files(files)
    digest = digest_files(files)
    characters = list(tables.glyphs()) if has_characters(paths) else []

    def progress(done: int) -> None:
        watcher.progress(done, len(glossary.entries))

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with Temporary(folder) as made:
            draft = made.released()
            build_index(glossary, draft, digest=digest, characters=characters, progress=progress)
            target = Path(folder, final_name(name, str(draft)))
            draft.replace(target)
        seal(str(target))
        _remove_older(Path(folder), name, target)
        return Index(str(target))
    except (OSError, sqlite3.Error, StaleIndexError) as error:  # the last: another process has removed it since
        watcher.warn(f"缓存无法写入（{error}），本次不用缓存")
    try:
        with Temporary(tempfile.gettempdir()) as made:
            draft = made.released()
            build_index(glossary, draft, digest=digest, characters=characters, progress=progress)
            return Index(str(draft))
    except (OSError, sqlite3.Error) as error:
        raise KouhaoError(
            "E_IO", f"没有地方可以整理词库（{error}）", hint="请腾出磁盘空间，或用 KOUHAO_CACHE 指定可写的文件夹。"
        ) from error


def _remove_older(folder: Path, name: str, kept: Path) -> None:
    inputs = name.split("-", maxsplit=1)[0]
    for path in folder.glob(f"{inputs}-*.sqlite"):
        if path != kept:
            path.unlink(missing_ok=True)
