"""`kouhao scan`."""

from __future__ import annotations

from kouhao.commands.fast_scan import ScanRequest, run_request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def scan_texts(
    *,
    files: list[str],
    format: str,  # noqa: A002  the option's name
    jsonl_in: bool,
    skip_unreadable: bool,
    only_matching: bool,
    jobs: int,
    exit_zero: bool,
    term: list[str],
    paths: list[str],
    builtin: bool | Sequence[str],
) -> int:
    """List the occurrences of slogans in the files."""
    request = ScanRequest()
    request.files, request.format, request.jsonl_in = files, format, jsonl_in
    request.skip_unreadable = skip_unreadable
    request.only_matching, request.jobs, request.exit_zero = only_matching, jobs, exit_zero
    request.terms, request.paths, request.builtin = term, paths, builtin
    return run_request(request)
