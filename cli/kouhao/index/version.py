"""Which code makes an index, told cheaply by what the system notes of its files, and exactly by their content.

Part of the start-up path: `code_state` is asked at every lookup.
"""

from __future__ import annotations

import os
import sys

import kouhao

_PACKAGES = ("glossary", "index", "language")
_MODULES = ("entry.py", "model.py", "records.py")
_SUFFIXES = (".py", ".tsv")
_LIBRARIES = ("ahocorasick_rs", "daachorse", "opencc", "pypinyin")


class State:
    """What the system notes of some files, added up: a change of any of them changes it.

    Sizes, inodes and change times count: no tool sets a change time back. Where the system has none (Windows), the time of
    modification stands beside it.
    """

    __slots__ = ("count", "inodes", "newest", "size", "times")

    def __init__(self) -> None:
        self.count = self.size = self.inodes = self.times = self.newest = 0

    def add(self, status: os.stat_result) -> None:
        """Take in a file."""
        self.count += 1
        self.size += status.st_size
        self.inodes += status.st_ino
        self.times += status.st_ctime_ns + status.st_mtime_ns
        self.newest = max(self.newest, status.st_ctime_ns)

    @property
    def name(self) -> str:
        """The state as it stands in a file's name; numbers alone are hashed, which is the same in every process."""
        return f"{hash((self.count, self.size, self.inodes, self.times)) % 2**64:016x}"


def code_state() -> State:
    """Return the state of the code that makes an index, its libraries aside."""
    state = State()
    home = kouhao.__path__[0]
    for package in _PACKAGES:
        with os.scandir(f"{home}/{package}") as entries:
            for entry in entries:
                if entry.name.endswith(_SUFFIXES):
                    state.add(entry.stat())
    for module in _MODULES:
        state.add(os.stat(f"{home}/{module}"))  # noqa: PTH116
    return state


def add_libraries(state: State) -> None:
    """Take in the libraries that the code uses, wherever they are installed."""
    for name in _LIBRARIES:
        for folder in sys.path:
            try:
                state.add(os.stat(f"{folder}/{name}/__init__.py"))  # noqa: PTH116
                break
            except OSError:
                continue


def code_version() -> str:
    """Return the digest of the code that makes an index: the same wherever it is installed."""
    from hashlib import blake2b  # noqa: PLC0415  only what is compiled or doubted is asked for this

    from kouhao.files import read_file  # noqa: PLC0415  likewise

    home = kouhao.__path__[0]
    paths = [f"{home}/{module}" for module in _MODULES]
    for package in _PACKAGES:
        paths += [entry.path for entry in os.scandir(f"{home}/{package}") if entry.name.endswith(_SUFFIXES)]
    digest = blake2b(digest_size=16)
    for path in sorted(paths, key=lambda path: path.removeprefix(home)):
        content = read_file(path)
        digest.update(f"{path.removeprefix(home)} {len(content)}\n".encode() + content)
    return digest.hexdigest()
