"""What a broken glossary gets: one typed error with its place, at once, and never a crash."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.program import Program, kouhao

from kouhao.errors import KouhaoError, KouhaoErrors
from kouhao.glossary.load import load_files
from kouhao.glossary.yaml import parse_tree

HEAD = "source:\n  id: own\n  title: 甲\nentries:\n"
ENTRY = "  - term: 五好\n    basis: mentioned\n    quote: 五好\n"
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 10))

FAULTS = {
    "syntax": (HEAD + "  - term: [五好\n", "E_YAML", 5),
    "tab": (HEAD + "\t- term: 五好\n", "E_YAML", 5),
    "duplicate-key": (HEAD + "  - term: 五好\n    term: 四好\n    basis: mentioned\n    quote: 五好\n", "E_DUP_KEY", 6),
    "alias": (HEAD + "  - &a\n    term: 五好\n  - *a\n", "E_YAML_ALIAS", 5),
    "nine-level-bomb": (BOMB, "E_YAML_ALIAS", 1),
    "self-reference": ("a: &a [*a]\n", "E_YAML_ALIAS", 1),
    "fifty-thousand-brackets": ("[" * 50_000, "E_DEPTH", 1),
    "deep-mapping": ("".join(" " * n + "a:\n" for n in range(1500)), "E_DEPTH", 17),
    "python-object": (HEAD + "  - !!python/object:os.system {}\n", "E_TAG", 5),
    "octal-like": (HEAD + ENTRY.replace("term: 五好", "term: 012"), "E_TYPE", 5),
    "impossible-date": (HEAD + ENTRY.replace("quote: 五好", "quote: 2015-13-45"), "E_TYPE", 7),
    "unknown-fields": (HEAD + ENTRY + "    topik: 甲\n    notes: 乙\n", "E_FIELD", 8),
    "unknown-field": (HEAD + ENTRY + "    topik: 甲\n", "E_FIELD", 8),
    "missing-field": (HEAD + "  - term: 五好\n    basis: mentioned\n", "E_FIELD", 5),
    "bidi": (HEAD + ENTRY.replace("quote: 五好", "quote: 五\u202e好"), "E_CHAR", 7),
    "zero-width": (HEAD + ENTRY.replace("term: 五好", "term: 五\u200b好"), "E_CHAR", 5),
    "private-use": (HEAD + ENTRY.replace("term: 五好", "term: 五\ue000好"), "E_CHAR", 5),
    "compatibility": (HEAD + ENTRY.replace("term: 五好", "term: 五\uf900好"), "E_CHAR", 5),
    "soft-hyphen": (HEAD + ENTRY.replace("term: 五好", "term: 五\u00ad好"), "E_CHAR", 5),
    "variation-selector": (HEAD + ENTRY.replace("term: 五好", "term: 五\ufe0f好"), "E_CHAR", 5),
    "radical": (HEAD + ENTRY.replace("term: 五好", "term: \u2e95五好"), "E_CHAR", 5),
    "line-separator": (HEAD + ENTRY.replace("term: 五好", 'term: "五\\u2028好"'), "E_CHAR", 5),
    "list-as-key": (HEAD + ENTRY + "    ? [a]\n    : b\n", "E_TYPE", 8),
    "mapping-as-key": (HEAD + ENTRY + "    ? {a: {b: [c]}}\n    : {d: e}\n", "E_TYPE", 8),
    "duplicate-list": (HEAD + ENTRY + "    also: [四好, 三好]\n    also: [四好]\n", "E_DUP_KEY", 9),
    "binary-like": (HEAD + ENTRY.replace("term: 五好", "term: 0b11"), "E_TYPE", 5),
    "two-documents": (HEAD + ENTRY + "---\n" + HEAD, "E_DOC", 8),
    "more-after-the-end": (HEAD + ENTRY + "...\n甲\n", "E_DOC", 9),
    "empty": ("", "E_DOC", 0),
    "only-a-mark": ("# 甲\n---\n...\n", "E_DOC", 0),
    "list-instead-of-mapping": ("- 甲\n", "E_TYPE", 1),
}


OWN = "sources:\n  - id: own\n    title: 甲\nentries:\n  - term: 三讲\n    topic: 教育\n    basis: mentioned\n    quote: 三讲\n"
SLIPS = {
    "full-width colon": (": 教育", "：教育", (6, 10), "全角的“：”"),
    "full-width colon in the last line": ("quote: 三讲", "quote：三讲", (8, 10), "全角的“：”"),
    "full-width colon of the first field": ("term: 三讲\n    topic", "term：三讲\n    topic", (5, 9), "全角的“：”"),
    "colon without a blank": (": 教育", ":教育", (6, 10), "冒号后面没有空格"),
    "full-width blanks": ("    topic", "　　topic", (6, 1), "全角空格"),
    "tab": ("    topic", "\ttopic", (6, 1), "制表符"),
    "full-width dash": ("  - term", "  － term", (5, 3), "横线"),
    "open quote": ("term: 三讲", 'term: "三讲', (5, 11), "引号没有配对"),
    "open bracket": ("topic: 教育", "also: [三讲, 讲", (6, 11), "方括号没有配对"),
    "open brace": ("topic: 教育", "named_in: {source: own", (6, 15), "花括号没有配对"),
    "colon in a text": ("quote: 三讲", "quote: 时间: 三讲", (8, 14), "这里不能有冒号"),
    "comment for a text": ("topic: 教育", "topic: #教育", (6, 11), "“#教育”被当作注释"),
    "nothing": ("topic: 教育", "topic:", (6, 11), "没有写值"),
    "begins with a sign": ("topic: 教育", "topic: @教育", (6, 12), "不能以这个符号开头"),
    "not aligned": ("    topic", "   topic", (6, 4), "缩进"),
    "quotes inside": ("topic: 教育", 'topic: "三"讲', (6, 15), "引号后面还有文字"),
    "a value of its own": ("basis: mentioned", "basis: sated", (7, 12), "“basis”的值不对"),
    "neither true nor false": ("topic: 教育", "draft: 好", (6, 12), "“draft”的值不对"),
    "a list for a text": ("topic: 教育", "topic: [教育]", (6, 12), "“topic”应当是一段文字"),
    "a text for fields": ("  - term: 三讲\n", "  - 三讲\n  - term: 三讲\n", (5, 5), "entries 的第 1 项"),
    "several in source": ("sources:", "source:", (2, 3), "“source”只写一个来源"),
    "unknown field": ("topic: 教育", "topik: 教育", (6, 5), "不认识的字段“topik”"),
}
"""What curators write for what they mean: the place of the cause, and what is said of it."""


@pytest.mark.parametrize("name", SLIPS)
def test_slips_of_curators_are_told_where_they_are_in_chinese(name: str, tmp_path: Path) -> None:
    right, wrong, place, told = SLIPS[name]
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    error = caught.value.errors[0]
    assert told in error.message
    assert (error.line, error.column) == place
    assert error.hint
    english = {"expected", "found", "Input", "should", "or", "a", "the"}
    assert not english & set(re.findall("[A-Za-z]+", f"{error.message} {error.hint}"))


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", FAULTS)
def test_fault(name: str, tmp_path: Path) -> None:
    text, code, line = FAULTS[name]
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert (caught.value.code, caught.value.line, caught.value.path) == (code, line, str(path))


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("broken.yaml", lambda path: path.symlink_to("nowhere"), "E_NOT_FOUND"),
        ("pipe.yaml", os.mkfifo, "E_IO"),
        (".hidden.yaml", Path.touch, ""),
        (".#own.yaml", lambda path: path.symlink_to("user@host.1"), ""),
        ("folder.yaml", Path.mkdir, ""),
    ],
)
def test_what_a_folder_of_glossaries_holds_is_read_or_told(
    name: str, make: Callable[[Path], object], code: str, tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text(HEAD + ENTRY, encoding="utf-8")
    make(tmp_path / name)
    done = kouhao("-g", tmp_path, "--no-builtin", "五好", folder=tmp_path)
    assert (done.returncode, f"error[{code}]".encode() in done.stderr) == ((2, True) if code else (0, False))


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        HEAD
        + "  - term: 五好\n    basis: sated\n    qoute: 五好\n  - term: 012\n    basis: mentioned\n    quote: 甲\n",
        encoding="utf-8",
    )
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert [(error.code, error.line) for error in caught.value.errors] == [
        ("E_FIELD", 5),
        ("E_FIELD", 6),
        ("E_FIELD", 7),
        ("E_TYPE", 8),
    ]


def test_duplicate_id_names_both_places(tmp_path: Path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in paths:
        path.write_text(HEAD + ENTRY, encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files(paths)
    assert caught.value.code == "E_DUP_ID"
    assert caught.value.path == str(paths[1])
    assert str(paths[0]) in caught.value.message


def test_duplicate_key_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(FAULTS["duplicate-key"][0], encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert "第 5 行" in caught.value.message


def test_no_and_sexagesimals_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + ENTRY + "    also:\n      - NO\n      - 12:30\n      - yes\n      - off\n", encoding="utf-8")
    assert load_files([path]).entries[0].also == ("NO", "12:30", "yes", "off")


def test_huge_file_is_refused_before_parsing(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert caught.value.code == "E_LIMIT"


def test_pack_reads_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(
        '{"source": {"id": "own", "title": "甲"}}\n{"term": "五好", "basis": "mentioned", "quote": "五好"}\n',
        encoding="utf-8",
    )
    assert [entry.id for entry in load_files([path]).entries] == ["own/五好"]


def test_pack_tells_every_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"source": {"id": "own", "title": "甲"}}\n{"term": 1}\nnonsense\n', encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert {error.line for error in caught.value.errors} == {2, 3}


PACK = '{"source": {"id": "own", "title": "甲"}}\n'


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u200b", "\ufeff", "\ue000", "\uf900", "\u2f00", "\ud800", "\u2028", "\uffff"]
)
def test_packs_obey_the_rules_for_characters(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    entry = json.dumps({"term": f"五{mark}好", "basis": "mentioned", "quote": "五好"})
    path.write_text(PACK + entry + "\n", encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert (caught.value.code, caught.value.line) == ("E_CHAR", 2)


@pytest.mark.parametrize("command", [["validate"], ["fmt"], ["-g"]])
def test_a_merge_conflict_is_told_where_it_begins(command: list[str], tmp_path: Path, program: Program) -> None:
    (tmp_path / "a.yaml").write_text(
        "sources:\n  - {id: a, title: 甲}\nentries:\n<<<<<<< HEAD\n  - {term: 五心, basis: mentioned, quote: 五心}\n"
        "=======\n  - {term: 四力, basis: mentioned, quote: 四力}\n>>>>>>> b\n",
        encoding="utf-8",
    )
    arguments = [*command, "a.yaml", *(["五心"] if command == ["-g"] else [])]
    done = program.run("door", arguments, stdin=b"", folder=tmp_path, surroundings=os.environ)
    assert (done.code, done.stderr.decode().partition("\n")[0]) == (
        2,
        "kouhao: error[E_YAML]: a.yaml:4:1: 合并冲突没有解决",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-g", "a.csv", "五心"], "kouhao import a.csv"),
        (["validate", "a.csv"], "kouhao import a.csv"),
        (["import", "a.yaml"], "-g"),
        (["import", "a.csv", "-o", "a.txt"], "-o 我的词库.yaml"),
    ],
)
def test_a_table_and_a_glossary_are_told_apart(
    arguments: list[str], told: str, tmp_path: Path, program: Program
) -> None:
    (tmp_path / "a.csv").write_text("词\n五心\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("sources: []\nentries: []\n", encoding="utf-8")
    done = program.run("door", arguments, stdin=b"", folder=tmp_path, surroundings=os.environ)
    assert (done.code, b"E_FORMAT" in done.stderr, told in done.stderr.decode()) == (2, True, True)


def test_a_source_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("sources:\n  - {id: own, title: 甲}\n  - {id: own, title: 乙}\nentries: []\n", encoding="utf-8")
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    error = caught.value.errors[0]
    assert (error.code, error.line, "第 2 行" in error.message) == ("E_DUP_ID", 3, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PACK.encode() + b"\xff\n", "E_ENCODING"),
        (b"\xff\xfe", "E_ENCODING"),
        (PACK.encode() + b"[" * 100_000, "E_JSON"),
        (PACK.encode() + b"[1]\n", "E_TYPE"),
        (b"1\n", "E_JSON"),
        (b'{"schema": 2, "term": "b", "basis": "mentioned", "quote": "b"}\n', "E_JSON"),
        (b"", "E_DOC"),
        (
            b'{"sources": [{"id": "own", "title": "a"}], "entries": [{"term": "b", "basis": "mentioned", "quote": "b"}]}\n',
            "E_FIELD",
        ),
        (b'{"sources": [{"id": "own", "title": "a"}, {"id": "own", "title": "b"}]}\n', "E_DUP_ID"),
        (PACK.encode() + b'{"term": ' + b"9" * 5000 + b"}\n", "E_JSON"),
    ],
)
def test_packs_of_any_bytes_get_typed_errors(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_bytes(content)
    with pytest.raises(KouhaoErrors) as caught:
        load_files([path])
    assert caught.value.code == code


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
    | st.text(alphabet="[]{}:-,&*!|>'\"\\\n\t #ab", max_size=200)
)
def test_any_text_gives_data_or_an_error(text: str) -> None:
    with contextlib.suppress(KouhaoError):
        parse_tree(text, "x")
