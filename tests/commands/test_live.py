"""The live search and the prompts, typed into on a terminal."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

FULL = "班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好"
CLEAR = "\x15"


def start(home: Path, *arguments: str, dimensions: tuple[int, int] = (24, 100)) -> Any:  # noqa: ANN401  pexpect has no types
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    surroundings = inherited | {
        "HOME": str(home),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "KOUHAO_HISTORY": str(home / "history"),
    }
    return pexpect.spawn(
        str(Path(sys.executable).parent / "kouhao"),
        list(arguments),
        env=surroundings,
        cwd=str(home),
        encoding="utf-8",
        dimensions=dimensions,
        timeout=20,
    )


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Any]:
    child = start(tmp_path)
    yield child
    child.close(force=True)


def left(child: Any) -> int:  # noqa: ANN401  likewise
    child.expect(pexpect.EOF)
    child.close()
    status: int = child.exitstatus
    return status


def test_with_a_glossary_alone_that_is_searched(tmp_path: Path) -> None:
    entry = "{term: 三个能, basis: explained, full: 能学、能讲、能写, quote: 三个能就是能学、能讲、能写}"
    (tmp_path / "own.yaml").write_text(f"source: {{id: own, title: 甲}}\nentries: [{entry}]\n", encoding="utf-8")
    child = start(tmp_path, "-g", str(tmp_path / "own.yaml"), "--no-builtin")
    child.send("sangeneng")
    child.expect_exact("能学、能讲、能写")
    child.send("\r")
    child.expect("╭─.*三个能")
    assert left(child) == 0


def test_what_is_typed_before_the_first_paint_is_kept(live: Any) -> None:  # noqa: ANN401
    live.send("wuh")
    live.expect_exact("班子建设好")
    live.send("\r")
    live.expect("╭─.*五好")
    assert left(live) == 0


def test_arrows_choose_and_enter_prints(live: Any) -> None:  # noqa: ANN401
    live.expect_exact("输入汉字、拼音或首字母")
    live.send("wuhao")
    live.expect_exact("班子建设好")
    live.send("\x1b[B\r")
    live.expect_exact("╭─")
    assert left(live) == 0


def test_copying_puts_the_expansion_on_the_clipboard(live: Any) -> None:  # noqa: ANN401
    live.send("wuhao")
    live.expect_exact("班子建设好")
    live.send("\x19")
    live.expect_exact(f"\x1b]52;c;{b64encode(FULL.encode()).decode()}\x07")
    live.send("\x1b")
    assert left(live) == 1


@pytest.mark.parametrize(("key", "code"), [("\x1b", 1), ("\x03", 130), ("\x04", 1)])
def test_leaving_restores_the_terminal(live: Any, key: str, code: int) -> None:  # noqa: ANN401
    live.expect_exact("输入汉字、拼音或首字母")
    live.send(key)
    assert left(live) == code


def test_lines_that_are_pasted_are_one_line(live: Any) -> None:  # noqa: ANN401
    live.expect_exact("输入汉字、拼音或首字母")
    live.send("\x1b[200~天气\n预报\n\x1b[201~")
    live.expect_exact("没有找到“天气 预报”")
    live.send("\x1b")
    assert left(live) == 1


def test_what_is_not_found_is_told(live: Any) -> None:  # noqa: ANN401
    live.send("天气预报")
    live.expect_exact("没有找到“天气预报”")
    live.send("\r\x1b")
    assert left(live) == 1


def test_dash_on_a_terminal_prompts(tmp_path: Path) -> None:
    child = start(tmp_path, "--format", "plain", "-")
    child.expect_exact("口号")
    child.send("wuhao\r")
    child.expect_exact(FULL)
    child.send("\x04")
    assert left(child) == 0
    assert "wuhao" in (tmp_path / "history").read_text(encoding="utf-8")


def test_chinese_is_edited_whole_when_an_entry_is_added(tmp_path: Path) -> None:
    child = start(tmp_path, "add", "我的.yaml", "--quote", "做到“三个能”(能学、能讲、能写)。")
    child.expect_exact("题名")
    child.send("口号题名\x7f\x7f选编\r")
    for question in ("发布机构", "发布日期", "原文的文本文件", "词", "以上各项是否正确", "主题", "说明"):
        child.expect_exact(question)
        child.send("\r")
    assert left(child) == 0
    assert "title: 口号选编" in (tmp_path / "我的.yaml").read_text(encoding="utf-8")


def test_in_a_low_and_narrow_terminal_the_choice_and_the_keys_stay_in_sight(tmp_path: Path) -> None:
    child = start(tmp_path, dimensions=(7, 40))
    child.expect_exact("Esc 退出")
    child.send("wu")
    child.expect_exact("五位一体")
    child.send("\x1b[B" * 7)
    child.expect_exact("五四精神")
    child.send("\r")
    child.expect("╭─.*五四精神")
    assert left(child) == 0


def test_a_definition_and_the_reason_of_a_guess_are_shown(live: Any) -> None:  # noqa: ANN401
    live.expect_exact("输入汉字、拼音或首字母")
    live.send("三个世界")
    live.expect_exact("释义：")
    live.send(f"{CLEAR}三严三时")
    live.expect_exact("按读音相近查到")
    live.send("\r")
    live.expect_exact("按读音相近查到（您输入的是“三严三时”）")
    live.expect("╭─.*三严三实")
    assert left(live) == 0
