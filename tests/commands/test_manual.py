"""The manual page says what the help says, and roff reads all of it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from kouhao.commands.command_line.options import COMMANDS
from kouhao.commands.help import manual_page


def test_every_command_and_option_is_in_the_page() -> None:
    page = manual_page().replace("\\-", "-").replace("\\:", "")
    for command in COMMANDS.values():
        assert f".SS {command.name}\n" in page
        assert command.summary in page
        assert all(option.help.replace("\\", "\\e") in page for option in command.options)


def test_no_line_is_a_request_by_accident() -> None:
    requests = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br", ".ad", ".nh"}
    assert {line.split()[0] for line in manual_page().splitlines() if line[:1] in ".'"} <= requests


def test_roff_shows_it() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    shown = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8"], input=manual_page().encode(), capture_output=True, check=True
    )
    assert "查公文里的数字口号" in shown.stdout.decode()
