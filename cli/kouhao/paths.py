"""The one spelling of a path, and the glossary files in a folder. Part of the start-up path."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    PathName = str | os.PathLike[str]

GLOSSARIES = (".yaml", ".yml", ".jsonl")
"""How the names of glossary files end."""


def real_path(path: PathName) -> str:
    """Return the one spelling of a path; a relative one stays as it is where the working folder was removed."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.fspath(path)


def glossary_files(folder: PathName, onerror: Callable[[OSError], object] | None = None) -> list[str]:
    """Return the paths of the glossary files in a folder, searched to the bottom, in order; what is hidden is left alone.

    `onerror` is called for a folder in it that cannot be read, which is passed over without it.
    """
    found: list[str] = []
    for place, folders, names in os.walk(folder, onerror=onerror):
        folders[:] = [name for name in folders if name[0] != "."]
        shown = [name for name in names if name.endswith(GLOSSARIES) and name[0] != "."]
        found += [os.path.join(place, name) for name in shown]  # noqa: PTH118  pathlib is not for the start-up path
    return sorted(found, key=lambda path: path.replace(os.sep, "\0"))
