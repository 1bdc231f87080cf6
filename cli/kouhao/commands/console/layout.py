"""Chinese in columns: how wide text is on a terminal, and where its lines may end. Part of the start-up path of the help."""

from __future__ import annotations

import os
import sys
from unicodedata import combining, east_asian_width

from kouhao.language.lexicon import NOT_FIRST, NOT_LAST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

_NOT_FIRST, _NOT_LAST = frozenset(f"{NOT_FIRST}>"), frozenset(f"{NOT_LAST}([{{<")
_BETWEEN = frozenset(" \n").union(mark for mark in _NOT_FIRST | _NOT_LAST if not mark.isascii())
"""What stands between the words of prose that has no blanks between them."""

_UNITS = frozenset("年月日号条款项个届次%％")
"""What is not parted from the number before it."""

_LEAST = 20  # columns: what is told to be narrower is taken for this


def columns() -> int:
    """Return the width of the terminal: what COLUMNS says, else the terminal itself, else 80."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdecimal() and int(wanted):
        return max(_LEAST, int(wanted))
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            return max(_LEAST, os.get_terminal_size(stream.fileno() if stream else 1).columns or 80)
        except (OSError, ValueError):
            continue
    return 80


def width(text: str) -> int:
    """Return how many columns `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_mark_width, text))


def _mark_width(mark: str) -> int:
    if combining(mark):
        return 0
    return 2 if east_asian_width(mark) in ("WFA" if is_legacy() else "WF") else 1


def is_legacy() -> bool:
    """Return whether the output has an older encoding of Chinese (GBK): where it is shown, “” and … take two columns."""
    return not (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def pad(text: str, columns: int) -> str:
    """Return `text` with blanks up to so many columns."""
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """Return the beginning of `text` that fits into so many columns, with … where it is cut."""
    if width(text) <= columns:
        return text
    return f"{text[: fitting(text, columns - 1)]}…" if columns > 0 else ""


def fitting(text: str, columns: int) -> int:
    """Return how many characters at the beginning of `text` take so many columns at the most."""
    used = 0
    for at, mark in enumerate(text):
        used += _mark_width(mark)
        if used > columns:
            return at
    return len(text)


def fitted(line: str, hanging: int) -> str:
    """Return a line in as many as the terminal needs, those that go on with so many blanks more before them than the first."""
    indent = min(len(line) - len(line.lstrip(" ")), _LEAST // 2) if hanging else 0
    return "\n".join(wrap(line, columns(), hanging=" " * (indent + hanging)))


def wrap(text: str, columns: int, *, hanging: str = "", command: bool = False) -> list[str]:
    """Return `text` in lines of at most so many columns, every line but the first behind `hanging`.

    A line begins with no closing mark and ends with no opening one; words, dates, names of files and numbers with their
    unit stay whole where a line can hold them, and in a `command` all that stands between blanks.
    """
    lines: list[str] = []
    begin = 0
    for end in [*breaks(text, columns, columns - width(hanging), command=command), len(text)]:
        piece = text[begin:end].strip(" ") if begin else text[:end].rstrip(" ")
        lines.append((hanging if lines else "") + piece)
        begin = end
    return lines


def breaks(text: str, first: int, other: int, *, command: bool = False) -> list[int]:
    """Return where the lines of `text` end, the first of which has `first` columns and the others `other`."""
    ends: list[int] = []
    room, used = first, 0
    for begin, end in _pieces(text, command=command):
        size = width(text[begin:end].rstrip(" "))
        if used and used + size > room:
            ends.append(begin)
            room, used = other, 0
        at = begin
        while width(text[at:end].rstrip(" ")) > room:  # longer than a line: cut where the line is full
            at += _cut(text[at:end], room)
            ends.append(at)
            room = other
        used += width(text[at:end])
        if text[end - 1] == "\n":
            ends.append(end)
            room, used = other, 0
    return [end for end in ends if 0 < end < len(text)]


def _cut(text: str, room: int) -> int:
    """Return how many characters of a text that is too long a line holds, at least one."""
    at = fitting(text, room)
    while at > 1 and text[at] in _NOT_FIRST:
        at -= 1
    return max(1, at)


def _pieces(text: str, *, command: bool) -> list[tuple[int, int]]:
    """Return the pieces of `text` between which a line may end, as (begin, end)."""
    pieces: list[tuple[int, int]] = []
    begin = 0
    for first, behind in _words(text, " \n" if command else _BETWEEN):
        whole = command or _is_name(text[first:behind])
        for at in range(max(1, first), first + 1 if whole else behind):
            if _may_end(text[at - 1], text[at]):
                pieces.append((begin, at))
                begin = at
    if text:
        pieces.append((begin, len(text)))
    return pieces


def _words(text: str, between: Container[str]) -> list[tuple[int, int]]:
    """Return what stands between the marks of `between`, and each of these, as (begin, end)."""
    words: list[tuple[int, int]] = []
    begin = 0
    for at, mark in enumerate(text):
        if mark in between:
            words += [(begin, at), (at, at + 1)] if begin < at else [(at, at + 1)]
            begin = at + 1
    return [*words, (begin, len(text))] if begin < len(text) else words


def _is_name(word: str) -> bool:
    """Return whether a word is the name of a file (我的词库.yaml, 报告/, ~/文稿/一) or of what is to be filled in (<命令>)."""
    return "<" in word or any(
        (mark == "." and before != " " and behind.isascii() and behind.isalpha())
        or (mark == "/" and (before.isascii() or behind.isascii()))
        for before, mark, behind in zip(" " + word, word, word[1:] + " ", strict=False)
    )


def _may_end(before: str, behind: str) -> bool:
    """Return whether a line may end between two characters."""
    if before == "\n":
        return True
    if behind in _NOT_FIRST or before in _NOT_LAST or behind in " \n":
        return False
    if before == " ":
        return True
    if before.isascii() and behind.isascii():
        return False
    return not (before.isdecimal() and (behind in _UNITS or behind.isdecimal()))
