"""What each rule finds, and what it leaves alone: a file a rule, a line a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kouhao.check.checker import Checker, fixes
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.expand import apply_edits
from kouhao.lookup.engine import open_lookup

FOLDER = Path(__file__).parent
ROWS = [
    (path.stem, *row.split("\t"))
    for path in sorted(FOLDER.glob("*.tsv"))
    for row in path.read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(open_lookup([]), list(RULES))


@pytest.mark.parametrize(("rule", "text", "expected"), ROWS)
def test_rule(checker: Checker, rule: str, text: str, expected: str) -> None:
    findings = checker.check(Document("-", text, "utf-8", "md" if "](" in text else "txt")).findings
    assert [f"{one.found}={one.expected}" for one in findings if one.rule == rule] == expected.split()


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            "“四风”（反对形式主意、官僚主义、享乐主义、奢靡之风）",
            "“四风”（反对形式主义、官僚主义、享乐主义、奢靡之风）",
        ),
        (
            "“四个意识”（政治意识、大局意意识、核心意识、看齐意识）",
            "“四个意识”（政治意识、大局意识、核心意识、看齐意识）",
        ),
        ("“四下基层”（宣传党的路线、方针、政策下基层、信访接待下基层、现场办公下基层）", ""),
        ("“两不愁三保障”（吃穿不愁，义务教育、基本医疗、住房安全有保障）", ""),
    ],
)
def test_fix_changes_what_is_wrong_alone(checker: Checker, text: str, fixed: str) -> None:
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert findings
    assert apply_edits(text, fixes(findings)) == (fixed or text)
