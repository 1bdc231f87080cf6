"""Golden command-line cases: a folder each under `cases/`, run through both doors.

`cmd` holds the arguments as a shell would split them; `stdin`, `stdout`, `stderr` and `code` are what goes in and must come
out (`code` 0 and the others empty where absent). `KOUHAO_UPDATE=1 pytest tests/test_cases.py` writes what came out, to be
read before it is committed.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from tests.program import DOORS, Program

CASES = Path(__file__).parent / "cases"


def read(case: Path, name: str) -> bytes:
    path = case / name
    return path.read_bytes() if path.exists() else b""


def surroundings() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "KOUHAO_CACHE", "VIRTUAL_ENV")
    }
    return kept | {"COLUMNS": "80", "LANG": "C.UTF-8"}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, door: str, program: Program) -> None:
    arguments = shlex.split(read(case, "cmd").decode())
    done = program.run(door, arguments, stdin=read(case, "stdin"), folder=case, surroundings=surroundings())
    got = {"stdout": done.stdout, "stderr": done.stderr, "code": f"{done.code}\n".encode()}
    if os.environ.get("KOUHAO_UPDATE") and door == "door":
        for name, content in got.items():
            if content not in (b"", b"0\n"):
                (case / name).write_bytes(content)
            else:
                (case / name).unlink(missing_ok=True)
    expected = {name: read(case, name) or (b"0\n" if name == "code" else b"") for name in got}
    assert got == expected
