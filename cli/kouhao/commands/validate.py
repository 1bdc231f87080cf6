"""`kouhao validate`: prove that every entry is what its source says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from kouhao.check.checker import Checker, Report
from kouhao.check.rules import DEFAULTS
from kouhao.commands.console import terminal
from kouhao.commands.console.findings import SEVERITIES, write_reports
from kouhao.commands.console.progress import ProgressBar
from kouhao.commands.inputs.glossaries import Narrator
from kouhao.curation.evidence import read_evidence
from kouhao.curation.lint import is_proved
from kouhao.curation.lint import validate as validate_glossary
from kouhao.documents.document import Document
from kouhao.entry import Glossary, Source
from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.files import read_text
from kouhao.glossary.load import collect_files, load_files
from kouhao.lookup.engine import open_lookup
from kouhao.model import Finding, Severity


def validate(*, paths: list[str], format: str, evidence: list[str], color: str) -> int:  # noqa: A002
    """Report what is wrong with the glossaries."""
    chosen = paths or [str(files("kouhao.data"))]
    collected = collect_files(Path(path) for path in chosen)
    glossary = load_files(collected)
    for folder in evidence:
        if not Path(folder).is_dir():
            message = "这不是文件夹" if Path(folder).exists() else "找不到文件夹"
            raise KouhaoError("E_NOT_FOUND", message, path=folder, hint="--evidence 请给存放原文的文件夹。")
    texts = read_evidence(glossary, [Path(folder) for folder in evidence])
    findings = _findings(glossary, chosen, texts)
    _refuse_control_characters(findings)
    write_reports(_reports(collected, findings), format, color)
    counts = Counter(finding.severity for finding in findings)
    terminal.tell(_summary(len(glossary.entries), counts))
    if unproved := sum(not is_proved(entry, texts) for entry in glossary.entries):
        terminal.tell(f"其中 {unproved} 条引用的原文不在手边，没有核对；存放原文的文件夹请用 --evidence 指明。")
    return terminal.NOT_FOUND if counts[Severity.ERROR] else terminal.OK


def _findings(glossary: Glossary, chosen: list[str], texts: Mapping[Source, str]) -> list[Finding]:
    with open_lookup(chosen, builtin=False, watcher=Narrator()) as opened:
        checker = Checker(opened, DEFAULTS)
        return validate_glossary(
            glossary,
            texts,
            find=lambda query: [hit.id for hit in opened.answer(query).hits],
            show=lambda query: opened.answer(query).shown,
            hear=lambda text: {finding.rule for finding in checker.check(Document("-", text, "utf-8")).findings},
            progress=partial(ProgressBar("正在核对"), total=len(glossary.entries)),
        )


def _summary(entries: int, counts: Counter[Severity]) -> str:
    notes = [f"{counts[one]} 处{name}" for one, (name, _) in SEVERITIES.items() if counts[one]]
    return f"已检查 {entries} 条，{'，'.join(notes) or '没有发现问题'}。"


def _refuse_control_characters(findings: Iterable[Finding]) -> None:
    refused = {
        (finding.path, finding.line, finding.column, finding.message): None
        for finding in findings
        if finding.rule == "control-character"
    }
    errors = [
        KouhaoError("E_CHAR", message, path=path, line=line, column=column) for path, line, column, message in refused
    ]
    if errors:
        raise KouhaoErrors(errors)


def _reports(files: Iterable[Path], findings: Iterable[Finding]) -> list[Report]:
    """Return a report on each file; a finding covers the line on which its entry begins."""
    told = {path: list(several) for path, several in groupby(findings, key=lambda finding: finding.path)}
    reports: list[Report] = []
    for path in map(str, files):
        text = read_text(path) if path in told else ""
        document = Document(path, text, "utf-8")
        reports.append(Report(document, tuple(_placed(document, finding) for finding in told.get(path, ()))))
    return reports


def _placed(document: Document, finding: Finding) -> Finding:
    start = document.offset(finding.line, finding.column)
    width = max(0, len(document.line(finding.line)) - finding.column + 1)
    return finding._replace(start=start, end=start + width, end_line=finding.line, end_column=finding.column + width)
