"""What each rule finds, and what it leaves alone: a file a rule, a line a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kouhao.check.checker import Checker
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
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
    findings = checker.check(Document("-", text, "utf-8")).findings
    assert [f"{one.found}={one.expected}" for one in findings if one.rule == rule] == expected.split()
