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
from kouhao.commands.command_line.options import COMMANDS

SCHEMA: dict[str, Any] = json.loads(
    Path(kouhao.__path__[0], "output", "answers.schema.json").read_text(encoding="utf-8")
)
ROOT = Path(__file__).parents[2]
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
    [
        "topics --json",
        "sources --json",
        "cite --json 五好",
        "random --json",
        "config show --json",
        "show --json 五好",
        "scan --json -",
        "check --json -",
        f"validate --json {ROOT}/glossary/putuo-2021.yaml",
    ],
)
def test_every_command_that_prints_data_prints_json(line: str) -> None:
    assert json.loads(printed(*line.split(), stdin="五好和三进三同步。".encode()))


def test_a_scan_is_one_object_with_what_was_not_read(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("五好，\n三好，五好。", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("一.txt", "没有.txt")]
    scanned = json.loads(printed("scan", "--json", *paths))
    assert [(match["line"], match["term"]) for match in scanned["matches"]] == [(1, "五好"), (2, "五好")]
    assert [error["code"] for error in scanned["errors"]] == ["E_NOT_FOUND"]
    lines = printed("scan", "--format", "jsonl", paths[0]).splitlines()
    assert [json.loads(line) for line in lines] == scanned["matches"]
    assert json.loads(printed("scan", "--json", "-", stdin="没有口号。".encode())) == {"schema": 2, "matches": []}


@pytest.mark.parametrize("command", ["lookup", "show", "cite"])
def test_what_is_absent_has_its_status(command: str) -> None:
    told = json.loads(printed(command, "--json", "没有这词"))
    if command == "cite":
        assert (told["citations"], told["not_found"]) == ([], ["没有这词"])
    else:
        assert [(answer["query"], answer["status"], answer["suggestions"]) for answer in told] == [
            ("没有这词", "not_found", [])
        ]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("lsp", "serve", "completion", "help")])
def test_who_asks_for_json_gets_it_or_learns_how(command: str) -> None:
    spellings = {spelling for option in COMMANDS[command].options for spelling in option.spellings}
    if "--json" in spellings:
        return
    error = json.loads(printed(command, "--json"))
    assert error["code"] == "E_USAGE"
    assert "请用" in error["hint"] or "不输出数据" in error["hint"]
