"""The shapes of JSON outputs stand in one module, and so does their version."""

from __future__ import annotations

import re
from pathlib import Path

import kouhao
from kouhao.records import SCHEMA

PACKAGE = Path(kouhao.__file__).parent
STARTUP = {"output/entries.py", "commands/scan.py"}
"""What is loaded by every lookup or scan, which cannot afford the module of records."""


def test_the_version_stands_in_one_module_and_where_start_up_forbids_to_load_it() -> None:
    literals = {
        path.relative_to(PACKAGE).as_posix(): set(map(int, numbers))
        for path in PACKAGE.rglob("*.py")
        if (numbers := re.findall(r"""["']schema["']: ?([0-9]+)""", path.read_text(encoding="utf-8")))
    }
    assert literals == {path: {SCHEMA} for path in STARTUP}
