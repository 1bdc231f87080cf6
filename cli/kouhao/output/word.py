"""Findings as comments in a copy of a Word document, so that the writer decides."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from kouhao.documents.document import Document
from kouhao.documents.word import MARGINS, word_paragraphs, word_runs, word_text
from kouhao.model import Finding

_AUTHOR, _INITIALS = "kouhao", "口号"


def annotate(content: bytes, document: Document, findings: Iterable[Finding]) -> tuple[bytes, int]:
    """Return the package with a comment on each finding, and the number of findings that have one now.

    A comment that is already there is not made again. Headers, footers and notes cannot carry comments.
    """
    package: Any = docx.Document(io.BytesIO(content))
    paragraphs = [paragraph for _, paragraph in word_paragraphs(package.element.body)]
    texts = {str(comment.comment_id): comment.text for comment in package.comments}
    told = 0
    for line, several in sorted(_by_line(findings).items()):
        if line > len(paragraphs) or document.label(several[0].start).startswith(MARGINS):
            continue
        paragraph = paragraphs[line - 1]
        present = {texts.get(mark.get(qn("w:id"), ""), "") for mark in paragraph.iter(qn("w:commentRangeStart"))}
        runs = list(word_runs(paragraph))
        for finding in several:
            comment = _comment(finding)
            covered = (
                _covered(runs, finding.column, finding.column + max(1, finding.end - finding.start)) if runs else []
            )
            if comment not in present and covered:
                package.add_comment([Run(run, package) for run in covered], comment, _AUTHOR, _INITIALS)
            told += comment in present or bool(covered)
    saved = io.BytesIO()
    package.save(saved)
    return saved.getvalue(), told


def _by_line(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    grouped: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.line].append(finding)
    return grouped


def _comment(finding: Finding) -> str:
    fix = f"建议改为：{finding.edit.replacement}" if finding.edit else ""
    return "。".join(text for text in (finding.message, fix) if text) + f" [{finding.rule}]"


def _covered(runs: list[Any], first: int, last: int) -> list[Any]:
    """Return the runs that hold the characters from column `first` up to `last`, counted from 1."""
    column = 1
    covered = []
    for run in runs:
        size = len(word_text(run))
        if column < last and column + size > first and size:
            covered.append(run)
        column += size
    return covered
