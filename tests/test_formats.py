"""Machine formats: every string survives, and the pieces are spliced into valid JSON."""

from __future__ import annotations

import json
from unittest.mock import Mock

from hypothesis import given
from hypothesis import strategies as st

from kouhao.commands.console.terminal import safe
from kouhao.errors import KouhaoError
from kouhao.index.reader import Index
from kouhao.language.normalize import fold
from kouhao.lookup.answer import Hit, Ranking, Suggestion
from kouhao.output import entries, findings

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@given(query=TEXT, term=TEXT, form=TEXT)
def test_json_object_is_json(query: str, term: str, form: str) -> None:
    record = {"id": f"x/{term}", "term": term, "topic": "主题", "full": form, "readings": []}
    index = Mock(Index, record=lambda _: json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    hit = Hit(index, 7, ("x", term, form), 98, "exact", form)
    answer = json.loads(entries.json_object(Ranking(query, [hit], [Suggestion(("x", term, form), "slip", 50)])))
    assert answer["query"] == query
    assert answer["matches"][0] == record | {"how": "exact", "score": 98, "form": form or term, "span": [0, 0]}
    assert answer["suggestions"] == [{"term": term, "full": form.partition("\n")[0], "how": "slip", "score": 50}]


@given(TEXT)
def test_cell_is_one_cell(text: str) -> None:
    assert not set("\t\n\r") & set(entries.cell(text))


@given(TEXT)
def test_a_line_of_gcc_is_one_error_whatever_the_file_is_called(name: str) -> None:
    lines = findings.gcc([], [KouhaoError("E_IO", "读取失败", path=name)])
    assert lines.count("\n") == 1
    assert "\r" not in lines


@given(st.text())
def test_nothing_reaches_a_terminal_unseen(text: str) -> None:
    assert all(mark.isprintable() or mark in "\t\n\u3000\xa0" for mark in safe(text))


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT, st.sampled_from(["", "甲.txt"]))
def test_every_format_tells_what_could_not_be_read(message: str, path: str) -> None:
    """An empty run is never taken for a clean one, not even where the command line itself was refused."""
    error = KouhaoError("E_IO", message, path=path)
    told = {name: write([], [error]) for name, write in findings.FORMATS.items()}
    assert all("E_IO" in text for text in told.values())
    assert json.loads(told["json"])["errors"][0]["message"] == message
    (run,) = json.loads(told["sarif"])["runs"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == message
    assert len(notification["locations"]) == bool(path)
    assert json.loads(told["rdjsonl"])["location"]["path"] == path
