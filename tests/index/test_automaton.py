"""Each library finds the same, in the same order, and takes nothing that another compiled for its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouhao.index import automaton
from kouhao.index.automaton import LIBRARIES, Daachorse
from kouhao.index.patterns import Vocabulary
from kouhao.lookup.engine import open_lookup

OTHERS = [library for library in LIBRARIES if library is not Daachorse]
ROOT = Path(__file__).parents[2]
SWAPPED = """
import sys
for name in sys.argv[1].split(","):
    sys.modules[name] = None
from kouhao.commands.main import run
from kouhao.index.automaton import _LIBRARY
print(_LIBRARY.module, file=sys.stderr)
run(sys.argv[2:])
"""


@pytest.mark.parametrize("library", OTHERS, ids=lambda library: library.module)
@given(
    texts=st.sets(st.text("一二三好ab\n", min_size=1, max_size=4), min_size=1, max_size=12),
    content=st.text("一二三好ab\n𠮷", max_size=60),
)
def test_libraries_find_alike(library: Any, texts: set[str], content: str) -> None:  # noqa: ANN401  three classes
    pytest.importorskip(library.module)
    patterns = sorted(text.encode() for text in texts)
    expected = Daachorse.load(Daachorse.compile(patterns))(content.encode())
    assert library.load(library.compile(patterns))(content.encode()) == expected
    with pytest.raises(ValueError, match=r"library|automaton"):
        library.load(Daachorse.compile(patterns))
    with pytest.raises(ValueError, match="automaton"):
        Daachorse.load(library.compile(patterns))


@pytest.mark.parametrize("library", OTHERS, ids=lambda library: library.module)
@pytest.mark.parametrize("command", ["scan --format jsonl", "expand", "check --format jsonl --exit-zero"])
def test_commands_answer_alike_with_each_library(library: Any, command: str) -> None:  # noqa: ANN401
    pytest.importorskip(library.module)
    missing = ",".join(other.module for other in LIBRARIES[: LIBRARIES.index(library)])
    outputs = []
    for absent, used in (("none", "daachorse"), (missing, library.module)):
        program = [sys.executable, "-c", SWAPPED, absent, *command.split(), str(ROOT / "README.md")]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert used in done.stderr.splitlines()
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_an_index_of_another_library_is_searched_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "推行“五好”建设，三进三同步。"
    with open_lookup([]) as lookup:
        expected = [found.text for found in Vocabulary(lookup.indexes).term_matcher().find(text)]
        for library in OTHERS:
            pytest.importorskip(library.module)
            monkeypatch.setattr(automaton, "_LIBRARY", library)
            assert [found.text for found in Vocabulary(lookup.indexes).term_matcher().find(text)] == expected
    assert expected == ["五好", "三进三同步"]
