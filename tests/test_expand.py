"""The text filter: what must hold of any text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouhao.expand import Expander, Expansion, Style
from kouhao.index.matcher import Occurrence
from kouhao.index.patterns import Vocabulary
from kouhao.lookup.engine import open_lookup

VOCABULARY = Vocabulary(open_lookup([]).indexes)
MATCHER = VOCABULARY.expansion_matcher()
SLOGANS = st.sampled_from(
    [
        "五好",
        "“五好”",
        "三进三同步",
        "五个百",
        "四到",
        "(",
        "）",
        "，",
        "\n",
        "\r\n",
        "建设",
        "家庭",
        "https://a.cn/五好",
        "`五好`",
        "十",
        "甲",
    ]
)
TEXTS = st.lists(SLOGANS, max_size=12).map("".join)


def mean(found: Occurrence) -> Expansion:
    meaning = VOCABULARY.meanings(found)[0]
    return Expansion(meaning.term, meaning.full)


def expand(text: str, style: Style, *, every: bool) -> str:
    expander = Expander(MATCHER, mean, style=style, every=every)
    expanded = expander.expand(text)
    return expanded + expander.footnotes()


@pytest.mark.parametrize("every", [False, True])
@given(TEXTS)
def test_second_run_changes_nothing(every: bool, text: str) -> None:  # noqa: FBT001  a parameter
    once = expand(text, Style.BRACKETS, every=every)
    assert expand(once, Style.BRACKETS, every=every) == once


@given(st.text(alphabet="甲乙丙丁 \r\n“”（）五六", max_size=40).filter(lambda text: "五" not in text))
def test_text_without_slogans_is_left_alone(text: str) -> None:
    assert expand(text, Style.BRACKETS, every=True) == text


def test_each_encoding_goes_out_as_it_came_in() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        content = "没有口号的一行\r\n另一行".encode(encoding)
        done = subprocess.run(
            [sys.executable, "-c", "from kouhao.commands.main import main; main()", "expand"],
            input=content,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, content)
