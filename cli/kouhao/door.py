"""The front door: a plain lookup and a completion are answered here at once; everything else goes on to Typer.

Typer and what it brings take longer than a lookup by an order of magnitude, so this module reads the few options that
scripts use, and steps aside for any other word. Both doors lead to `answering.run_request`; tests hold their answers equal.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands import NAMES, terminal
from kouhao.commands.answering import COLORS, Request, run_request
from kouhao.formats import FORMATS

_SWITCHES = {
    "-": ("stdin", True),
    "--stdin": ("stdin", True),
    "--json": ("format", "json"),
    "--exact": ("exact", True),
    "--no-builtin": ("builtin", False),
}
"""Options without a value, and what they set of a request."""


def main() -> None:
    """Run the console script."""
    terminal.leave(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Answer the command line `arguments` and return the exit code."""
    asked = os.environ.get("_KOUHAO_COMPLETE") or os.environ.get("_KH_COMPLETE")
    if asked == "complete_bash":
        return _complete()
    request = None if asked else read_request(arguments)
    if request is not None:
        return terminal.guard(lambda: _answer(request), json_errors=request.format in ("json", "jsonl"))
    from kouhao.commands.app import run as run_typer  # noqa: PLC0415

    return run_typer(arguments)


def _complete() -> int:
    from kouhao.commands.completing import complete_bash  # noqa: PLC0415

    return terminal.guard(complete_bash)


def _answer(request: Request) -> int:
    request.queries = terminal.decode_arguments(request.queries)
    return run_request(request)


def read_request(arguments: list[str]) -> Request | None:
    """Return the request of a plain lookup, or None for whatever Typer should read."""
    if not arguments or arguments[0] in NAMES:
        return None
    request = Request()
    words = iter(arguments)
    for word in words:
        if word == "--":
            request.queries.extend(words)
        elif word in _SWITCHES:
            setattr(request, *_SWITCHES[word])
        elif word in ("-g", "--glossary"):
            request.paths.append(next(words, ""))
        elif word in ("--format", "--color"):
            setattr(request, word[2:], next(words, ""))
        elif word.startswith("-"):
            return None
        else:
            request.queries.append(word)
    known = request.format in ("", *FORMATS) and request.color in COLORS and "" not in request.paths
    return request if known and (request.queries or request.stdin) else None
