"""The README is true: its picture is what rich paints today, and its console blocks print what they show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.picture import PICTURE, picture

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
KOUHAO = f"{sys.executable} -c 'from kouhao.door import main; main()'"


def commands() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for session in SESSIONS:
        for step in session.split("$ ")[1:]:
            command, _, output = step.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), commands(), ids=[command for command, _ in commands()])
def test_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    script = f'kouhao() {{ {KOUHAO} "$@"; }}\n{command}'
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80"},
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == output


def test_readme_has_its_commands() -> None:
    assert len(commands()) >= 6
    assert "make run" in README
    assert "make test" in README


def test_picture_is_what_is_painted() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()
