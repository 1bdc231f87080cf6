"""`kouhao validate`: prove that every entry is what its source says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from kouhao.check import Checker
from kouhao.commands import terminal
from kouhao.documents import Document
from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.lookup.packs import open_lookup
from kouhao.model import Finding, Severity
from kouhao.rules import RULES
from kouhao.store import collect_files, load_files
from kouhao.validate import read_evidence
from kouhao.validate import validate as validate_glossary


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="词库文件或文件夹；不写就查内置词库。", show_default=False)
    ] = None,
) -> int:
    """检查词库：引文是否原样、各项是否齐全、数目是否相符、能否查到。

    \b
    kouhao validate
    kouhao validate 我的词库.yaml
    """
    chosen = [str(path) for path in paths] if paths else [str(files("kouhao.data"))]
    collected = collect_files(Path(path) for path in chosen)
    if not collected:
        raise KouhaoError("E_NOT_FOUND", "这里没有词库文件", path=chosen[0], hint="词库是 .yaml 或 .jsonl 文件。")
    glossary = load_files(collected)
    roots = [Path(), *{root for file in collected for root in file.resolve().parents[:2]}]
    with open_lookup(chosen, builtin=False) as opened:
        checker = Checker(opened, [name for name, rule in RULES.items() if rule.DEFAULT])
        findings = validate_glossary(
            glossary,
            read_evidence(glossary, roots),
            find=lambda query: [hit.id for hit in opened.answer(query).hits],
            hear=lambda text: {finding.rule for finding in checker.check(Document("-", text, "utf-8")).findings},
        )
    return _report(findings, len(glossary.entries))


def _report(findings: list[Finding], entries: int) -> int:
    broken = [finding for finding in findings if finding.rule == "control-character"]
    if broken:
        raise KouhaoErrors(
            [
                KouhaoError("E_CHAR", finding.message, path=finding.path, line=finding.line, column=finding.column)
                for finding in broken
            ]
        )
    for finding in findings:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        terminal.write(f"{place}: {finding.severity.value}: {finding.message} [{finding.rule}]\n")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    terminal.tell(f"查了 {entries} 条，{errors} 处错误，{len(findings) - errors} 处提醒。")
    return terminal.NOT_FOUND if errors else terminal.OK
