"""Queries on standard input: answered in batches, each as if it stood alone, and none kept waiting for the next."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.program import RUN, kouhao

from kouhao.lookup.engine import open_lookup

QUERIES = ["五好", "三近三同步", "", "wuhao", "没有这个口号", "“”", "五好", "五" * 300, "sjstb"]


def test_batch_answers_as_single_queries_do() -> None:
    with open_lookup([]) as lookup:
        together = [[hit.id for hit in answer.hits] for answer in lookup.answer_all(QUERIES)]
        assert together == [[hit.id for hit in lookup.answer(query).hits] for query in QUERIES]


@pytest.mark.parametrize(("options", "end"), [((), b"\n"), (("--null",), b"\0")])
def test_more_lines_than_a_batch_holds(options: tuple[str, ...], end: bytes) -> None:
    queries = ["五好", "三进三同步"] * 2000
    done = kouhao(*options, "-", stdin=end.join(query.encode() for query in queries))
    assert [line.split("\t")[0] for line in done.stdout.decode().splitlines()] == queries


def test_a_line_without_an_end_costs_no_memory() -> None:
    done = kouhao("-", stdin="五好\n".encode() + b"a" * 50_000_000 + "\n五好\n".encode())
    assert [line.split("\t")[0] for line in done.stdout.decode().splitlines()] == ["五好", "五好"]
    assert (done.returncode, "E_LIMIT" in done.stderr.decode(), len(done.stderr) < 500) == (2, True, True)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_lines_in_utf_16_are_answered_as_they_come(encoding: str, mark: str) -> None:
    queries = ["五好", "三进三同步"] * 3000
    done = kouhao("-", stdin=(mark + "".join(f"{query}\r\n" for query in queries)).encode(encoding))
    assert [line.split("\t")[0] for line in done.stdout.decode().splitlines()] == queries


def test_line_that_is_no_text_costs_the_others_nothing() -> None:
    done = kouhao("-", stdin="\ufeff五好\n三进三同步\n".encode() + b"\xff\n" + "五好\n".encode())
    assert [line.split("\t")[0] for line in done.stdout.decode().splitlines()] == ["五好", "三进三同步", "五好"]
    assert (done.returncode, "E_ENCODING" in done.stderr.decode(), "第 3 行" in done.stderr.decode()) == (2, True, True)


def test_what_is_not_found_is_told_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    both = tmp_path / "both.txt"
    with both.open("wb") as out:
        lines = "五好\n没有这个口号\n三进三同步\n".encode()
        subprocess.run([*RUN, "-"], input=lines, stdout=out, stderr=out, timeout=60, check=False)
    told = both.read_text(encoding="utf-8").splitlines()
    assert (told[0][:2], "没有这个口号" in told[1], told[-1][:5]) == ("五好", True, "三进三同步")


def test_whoever_writes_a_line_and_waits_gets_its_answer() -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen([*RUN, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for written, term in (("五好\n三进", "五好"), ("三同步\n", "三进三同步")):
            process.stdin.write(written.encode())
            process.stdin.flush()
            assert process.stdout.readline().decode().split("\t")[0] == term
        process.stdin.close()
        assert process.wait(30) == 0
