"""Everything that is printed as JSON has the shape that the repository's schema tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import kouhao

SCHEMA: dict[str, Any] = json.loads(
    Path(kouhao.__path__[0], "output", "answers.schema.json").read_text(encoding="utf-8")
)
QUERIES = ["五好", "wuhao", "三近三同步", "三好", "1+10", "双一流", "招商引资同步", "", "没有这个词", "人才"]


def printed(*arguments: str, stdin: bytes = b"") -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "kouhao"), *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=os.environ,
    )
    return done.stdout.decode("utf-8")


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("options", [[], ["--explain"], ["--exact"], ["--limit", "1"]])
def test_answers(options: list[str]) -> None:
    answers = json.loads(printed("--json", *options, *QUERIES))
    assert len(answers) == len(QUERIES)
    for answer in answers:
        validator("answer").validate(answer)


def test_json_lines_answer_each_line() -> None:
    lines = printed("--format", "jsonl", "-", stdin="五好\n\n三好\n".encode() + b"\xff\xff\n" + "三新".encode())
    answers = [json.loads(line) for line in lines.splitlines()]
    assert [answer["status"] for answer in answers] == ["found", "not_found", "error", "found"]
    assert answers[2]["line"] == 4
    for answer in answers:
        validator("answer").validate(answer)


def test_entries() -> None:
    for entry in json.loads(printed("list", "--json")):
        validator("entry").validate(entry)


@pytest.mark.parametrize(
    "line",
    ["topics --json", "sources --json", "cite --json 五好", "random --json", "config show --json", "show --json 五好"],
)
def test_every_command_that_prints_data_prints_json(line: str) -> None:
    assert json.loads(printed(*line.split()))
