"""The front door: a plain lookup, scan or completion is answered here at once; everything else goes on to Typer.

Typer and what it brings take longer than a lookup by an order of magnitude, so this module reads the few options that
scripts use, and steps aside for any other word. Both doors lead to the same functions; tests hold their answers equal.
"""

from __future__ import annotations

import os
import sys

from kouhao.commands import NAMES, terminal


def main() -> None:
    """Run the console script."""
    terminal.leave(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Answer the command line `arguments` and return the exit code."""
    asked = os.environ.get("_KOUHAO_COMPLETE") or os.environ.get("_KH_COMPLETE")
    if asked == "complete_bash":
        return _complete()
    code = None if asked else answer_plainly(arguments)
    if code is not None:
        return code
    from kouhao.commands.app import run as run_typer  # noqa: PLC0415

    return run_typer(arguments)


def answer_plainly(arguments: list[str]) -> int | None:
    """Answer a plain lookup or scan and return its exit code, or None for whatever Typer should read."""
    if arguments[:1] == ["scan"]:
        from kouhao.commands import fast_scan  # noqa: PLC0415  a lookup needs none of it

        scan = fast_scan.read_request(arguments[1:])
        if scan is None:
            return None
        return terminal.guard(lambda: fast_scan.run_request(scan), json_errors=scan.format == "jsonl")
    if not arguments or arguments[0] in NAMES:
        return None
    from kouhao.commands import fast_lookup  # noqa: PLC0415  a scan needs none of it

    asked = fast_lookup.read_request(arguments)
    if asked is None:
        return None
    return terminal.guard(lambda: fast_lookup.run_request(asked), json_errors=asked.format in ("json", "jsonl"))


def _complete() -> int:
    from kouhao.commands.completion import complete_bash  # noqa: PLC0415

    return terminal.guard(complete_bash)
