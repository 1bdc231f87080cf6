"""Many texts: the batch functions, the records of `--jsonl-in` and `-j` say the same, and no loss is silent."""

from __future__ import annotations

import doctest
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kouhao
from kouhao import batch
from kouhao.commands import check as check_command
from kouhao.commands.inputs.workers import share
from kouhao.documents.document import Document
from kouhao.documents.reading import read_document
from kouhao.errors import KouhaoError

SLIP = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"
TEXTS = ["推行“五好”建设。\n又说三进三同步。", "", "没有口号。", SLIP, "𠮷日五好"]


def command(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = [sys.executable, "-m", "kouhao", *map(str, arguments)]
    return subprocess.run(program, input=given, capture_output=True, check=False, timeout=100)


def records(texts: list[str]) -> bytes:
    lines = (json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in enumerate(texts))
    return "".join(f"{line}\n" for line in lines).encode()


def test_examples_in_the_documentation_run() -> None:
    assert doctest.testmod(batch) == (0, 2)


def test_scan_says_what_the_library_says() -> None:
    with kouhao.open() as glossary:
        expected = [[(one.start, one.end, one.entry.id) for one in glossary.scan(text)] for text in TEXTS]
    assert [[(one["start"], one["end"], one["id"]) for one in found] for found in batch.scan(TEXTS)] == expected
    assert [one["line"] for one in batch.scan(TEXTS)[0]] == [1, 2]
    assert batch.scan(TEXTS, builtin=["putuo-2021"])[3] == batch.scan(TEXTS)[3]
    assert batch.scan(TEXTS, builtin=False) == [[] for _ in TEXTS]


def test_check_says_what_the_library_says() -> None:
    with kouhao.open() as glossary:
        expected = [[(one.rule, one.start, one.end) for one in glossary.check(text)] for text in TEXTS]
    assert [[(one["rule"], one["start"], one["end"]) for one in found] for found in batch.check(TEXTS)] == expected
    assert any(expected)
    assert batch.check(TEXTS, rules=[]) == [[] for _ in TEXTS]


@pytest.mark.parametrize("function", [batch.scan, batch.check])
def test_functions_travel_to_other_processes(function: object) -> None:
    assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301  our own


@pytest.mark.parametrize(
    ("name", "field", "ask"), [("scan", "matches", batch.scan), ("check", "findings", batch.check)]
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_are_answered_in_order(name: str, field: str, ask: object, jobs: str) -> None:
    done = command(name, "--jsonl-in", "-j", jobs, given=records(TEXTS))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(len(TEXTS)))
    assert [answer[field] for answer in answers] == ask(TEXTS)  # type: ignore[operator]
    assert done.returncode == (1 if name == "check" else 0)
    wide = command(name, "--jsonl-in", "-j", jobs, given=records(TEXTS).decode().encode("utf-16"))
    assert wide.stdout == done.stdout
    matching = command(name, "--jsonl-in", "--only-matching", "-j", jobs, given=records(TEXTS))
    assert [json.loads(line) for line in matching.stdout.splitlines()] == [one for one in answers if one[field]]


@pytest.mark.parametrize("name", ["scan", "check"])
def test_bad_records_are_told_with_their_places(name: str) -> None:
    bad = records(["五好"]) + '坏行\n{"id": "c"}\n{"id": 3, "text": "三好"}'.encode()
    done = command(name, "--jsonl-in", given=bad)
    assert done.returncode == 2
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [0, None, "c", 3]
    wrong = [answer for answer in answers if "error" in answer]
    assert [(answer["line"], bad[answer["offset"] :].split(b"\n")[0].decode()) for answer in wrong] == [
        (2, "坏行"),
        (3, '{"id": "c"}'),
    ]
    assert [answer["record"] for answer in wrong] == ["坏行", '{"id": "c"}']
    assert command(name, "--jsonl-in", "--exit-zero", given=bad).returncode == 0


def test_lines_count_across_pieces_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    whole = records(["文" * 1000] * 600)
    path.write_bytes(whole + b"x\n")
    (wrong,) = [
        json.loads(line)
        for line in command("scan", "--jsonl-in", "-j", "2", "--only-matching", path).stdout.splitlines()
    ]
    assert (wrong["line"], wrong["offset"]) == (601, len(whole))


def test_a_record_that_arrives_is_answered_at_once() -> None:
    program = [sys.executable, "-m", "kouhao", "scan", "--jsonl-in"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for text in TEXTS:
            running.stdin.write(records([text]))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["matches"] == batch.scan([text])[0]
        running.stdin.close()


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_files_are_listed_alike_by_any_number_of_processes(form: str, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    one, two = (command("scan", "--format", form, "-j", jobs, tmp_path) for jobs in ("1", "2"))
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert one.returncode == 2
    assert one.stdout


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_is_told() -> None:
    with pytest.raises(KouhaoError) as caught:
        list(share(die_at_seven, range(40), 2))
    assert caught.value.code == "E_WORKER"


@pytest.mark.skipif(sys.platform != "linux", reason="other processes do not inherit the stand-in")
def test_a_killed_process_costs_its_document_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die_at_three(path: str) -> Document:
        if path.endswith("3.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read_document(path)

    monkeypatch.setattr(check_command, "read_document", die_at_three)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    paths = [str(tmp_path / f"{number}.txt") for number in range(12)]
    for path in paths:
        Path(path).write_text("推行“五好”（班子建设好、党员队伍好）建设。" * 500, encoding="utf-8")
    outcomes = list(check_command.check_all(paths, check_command.Task((), True, ("expansion-item-missing",), False)))
    lost = [(number, one.code) for number, one in enumerate(outcomes) if isinstance(one, KouhaoError)]
    assert (len(outcomes), lost) == (12, [(3, "E_LIMIT")])


def test_pieces_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []
    results = share(abs, (taken.append(number) or number for number in range(10_000)), 2)  # type: ignore[func-returns-value]
    assert next(results) == 0
    assert len(taken) < 100
    results.close()  # type: ignore[attr-defined]
