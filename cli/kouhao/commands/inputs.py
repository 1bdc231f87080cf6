"""The documents that a command reads, and what of them was not read: told one by one, summed up, and decisive for the exit code.

Part of the start-up path of a scan.
"""

from __future__ import annotations

from kouhao.commands import terminal
from kouhao.documents.paths import Documents, Exclusion
from kouhao.errors import KouhaoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouhao.documents.document import Document

_MOST_NAMED = 20  # files: more are a number


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
