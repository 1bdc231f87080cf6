"""Findings in the format that was asked for; for people: place, message, and the source line with a caret under it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kouhao.check.checker import Report
from kouhao.commands.console import terminal
from kouhao.commands.console.layout import clip, columns, fitting, width
from kouhao.commands.console.terminal import safe, safe_line
from kouhao.documents.document import Document
from kouhao.errors import KouhaoError
from kouhao.model import Finding, Severity

if TYPE_CHECKING:
    from rich.text import Text

SEVERITIES = {
    Severity.ERROR: ("错误", "bold red"),
    Severity.WARNING: ("提醒", "bold magenta"),
    Severity.NOTE: ("说明", "bold"),
}
"""What a person reads of a severity, and its style."""

_INDENT = "    "
_LEAST = 24  # columns: narrower lines cannot be read


def write_reports(reports: Sequence[Report], form: str, color: str, unread: Sequence[KouhaoError] = ()) -> None:
    """Write the findings to standard output; for machines also the errors of what could not be read."""
    if form == "text":
        _write_text([report for report in reports if report.findings], color)
        return
    from kouhao.output.findings import FORMATS  # noqa: PLC0415  people read none of them

    if form in {"github", "gcc"}:  # lines for a log, which show what could steer a terminal
        terminal.write(FORMATS[form](reports, unread))
    else:
        terminal.write_json(FORMATS[form](reports, unread))


def _write_text(reports: Sequence[Report], color: str) -> None:
    """Write as wide as the terminal, with colours where they are wanted; of several findings in one place it is shown once."""
    if not reports:
        return
    from kouhao.commands.console.render import hung, make_console  # noqa: PLC0415  rich only where something is told

    console = make_console(color)
    room = max(_LEAST, columns() - len(_INDENT))
    for report in reports:
        shown = (0, 0)
        for finding in report.findings:
            head, *source = _lines(finding, report.document, room)
            source = source if (finding.start, finding.end) != shown else []
            shown = (finding.start, finding.end)
            for line in (hung(head, columns()) if sys.stdout.isatty() else head, *source):
                console.print(line, soft_wrap=True)


def _lines(finding: Finding, document: Document, room: int) -> list[Text]:
    from rich.text import Text  # noqa: PLC0415  likewise

    name, style = SEVERITIES[finding.severity]
    label = f"（{finding.label}）" if finding.label else ""
    head = Text(safe_line(f"{finding.path}:{finding.line}:{finding.column}: "))
    head.append(name, style)
    head.append(safe(f" {finding.message}{label} "))
    head.append(f"[{finding.rule}]")
    if not finding.end:
        return [head]
    before, marked, behind = _window(finding, document, room)
    source = Text(_INDENT + before)
    source.append(marked, style)
    source.append(behind)
    caret = Text(" " * width(_INDENT + before))
    caret.append("^" * max(1, width(marked)), style)
    return [head, source, caret]


def _window(finding: Finding, document: Document, room: int) -> tuple[str, str, str]:
    """Return the piece of the line around a finding that fits a terminal: before it, itself, behind it."""
    most = room + 1  # of each piece, however long its line: that many characters are too wide already
    before = safe(document.before(finding.line, finding.column, most))
    here = document.behind(finding.line, finding.column, 2 * most)
    ends_here = finding.end_line == finding.line
    size = max(1, finding.end - finding.start) if ends_here else len(here)
    marked, behind = safe(here[:size]), safe(here[size:])
    before = before.replace("\t", " ")
    share = room // 3
    if width(before + marked + behind) > room and width(before) > share:
        before = "…" + before[len(before) - fitting(before[::-1], share - 1) :]
    shown = clip(marked, room - width(before))
    return before, shown, clip(behind, room - width(before + shown)) if shown == marked else ""
