"""Paths → the documents that they name; folders are searched, and what in them is no document is counted.

Part of the start-up path of a scan.
"""

from __future__ import annotations

import os

from kouhao.documents import kinds
from kouhao.errors import KouhaoError
from kouhao.files import io_error, open_file, refusal
from kouhao.paths import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouhao.documents.gitignore import Patterns

LEFT_ALONE = (".*", "~$*", "*.批注.do[ct][xm]", "node_modules/", "__pycache__/", "CVS/")
"""What a search of a folder leaves alone, by the rules of gitignore: hidden files and folders, lock files, kouhao's own copies."""


class Exclusion:
    """What the settings exclude: patterns by the rules of gitignore, meant from the folder of the settings, wherever one stands.

    A pattern with `!` takes back an earlier one, or what is left alone by default.
    """

    def __init__(self, patterns: Iterable[str], root: str) -> None:
        self._root = real_path(root)
        lines = [*patterns]
        self._patterns = _compile(lines) if lines else None

    def decide(self, path: str) -> bool | None:
        """Return whether a path is excluded, or None where no pattern says anything of it; a folder's ends with a slash."""
        if self._patterns is None:
            return None
        folder, name = os.path.split(path.rstrip("/"))
        place = os.path.join(real_path(folder or "."), name)  # noqa: PTH118
        inside = (
            os.path.relpath(place, self._root) if place.startswith(f"{self._root}{os.sep}") else place.lstrip(os.sep)
        )
        return self._patterns.decide(inside.replace(os.sep, "/") + "/" * path.endswith("/"))


class Documents:
    """The documents that paths name: an iterable of paths and of the errors of what cannot be opened.

    Once it is exhausted, `others` counts what in folders is no document, by its kind in words, and `excluded` the files and
    folders that the settings exclude. `found` are the documents that were not named but found in a folder.
    """

    def __init__(self, paths: Iterable[str], exclusion: Exclusion | None = None) -> None:
        self._paths = paths
        self._exclusion = exclusion
        self.others: dict[str, int] = {}
        self.excluded = 0
        self.found: set[str] = set()

    def __iter__(self) -> Iterator[str | KouhaoError]:
        for path in self._paths:
            if path == "-":
                yield path
            elif os.path.isdir(path):  # noqa: PTH112  pathlib would cost a tenth of the start
                for one in self._search(path):
                    self.found.add(one.path if isinstance(one, KouhaoError) else one)
                    yield one
            elif self._exclusion is not None and self._exclusion.decide(path):
                self.excluded += 1
            else:
                yield refusal(path) or path

    def _search(self, folder: str) -> Iterator[str | KouhaoError]:
        default = _compile(LEFT_ALONE)
        refused: list[OSError] = []
        files: list[str] = []
        for place, folders, names in os.walk(folder, onerror=refused.append):
            wanted = [name for name in folders if self._is_wanted(default, place, f"{name}/")]
            for name in [name for name in wanted if os.path.islink(os.path.join(place, name))]:  # noqa: PTH114, PTH118
                self._count("指向文件夹的链接")
                wanted.remove(name)
            folders[:] = wanted
            files += [os.path.join(place, name) for name in names if self._is_wanted(default, place, name)]  # noqa: PTH118
        for file in sorted(files, key=lambda file: file.replace(os.sep, "\0")):
            yield from self._look_at(file)
        yield from (io_error(str(error.filename), error) for error in refused)

    def _is_wanted(self, default: Patterns, place: str, name: str) -> bool:
        decided = self._exclusion.decide(os.path.join(place, name)) if self._exclusion else None  # noqa: PTH118
        if decided is None:
            return not default.decide(name)
        self.excluded += decided
        return not decided

    def _look_at(self, file: str) -> Iterator[str | KouhaoError]:
        if not os.path.isfile(file):  # noqa: PTH113
            self._count("不是普通文件")
        elif os.path.splitext(file)[1].lower() in kinds.SUFFIXES:  # noqa: PTH122
            yield file
        else:
            try:
                kind = _kind(file)
            except KouhaoError as error:
                yield error
                return
            foreign = os.path.splitext(file)[1].lower() in kinds.FOREIGN_SUFFIXES  # noqa: PTH122
            if kind in kinds.OTHERS and not (foreign and kind in ("binary", "archive")):
                self._count(kinds.OTHERS[kind])
            else:
                yield file

    def _count(self, what: str) -> None:
        self.others[what] = self.others.get(what, 0) + 1

    def summary(self) -> str:
        """Return a sentence on what in folders is no document, or an empty text."""
        if not self.others:
            return ""
        several = "、".join(f"{name} {count}" for name, count in sorted(self.others.items(), key=lambda one: -one[1]))
        return f"文件夹里另有 {sum(self.others.values())} 个不是文稿（{several}），没有读。"


def _kind(file: str) -> str:
    """Return the kind of a file that its name does not call a document: text of other names (programs, data) is none."""
    with open_file(file) as content:
        kind = kinds.detect_kind(content.read(kinds.HEAD), "")
    if kind in ("txt", "html"):
        return "txt" if not os.path.splitext(file)[1] else "other"  # noqa: PTH122
    if kind in ("zip", "ole"):
        from kouhao.documents.reading import find_kind  # noqa: PLC0415  such files are rare
        from kouhao.files import read_file  # noqa: PLC0415  likewise

        kind = find_kind(read_file(file), "")
        return "binary" if kind == "ole" else kind
    return kind


def _compile(lines: Iterable[str]) -> Patterns:
    from kouhao.documents.gitignore import Patterns  # noqa: PLC0415  for folders and settings only

    return Patterns(lines)
