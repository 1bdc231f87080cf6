"""The glossaries of a command: a person's own and those that options name, opened while who waits sees how far it is.

A person's own are named by KOUHAO_GLOSSARY, kept with the settings, or a project's: every command takes them in. Part of the start-up
path: a settings file is read only where there is one.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands.console import terminal
from kouhao.index.folder import Watcher
from kouhao.lookup.engine import Lookup, open_lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kouhao.check.config import Configuration


def own_glossaries() -> list[str]:
    """Return the paths of a person's own glossaries, each once; raise KouhaoError E_CONFIG."""
    paths = [path for paths in own_by_origin().values() for path in paths]
    return list(dict.fromkeys(paths))


def own_by_origin() -> dict[str, list[str]]:
    """Return the same paths under what names them: a variable, the folder of settings, a project's settings file."""
    named = [path for path in os.environ.get("KOUHAO_GLOSSARY", "").split(os.pathsep) if path]
    settings = _project_settings()
    project = {os.path.basename(settings.path): list(settings.glossary)} if settings and settings.path else {}  # noqa: PTH119  likewise
    return {"KOUHAO_GLOSSARY": named, settings_folder(): _kept(settings_folder())} | project


def settings_folder() -> str:
    """Return the folder of a person's settings, whether it is there or not; empty where none is known.

    A relative HOME or XDG_CONFIG_HOME is none, as for `cache_folder`.
    """
    if sys.platform == "win32":
        return os.environ.get("APPDATA", "") + "\\kouhao"
    for base in (os.environ.get("XDG_CONFIG_HOME", ""), os.environ.get("HOME", "") + "/.config"):
        if base[0:1] == "/" and base != "/.config":
            return f"{base}/kouhao"
    return ""


def _kept(folder: str) -> list[str]:
    """Return the glossaries in the folder of a person's settings, if there is one; raise KouhaoError where it cannot be read."""
    if not os.path.lexists(folder):
        return []
    from kouhao.files import refuse_folder  # noqa: PLC0415  few have such a folder
    from kouhao.paths import glossary_files  # noqa: PLC0415  likewise

    return glossary_files(folder, refuse_folder)


def project_builtin() -> bool | Sequence[str]:
    """Return the built-in glossaries that a project uses: all, none or these; raise KouhaoError E_CONFIG."""
    settings = _project_settings()
    return settings.builtin if settings else True


def _project_settings() -> Configuration | None:
    """Return the settings of the nearest kouhao.toml, or pyproject.toml that has some, at or above the present folder."""
    try:
        folder = os.getcwd()  # noqa: PTH109  likewise
    except OSError:  # a folder that is gone
        return None
    while not (os.path.lexists(f"{folder}/kouhao.toml") or _has_settings(f"{folder}/pyproject.toml")):
        above = os.path.dirname(folder)  # noqa: PTH120  likewise
        if above == folder:
            return None
        folder = above
    from pathlib import Path  # noqa: PLC0415

    from kouhao.check.config import find_configuration  # noqa: PLC0415

    return find_configuration(Path(folder))


def _has_settings(path: str) -> bool:
    """Return whether the settings of a Python project may have some for this program."""
    if not os.path.lexists(path):
        return False
    from kouhao.files import read_file  # noqa: PLC0415  few folders have one

    return b"kouhao" in read_file(path)


class Narrator(Watcher):
    """Shows a progress bar to a person who waits, and warnings to one who wants them."""

    _bar: Callable[[int, int], None] | None = None
    _uncached = ""

    def __init__(self, *, verbose: bool = False) -> None:
        self._verbose = verbose

    def progress(self, done: int, total: int) -> None:
        """Show how far a compilation is."""
        if self._bar is None:
            from kouhao.commands.console.progress import ProgressBar  # noqa: PLC0415

            self._bar = ProgressBar("正在整理词库", slow=self._uncached and f"正在整理词库：{self._uncached}")
        self._bar(done, total)

    def warn(self, message: str) -> None:
        """Tell it on standard error, at once or where it takes long."""
        if self._verbose:
            terminal.tell(message)
        else:
            self._uncached = message


def open_glossaries(paths: Sequence[str], *, builtin: bool | Sequence[str]) -> Lookup:
    """Return the open glossaries, a person's own first; who waits sees a progress bar."""
    return open_lookup(list(dict.fromkeys([*own_glossaries(), *paths])), builtin=builtin, watcher=Narrator())


def warn_of_unknown(terms: Iterable[str]) -> None:
    """Tell of the words given with --term that no glossary has."""
    for term in terms:
        terminal.tell(f"kouhao: 提醒：词库里没有“{term}”，--term 对它不起作用。")
