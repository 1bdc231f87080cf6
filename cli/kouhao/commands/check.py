"""`kouhao check`: read a document as a careful colleague would."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from kouhao import batch
from kouhao.check.checker import Report, fingerprints, plain_path, without
from kouhao.check.config import TEMPLATE, Configuration, find_configuration
from kouhao.check.rule_choice import RuleChoice
from kouhao.check.rules import RULES
from kouhao.commands import terminal
from kouhao.commands.checking import Task, check_all
from kouhao.commands.findings import write_reports
from kouhao.commands.fixing import write_copy, write_diff, write_fixes
from kouhao.commands.json_lines import RecordTask, answer_records, version_tail
from kouhao.commands.own_glossaries import own_glossaries
from kouhao.commands.session import open_glossaries
from kouhao.commands.unread import Inputs
from kouhao.commands.watching import saved_documents
from kouhao.documents.paths import Exclusion
from kouhao.errors import KouhaoError
from kouhao.files import read_text, working_folder, write_file
from kouhao.index.patterns import Vocabulary
from kouhao.model import Finding, Severity
from kouhao.output.findings import manual, summary
from kouhao.records import SCHEMA, BaselineRecord, FindingRecord

_ORDER = [Severity.ERROR, Severity.WARNING, Severity.NOTE]


def check_documents(
    *,
    files: list[str],
    format: str,  # noqa: A002  the option's name
    fix: bool,
    diff: bool,
    output: str,
    in_place: bool,
    enable: list[str],
    disable: list[str],
    ignore: list[str],
    severity: list[str],
    fail_on: str,
    as_of: str,
    stdin_filename: str,
    init: bool,
    baseline: str,
    write_baseline: str,
    explain: str,
    rules: bool,
    text: bool,
    skip_unreadable: bool,
    jsonl_in: bool,
    only_matching: bool,
    jobs: int,
    watch: bool,
    exit_zero: bool,
    paths: list[str],
    builtin: bool | Sequence[str],
    color: str,
) -> int:
    """Check the documents, and fix them where that was asked for."""
    if explain or rules:
        return _show_rules(explain)
    if init:
        return _write_settings(Path("kouhao.toml"))
    settings = find_configuration(working_folder())
    choice = RuleChoice(settings, enable, disable, _levels(severity))
    for name in choice.unknown:
        near = get_close_matches(name, RULES, n=1)
        tail = f"是不是 {near[0]}？" if near else ""
        terminal.tell(f"kouhao: 提醒：没有规则“{name}”，它不起作用。{tail}")
    task = replace(
        _task(settings, choice.all, paths, builtin=builtin, as_text=text),
        as_of=as_of or settings.as_of,
        stdin_filename=stdin_filename,
    )
    least = _ORDER.index(Severity(fail_on or settings.fail_on or "warning"))
    if jsonl_in:
        if fix or diff or output or baseline or write_baseline:
            message = "--jsonl-in 只列出问题，不能和 --fix、--diff、--output、--baseline 一起用"
            raise KouhaoError("E_USAGE", message, hint="kouhao check --help 列出用法。")
        levels = settings.severity | _levels(severity)
        ask = partial(_check_texts, task=task, ignore=(*settings.ignore, *ignore), levels=levels)
        code = _check_records(
            files or ["-"], task, ask, partial(_is_failing, least=least), jobs, empty=not only_matching
        )
        return terminal.OK if exit_zero else code
    passes = _Passes([*settings.ignore, *ignore], _known(Path(baseline) if baseline else None), choice)
    exclusion = Exclusion(settings.exclude, settings.folder)
    if watch:
        return _watch(saved_documents(_named(files), exclusion), task, passes, format, color)
    inputs = Inputs(_named(files), exclusion, lenient=skip_unreadable)
    reports = list(_check(inputs, task, passes))
    if write_baseline:
        return _write_baseline(Path(write_baseline), reports, inputs)
    _Output(format, color, diff, fix, Path(output) if output else None, in_place).write(reports, inputs.errors)
    failing = any(_ORDER.index(finding.severity) <= least for report in reports for finding in report.findings)
    return _conclude(reports, inputs, passes, failing=failing and not exit_zero)


def _watch(saves: Iterator[list[str]], task: Task, passes: _Passes, form: str, color: str) -> int:
    """Check documents whenever they are saved, with a commented copy of each Word document, until interrupted."""
    terminal.tell("存盘一次，检查一次；按 Ctrl+C 结束。")
    for saved in saves:
        inputs = Inputs(saved, None, lenient=True)
        reports = list(_check(inputs, task, passes))
        write_reports(reports, form, color, inputs.errors)
        for report in reports:
            try:
                write_copy(report)
            except KouhaoError as error:
                terminal.tell_error(error)
        sys.stdout.flush()
    return terminal.OK


def _check_records(
    files: list[str],
    task: Task,
    ask: Callable[[list[str]], list[list[FindingRecord]]],
    counts: Callable[[Mapping[str, object]], bool],
    jobs: int,
    *,
    empty: bool,
) -> int:
    """Answer the records of files with what is found in them, and return the exit code."""
    with open_glossaries(task.glossaries, builtin=task.builtin) as opened:
        tail = version_tail(Vocabulary(opened.indexes).digest)
    found, bad = answer_records(files, RecordTask("findings", ask, tail, empty, counts), jobs)
    return terminal.USAGE if bad else terminal.NOT_FOUND if found else terminal.OK


def _is_failing(finding: Mapping[str, object], *, least: int) -> bool:
    """Return whether a finding is as severe as fails a check, or more."""
    return _ORDER.index(Severity(str(finding["severity"]))) <= least


def _check_texts(
    texts: list[str], *, task: Task, ignore: tuple[str, ...], levels: dict[str, Severity]
) -> list[list[FindingRecord]]:
    """Return what is found in the texts of records, less the rules and terms that are ignored, each as severe as is wanted."""
    glossaries = tuple(dict.fromkeys([*own_glossaries(), *task.glossaries]))
    found = batch.check(texts, glossaries, builtin=task.builtin, rules=task.rules, as_of=task.as_of)
    return [
        [
            one | {"severity": levels.get(one["rule"], one["severity"])}
            for one in findings
            if not {one["rule"], one["term"]} & {*ignore}
        ]
        for findings in found
    ]


def _check(inputs: Inputs, task: Task, passes: _Passes) -> Iterator[Report]:
    """Yield the reports; what could not be read is noted in the inputs and told."""
    for outcome in check_all(list(inputs), task):
        if isinstance(outcome, KouhaoError):
            inputs.refuse(outcome)
        else:
            inputs.note(outcome.document)
            yield passes.filter(outcome)


def _show_rules(explained: str) -> int:
    if not explained:
        for name in RULES:
            terminal.write(f"{name:26}{summary(name)}\n")
        return terminal.OK
    if explained not in RULES:
        near = get_close_matches(explained, RULES, n=1)
        hint = f"是不是 {near[0]}？" if near else "kouhao check --rules 列出全部规则。"
        raise KouhaoError("E_USAGE", f"没有规则 {explained}", hint=hint)
    terminal.write(f"{explained}\n\n{manual(explained)}\n")
    return terminal.OK


def _named(files: list[str]) -> list[str]:
    if not files:
        raise KouhaoError("E_USAGE", "请写明要检查的文件", hint="例如 kouhao check 报告.docx；- 是标准输入。")
    return files


def _meant(builtin: bool | Sequence[str], settings: Configuration) -> bool | tuple[str, ...]:  # noqa: FBT001  the option as given
    """Return the built-in glossaries that are meant: as the command line says, else as the settings do."""
    if builtin is True:
        return settings.builtin
    return tuple(builtin) if builtin else False


def _task(
    settings: Configuration,
    rules: tuple[str, ...],
    glossary: list[str],
    *,
    builtin: bool | Sequence[str],
    as_text: bool,
) -> Task:
    return Task((*settings.glossary, *glossary), _meant(builtin, settings), rules, as_text)


def _write_settings(path: Path) -> int:
    if path.exists():
        raise KouhaoError("E_EXISTS", "已经有设置文件", path=str(path), hint="请直接修改它。")
    write_file(path, TEMPLATE.encode())
    terminal.tell(f"{path}：写好了，去掉行首的 # 就起作用。")
    return terminal.OK


def _levels(given: list[str]) -> dict[str, Severity]:
    """Return the severities that options give to rules (规则=级别)."""
    levels: dict[str, Severity] = {}
    for one in given:
        rule, _, level = one.partition("=")
        if rule not in RULES or level not in _ORDER:
            hint = "写作 --severity companion=note，级别有 error、warning、note。"
            raise KouhaoError("E_USAGE", f"--severity 不认识“{one}”", hint=hint)
        levels[rule] = Severity(level)
    return levels


class _Passes:
    """What is let pass: places, rules and terms that are ignored, and findings that were there before."""

    def __init__(self, ignored: list[str], known: frozenset[str], choice: RuleChoice) -> None:
        self._choice = choice
        self._ignored = {_plain_place(name): name for name in ignored}
        self._unused = dict(self._ignored)
        self._known = known

    def filter(self, report: Report) -> Report:
        """Return the report without them."""
        report = replace(report, findings=self._choice.filter(report.findings, report.document.path))
        kept = tuple(finding for finding in report.findings if not self._passes(finding))
        silenced = report.silenced + len(report.findings) - len(kept)
        return without(replace(report, findings=kept, silenced=silenced), self._known)

    def _passes(self, finding: Finding) -> bool:
        names = {finding.rule, finding.term, f"{plain_path(finding.path)}:{finding.line}"} & self._ignored.keys()
        for name in names:
            self._unused.pop(name, None)
        return bool(names)

    def warn(self) -> None:
        """Tell what was ignored in vain."""
        for name in self._unused.values():
            terminal.tell(f"kouhao: 提醒：要忽略的“{name}”没有出现。")


def _plain_place(ignored: str) -> str:
    """Return what is ignored, its path in its one spelling where it is a place (文件:行)."""
    path, _, line = ignored.rpartition(":")
    return f"{plain_path(path)}:{line}" if path and line.isdecimal() else ignored


def _known(baseline: Path | None) -> frozenset[str]:
    if baseline is None:
        return frozenset()
    try:
        record = json.loads(read_text(baseline))
        return frozenset(map(str, record["fingerprints"]))
    except FileNotFoundError as error:
        hint = f"先用 --write-baseline {baseline} 生成。"
        raise KouhaoError("E_NOT_FOUND", "找不到基线文件", path=str(baseline), hint=hint) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "请用 --write-baseline 重新生成。"
        raise KouhaoError("E_JSON", "不是基线文件", path=str(baseline), hint=hint) from error


def _write_baseline(path: Path, reports: list[Report], inputs: Inputs) -> int:
    marks = sorted(mark for report in reports for mark in fingerprints(report.findings, report.document))
    record: BaselineRecord = {"schema": SCHEMA, "fingerprints": marks}
    write_file(path, f"{json.dumps(record, indent=2)}\n".encode())
    terminal.tell(f"{path}：已记入 {len(marks)} 处。" if marks else f"{path}：没有可记录的问题。")
    return terminal.USAGE if inputs.failed else terminal.OK


@dataclass(frozen=True, slots=True)
class _Output:
    """What is made of the findings: a list or a diff, and fixes, written where `target` or `in_place` says."""

    form: str
    color: str
    diff: bool
    fix: bool
    target: Path | None
    in_place: bool

    def write(self, reports: list[Report], unread: list[KouhaoError]) -> None:
        if self.diff:
            for report in reports:
                write_diff(report)
        else:
            write_reports(reports, self.form, self.color, unread)
        if self.fix:
            self._write_fixes([report for report in reports if report.findings])

    def _write_fixes(self, reports: list[Report]) -> None:
        if self.target is not None and len(reports) > 1:
            raise KouhaoError("E_USAGE", "--output 只能用于一个文件", hint="请一次检查一个文件，或不写 --output。")
        for report in reports:
            write_fixes(report, self.target, in_place=self.in_place)


def _conclude(reports: list[Report], inputs: Inputs, passes: _Passes, *, failing: bool) -> int:
    """Tell what was ignored in vain and the sum, and return the exit code: 2 where something was not checked, 1 with findings."""
    passes.warn()
    for report in reports:
        for warning in report.warnings:
            terminal.tell(f"{warning.path}:{warning.line}:{warning.column}: 提醒：{warning.message}")
        for rule in report.broken:
            terminal.tell(f"kouhao: error[E_RULE]: {report.document.path}: 规则 {rule} 出错，没有查完")
    findings = sum(len(report.findings) for report in reports)
    silenced = sum(report.silenced for report in reports)
    broken = sum(len(report.broken) for report in reports)
    ignored = f"，忽略 {silenced} 处" if silenced else ""
    told = f"{findings} 处提示{ignored}" if findings or silenced or not reports else "未发现问题"
    rest = inputs.summary("检查")
    inputs.tell_rest()
    terminal.tell(f"已检查 {len(reports)} 个文件，{told}{'；' if rest else ''}{rest}。")
    if inputs.failed or broken:
        return terminal.USAGE
    return terminal.NOT_FOUND if failing else terminal.OK
