"""Patterns of paths by the rules of gitignore, in time that grows with the path: a star never tries again what an earlier one passed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import translate

_SPECIAL = re.compile(r"\\(.)|\[\^?", re.DOTALL)


class Pattern:
    """A line of gitignore: what it fits it `excludes`, or with `!` takes back. An empty line and a comment fit nothing."""

    def __init__(self, line: str) -> None:
        line = line if line.endswith("\\ ") else line.rstrip()
        self.excludes = not line.startswith("!")
        body = "" if line.startswith("#") else line.removeprefix("!")
        self._folders_only = body.endswith("/")
        names = body.strip("/").split("/")
        if "/" not in body.rstrip("/"):
            names.insert(0, "**")
        self._names = [None if name == "**" else _compile(name) for name in names]

    def fits(self, path: Sequence[str], *, folder: bool) -> bool:
        """Return whether the pattern means this path, given by its names, itself."""
        at = step = 0
        again: tuple[int, int] | None = None
        while at < len(path) and (folder or not self._folders_only):
            wanted = self._names[step] if step < len(self._names) else _NOTHING
            if wanted is None:
                step += 1
                again = at, step
            elif wanted.match(path[at]):
                at, step = at + 1, step + 1
            elif again:  # the latest ** takes one name more: what stood before it stands as early as can be
                again = at, step = again[0] + 1, again[1]
            else:
                return False
        return at == len(path) and step == len(self._names)

    def may_hold(self, depth: int) -> bool:
        """Return whether something may fit in a folder that stands so deep."""
        return None in self._names or depth < len(self._names)


class Patterns:
    """Patterns of which the last one that fits decides; what is in a folder that is excluded nothing takes back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [Pattern(line) for line in reversed([*lines])]

    def decide(self, path: str) -> bool | None:
        """Return whether a relative path is excluded, or None where no pattern says anything of it; a folder's ends with a slash."""
        names = path.rstrip("/").split("/")
        decided = None
        for depth in range(1, len(names) + 1):
            folder = depth < len(names) or path.endswith("/")
            fitting = (one.excludes for one in self._patterns if one.fits(names[:depth], folder=folder))
            decided = next(fitting, None)
            if decided:
                break
        return decided


def _compile(name: str) -> re.Pattern[str]:
    """Return what matches a name: `*` any text, `?` a character, `[…]` one of some; fnmatch ties each star to its first place."""
    closed = name.rfind("]")

    def as_class(found: re.Match[str]) -> str:
        """Return an escaped character, or a bracket, as fnmatch writes it; it looks for the end of a bracket that has none each time."""
        if found[1] is None:
            return "[!"[: len(found[0])] if found.start() < closed else f"[[]{found[0][1:]}"
        return f"[{found[1]}]" if found[1] in "*?[" else found[1]

    return re.compile(translate(_SPECIAL.sub(as_class, name)))


_NOTHING = re.compile(r"(?!)")
