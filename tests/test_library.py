"""`import kouhao`: the names it gives, values that outlive the files, offsets in characters, and errors for what is wrong."""

from __future__ import annotations

import dataclasses
import doctest
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kouhao
from kouhao import library
from kouhao.glossary.load import builtin_files, load_files
from kouhao.records import entry_record

ROOT = Path(__file__).parent.parent
OWN = """
source: {id: own, title: 甲, publisher: 乙, published: "2024-01-02"}
entries:
  - term: 三个能
    basis: stated
    full: 能学、能讲、能写
    parts: [{name: 三个能, items: [能学, 能讲, 能写]}]
    quote: “三个能”(能学、能讲、能写)
"""
DRAFT = "𠮷日推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "我的词库.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize("module", [kouhao, library], ids=lambda module: module.__name__)
def test_examples_in_the_documentation_run(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]
    assert not failed
    assert tried


def test_the_example_in_the_readme_runs(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own.parent)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert examples
    for example in examples:
        failed, tried = doctest.DocTestRunner().run(doctest.DocTestParser().get_doctest(example, {}, "README", None, 0))
        assert not failed
        assert tried


def test_every_name_is_there_and_nothing_else_is_loaded_for_it() -> None:
    code = "import sys; import kouhao; print(sorted(m for m in sys.modules if m.startswith('kouhao')), *dir(kouhao))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("['kouhao'] ")
    for name in kouhao.__all__:
        assert name in done.stdout.split()
        assert getattr(kouhao, name).__doc__
    with pytest.raises(AttributeError, match="nothing"):
        kouhao.nothing  # noqa: B018  asking is the test


@pytest.mark.parametrize("first", ["", "import kouhao.check.checker", "import kouhao.harvest"])
def test_harvest_is_a_function_whatever_was_imported_before(first: str) -> None:
    code = f"{first}\nimport kouhao\nprint(*[kouhao.harvest('甲、乙“两到位”')] * 2)\nkouhao.open().close()\nkouhao.harvest('')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.stderr


def test_values_are_frozen_and_outlive_their_files(own: Path) -> None:
    with kouhao.open(own, builtin=False) as glossary:
        answer = glossary.lookup("三个能")
        matches = glossary.scan("办好“三个能”。")
        entries = glossary.entries
    own.unlink()
    assert answer.entries == entries
    assert matches[0].entry == entries[0]
    assert entries[0].items == ("能学", "能讲", "能写")
    assert pickle.loads(pickle.dumps((answer, matches))) == (answer, matches)  # noqa: S301  our own
    for value in (answer, answer.matches[0], entries[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, "别的")


def test_no_other_class_has_a_public_name() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cli").rglob("*.py"))
    classes = re.findall(r"(?m)^class (\w+)", sources)
    for name in kouhao.__all__:
        assert classes.count(name) == name[0].isupper(), name


def test_entries_are_what_the_files_say() -> None:
    with kouhao.open() as glossary:
        entries = glossary.entries
    written = {entry.id: entry for entry in load_files(builtin_files()).entries}
    assert entries
    for entry in entries:
        assert entry_record(entry) == entry_record(written[entry.id])


def test_own_glossaries_join_the_built_in_one_or_stand_alone(own: Path) -> None:
    asked = ("五好", "三个能")
    choices: list[tuple[bool | list[str], tuple[bool, bool]]]
    choices = [(True, (True, True)), (False, (False, True)), (["putuo-2021"], (True, True))]
    for builtin, found in choices:
        with kouhao.open(own, builtin=builtin) as glossary:
            assert tuple(glossary.lookup(text).status == "found" for text in asked) == found


def test_a_query_that_finds_nothing_gives_suggestions() -> None:
    with kouhao.open() as glossary:
        answer = glossary.lookup("五好企业")
    assert (answer.status, answer.entries) == ("not_found", ())
    assert "五好" in answer.suggestions


def test_a_match_tells_the_stretch_of_the_query_that_it_answers() -> None:
    query = "五好是什么意思"
    with kouhao.open() as glossary:
        match = glossary.lookup(query).matches[0]
    assert (match.entry.term, query[match.start : match.end]) == ("五好", "五好")


def test_offsets_are_characters_of_the_text() -> None:
    with kouhao.open() as glossary:
        found = glossary.scan(DRAFT)[0]
        finding = glossary.check(DRAFT)[0]
    assert DRAFT[found.start : found.end] == "五好"
    assert "五好" in DRAFT[finding.start : finding.end] or DRAFT[finding.start : finding.end] in DRAFT
    assert finding.edit
    fixed = DRAFT[: finding.edit.start] + finding.edit.replacement + DRAFT[finding.edit.end :]
    assert fixed == DRAFT.replace("工作机制好、", "工作机制好、工作业绩好、")


@pytest.mark.parametrize("style", ["brackets", "replace", "footnotes"])
def test_a_second_expansion_changes_nothing(style: library.StyleName) -> None:
    with kouhao.open() as glossary:
        once = glossary.expand("增强“四个意识”，担当作为。", style=style)
        assert "看齐意识" in once
        assert glossary.expand(once, style=style) == once


def test_what_is_no_text_and_what_is_closed_are_told() -> None:
    with kouhao.open() as glossary:
        for ask in (glossary.lookup, glossary.complete, glossary.scan, glossary.expand, glossary.check, kouhao.harvest):
            for wrong in (None, 5, "五好".encode()):
                with pytest.raises(TypeError, match="must be str"):
                    ask(wrong)  # type: ignore[arg-type]
        for call in (
            lambda: glossary.lookup("五好", limit="a"),  # type: ignore[arg-type]
            lambda: glossary.check("", as_of=None),  # type: ignore[arg-type]
            lambda: glossary.check("", rules=3),  # type: ignore[arg-type]
            lambda: kouhao.open(builtin=3),  # type: ignore[arg-type]
            lambda: kouhao.batch.scan(["五好", None]),  # type: ignore[list-item]
            lambda: kouhao.batch.check([5]),  # type: ignore[list-item]
            lambda: pickle.dumps(glossary),
        ):
            with pytest.raises(TypeError, match=r"must be|open it in each process"):
                call()
        assert "entries" in repr(glossary)
    assert "closed" in repr(glossary)
    for ask in (glossary.lookup, glossary.complete, glossary.scan, glossary.expand, glossary.check):
        with pytest.raises(ValueError, match="closed"):
            ask("五好")


def test_an_answer_is_true_where_something_was_found() -> None:
    with kouhao.open() as glossary:
        assert [bool(glossary.lookup(text)) for text in ("五好", "五好企业")] == [True, False]


@pytest.mark.parametrize("before", ["\ud800", "𠮷", "\0", "\r\n", "e\u0301"])
def test_offsets_hold_behind_any_character(before: str) -> None:
    with kouhao.open() as glossary:
        found = glossary.scan(text := f"{before}推行五好{before}建设")[0]
    assert text[found.start : found.end] == "五好"


def test_rules_are_chosen_by_their_ids() -> None:
    with kouhao.open() as glossary:
        assert not glossary.check(DRAFT, rules=["count-mismatch"])
        assert glossary.check(DRAFT, rules=["expansion-item-missing"]) == glossary.check(DRAFT)
        assert not glossary.check(DRAFT, rules=[])


def test_what_is_wrong_is_an_error_with_its_code(own: Path, tmp_path: Path) -> None:
    def code_of(call: object) -> str:
        with pytest.raises(kouhao.KouhaoError) as caught:
            call()  # type: ignore[operator]
        return caught.value.code

    assert code_of(lambda: kouhao.open(tmp_path / "none.yaml")) == "E_NOT_FOUND"
    assert code_of(lambda: kouhao.open("")) == "E_NOT_FOUND"
    assert code_of(lambda: kouhao.open("a\0b")) == "E_NOT_FOUND"
    assert code_of(lambda: kouhao.open(builtin=["none"])) == "E_USAGE"
    own.write_text("entries: [", encoding="utf-8")
    assert code_of(lambda: kouhao.open(own)) == "E_YAML"
    with kouhao.open() as glossary:
        assert code_of(lambda: glossary.check("", rules=["count-mismach"])) == "E_USAGE"
        assert code_of(lambda: glossary.check("", rules="count-mismach")) == "E_USAGE"
        assert code_of(lambda: glossary.check("", as_of="昨天")) == "E_USAGE"
        assert code_of(lambda: glossary.check("", as_of="2026-13")) == "E_USAGE"
        assert code_of(lambda: glossary.lookup("五好", limit=0)) == "E_USAGE"
        assert code_of(lambda: glossary.lookup("五好" * 101)) == "E_LIMIT"
        assert code_of(lambda: glossary.expand("", style="brace")) == "E_USAGE"  # type: ignore[arg-type]
