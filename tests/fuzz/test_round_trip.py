"""What kouhao writes can be read, and says the same: whatever `add`, `import`, `fmt` and `harvest --into` get as text."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.fuzz.harness import assert_sound, run_limited

from kouhao.entry import Entry
from kouhao.errors import KouhaoError
from kouhao.glossary.load import load_files, parse_glossary
from kouhao.glossary.write import append_entries, dump_yaml, format_yaml

EXAMPLES = int(os.environ.get("KOUHAO_EXAMPLES", "8"))
COMMANDS = max(2, EXAMPLES // 8)
HEAD = {"sources": [{"id": "own", "title": "甲"}], "entries": []}

ODD = [
    *(
        "no",
        "NO",
        "yes",
        "on",
        "off",
        "true",
        "True",
        "null",
        "~",
        "",
        "y",
        "n",
        ".inf",
        ".nan",
        "-",
        "--",
        "---",
        "...",
        "?",
        ":",
        "!",
    ),
    *(
        "2023-01-17",
        "2023-01-17会议",
        "2023-1-7 12:30:00",
        "12:30",
        "1:2:3",
        "012",
        "0o7",
        "0x1F",
        "0b11",
        "1_000",
        "1e3",
        "-1.5",
        "+1",
    ),
    *(
        "# 甲",
        "甲 # 乙",
        "甲: 乙",
        "甲:乙",
        "- 甲",
        "? 甲",
        "& 甲",
        "*甲",
        "!甲",
        "!!str 甲",
        "%甲",
        "@甲",
        "`甲`",
        "|",
        ">",
        "[甲]",
        "{甲}",
    ),
    *(
        "'",
        '"',
        "''",
        '""',
        "'甲'",
        '"甲"',
        "甲'乙",
        '甲"乙',
        "\\",
        "\\n",
        "\\e[2J",
        "甲\\",
        " 甲",
        "甲 ",
        "  ",
        "\t甲",
        "甲\t",
        "\u3000甲\u3000",
    ),
    *(
        "甲\n乙",
        "甲\n\n乙",
        "\n甲",
        "甲\n",
        "甲\n  乙",
        "甲\r\n乙",
        "甲\r乙",
        "甲\u0085乙",
        "甲\u2028乙",
        "甲\u2029乙",
        "甲\x00乙",
        "甲\x1b[2J乙",
    ),
    *(
        "甲\x7f乙",
        "甲\x80乙",
        "甲\ufeff乙",
        "甲\u202e乙",
        "甲\ue000乙",
        "甲\ufffe乙",
        "甲\ud7ff乙",
        "𠮷祥",
        "👍🏽",
        "👨‍👩‍👧",
        "🇨🇳",
        "e\u0301",
        "ﷺ",
    ),
    *(
        "甲" * 200,
        "甲 " * 200,
        "甲，" * 3000,
        "a" * 5000,
        "=1+1",
        "@SUM(A1)",
        "<b>",
        "&amp;",
        "{{甲}}",
        "$HOME",
        "%s",
        "<<",
        "=",
        "甲#",
        "#甲",
    ),
]
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TEXT = st.sampled_from(ODD) | ANY | st.tuples(st.sampled_from(ODD), ANY).map("".join)
FIELDS = st.fixed_dictionaries(
    {"term": TEXT, "quote": TEXT},
    optional={"note": TEXT, "topic": TEXT, "also": st.lists(TEXT, max_size=3), "finds": st.lists(TEXT, max_size=2)},
)
QUIET = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
]


def said(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in ("term", "quote", "note", "topic", "also", "finds")}


def parsed(text: str) -> tuple[Entry | None, str]:
    """Return the one entry of a glossary, or why there is none."""
    try:
        (entry,) = parse_glossary(text, "x").entries
    except KouhaoError as error:
        return None, error.code
    return entry, ""


@pytest.mark.timeout(0)
@settings(max_examples=EXAMPLES * 8, deadline=None, suppress_health_check=QUIET)
@given(FIELDS)
@example({"term": "甲", "quote": "2023-01-17会议提出"})
def test_what_is_written_is_read_back(fields: dict[str, object]) -> None:
    written = append_entries(dump_yaml(HEAD), [{"basis": "mentioned", **fields}])
    entry, refused = parsed(written)
    assert refused in {"", "E_CHAR", "E_FIELD"}, written
    if entry is None:
        return
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    assert {name: value for name, value in said(entry).items() if name in told} == told
    formatted = format_yaml(written, "x")
    assert [said(one) for one in parse_glossary(formatted, "x").entries] == [said(entry)]
    assert format_yaml(formatted, "x") == formatted


def loaded(path: Path, folder: Path) -> list[Entry]:
    """Return the entries of a glossary that a command has written, which `validate` takes for one."""
    code, told = run_limited(["validate", str(path)], folder)
    assert code in {0, 1}, told + path.read_text(encoding="utf-8")
    return list(load_files([path]).entries)


@pytest.mark.timeout(0)
@settings(max_examples=COMMANDS * 2, deadline=None, suppress_health_check=QUIET)
@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), st.lists(TEXT, max_size=3))
@example(("no", "no", "no", "no", "no"), [""])
def test_what_add_takes_it_gives_back(texts: tuple[str, ...], items: list[str]) -> None:
    assume(not any("\0" in text for text in (*texts, *items)))
    term, before, note, topic, title = texts
    quote = f"{before}{term}（{'、'.join(items)}）"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        named = {"term": term, "quote": quote, "note": note, "topic": topic, "title": title}
        given = [f"--{name}={text}" for name, text in named.items() if text]
        code = assert_sound(["add", "new.yaml", *given, *(f"--item={item}" for item in items)], folder)
        path = folder / "new.yaml"
        assert path.exists() == (code == 0)
        if code == 0:
            (entry,) = loaded(path, folder)
            assert (entry.quote, entry.note, entry.topic, entry.source.title) == (quote, note, topic, title)
            assert entry.term == term.strip() or not term
            before_more = said(entry)
            if assert_sound(["add", "new.yaml", "--term=四个会", "--quote=做到“四个会”。"], folder) == 0:
                assert said(loaded(path, folder)[0]) == before_more
            assert assert_sound(["fmt", "new.yaml"], folder) in {0, 2}
            assert said(loaded(path, folder)[0]) == before_more


@pytest.mark.timeout(0)
@settings(max_examples=COMMANDS * 2, deadline=None, suppress_health_check=QUIET)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=4))
def test_what_import_writes_is_a_glossary(rows: list[tuple[str, ...]]) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([("词", "展开", "主题", "引文", "说明"), *rows])
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "a.csv").write_text(table.getvalue(), encoding="utf-8", errors="replace", newline="")
        assert_sound(["import", "a.csv", "-o", "out.yaml"], folder)
        if (folder / "out.yaml").exists():
            loaded(folder / "out.yaml", folder)


@pytest.mark.timeout(0)
@settings(max_examples=COMMANDS * 2, deadline=None, suppress_health_check=QUIET)
@given(
    name=st.sampled_from(["三个能", "2023三个能", "三个no", "三个#", "三个: 能", "'三个能", "三个👍"]) | TEXT,
    items=st.lists(TEXT, min_size=2, max_size=4),
    file=st.sampled_from(["甲", "2023-01-17", "no", "# 甲", "甲: 乙", "'", "- 甲", "12:30"]),
)
@example(name="三个能", items=["no", "甲\x7f乙"], file="甲")
def test_what_harvest_writes_is_a_glossary(name: str, items: list[str], file: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        document = f"推行“{name}”（{'、'.join(items)}）工作法。\n做到“三个能”（能学、能讲、能写）。\n".replace("\0", "")
        (folder / f"{file}.txt").write_text(document, encoding="utf-8", errors="replace", newline="")
        (folder / "into.yaml").write_text(dump_yaml(HEAD), encoding="utf-8")
        code = assert_sound(["harvest", "--all", f"./{file}.txt", "--into", "into.yaml"], folder)
        assert code in {0, 1, 2}
        loaded(folder / "into.yaml", folder)
