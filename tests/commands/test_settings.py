"""A project's settings say the same to every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OWN = """\
sources: [{id: own, title: 甲}]
entries:
  - {term: 三个能, basis: explained, full: 能学、能讲、能写, quote: 三个能, parts: [{name: 三个能, items: [能学, 能讲, 能写]}]}
"""
FILES = {"kouhao.toml": "", "pyproject.toml": "[project]\nname = 'x'\n\n[tool.kouhao]\n"}


def kouhao(folder: Path, *arguments: str) -> tuple[int, str]:
    home = {name: value for name, value in os.environ.items() if not name.startswith("KOUHAO_GLOSSARY")}
    done = subprocess.run(
        [str(Path(sys.executable).parent / "kouhao"), *arguments],
        input="五好和三个能。".encode(),
        capture_output=True,
        check=False,
        cwd=folder,
        env=home | {"HOME": str(folder)},
    )
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "glossary"),
    [("kouhao.toml", '"own.yaml"'), ("pyproject.toml", '["own.yaml"]'), ("kouhao.toml", '["*.yaml"]')],
)
def test_glossaries_are_those_of_the_settings_for_every_command(name: str, glossary: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / name).write_text(f"{FILES[name]}glossary = {glossary}\nbuiltin = false\n", encoding="utf-8")
    below = tmp_path / "下级"
    below.mkdir()
    assert kouhao(below, "三个能") == (0, "三个能\t能学、能讲、能写\n")
    assert kouhao(below, "五好")[0] == kouhao(below, "show", "五好")[0] == kouhao(below, "cite", "五好")[0] == 1
    assert kouhao(below, "list") == (0, "三个能\t能学、能讲、能写\n")
    assert kouhao(below, "sources")[1].count("\n") == 1
    assert [match["term"] for match in json.loads(kouhao(below, "scan", "--json", "-")[1])["matches"]] == ["三个能"]
    assert kouhao(below, "expand")[1] == "五好和三个能（能学、能讲、能写）。"
    shown = json.loads(kouhao(below, "config", "show", "--json")[1])
    assert shown["builtin"]["entries"] == 0
    assert [(own["entries"], own["origin"]) for own in shown["glossaries"]] == [(1, name)]


def test_an_option_goes_before_the_settings(tmp_path: Path) -> None:
    (tmp_path / "kouhao.toml").write_text('builtin = "national"\n', encoding="utf-8")
    assert kouhao(tmp_path, "--exact", "五好")[0] == 1
    assert kouhao(tmp_path, "--exact", "--builtin", "putuo-2021", "五好")[0] == 0


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("# 一\nglossary = [“own.yaml”]\n".encode(), 2, "半角"),
        ("# 一\nglossary ＝ ['own.yaml']\n".encode(), 2, "半角"),
        ("# 一\nignore = ['五好']\n".encode("gb18030"), 2, "UTF-8"),
        (b"glossary = [\n", 1, "own.yaml"),
    ],
)
def test_settings_that_cannot_be_read_are_told_in_chinese(content: bytes, line: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "kouhao.toml").write_bytes(content)
    error = json.loads(kouhao(tmp_path, "list", "--json")[1])[0]
    assert (error["code"], error["line"]) == ("E_CONFIG", line)
    assert told.replace("own", "词库") in error["hint"]
    assert not {"Expected", "codec", "Invalid"} & set(f"{error['message']} {error['hint']}".split())
