"""Each rule of validation fires where an entry breaks it, and only that one; an entry that breaks none is clean."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.program import Program

from kouhao.output.findings import MANUALS

HEAD = "source: {id: own, title: 甲, publisher: 乙, published: '2024-01-02', file: 原文.txt}\nentries:\n"
CLEAN = "- {term: 三个能, basis: mentioned, quote: 落实“三个能”, finds: [三个能], refuses: [两个不]}\n"
TEXT = "落实“三个能”，即能学、能讲、能写。推进“两个不”。做到“两个都”：一是都学；二是都讲。\n"
BROKEN: dict[str, str] = YAML(typ="safe").load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))


def rules(program: Program, folder: Path, glossary: str) -> tuple[set[str], str]:
    """Return the rules that `kouhao validate` reports of a glossary, and what it says beside."""
    (folder / "own.yaml").write_text(glossary if glossary.startswith("source") else HEAD + glossary, encoding="utf-8")
    (folder / "原文.txt").write_text(TEXT, encoding="utf-8")
    arguments = ["validate", "own.yaml", "--format", "jsonl"]
    done = program.run("door", arguments, stdin=b"", folder=folder, surroundings=os.environ)
    findings = map(json.loads, done.stdout.decode().splitlines())
    return {finding["rule"] for finding in findings if "rule" in finding}, done.stderr.decode()


def test_every_rule_has_its_row() -> None:
    assert set(BROKEN) == set(MANUALS)


def test_what_is_right_is_clean(program: Program, tmp_path: Path) -> None:
    assert rules(program, tmp_path, CLEAN)[0] == set()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_fires(rule: str, program: Program, tmp_path: Path) -> None:
    found, told = rules(program, tmp_path, BROKEN[rule])
    if rule == "control-character":  # it would steer a terminal: an error, not a finding
        assert "E_CHAR" in told
    else:
        assert found == {rule}, told
