"""Findings as text for machines: JSON, JSON Lines, SARIF 2.1.0, reviewdog's rdjsonl, GitHub's workflow commands.

Every format also tells what could not be read, so that an incomplete run is never taken for a clean one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import PureWindowsPath

from kouhao import __version__
from kouhao.check.checker import Report, fingerprints
from kouhao.check.rules import RULES
from kouhao.errors import KouhaoError
from kouhao.model import Finding, Severity
from kouhao.records import SCHEMA, CheckRecord, error_record, finding_record

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_RDF_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}
MANUALS = {
    "source-undated": "来源缺少发布机构或日期，或者日期的写法不对。",
    "source-unnamed": "文件有几个来源，词条没有写是哪一个。",
    "evidence-missing": "找不到来源的原文，引文没有核对。",
    "date-invalid": "日期的写法不对，或者起止颠倒。",
    "control-character": "文字里有控制字符。",
    "quote-not-verbatim": "引文与原文不是一字不差。",
    "term-not-in-quote": "引文里没有这个词。",
    "item-not-in-quote": "有一项不在引文或展开里，或者次序不同。",
    "unexplained-expanded": "文件没有解释的词写了展开。",
    "expansion-not-verbatim": "展开不是引文里的原话。",
    "items-not-in-source": "引用的各项不是这样依次见于来源。",
    "term-not-in-source": "来源里没有这个词。",
    "readings-not-apart": "两种解释的范围和年份都相同。",
    "count-mismatch": "项数与名称里的数字不同，又没有说明缘故。",
    "unreachable-form": "去掉标点后什么也不剩，永远查不到。",
    "blank-around": "词、写法或主题前后有空格。",
    "form-clash": "两个词有同一种写法。",
    "dangling-link": "see 指向的词不在词库里，或者该有而没有。",
    "finds-failed": "应当查到的没有查到。",
    "refuses-failed": "不应当查到的查到了。",
    "drafts-failed": "用来试检查的句子，结果与所写的不同。",
    "near-term": "两个词只差一个字。",
}
"""What the rules of `curation.lint` say, by their ids; those on documents have their manual pages in `check.rules`."""

_RULE_IDS = list(dict.fromkeys((*RULES, *MANUALS)))
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def gcc(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return a line for each finding as compilers write them, which editors and problem matchers read, and one for each error."""
    lines = [
        f"{_on_one_line(finding.path)}:{finding.line}:{finding.column}: {finding.severity.value}: {_told(finding)} [{finding.rule}]\n"
        for report in reports
        for finding in report.findings
    ]
    lines += [
        f"{_on_one_line(error.path)}:{error.line or 1}:1: error: {error.message} [{error.code}]\n"
        if error.path
        else f"kouhao: error: {error.message} [{error.code}]\n"
        for error in unread
    ]
    return "".join(lines)


def _told(finding: Finding) -> str:
    """Return the message, and where a person finds it in a document that has no lines."""
    return f"{finding.message}（{finding.label}）" if finding.label else finding.message


def _on_one_line(path: str) -> str:
    """Return the name of a file with its line ends visible: a line is a finding."""
    return path.replace("\n", "^J").replace("\r", "^M")


def jsonl(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return an object a line: the findings, and the error of each file that could not be read."""
    findings = [finding_record(finding) for report in reports for finding in report.findings]
    return "".join(map(_line, [*findings, *map(error_record, unread)]))


def json_document(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return one object with the files, the findings, and the errors of files that could not be read, if there are any."""
    record: CheckRecord = {
        "schema": SCHEMA,
        "files": [{"path": report.document.path, "encoding": report.document.encoding} for report in reports],
        "findings": [finding_record(finding) for report in reports for finding in report.findings],
    }
    if unread:
        record["errors"] = list(map(error_record, unread))
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def rdjsonl(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return a diagnostic a line, in the Reviewdog Diagnostic Format."""
    diagnostics = [_diagnostic(finding, report) for report in reports for finding in report.findings]
    return "".join(map(_line, [*diagnostics, *map(_unread_diagnostic, unread)]))


def _unread_diagnostic(error: KouhaoError) -> dict[str, object]:
    return {
        "message": error.message,
        "location": {"path": error.path} | ({"range": {"start": {"line": error.line}}} if error.line else {}),
        "severity": "ERROR",
        "source": {"name": "kouhao"},
        "code": {"value": error.code},
    }


def _diagnostic(finding: Finding, report: Report) -> dict[str, object]:
    diagnostic: dict[str, object] = {
        "message": _told(finding),
        "location": {"path": finding.path, "range": _rdf_range(report, finding.start, finding.end)},
        "severity": _RDF_LEVELS[finding.severity],
        "source": {"name": "kouhao"},
        "code": {"value": finding.rule},
    }
    if finding.edit and report.document.is_plain:
        edit = finding.edit
        diagnostic["suggestions"] = [{"range": _rdf_range(report, edit.start, edit.end), "text": edit.replacement}]
    return diagnostic


def _rdf_range(report: Report, start: int, end: int) -> dict[str, object]:
    """Return a range whose columns count UTF-8 bytes, as the format wants it."""
    return {"start": _rdf_position(report, start), "end": _rdf_position(report, end)}


def _rdf_position(report: Report, offset: int) -> dict[str, object]:
    place = report.document.locate(offset)
    before = report.document.before(place.line, place.column, place.column)
    return {"line": place.line, "column": len(before.encode("utf-8", "replace")) + 1}


def github(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return a workflow command a line."""
    commands = [_command(finding) for report in reports for finding in report.findings]
    errors = [f"::error {_place(error)}title={error.code}::{_data(error.message)}\n" for error in unread]
    return "".join([*commands, *errors])


def _place(error: KouhaoError) -> str:
    if not error.path:
        return ""
    return f"file={_property(error.path)}," + (f"line={error.line}," if error.line else "")


def _command(finding: Finding) -> str:
    place = f"file={_property(finding.path)},line={finding.line},col={finding.column},endLine={finding.end_line}"
    return f"::{_GITHUB_LEVELS[finding.severity]} {place},title={finding.rule}::{_data(_told(finding))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(reports: Sequence[Report], unread: Sequence[KouhaoError] = ()) -> str:
    """Return a SARIF 2.1.0 log with one run."""
    results = [result for report in reports for result in _results(report)]
    rules = [
        {"id": name, "shortDescription": {"text": summary(name)}, "fullDescription": {"text": manual(name)}}
        for name in _RULE_IDS
    ]
    driver = {"name": "kouhao", "version": __version__, "rules": rules}
    notifications = [
        _notification(error.path, error.message, {"descriptor": {"id": error.code}}, error.line) for error in unread
    ]
    notifications += [
        _notification(report.document.path, "规则出错，没有查完", {"associatedRule": {"id": name}})
        for report in reports
        for name in report.broken
    ]
    invocation = {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _notification(path: str, message: str, about: dict[str, object], line: int = 0) -> dict[str, object]:
    """Return what says that a file was not checked, or not by some rule; of no file, that the command line was refused."""
    place: dict[str, object] = {"artifactLocation": {"uri": file_uri(path)}}
    place |= {"region": {"startLine": line}} if line else {}
    locations = [{"physicalLocation": place}] if path else []
    return {"level": "error", "message": {"text": message}, "locations": locations, **about}


def _results(report: Report) -> list[dict[str, object]]:
    marks = fingerprints(report.findings, report.document)
    return [_result(report, finding, mark) for finding, mark in zip(report.findings, marks, strict=True)]


def _result(report: Report, finding: Finding, mark: str) -> dict[str, object]:
    location = {
        "artifactLocation": {"uri": file_uri(finding.path)},
        "region": _region(report, finding.start, finding.end),
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": _RULE_IDS.index(finding.rule),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": _told(finding)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"kouhao/v1": mark},
    }
    if finding.edit and report.document.is_plain:
        edit = finding.edit
        replacement = {
            "deletedRegion": _region(report, edit.start, edit.end),
            "insertedContent": {"text": edit.replacement},
        }
        change = {"artifactLocation": {"uri": file_uri(finding.path)}, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": f"{edit.verb}“{edit.replacement}”"}, "artifactChanges": [change]}]
    return result


def _region(report: Report, start: int, end: int) -> dict[str, object]:
    document = report.document
    first, last = document.locate(start), document.locate(end)
    begin = document.origin(start)
    region: dict[str, object] = {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }
    return region | {"charOffset": begin, "charLength": document.origin(end) - begin}


def file_uri(path: str, *, windows: bool = sys.platform == "win32") -> str:
    """Return a path as a URI reference: one with a drive as an absolute one."""
    from urllib.parse import quote  # noqa: PLC0415  one format of six

    if not windows:
        return quote(path, errors="surrogateescape")
    pure = PureWindowsPath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), errors="surrogateescape")


def manual(rule: str) -> str:
    """Return the manual page of a rule, on documents or on glossaries."""
    return (RULES[rule].__doc__ or "").strip() if rule in RULES else MANUALS[rule]


def summary(rule: str) -> str:
    """Return the first line of a rule's manual page."""
    return manual(rule).partition("\n")[0]


def _line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[Sequence[Report], Sequence[KouhaoError]], str]] = {
    "gcc": gcc,
    "json": json_document,
    "jsonl": jsonl,
    "sarif": sarif,
    "rdjsonl": rdjsonl,
    "github": github,
}
"""The machine formats by name."""
