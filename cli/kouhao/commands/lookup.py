"""`kouhao lookup`, which is also plain `kouhao`."""

from __future__ import annotations

from kouhao.commands.fast_lookup import Request, run_request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def lookup(
    *,
    queries: list[str],
    format: str,  # noqa: A002  the option's name
    field: str,
    template: str,
    copy: bool,
    exact: bool,
    limit: int,
    min_score: int,
    explain: bool,
    stdin: bool,
    null: bool,
    paths: list[str],
    builtin: bool | Sequence[str],
    color: str,
    verbose: bool,
) -> int:
    """Look up the queries."""
    request = Request()
    request.queries = [word for word in queries if word != "-"]
    request.stdin = stdin or null or "-" in queries or not queries
    request.implied = not (stdin or null or queries)
    request.format = format
    request.field, request.template, request.copy = field, template, copy
    request.exact, request.limit, request.explain, request.null = exact, limit, explain, null
    request.min_score = min_score
    request.paths, request.builtin = paths, builtin
    request.color, request.verbose = color, verbose
    return run_request(request)
