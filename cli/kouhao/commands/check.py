"""`kouhao check`: read a document as a careful colleague would."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from kouhao import batch
from kouhao.check.checker import Report, fingerprints, plain_path, without
from kouhao.check.config import TEMPLATE, Configuration, find_configuration, passed_over
from kouhao.check.rule_choice import RuleChoice
from kouhao.check.rules import RULES
from kouhao.commands.check_many import Task, check_all
from kouhao.commands.fixing import write_copy, write_diff, write_fixes
from kouhao.console import terminal
from kouhao.console.findings import write_reports
from kouhao.documents.paths import Exclusion
from kouhao.errors import KouhaoError
from kouhao.files import read_text, require_former, working_folder, write_file
from kouhao.index.patterns import Vocabulary
from kouhao.inputs.documents import Inputs, saved_documents
from kouhao.inputs.glossaries import open_glossaries, own_glossaries
from kouhao.inputs.json_lines import RecordTask, answer_records, version_tail
from kouhao.language.dates import DATE_HINT, is_date
from kouhao.model import Finding, Severity
from kouhao.output.findings import manual, summary
from kouhao.records import SCHEMA, BaselineRecord, FindingRecord

_IN_PARAGRAPH = re.compile(r"(?<=\S)\n(?=\S)")
"""Where a docstring's line ends and its paragraph does not."""

_ORDER = [Severity.ERROR, Severity.WARNING, Severity.NOTE]


class CheckRequest:
    """What a check is asked to do; see `kouhao check --help`."""

    files: list[str]
    format: str
    fix: bool
    diff: bool
    output: str
    in_place: bool
    enable: list[str]
    disable: list[str]
    ignore: list[str]
    severity: list[str]
    fail_on: str
    as_of: str
    stdin_filename: str
    init: bool
    baseline: str
    write_baseline: str
    explain: str
    rules: bool
    text: bool
    skip_unreadable: bool
    jsonl_in: bool
    only_matching: bool
    jobs: int
    watch: bool
    exit_zero: bool
    paths: list[str]
    builtin: bool | Sequence[str]
    color: str

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  those above
        vars(self).update(options)


def check_documents(**options: Any) -> int:  # noqa: ANN401  those of `CheckRequest`
    """Check the documents, and fix them where that was asked for."""
    request = CheckRequest(**options)
    if request.explain or request.rules:
        return _show_rules(request.explain)
    if request.init:
        return _write_settings(Path("kouhao.toml"))
    settings = find_configuration(working_folder())
    choice = RuleChoice(settings, request.enable, request.disable, _levels(request.severity))
    _warn_of_unknown(choice)
    task = _task(request, settings, choice.all)
    least = Severity(request.fail_on or settings.fail_on or "warning")
    failing = frozenset(_ORDER[: _ORDER.index(least) + 1])
    if request.jsonl_in:
        code = _check_records(request, settings, task, failing)
        return terminal.OK if request.exit_zero else code
    passes = _Passes(_ignored(settings.ignore, settings.folder) | _ignored(request.ignore), request.baseline, choice)
    exclusion = Exclusion(settings.exclude, settings.folder)
    if request.watch:
        return _watch(request, exclusion, task, passes)
    inputs = Inputs(_named(request.files), exclusion, lenient=request.skip_unreadable)
    reports = list(_check(inputs, task, passes))
    _tell_passed_over(reports, settings)
    if request.write_baseline:
        return _write_baseline(request.write_baseline, reports, inputs)
    written = _write(request, reports, inputs.errors)
    fails = any(finding.severity in failing for report in reports for finding in report.findings)
    code = _conclude(reports, inputs, passes, failing=fails and not request.exit_zero)
    return code if written else terminal.USAGE


def _warn_of_unknown(choice: RuleChoice) -> None:
    """Tell which names in the settings and options are no rule's."""
    for name in choice.unknown:
        near = get_close_matches(name, RULES, n=1)
        tail = f"是不是 {near[0]}？" if near else ""
        terminal.tell(f"kouhao: 提醒：没有规则“{name}”，它不起作用。{tail}")


def _tell_passed_over(reports: Sequence[Report], settings: Configuration) -> None:
    """Tell which settings of folders do not hold, since those of the working folder do."""
    used = settings.path or "无"
    for path in passed_over((report.document.path for report in reports if report.document.path != "-"), settings):
        terminal.tell(f"{path}: 说明：没有用到，设置取自运行时所在的文件夹（{used}）；在那里可以写 [[overrides]]。")


def _watch(request: CheckRequest, exclusion: Exclusion, task: Task, passes: _Passes) -> int:
    """Check documents whenever they are saved, with a commented copy of each Word document, until interrupted."""
    saves = saved_documents(_named(request.files), exclusion)
    terminal.tell("存盘一次，检查一次；按 Ctrl+C 结束。")
    for saved in saves:
        inputs = Inputs(saved, None, lenient=True)
        reports = list(_check(inputs, task, passes))
        write_reports(reports, request.format, request.color, inputs.errors)
        for report in reports:
            try:
                write_copy(report)
            except KouhaoError as error:
                terminal.tell_error(error)
        sys.stdout.flush()
    return terminal.OK


def _check_records(request: CheckRequest, settings: Configuration, task: Task, failing: Collection[Severity]) -> int:
    """Answer the records of files with what is found in them, and return the exit code."""
    levels = settings.severity | _levels(request.severity)
    ask = partial(_check_texts, task=task, ignored={*settings.ignore, *request.ignore}, levels=levels)
    with open_glossaries(task.glossaries, builtin=task.builtin) as opened:
        tail = version_tail(Vocabulary(opened.indexes).digest)
    answers = RecordTask("findings", ask, tail, not request.only_matching, partial(_fails, failing=failing))
    found, bad = answer_records(request.files or ["-"], answers, request.jobs)
    return terminal.USAGE if bad else terminal.NOT_FOUND if found else terminal.OK


def _fails(finding: Mapping[str, object], *, failing: Collection[Severity]) -> bool:
    return finding["severity"] in failing


def _check_texts(
    texts: list[str], *, task: Task, ignored: set[str], levels: dict[str, Severity]
) -> list[list[FindingRecord]]:
    """Return what is found in the texts of records, less the rules and terms that are ignored, each as severe as is wanted."""
    glossaries = tuple(dict.fromkeys([*own_glossaries(), *task.glossaries]))
    found = batch.check(texts, glossaries, builtin=task.builtin, rules=task.rules, as_of=task.as_of)
    return [
        [
            one | {"severity": levels.get(one["rule"], one["severity"])}
            for one in findings
            if not {one["rule"], one["term"]} & ignored
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
            terminal.show(f"{name:26}{summary(name)}")
        return terminal.OK
    if explained not in RULES:
        raise _no_rule(explained)
    terminal.show(f"{explained}\n\n{_IN_PARAGRAPH.sub('', manual(explained))}")
    return terminal.OK


def _no_rule(name: str) -> KouhaoError:
    near = get_close_matches(name, RULES, n=1)
    hint = f"是不是 {near[0]}？" if near else "kouhao check --rules 列出全部规则。"
    return KouhaoError("E_USAGE", f"没有规则 {name}", hint=hint)


def _named(files: list[str]) -> list[str]:
    if not files:
        raise KouhaoError("E_USAGE", "请写明要检查的文件", hint="例如 kouhao check 报告.docx；- 是标准输入。")
    return files


def _task(request: CheckRequest, settings: Configuration, rules: tuple[str, ...]) -> Task:
    if request.as_of and not is_date(request.as_of):
        raise KouhaoError("E_USAGE", f"--as-of “{request.as_of}”不是日期", hint=DATE_HINT)
    builtin = request.builtin if isinstance(request.builtin, bool) else tuple(request.builtin)
    as_of = request.as_of or settings.as_of
    return Task(tuple(request.paths), builtin, rules, request.text, as_of, request.stdin_filename)


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
        rule, equals, level = one.partition("=")
        if equals and rule not in RULES:
            raise _no_rule(rule)
        if level not in _ORDER:
            hint = "写作 --severity companion=note，级别有 error、warning、note。"
            raise KouhaoError("E_USAGE", f"--severity 不认识“{one}”", hint=hint)
        levels[rule] = Severity(level)
    return levels


class _Passes:
    """What is let pass: places, rules and terms that are ignored, and findings that were there before."""

    def __init__(self, ignored: dict[str, str], baseline: str, choice: RuleChoice) -> None:
        """`ignored` are what is ignored, places in their one spelling, each as it was written; `baseline` is a file or nothing."""
        self._choice = choice
        self._ignored = ignored
        self._unused = dict(ignored)
        self._known = _known(baseline) if baseline else frozenset()
        self._folder = _folder(baseline)

    def filter(self, report: Report) -> Report:
        """Return the report without them."""
        report = replace(report, findings=self._choice.filter(report.findings, report.document.path))
        kept = tuple(finding for finding in report.findings if not self._passes(finding))
        silenced = report.silenced + len(report.findings) - len(kept)
        return without(replace(report, findings=kept, silenced=silenced), self._known, self._folder)

    def _passes(self, finding: Finding) -> bool:
        names = {finding.rule, finding.term, f"{plain_path(finding.path)}:{finding.line}"} & self._ignored.keys()
        for name in names:
            self._unused.pop(name, None)
        return bool(names)

    def warn(self) -> None:
        """Tell what was ignored in vain."""
        for name in self._unused.values():
            terminal.tell(f"kouhao: 提醒：要忽略的“{name}”没有出现。")


def _ignored(names: Iterable[str], folder: str = "") -> dict[str, str]:
    """Return what is ignored, as it is written; a place (文件:行) by the one spelling of its path, which is meant from `folder`."""
    places = {}
    for name in names:
        path, _, line = name.rpartition(":")
        is_place = path and line.isdecimal()
        places[f"{plain_path(str(Path(folder, path)))}:{line}" if is_place else name] = name
    return places


def _folder(baseline: str) -> str:
    """Return the folder of a baseline, from which the paths in it are meant."""
    return str(Path(baseline).parent)


def _known(baseline: str) -> frozenset[str]:
    """Return the fingerprints of a baseline; raise KouhaoError E_NOT_FOUND and its like, or E_JSON for what is none."""
    try:
        record = json.loads(read_text(Path(baseline)))
        return frozenset(map(str, record["fingerprints"]))
    except KouhaoError as error:
        hint = f"先用 --write-baseline {baseline} 生成。"
        raise KouhaoError(error.code, error.message, path=baseline, hint=hint) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "请用 --write-baseline 重新生成。"
        raise KouhaoError("E_JSON", "不是基线文件", path=baseline, hint=hint) from error


def _write_baseline(baseline: str, reports: list[Report], inputs: Inputs) -> int:
    path = Path(baseline)
    require_former(path, '"fingerprints"')
    folder = _folder(baseline)
    marks = sorted(mark for report in reports for mark in fingerprints(report.findings, report.document, folder))
    record: BaselineRecord = {"schema": SCHEMA, "fingerprints": marks}
    write_file(path, f"{json.dumps(record, indent=2)}\n".encode())
    terminal.tell(f"{path}：已记入 {len(marks)} 处。" if marks else f"{path}：没有可记录的问题。")
    return terminal.USAGE if inputs.failed else terminal.OK


def _write(request: CheckRequest, reports: list[Report], unread: list[KouhaoError]) -> bool:
    """Write the findings as a list or a diff, and the fixes where they were asked for; return whether all could be written."""
    target = Path(request.output) if request.output else None
    found = [report for report in reports if report.findings]
    if request.fix and target is not None and len(found) > 1:
        raise KouhaoError("E_USAGE", "--output 只能用于一个文件", hint="请一次检查一个文件，或不写 --output。")
    if request.diff:
        for report in reports:
            write_diff(report)
    else:
        write_reports(reports, request.format, request.color, unread)
    if not request.fix:
        return True
    written = True
    for report in found:
        try:
            write_fixes(report, target, in_place=request.in_place)
        except KouhaoError as error:
            terminal.tell_error(error)
            written = False
    return written


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
