"""What a desk and a project decide of a check: severities, what fails, folders, standard input under a name, the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.program import kouhao

TEXT = "推进三近三同步。做到班子建设好、党员队伍好、工作机制好、群众反映好的“五好”。\n"
SPELLED = "--format gcc a.txt"
ROWS = [
    ("", SPELLED, 1, ["error: “三近三同步”", "warning: “五好”"]),
    ("", f"--severity term-misspelt=note --disable expansion-item-missing {SPELLED}", 0, ["note: “三近三同步”"]),
    ("", f"--fail-on error --disable term-misspelt {SPELLED}", 0, ["warning: “五好”"]),
    (
        "",
        f"--fail-on note --severity term-misspelt=note --disable expansion-item-missing {SPELLED}",
        1,
        ["note: “三近三同步”"],
    ),
    ('fail_on = "error"\ndisable = ["term-misspelt"]\n', SPELLED, 0, ["warning: “五好”"]),
    ('[severity]\nterm-misspelt = "warning"\n', SPELLED, 1, ["warning: “三近三同步”", "warning: “五好”"]),
    ('[[overrides]]\npaths = ["a*"]\ndisable = ["term-misspelt"]\n', SPELLED, 1, ["warning: “五好”"]),
    (
        '[[overrides]]\npaths = ["b*"]\ndisable = ["term-misspelt"]\n',
        SPELLED,
        1,
        ["error: “三近三同步”", "warning: “五好”"],
    ),
]


def check(folder: Path, arguments: str, stdin: str = "") -> tuple[int, list[str]]:
    done = kouhao("check", *arguments.split(), stdin=stdin.encode(), folder=folder)
    return done.returncode, done.stdout.decode().splitlines()


@pytest.mark.parametrize(("settings", "arguments", "code", "told"), ROWS)
def test_severities_and_what_fails(tmp_path: Path, settings: str, arguments: str, code: int, told: list[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    if settings:
        (tmp_path / "kouhao.toml").write_text(settings, encoding="utf-8")
    returned, lines = check(tmp_path, arguments)
    assert returned == code
    assert [line.split(": ", 1)[1].split("应当")[0].split("的展开")[0].split("是不是")[0] for line in lines] == told


def test_standard_input_has_the_name_that_it_is_given(tmp_path: Path) -> None:
    _, lines = check(tmp_path, "--format gcc --stdin-filename 稿/a.md -", "见[三近三同步](三近三同步.md)。")
    assert [line.partition(" ")[0] for line in lines] == ["稿/a.md:1:3:"]


def test_settings_file_shows_all_and_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    before = check(tmp_path, SPELLED)
    assert check(tmp_path, "--init")[0] == 0
    assert check(tmp_path, SPELLED) == before
    assert check(tmp_path, "--init")[0] == 2


@pytest.mark.parametrize(("date", "told"), [("2018", []), ("2026-01", ["superseded-reading"])])
def test_a_superseded_reading_is_told_by_date(tmp_path: Path, date: str, told: list[str]) -> None:
    text = "协调推进“四个全面”（全面建成小康社会、全面深化改革、全面依法治国、全面从严治党）。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    national = Path(__file__).parent.parent / "glossary" / "national"
    _, lines = check(tmp_path, f"--glossary {national} --as-of {date} {SPELLED}")
    assert [line.rpartition("[")[2].rstrip("]") for line in lines] == told
