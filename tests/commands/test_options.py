"""The one table of options: it names what each command takes, and both doors read it alike."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from inspect import signature
from typing import get_args, get_type_hints

import pytest

from kouhao.commands.command_line import app, argv
from kouhao.commands.command_line.options import COMMANDS, Command
from kouhao.commands.console.layout import width, wrap
from kouhao.commands.help import command_help, root_help
from kouhao.errors import KouhaoError

LINES = {
    "--limit ５ 五好": {"limit": 5, "queries": ["五好"]},
    "--limit 3 --explain 五好": {"limit": 3, "explain": True, "queries": ["五好"]},
    "五好 -0 -v --format=tsv -": {"null": True, "verbose": True, "format": "tsv", "queries": ["五好", "-"]},
    "--json -g a.yaml -g b.yaml": {"format": "json", "paths": ["a.yaml", "b.yaml"]},
    "--no-builtin -- --json -x": {"builtin": False, "format": "", "queries": ["--json", "-x"]},
}
MISTAKES = {
    "lookup --lmit 2": ("没有选项 --lmit", "--limit"),
    "lookup --limit 0 五好": ("--limit 须是不小于 1 的整数，现在是“0”", "--limit 5"),
    "lookup --limit": ("--limit 后面要写数", "kouhao lookup --help"),
    "lookup --format xml": ("--format 的值不对：“xml”", "jsonl"),
    "lookup --json=1": ("--json 后面不写值", "kouhao lookup --help"),
    "lookup --topic 人才工作": ("没有选项 --topic", "--topic 用于 kouhao list"),
    "lookup -x": ("没有选项 -x", "kouhao -- -x"),
    "list 五好": ("多了参数“五好”", "kouhao list --help"),
    "list --topic": ("--topic 后面要写主题", "kouhao list --help"),
    "show": ("请写词条或编号", "kouhao show --help"),
    "show 五好 三新": ("多了参数“三新”", "kouhao show --help"),
    "diff 甲.yaml": ("请写明现在的词库", "kouhao diff --help"),
    "cite --jsn 五好": ("kouhao cite 没有选项 --jsn", "--json"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_functions_take_what_the_table_gives(command: Command) -> None:
    module = import_module(f"kouhao.commands.{command.module}")
    function = getattr(module, command.function)
    given = {option.sets for option in command.options} | {argument.sets for argument in command.arguments}
    taken: Iterable[str] = signature(function).parameters
    if "request" in taken:  # one value, whose fields are the options
        (value,) = get_args(get_type_hints(function)["request"])
        taken = value.__annotations__
    if "options" in taken:  # those of the value of which it is made
        (value,) = (one for name, one in vars(module).items() if name.endswith("Request") and isinstance(one, type))
        taken = value.__annotations__ or signature(value).parameters
    assert set(taken) == given


@pytest.mark.parametrize(("line", "expected"), LINES.items())
def test_both_doors_read_alike(line: str, expected: dict[str, object]) -> None:
    plain = argv.read(COMMANDS["lookup"], line.split())
    assert plain == app.read(COMMANDS["lookup"], line.split())
    assert plain is not None
    assert {name: plain[name] for name in expected} == expected


def test_short_options_in_one_word_are_for_typer() -> None:
    assert argv.read(COMMANDS["lookup"], ["-0g我的.yaml"]) is None
    read = app.read(COMMANDS["lookup"], ["-0g我的.yaml"])
    assert (read["null"], read["paths"]) == (True, ["我的.yaml"])


@pytest.mark.parametrize(("line", "told"), MISTAKES.items())
def test_mistakes_are_told_with_advice(line: str, told: tuple[str, str]) -> None:
    name, *words = line.split()
    assert argv.read(COMMANDS[name], words) is None
    with pytest.raises(KouhaoError) as caught:
        app.read(COMMANDS[name], words)
    assert caught.value.message == told[0]
    assert told[1] in caught.value.hint


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ("--json list", "list", "--json"),
        ("-g 我的.yaml --color=always show 五好", "show", "-g 我的.yaml --color=always 五好"),
        ("list --json", "list", "--json"),
        ("--limit 3 五好 list", None, "--limit 3 五好 list"),
        ("-- list", None, "-- list"),
    ],
)
def test_options_stand_before_the_command_too(line: str, command: str | None, rest: str) -> None:
    found, words = argv.split_command(line.split())
    assert (found.name if found else None, words) == (command, rest.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("－－json", "--json"),
        ("——help", "--help"),
        ("—help", "--help"),
        ("－ｖ", "-v"),
        ("－－ｆｏｒｍａｔ＝tsv", "--format=tsv"),
        ("——五好", "——五好"),
        ("五好－－json", "五好－－json"),
    ],
)
def test_options_in_full_width_are_options(typed: str, meant: str) -> None:
    assert argv.with_ascii_options([typed]) == [meant]


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
def test_help_fits_every_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for text in [root_help(), *map(command_help, COMMANDS.values())]:
        lines = text.splitlines()
        assert max(map(width, lines)) <= columns
        assert not [line for line in lines if line.lstrip()[:1] in "、，。；：？！）》」』】" and line.strip()]
        assert not [word for word in ("Usage", "default", "Show", "<str>") if word in text]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("发布机构，2023-01-17", ["发布机构，", "2023-01-17"]),
        ("区委，2021年发", ["区委，", "2021年发"]),
        ("一二三四五、六七", ["一二三四", "五、六七"]),
        ("一二三四（五六七八）", ["一二三四", "（五六七", "八）"]),
        ("https://example.org/a", ["https://ex", "ample.org/", "a"]),
    ],
)
def test_lines_end_where_printers_end_them(text: str, lines: list[str]) -> None:
    assert wrap(text, 10) == lines
