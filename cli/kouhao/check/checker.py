"""Check a document: every rule over one reading of a document, less what the writer has silenced; and make the fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from kouhao.check.context import Page, Remark
from kouhao.check.ignore_comments import Suppressions
from kouhao.check.reader import PageReader
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.files import relative_path
from kouhao.index.patterns import Vocabulary
from kouhao.language.normalize import fold
from kouhao.lookup.engine import Lookup
from kouhao.model import Edit, Finding, Severity

_BESIDE = 8  # characters on each side of a finding that name it in a baseline: an edit farther away keeps it known


class Report(NamedTuple):
    """What came of one document: findings in order, how many the writer silenced, warnings about what silences nothing.

    `broken` are the rules that failed: what they would find is not known.
    """

    document: Document
    findings: tuple[Finding, ...]
    silenced: int = 0
    warnings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()


class Checker:
    """Checks documents with the rules of `selected` ids against open glossaries."""

    def __init__(self, lookup: Lookup, selected: Sequence[str], as_of: str = "") -> None:
        """`as_of` is the date of which slogans are to be right (YYYY-MM-DD or its beginning), each document's own by default."""
        self._rules = [RULES[name] for name in RULES if name in selected]
        self._reader = PageReader(Vocabulary(lookup.indexes), lookup.characters)
        self._as_of = as_of

    def check(self, document: Document) -> Report:
        """Return the report on a document."""
        page = self._reader.read(document, self._as_of)
        findings: list[Finding] = []
        broken: list[str] = []
        for rule in self._rules:
            try:
                findings += _apply(rule, page)
            except Exception:  # noqa: BLE001  a rule that fails must not cost the others' findings
                broken.append(rule.ID)
        findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
        suppressions = Suppressions(document)
        kept = [finding for finding in findings if not suppressions.silence(finding)]
        silenced = len(findings) - len(kept)
        return Report(document, tuple(kept), silenced, tuple(suppressions.warnings()), tuple(broken))


def _apply(rule: ModuleType, page: Page) -> list[Finding]:
    """Return what a rule finds in prose: a remark that begins in a link's target or the like is none."""
    protected = page.protected
    starts = ((remark, page.normalized.origin(remark.start)) for remark in rule.check(page))
    remarks = [remark for remark, start in starts if not protected.touch(start, start + 1)]
    return [_finding(page, remark, rule.ID, rule.SEVERITY) for remark in remarks]


def _finding(page: Page, remark: Remark, rule: str, severity: Severity) -> Finding:
    start, end = page.normalized.origin_span(remark.start, remark.end)
    first, last = page.document.locate(start), page.document.locate(end)
    return Finding(
        page.document.path,
        first.line,
        first.column,
        rule,
        remark.severity or severity,
        remark.message,
        start=start,
        end=end,
        end_line=last.line,
        end_column=last.column,
        term=remark.term,
        expected=remark.expected,
        found=remark.found,
        edit=_edit(page, remark.fix),
        label=page.document.label(start),
    )


def _edit(page: Page, fix: Edit | None) -> Edit | None:
    """Return a fix as an edit of the document; none where it would write over a link, or simplified into traditional script."""
    if fix is None or page.traditional:
        return None
    start, end = page.normalized.origin_span(fix.start, fix.end)
    return None if page.protected.touch(start, end) else Edit(start, end, fix.replacement)


def fixes(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of findings in order, each once; of two that overlap, neither is made unless they are the same."""
    edits = sorted({finding.edit for finding in findings if finding.edit}, key=lambda edit: (edit.start, edit.end))
    reached = [0, *accumulate((edit.end for edit in edits), max)]
    next_starts = [*(edit.start for edit in edits[1:]), edits[-1].end] if edits else []
    return [
        edit
        for edit, before, behind in zip(edits, reached, next_starts, strict=False)
        if before <= edit.start and edit.end <= behind
    ]


def fingerprints(findings: Sequence[Finding], document: Document, folder: str = ".") -> list[str]:
    """Return what identifies each finding though lines move: its path as seen from `folder`, rule, slogan, what was found and beside it."""
    from hashlib import blake2b  # noqa: PLC0415  of baselines and of formats for machines only

    path = plain_path(document.path, folder)
    seen: Counter[str] = Counter()
    marks: list[str] = []
    for finding in findings:
        beside = _beside(finding, document)
        content = f"{path}\0{finding.rule}\0{finding.term}\0{finding.expected}\0{finding.found}\0{beside}"
        seen[content] += 1
        marks.append(blake2b(f"{content}\0{seen[content]}".encode(errors="replace"), digest_size=12).hexdigest())
    return marks


def _beside(finding: Finding, document: Document) -> str:
    """Return the few characters of its lines around a finding: enough to know it, few enough that other edits leave them."""
    before = document.before(finding.line, finding.column, _BESIDE)
    behind = document.behind(finding.end_line or finding.line, finding.end_column or finding.column, _BESIDE)
    return f"{fold(before)}\0{fold(behind)}"


def plain_path(path: str, folder: str = ".") -> str:
    """Return the one spelling of a path, which people write as a.txt, ./a.txt, or from the root; - is standard input."""
    return path if path == "-" else Path(relative_path(path, folder)).as_posix()


def without(report: Report, known: frozenset[str], folder: str) -> Report:
    """Return the report without the findings whose fingerprints, as seen from `folder`, are known."""
    if not known:
        return report
    marks = fingerprints(report.findings, report.document, folder)
    kept = tuple(finding for finding, mark in zip(report.findings, marks, strict=True) if mark not in known)
    return report._replace(findings=kept, silenced=report.silenced + len(report.findings) - len(kept))
