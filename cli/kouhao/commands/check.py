"""`kouhao check`: read documents as a careful colleague would; every processor has a checker, and none takes the others along."""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from kouhao.check.checker import Checker, Report, fixes
from kouhao.check.config import TEMPLATE, Configuration, find_configuration, passed_over
from kouhao.check.passes import Passes, named_places, write_baseline
from kouhao.check.rule_choice import RuleChoice
from kouhao.check.rules import DEFAULTS, RULES
from kouhao.commands.console import terminal
from kouhao.commands.console.findings import write_reports
from kouhao.commands.console.progress import watched
from kouhao.commands.inputs.documents import Inputs, saved_documents
from kouhao.commands.inputs.glossaries import open_glossaries, own_glossaries
from kouhao.commands.inputs.workers import AHEAD, share
from kouhao.documents.document import split_lines
from kouhao.documents.kinds import WORD_KINDS
from kouhao.documents.paths import Exclusion
from kouhao.documents.reading import edited_file, read_as_text, read_bytes, read_document
from kouhao.errors import KouhaoError, near_hint
from kouhao.files import conflict, read_file, working_folder, write_file
from kouhao.index.patterns import Vocabulary
from kouhao.language.dates import DATE_HINT, is_date
from kouhao.model import Severity, apply_edits
from kouhao.paths import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import FindingRecord, RuleRecord

_IN_PARAGRAPH = r"(?<=\S)\n(?=\S)"
"""Where a docstring's line ends and its paragraph does not."""

_SUFFIX = ".批注"
_ORDER = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
_WORTH_SHARING = 256 * 1024
"""Bytes of documents from which other processes save more time than they cost."""

Outcome = Report | KouhaoError


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
        return _show_rules(request.explain, request.format)
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
    ignored = named_places(settings.ignore, settings.folder) | named_places(request.ignore)
    passes = Passes(ignored, request.baseline, choice)
    exclusion = Exclusion(settings.exclude, settings.folder)
    if request.watch:
        return _watch(request, exclusion, task, passes)
    inputs = Inputs(_named(request.files), exclusion, lenient=request.skip_unreadable)
    reports = list(_check(inputs, task, passes))
    _tell_passed_over(reports, settings)
    if request.write_baseline:
        marks = write_baseline(Path(request.write_baseline), reports)
        terminal.tell(f"{request.write_baseline}：{f'已记入 {marks} 处' if marks else '没有可记录的问题'}。")
        return terminal.USAGE if inputs.failed else terminal.OK
    written = _write(request, reports, inputs.errors)
    fails = any(finding.severity in failing for report in reports for finding in report.findings)
    code = _conclude(reports, inputs, passes, failing=fails and not request.exit_zero)
    return code if written else terminal.USAGE


def _warn_of_unknown(choice: RuleChoice) -> None:
    """Tell which names in the settings and options are no rule's."""
    for name in choice.unknown:
        terminal.tell(f"kouhao: 提醒：没有规则“{name}”，它不起作用。{near_hint(name, RULES, '')}")


def _tell_passed_over(reports: Sequence[Report], settings: Configuration) -> None:
    """Tell which settings of folders do not hold, since those of the working folder do."""
    used = settings.path or "无"
    for path in passed_over((report.document.path for report in reports if report.document.path != "-"), settings):
        terminal.tell(f"{path}: 说明：没有用到，设置取自运行时所在的文件夹（{used}）；在那里可以写 [[overrides]]。")


def _watch(request: CheckRequest, exclusion: Exclusion, task: Task, passes: Passes) -> int:
    """Check documents whenever they are saved, with a commented copy of each Word document, until interrupted."""
    saves = saved_documents(_named(request.files), exclusion)
    terminal.tell("存盘一次，检查一次；按 Ctrl+C 结束。")
    for saved in saves:
        inputs = Inputs(saved, None, lenient=True)
        reports = list(_check(inputs, task, passes))
        write_reports(reports, request.format, request.color, inputs.errors)
        for report in reports:
            try:
                _write_copy(report)
            except KouhaoError as error:
                terminal.tell_error(error)
        sys.stdout.flush()
    return terminal.OK


def _check_records(request: CheckRequest, settings: Configuration, task: Task, failing: Collection[Severity]) -> int:
    """Answer the records of files with what is found in them, and return the exit code."""
    from kouhao.commands.inputs.json_lines import RecordTask, answer_records, version_tail  # noqa: PLC0415  files are no records

    levels = {**settings.severity, **_levels(request.severity)}
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
    from kouhao import batch  # noqa: PLC0415  documents are checked without it

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


def _check(inputs: Inputs, task: Task, passes: Passes) -> Iterator[Report]:
    """Yield the reports; what could not be read is noted in the inputs and told."""
    for outcome in check_all(list(inputs), task):
        if isinstance(outcome, KouhaoError):
            inputs.refuse(outcome)
        else:
            inputs.note(outcome.document)
            yield passes.filter(outcome)


class Task(NamedTuple):
    """How documents are checked: with which glossaries and rules, and whether what is no text is read as one."""

    glossaries: tuple[str, ...]
    builtin: bool | tuple[str, ...]
    rules: tuple[str, ...]
    as_text: bool
    as_of: str = ""
    stdin_filename: str = ""


def check_all(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Return a report or an error for each path, in order; a person who waits sees a progress bar."""
    return watched(_outcomes(paths, task), len(paths), "正在检查")


def _outcomes(paths: Sequence[str | KouhaoError], task: Task) -> Iterator[Outcome]:
    """Yield the outcomes; where a process was killed, each document that may have done it gets one of its own."""
    processes = min(len(paths), os.cpu_count() or 1)
    worth = processes > 1 and sys.platform != "win32" and sum(map(_size, paths)) > _WORTH_SHARING
    check = partial(_check_one, task)
    left = deque(paths)
    with open_glossaries(task.glossaries, builtin=task.builtin) as lookup:
        _checkers[task] = Checker(lookup, task.rules, task.as_of)
        while left:
            try:
                for outcome in share(check, tuple(left), processes if worth else 1):
                    left.popleft()
                    yield outcome
            except KouhaoError:
                for _ in range(min(len(left), AHEAD * processes)):
                    yield _check_apart(check, left.popleft())


def _check_apart(check: partial[Outcome], path: str | KouhaoError) -> Outcome:
    try:
        return next(share(check, [path], 2))
    except KouhaoError:
        name = path.path if isinstance(path, KouhaoError) else path
        message = "检查它的进程意外结束了，可能内存不够"
        return KouhaoError("E_LIMIT", message, path=name, hint="请单独检查这个文件。")


def _size(path: str | KouhaoError) -> int:
    return Path(path).stat().st_size if isinstance(path, str) and Path(path).is_file() else 0


def _check_one(task: Task, path: str | KouhaoError) -> Outcome:
    """Check one document, or pass on why there is none."""
    if isinstance(path, KouhaoError):
        return path
    try:
        if path == "-" and task.stdin_filename:
            name = task.stdin_filename
            return _checker(task).check(read_bytes(read_file("-"), name, Path(name).suffix.lower()))
        return _checker(task).check(read_as_text(path) if task.as_text else read_document(path))
    except KouhaoError as error:
        return error


def _checker(task: Task) -> Checker:
    """Return what this process checks with: its own, or a copy of that of the process that started it."""
    if task not in _checkers:
        _checkers[task] = Checker(open_glossaries(task.glossaries, builtin=task.builtin), task.rules, task.as_of)
    return _checkers[task]


_checkers: dict[Task, Checker] = {}


def _show_rules(explained: str, form: str) -> int:
    """Show what all rules say, or the manual page of one, to a person or as JSON."""
    from kouhao.output.findings import manual, summary  # noqa: PLC0415  documents are not told what rules say

    if explained and explained not in RULES:
        raise _no_rule(explained)
    if form == "text" and explained:
        terminal.show(f"{explained}\n\n{re.sub(_IN_PARAGRAPH, '', manual(explained))}")
    elif form == "text":
        terminal.show("\n".join(f"{name:26}{summary(name)}" for name in RULES))
    else:
        records: list[RuleRecord] = [
            {"rule": name, "severity": RULES[name].SEVERITY.value, "enabled": name in DEFAULTS, "manual": manual(name)}
            for name in ([explained] if explained else RULES)
        ]
        for record in [records] if form == "json" and not explained else records:
            terminal.write_record(record)
    return terminal.OK


def _no_rule(name: str) -> KouhaoError:
    return KouhaoError(
        "E_USAGE", f"没有规则 {name}", hint=near_hint(name, RULES, "kouhao check --rules 列出全部规则。")
    )


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


def _write(request: CheckRequest, reports: list[Report], unread: list[KouhaoError]) -> bool:
    """Write the findings as a list or a diff, and the fixes where they were asked for; return whether all could be written."""
    target = Path(request.output) if request.output else None
    found = [report for report in reports if report.findings]
    if request.fix and target is not None and len(found) > 1:
        raise KouhaoError("E_USAGE", "--output 只能用于一个文件", hint="请一次检查一个文件，或不写 --output。")
    if request.diff:
        for report in reports:
            _write_diff(report)
    else:
        write_reports(reports, request.format, request.color, unread)
    if not request.fix:
        return True
    written = True
    for report in found:
        try:
            _write_fixes(report, target, in_place=request.in_place)
        except KouhaoError as error:
            terminal.tell_error(error)
            written = False
    return written


def _write_diff(report: Report) -> None:
    """Print what the fixes of a text change, as a unified diff."""
    from difflib import unified_diff  # noqa: PLC0415  what --diff alone needs

    before = report.document.text
    after = apply_edits(before, fixes(report.findings))
    path = terminal.safe_line(report.document.path)
    lines = unified_diff(split_lines(before), split_lines(after), path, path)
    for line in lines:
        terminal.write(line if line.endswith("\n") else f"{line}\n\\ 文件末尾没有换行\n")


def _write_fixes(report: Report, output: Path | None, *, in_place: bool) -> None:
    """Write a document's fixes, and tell how many were made and how many findings are left to the writer."""
    document = report.document
    if document.kind in WORD_KINDS and document.path != "-":
        _write_comments(report, output, in_place=in_place)
        return
    if not document.is_plain or document.path == "-":
        terminal.tell(f"{document.path}：这种文件不能自动修改，{len(report.findings)} 处请手工改。")
        return
    edits = fixes(report.findings)
    chosen = set(edits)
    made = sum(finding.edit in chosen for finding in report.findings)
    if edits:
        original = read_file(document.path)
        try:
            fixed = edited_file(document, edits, original)
        except KouhaoError as error:
            now = read_bytes(original, document.path, Path(document.path).suffix.lower())
            raise error if now.text == document.text else conflict(document.path) from error
        _tell_replaced(output)
        write_file(output or Path(document.path), fixed, was=None if output else original, made_of=[document.path])
    left = len(report.findings) - made
    told = [f"已改正 {made} 处"] if made else []
    told += [f"{left} 处请自行决定"] if left else []
    terminal.tell(f"{document.path}：{'，'.join(told) or '未发现问题'}{'' if made else '，没有改动'}。")


def _tell_replaced(output: Path | None) -> None:
    """Tell that a file that somebody may want is replaced: `--output` names any."""
    if output is not None and output.is_file() and output.stat().st_size:
        terminal.tell(f"{output}：已有这个文件，由改正后的代替。")


def _write_copy(report: Report) -> None:
    """Write the commented copy of a Word document; one without findings gets none, but an older copy loses its comments."""
    if report.document.kind not in WORD_KINDS:
        return
    from kouhao.output.word import copy_path  # noqa: PLC0415  python-docx, for Word documents only

    if report.findings or copy_path(Path(report.document.path), _SUFFIX).exists():
        _write_comments(report, None, in_place=False)


def _write_comments(report: Report, output: Path | None, *, in_place: bool) -> None:
    from kouhao.output.word import annotate, copy_path, write_beside  # noqa: PLC0415  python-docx, for Word documents only

    source = Path(report.document.path)
    in_place = in_place and report.document.kind == "docx"
    target = output or (source if in_place else copy_path(source, _SUFFIX))
    same = real_path(target) == real_path(source)
    if same and not in_place:
        message = "批注会写进原文件"
        raise KouhaoError(
            "E_USAGE", message, path=str(target), hint="请另选 --output；确要写进原文件，请加 --in-place。"
        )
    original = read_file(source)
    content, told = annotate(original, report.document, report.findings)
    if target in (output, source):
        _tell_replaced(output)
        write_file(target, content, was=original if same else None, made_of=[source])
    else:
        write_beside(source, target, content)
    left = len(report.findings) - told
    terminal.tell(f"{target}：批注共 {told} 处。" + (f"另有 {left} 处在页眉、页脚或脚注里，不能批注。" if left else ""))


def _conclude(reports: list[Report], inputs: Inputs, passes: Passes, *, failing: bool) -> int:
    """Tell what was ignored in vain and the sum, and return the exit code: 2 where something was not checked, 1 with findings."""
    for name in passes.unused:
        terminal.tell(f"kouhao: 提醒：要忽略的“{name}”没有出现。")
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
