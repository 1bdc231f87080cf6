"""The documents that a command reads, and what of them was not read: told one by one, summed up, and decisive for the exit code.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os

from kouhao.commands.console import terminal
from kouhao.documents.paths import Documents, Exclusion
from kouhao.errors import KouhaoError
from kouhao.paths import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouhao.documents.document import Document

_MOST_NAMED = 20  # files: more are a number
_PAUSE = 300
"""Milliseconds without a change after which a save is over: Word and WPS write a file in several steps."""


class Inputs:
    """The documents that a command reads, and what of them was not read.

    A document that was not read makes the command fail; with `lenient` not where it was found in a folder.
    """

    def __init__(self, paths: list[str], exclusion: Exclusion | None, *, lenient: bool) -> None:
        self._documents = Documents(paths, exclusion)
        self._lenient = lenient
        self.errors: list[KouhaoError] = []

    def __iter__(self) -> Iterator[str | KouhaoError]:
        return iter(self._documents)

    def refuse(self, error: KouhaoError) -> None:
        """Note and tell that a document, or a part of it, was not read."""
        self.errors.append(error)
        terminal.tell_error(error)

    def note(self, document: Document) -> None:
        """Tell what a person should know of a document that was read, and refuse what of it was not."""
        for message in document.notes:
            terminal.tell(f"{document.path}: 说明：{message}")
        for message in document.unread:
            self.refuse(KouhaoError("E_PARTIAL", f"{message}，没有读", path=document.path))

    @property
    def failed(self) -> bool:
        """Whether something was not read that should have been."""
        return any(not self._lenient or error.path not in self._documents.found for error in self.errors)

    def tell_rest(self) -> None:
        """Tell what else there was in the folders, and what the settings exclude."""
        if self._documents.others:
            terminal.tell(self._documents.summary())
        if self._documents.excluded:
            terminal.tell(f"按设置（exclude）略过 {self._documents.excluded} 个。")

    def summary(self, verb: str) -> str:
        """Return which documents were not read, and why: `2 个没有检查：旧.doc（…）、扫描件.pdf（没有文字）`."""
        reasons: dict[str, list[str]] = {}
        for error in self.errors:
            reasons.setdefault(error.path, []).append(error.message)
        named = [f"{path}（{'；'.join(several)}）" for path, several in list(reasons.items())[:_MOST_NAMED]]
        more = f" 等 {len(reasons)} 个" if len(reasons) > _MOST_NAMED else ""
        return f"{len(reasons)} 个没有{verb}：{'、'.join(named)}{more}" if reasons else ""


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
        written = {real_path(path) for change, path in changes if change is not Change.deleted}
        documents = (path for path in Documents(paths, exclusion) if isinstance(path, str))
        saved = [path for path in documents if real_path(path) in written]
        if saved:
            yield saved
