"""The engines that docs/scale.md names give the answers of one process; each is tried where it is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kouhao import batch

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scale.md"
NUMBER = 400


def texts() -> list[str]:
    slip = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"
    kinds = ["推行“五好”建设。", "没有口号。", slip, "三进三同步和一业一证，𠮷。", ""]
    return [f"第{number}页。{kinds[number % len(kinds)]}" for number in range(NUMBER)]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    lines = (json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in enumerate(texts()))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def block(engine: str) -> str:
    """Return the example of an engine on the page."""
    found = re.search(rf"^## {engine}\n.*?```\w+\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found, f"docs/scale.md has no example of {engine}"
    return found[1]


@pytest.mark.skipif(not shutil.which("parallel"), reason="GNU parallel is not installed")
@pytest.mark.parametrize("name", ["scan", "check"])
def test_gnu_parallel_gives_the_same_bytes(name: str, records: Path, tmp_path: Path) -> None:
    (tmp_path / "kouhao").write_text(f'#!/bin/sh\nexec {sys.executable} -m kouhao "$@"\n', encoding="utf-8")
    (tmp_path / "kouhao").chmod(0o755)
    surroundings = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for line in block("GNU parallel").splitlines():
        told = line.replace("scan", name).replace("--block 64M", "--block 4k").replace("记录.jsonl", str(records))
        done = subprocess.run(["bash", "-c", told], capture_output=True, env=surroundings, cwd=tmp_path, check=False)
        alone = subprocess.run(
            [sys.executable, "-m", "kouhao", name, "--jsonl-in", "--exit-zero", records],
            capture_output=True,
            check=True,
        )
        assert ((tmp_path / "答案.jsonl").read_bytes(), done.returncode) == (alone.stdout, 0)


@pytest.fixture
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="Dask distributed is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started


@pytest.mark.parametrize("function", [batch.scan, batch.check])
def test_dask_gives_the_same_answers_though_a_worker_is_killed(cluster: Any, function: Any) -> None:  # noqa: ANN401
    distributed = pytest.importorskip("distributed")
    pieces = [texts()[start : start + 10] for start in range(0, NUMBER, 10)]
    with distributed.Client(cluster) as client:
        asked = client.map(function, pieces, pure=False)
        distributed.wait(asked[:3])
        os.kill(next(iter(client.run(os.getpid).values())), 9)
        answers = [answer for piece in client.gather(asked) for answer in piece]
    assert answers == function(texts())


def test_duckdb_gives_the_same_answers(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    monkeypatch.chdir(records.parent)
    records.rename("记录.jsonl")
    namespace: dict[str, Any] = {}
    exec(block("DuckDB"), namespace)  # noqa: S102  the example is what is tested
    answers = [json.loads(found) for _, found in sorted(namespace["rows"])]
    assert answers == [json.loads(json.dumps(found)) for found in batch.scan(texts())]


@pytest.mark.parametrize("engine", ["Dask", "Spark", "Ray"])
def test_examples_are_python(engine: str) -> None:
    compile(block(engine), engine, "exec")


@pytest.mark.parametrize(("engine", "module"), [("Dask", "distributed"), ("Spark", "pyspark"), ("Ray", "ray")])
def test_examples_run(engine: str, module: str, records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(module, reason=f"{engine} is not installed")
    monkeypatch.chdir(records.parent)
    records.rename("记录.jsonl")
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(block(engine), namespace)  # noqa: S102  the example is what is tested
    assert namespace["found"] == [[one["term"] for one in found] for found in batch.scan(texts())]
