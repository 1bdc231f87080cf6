"""What a check lets pass: rules, terms and places that are ignored, and the findings that a baseline has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from kouhao.check.checker import Report, fingerprints, plain_path, without
from kouhao.check.rule_choice import RuleChoice
from kouhao.errors import KouhaoError
from kouhao.files import read_text, require_former, write_file
from kouhao.model import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import BaselineRecord


class Passes:
    """What is let pass, and what was ignored in vain."""

    def __init__(self, ignored: dict[str, str], baseline: str, choice: RuleChoice) -> None:
        """`ignored` are names as `named_places` returns them; `baseline` is a file or nothing."""
        self._choice = choice
        self._ignored = ignored
        self._unused = dict(ignored)
        self._known = _known(baseline) if baseline else frozenset()
        self._folder = str(Path(baseline).parent)

    def filter(self, report: Report) -> Report:
        """Return the report without them."""
        report = report._replace(findings=self._choice.filter(report.findings, report.document.path))
        kept = tuple(finding for finding in report.findings if not self._passes(finding))
        silenced = report.silenced + len(report.findings) - len(kept)
        return without(report._replace(findings=kept, silenced=silenced), self._known, self._folder)

    def _passes(self, finding: Finding) -> bool:
        names = {finding.rule, finding.term, f"{plain_path(finding.path)}:{finding.line}"} & self._ignored.keys()
        for name in names:
            self._unused.pop(name, None)
        return bool(names)

    @property
    def unused(self) -> Collection[str]:
        """What was ignored in vain, as it was written."""
        return self._unused.values()


def named_places(names: Iterable[str], folder: str = "") -> dict[str, str]:
    """Return names as they are written, a place (文件:行) under the one spelling of its path, which is meant from `folder`."""
    places = {}
    for name in names:
        path, _, line = name.rpartition(":")
        is_place = path and line.isdecimal()
        places[f"{plain_path(str(Path(folder, path)))}:{line}" if is_place else name] = name
    return places


def _known(baseline: str) -> frozenset[str]:
    """Return the fingerprints of a baseline; raise KouhaoError E_NOT_FOUND and its like, or E_JSON for what is none."""
    import json  # noqa: PLC0415  of baselines only

    try:
        record = json.loads(read_text(Path(baseline)))
        return frozenset(map(str, record["fingerprints"]))
    except KouhaoError as error:
        hint = f"先用 --write-baseline {baseline} 生成。"
        raise KouhaoError(error.code, error.message, path=baseline, hint=hint) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "请用 --write-baseline 重新生成。"
        raise KouhaoError("E_JSON", "不是基线文件", path=baseline, hint=hint) from error


def write_baseline(path: Path, reports: Iterable[Report]) -> int:
    """Write the fingerprints of all findings, paths in them as seen from the file's folder, and return their number."""
    import json  # noqa: PLC0415  likewise

    from kouhao.records import SCHEMA  # noqa: PLC0415  likewise

    require_former(path, '"fingerprints"')
    folder = str(path.parent)
    marks = sorted(mark for report in reports for mark in fingerprints(report.findings, report.document, folder))
    record: BaselineRecord = {"schema": SCHEMA, "fingerprints": marks}
    write_file(path, f"{json.dumps(record, indent=2)}\n".encode())
    return len(marks)
