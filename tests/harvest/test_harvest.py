"""What the harvest finds and what it leaves: our own sentences, the seed, and invariants on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kouhao.curation.candidates import compare, draft_entry, draft_yaml, known_readings
from kouhao.glossary import append_entries, builtin_files, load_files
from kouhao.harvest import harvest
from kouhao.language.normalize import widen
from kouhao.language.numerals import count_groups, expected_counts, parse_number
from kouhao.model import Basis

ROOT = Path(__file__).parent.parent.parent
CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))
SEED = (ROOT / "seeds" / "putuo-2021-organization-work.txt").read_text(encoding="utf-8")
GLOSSARY = load_files(builtin_files())
STATED = [entry for entry in GLOSSARY.entries if entry.basis is Basis.STATED]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    found = [[candidate.term, list(candidate.items)] for candidate in harvest(str(case["text"]))]
    assert found == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_half_width_is_read_alike(case: dict[str, object]) -> None:
    narrow = str(case["text"]).translate(str.maketrans("，；：（）", ",;:()"))
    assert [candidate.items for candidate in harvest(narrow)] == [
        candidate.items for candidate in harvest(str(case["text"]))
    ]


@pytest.mark.parametrize("entry", STATED, ids=lambda entry: entry.term)
def test_stated_entries_of_the_seed_come_out_as_curated(entry: object) -> None:
    found = [candidate for candidate in harvest(SEED) if candidate.term == entry.term]  # type: ignore[attr-defined]
    curated = [(part.name, part.lead, part.items) for part in entry.parts]  # type: ignore[attr-defined]
    assert [[(part.name, part.lead, part.items) for part in candidate.parts] for candidate in found] == [curated]


@given(st.text(alphabet=st.sampled_from('“”"、，。；：（）()一二三四双两和即指是\n—实施好进五个'), max_size=120))
def test_quotes_are_verbatim_and_items_stand_in_them(text: str) -> None:
    for candidate in harvest(text):
        assert text[candidate.start :].startswith(candidate.quote)
        assert all(item in candidate.quote for item in candidate.items)


@given(st.text())
def test_widening_keeps_every_offset(text: str) -> None:
    assert len(widen(text)) == len(text)


@pytest.mark.parametrize("piece", ["“三好”（", "“双", "、和“三个”", "（", "“五好”，即甲、", "一是二是“三亮”"])
def test_no_text_takes_quadratic_time(piece: str) -> None:
    harvest(piece * 10_000)


def test_groups_and_numbers() -> None:
    table = {
        "三进三同步": [3, 3],
        "以四到四办换四心": [4, 4, 4],
        "五好": [5],
        "七一": [],
        "十五五": [],
        "一楼统管": [],
        "双一流": [2],
        "十四个坚持": [14],
        "三个一批": [3],
        "三个一": [3],
        "两个一百年": [2],
        "1+10": [2],
        "1+3+N": [3],
    }
    assert {term: [group.count for group in count_groups(term)] for term in table} == table
    assert [expected_counts(count_groups(term)) for term in ("三进三同步", "3+2", "1+3+N")] == [(6, 2), (2, 5), (3,)]
    assert [parse_number(text) for text in ("二十三", "十", "两", "10", "七一")] == [23, 10, 2, 10, 0]


def test_drafts_are_a_valid_glossary_that_lookups_ignore(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(draft_yaml("报告.txt", harvest(SEED)), encoding="utf-8")
    entries = load_files([path]).entries
    assert len(entries) == len(harvest(SEED))
    assert all(entry.draft for entry in entries)


def test_appending_keeps_comments_and_known_terms(tmp_path: Path) -> None:
    first = "# 本处词库\n" + draft_yaml("报告.txt", harvest(SEED)[:2])
    path = tmp_path / "draft.yaml"
    path.write_text(append_entries(first, map(draft_entry, harvest(SEED))), encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# 本处词库\n")
    terms = [entry.term for entry in load_files([path]).entries]
    assert len(terms) == len(set(terms)) == len(harvest(SEED))


def test_known_terms_are_compared() -> None:
    readings = {
        "same": "“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)",
        "another": "“五好”(甲好、乙好、丙好、丁好、戊好)",
        "new": "“三亮”(亮甲、亮乙、亮丙)",
    }
    assert {name: compare(harvest(text)[0], known_readings(GLOSSARY)) for name, text in readings.items()} == {
        name: name for name in readings
    }
