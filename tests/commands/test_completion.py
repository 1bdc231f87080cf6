"""What the Tab key brings: asked as each shell's script asks, and pressed in the shells themselves."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from kouhao.check.rules import RULES as CHECKED
from kouhao.commands.command_line.options import BASES, RULES
from kouhao.commands.completion import complete, split_line
from kouhao.model import Basis

BIN = Path(sys.executable).parent
BRACKETS = "人靠谱(普),事办妥(陀)"
BLANK = "大梁带小梁 小梁挑大梁"


def words(line: str) -> list[str]:
    typed, _ = split_line(line)
    return [offer.word for offer in complete(typed[1:-1], typed[-1])]


def asked(shell: str, line: str) -> list[str]:
    surroundings = os.environ | {"_KOUHAO_COMPLETE": shell, "_KOUHAO_LINE": line}
    done = subprocess.run([str(BIN / "kouhao")], capture_output=True, text=True, check=True, env=surroundings)
    return done.stdout.splitlines()


def test_the_table_has_all_rules_and_bases() -> None:
    assert set(RULES) == set(CHECKED)
    assert set(BASES.split()) == {basis.value for basis in Basis}


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kouhao 三进", "三进三同步"),
        ("kouhao wuh", "五好"),
        ("kouhao sjst", "三进三同步"),
        ("kouhao 五個", "五个百"),
        ("kouhao “三旧", "“三旧”换“三新”"),
        ("kouhao li", "list"),
        ("kouhao --json li", "list"),
        ("kouhao --json list --to", "--topic"),
        ("kouhao --fo", "--format"),
        ("kouhao --ver", "--version"),
        ("kouhao --format ", "tsv"),
        ("kouhao --color=al", "--color=always"),
        ("kouhao list --topic 人才", "人才工作"),
        ("kouhao list --basis ", "mentioned"),
        ("kouhao check --disable term-m", "term-misspelt"),
        ("kouhao cite 五好 三进", "三进三同步"),
        ("kouhao show --json 五", "五好"),
        ("kouhao help ha", "harvest"),
        ("kouhao completion install f", "fish"),
        ("kouhao '人靠", BRACKETS),
        ("kouhao 人靠谱\\(", BRACKETS),
    ],
)
def test_offers(line: str, offered: str) -> None:
    assert offered in words(line)


@pytest.mark.parametrize(
    "line", ["kouhao", "kouhao check ", "kouhao show 五好 五", "kouhao list 五", "kouhao add --quote "]
)
def test_offers_nothing(line: str) -> None:
    assert words(line) == []


def test_own_glossaries_of_the_line_complete(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    entry = "{term: 三个能, basis: mentioned, quote: 三个能}"
    own.write_text(f"source: {{id: own, title: 甲}}\nentries: [{entry}]\n", encoding="utf-8")
    assert "三个能" in words(f"kouhao -g {own} 三个")


def test_each_shell_gets_words_that_it_can_read() -> None:
    assert asked("bash", "kouhao renkaopu(pu),shi") == ["人靠谱\\(普\\)\\,事办妥\\(陀\\)"]
    assert asked("bash", 'kouhao "人靠谱(普),事') == [BRACKETS]
    assert asked("bash", "kouhao --format=js") == ["json", "jsonl"]
    assert asked("zsh", "kouhao daliang") == [f"{BLANK}\t"]
    assert asked("fish", "kouhao wuh") == ["wuhao\t五好"]
    assert asked("powershell", "kouhao daliang") == [f"'{BLANK}'\t{BLANK}\t{BLANK}"]
    assert asked("powershell", "kouhao sho")[0].split("\t")[:2] == ["show", "show"]


def needs(program: str) -> None:
    if shutil.which(program):
        return
    if os.environ.get("CI"):
        pytest.fail(f"{program} is wanted in CI")
    pytest.skip(f"{program} is not installed")


START = {"bash": "bash --noprofile -i", "zsh": "zsh -i", "fish": "fish -i"}


@pytest.fixture(params=START)
def child(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Start a shell in which the completion was installed for someone who has nothing else there."""
    shell = request.param
    needs(shell)
    surroundings = {
        "HOME": str(tmp_path),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        "SHELL": f"/bin/{shell}",
        "KOUHAO_CACHE": os.environ["KOUHAO_CACHE"],
    }
    install = [str(BIN / "kouhao"), "completion", "install"]
    subprocess.run(install, env=surroundings, check=True, capture_output=True)
    child = pexpect.spawn(START[shell], env=surroundings, encoding="utf-8", dimensions=(40, 200), timeout=20)
    child.sendline("echo rea''dy")
    child.expect_exact("ready\r\n")
    yield child
    child.close(force=True)


def press(child: Any, typed: str) -> None:  # noqa: ANN401  pexpect has no types
    """Type, letting the shell answer each Tab before more is typed, as people do; then Enter."""
    for piece in typed.split("\t")[:-1]:
        child.send(piece + "\t")
        with contextlib.suppress(pexpect.TIMEOUT):
            child.expect_exact("never", timeout=1)
    child.send(typed.rsplit("\t", maxsplit=1)[-1] + "\r")


def test_tab_in_the_shell(child: Any) -> None:  # noqa: ANN401  likewise
    press(child, "kh --js\t大梁\t")
    child.expect_exact(f'"query":"{BLANK}"')
    press(
        child,
        "kouhao --json renkaopu\\(pu\\),shi\t" if "fish" not in child.command else "kouhao --json '人靠谱(普),事\t",
    )
    child.expect_exact(f'"query":"{BRACKETS}"')
    press(child, "kouhao --json wuha\t")
    child.expect('"query":"(五好|wuhao)"')
    press(child, "kouhao --json 五\t个百")  # many begin so, and some of those offered do not: what was typed stays
    child.expect_exact('"query":"五个百"')
    press(child, "kouhao list --basis men\t--topic 机构\t--json")
    child.expect_exact('"term":"三定"')


@pytest.mark.parametrize("shell", START)
def test_installing_twice_changes_nothing_else(shell: str, tmp_path: Path) -> None:
    home = tmp_path / "甲's"
    home.mkdir()
    surroundings = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    begun = {name: home / name for name in (".bashrc", ".zshrc")}
    for path in begun.values():
        path.write_text("alias ll='ls -l'")
    for _ in range(2):
        done = subprocess.run(
            [BIN / "kouhao", "completion", "install", shell],
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
        assert f"已为 {shell} 装好自动补全" in done.stderr
    lines = [line for path in begun.values() for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines.count("alias ll='ls -l'") == 2
    assert sum("kouhao" in line for line in lines) == (shell != "fish") == len(lines) - 2
