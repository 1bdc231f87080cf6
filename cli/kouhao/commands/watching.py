"""The documents in folders, each time that they are saved."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from kouhao.documents.paths import Documents, Exclusion
from kouhao.errors import KouhaoError

_PAUSE = 300
"""Milliseconds without a change after which a save is over: Word and WPS write a file in several steps."""


def saved_documents(paths: Sequence[str], exclusion: Exclusion) -> Iterator[list[str]]:
    """Yield the documents at `paths` that were written since the last time, without end.

    Lock files and kouhao's own copies are none. Raises KouhaoError E_EXTRA without watchfiles, E_NOT_FOUND for a path that is not there.
    """
    try:
        from watchfiles import Change, watch  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        hint = "请运行 pipx inject kouhao watchfiles；不用 pipx 的，运行 pip install watchfiles。"
        raise KouhaoError("E_EXTRA", f"--watch 要另外安装（缺 {error.name}）", hint=hint) from error
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110  paths stay as they were given
            raise KouhaoError("E_NOT_FOUND", "找不到文件或文件夹", path=path, hint="请检查路径。")
    for changes in watch(*paths, debounce=_PAUSE * 4, step=_PAUSE):
        written = {os.path.realpath(path) for change, path in changes if change is not Change.deleted}
        documents = (path for path in Documents(paths, exclusion) if isinstance(path, str))
        saved = [path for path in documents if os.path.realpath(path) in written]
        if saved:
            yield saved
