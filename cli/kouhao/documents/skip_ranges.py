"""Stretches of a text that are no prose: addresses, link targets, tags, formulas, code between fences or back quotes, front matter."""

from __future__ import annotations

import re
from bisect import bisect_right

_REST = r"[^\s，。；、）)”》“《（\"<>]"
_DOMAIN = r"[A-Za-z0-9](?<![A-Za-z0-9.-].)[A-Za-z0-9-]{0,62}\.(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z]{2,63}"
_MAILBOX = r"(?:[A-Za-z0-9._%+-](?<![A-Za-z0-9._%+-].)[A-Za-z0-9._%+-]{0,63}|[一-鿿](?<![一-鿿].)[一-鿿]{0,63})"
_STRETCHES = (
    ("`", r"`[^`\n]+`"),
    ("$", r"(?<![\\$0-9A-Za-z])\${1,2}(?=[^\s$])[^$\n，。；：、！？（]+(?<=\S)\${1,2}(?![$0-9A-Za-z])"),
    ("://", rf"[A-Za-z][A-Za-z0-9+.-]{{0,20}}://{_REST}+"),
    ("www.", rf"www\.{_REST}+"),
    ("/", rf"{_DOMAIN}(?::\d+)?/{_REST}*"),
    ("@", rf"{_MAILBOX}@{_DOMAIN}"),
    ("](", r"\]\((?:<[^<>\n]*>|(?:[^\s()，、；。]|\([^\s()]*\))*)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"),
    ("]:", r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?=\S*[./#])[^\s，、；。]+[ \t]*$"),
    ("<", r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"),
)
"""What is no prose within a line, each behind a mark that a text without it lacks, and compiled for one that has it."""

_HIDDEN = re.compile(r"(?i)<(!--|script\b|style\b|textarea\b)")
"""With what begins in a page what is no text of it, up to the closing mark."""

_FENCE = re.compile(r"(?m)^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$")
_FRONT = re.compile(
    r"""(?x) (?P<rule> --- | \+\+\+ ) [ \t]*\r?\n
    (?: [ \t\r]* (?:\#[^\n]*)? \n )*  # blank lines and comments
    (?= \[ | [\w.-]+ [ \t]* [:=] )  # a table or a key
    (?: [^\n]*\n )*? (?: (?P=rule) | \.\.\. ) [ \t\r]* (?:\n|\Z)"""
)


class Protection:
    """Finds them in the pieces of a text, one after the other: a fence that is open at the end of one goes on in the next."""

    def __init__(self) -> None:
        self._fence = ""
        self._first = True

    def spans(self, text: str) -> Spans:
        """Return the stretches of the next piece."""
        front = _FRONT.match(text) if self._first else None
        self._first = False
        at = front.end() if front else 0
        found = [(0, at)] if at else []
        found += self._fenced(text, at)
        found += _hidden(text, at) if "<" in text else []
        for mark, stretch in _STRETCHES:
            if mark in text:
                found += [match.span() for match in re.compile(stretch).finditer(text, at)]
        return Spans(found)

    def _fenced(self, text: str, at: int) -> list[tuple[int, int]]:
        """Return the stretches between fences from `at` on."""
        found: list[tuple[int, int]] = []
        for mark in _FENCE.finditer(text, at) if "```" in text or "~~~" in text else ():
            if not self._fence:
                self._fence, at = mark[1], mark.start()
            elif mark[1].startswith(self._fence):
                found.append((at, mark.end()))
                self._fence = ""
        if self._fence:
            found.append((at, len(text)))
        return found


def _hidden(text: str, at: int) -> list[tuple[int, int]]:
    """Return the stretches of comments, and of elements whose text is not read, from `at` on; what is never closed is none."""
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    for opening in _HIDDEN.finditer(text, at):
        closing = "-->" if opening[1] == "!--" else f"</{opening[1]}"
        if opening.start() < at or closing in unclosed:
            continue
        end = text.find(closing, opening.end())
        if end < 0:
            unclosed.add(closing)
            continue
        at = end + len(closing)
        found.append((opening.start(), at))
    return found


class Spans:
    """Stretches of a text, asked whether another touches one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of the stretches and that from `start` to `end` have a character in common."""
        at = bisect_right(self._ends, start)
        return at < len(self._ends) and self._starts[at] < end
