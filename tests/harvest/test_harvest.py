"""What the harvest finds and what it leaves: our own sentences, the seed, and invariants on any text."""

from __future__ import annotations

import timeit
from functools import partial
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kouhao.curation.candidates import Found, compare, draft_entry, draft_yaml, gather
from kouhao.curation.lint import check_entry
from kouhao.curation.new_entries import deal_items
from kouhao.glossary.load import builtin_files, load_files, parse_glossary
from kouhao.glossary.write import append_entries
from kouhao.harvest import harvest
from kouhao.harvest.known import known_readings
from kouhao.language.normalize import widen
from kouhao.language.numerals import count_groups, expected_counts, parse_number
from kouhao.records import entry_record

ROOT = Path(__file__).parent.parent.parent
CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))
SEED = (ROOT / "seeds" / "putuo-2021-organization-work.txt").read_text(encoding="utf-8")
GLOSSARY = load_files(builtin_files())


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert shown(str(case["text"])) == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_half_width_is_read_alike(case: dict[str, object]) -> None:
    narrow = str(case["text"]).translate(str.maketrans("，；：（）", ",;:()"))
    straight = narrow.replace("“", '"').replace("”", '"')
    for text in (narrow, straight):
        assert [candidate.score for candidate in harvest(text)] == [
            candidate.score for candidate in harvest(str(case["text"]))
        ]


@given(st.text(alphabet=st.sampled_from('“”"、，。；：（）()一二三四双两和即指是\n—实施好进五个'), max_size=120))
def test_quotes_are_verbatim_and_items_stand_in_them(text: str) -> None:
    for candidate in harvest(text):
        assert text[candidate.start : candidate.end] == candidate.quote
        assert all(item in "".join(candidate.quote.split()) for item in candidate.items)


@given(st.text())
def test_widening_keeps_every_offset(text: str) -> None:
    assert len(widen(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["“三好”（", "“双", "、和“三个”", "（", "“五好”，即甲、", "一是二是“三亮”", "三大甲和", "1+1+", "“三好”、"]
)
def test_time_is_linear(piece: str) -> None:
    harvest(piece)
    seconds = [
        min(timeit.repeat(partial(harvest, piece * size), timer=process_time, number=1, repeat=2))
        for size in (100, 400)
    ]
    assert seconds[1] < 10 * seconds[0] + 0.2


def test_a_slogan_is_found_as_often_as_it_stands() -> None:
    text = "学校开展“三好”（品行好、学业好、身体好）评选。\n"
    assert [len(harvest(text * times)) for times in (1, 20, 400)] == [1, 20, 400]


@given(st.text(alphabet="两三项大甲乙丙行动、和“”（）：，。", max_size=80))
def test_doubtful_ones_have_lower_scores(text: str) -> None:
    candidates = harvest(text)
    sure = [one.score for one in candidates if not one.doubtful]
    doubtful = [one.score for one in candidates if one.doubtful]
    assert all(0 <= score <= 100 for score in sure + doubtful)
    assert min(sure, default=100) > max(doubtful, default=0)


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
    assert [expected_counts(count_groups(term)) for term in ("三进三同步", "3+2", "1+3+N")] == [(6, 3, 2), (2, 5), (3,)]
    assert [parse_number(text) for text in ("二十三", "十", "两", "10", "七一")] == [23, 10, 2, 10, 0]


def test_items_are_dealt_to_the_groups_that_name_them() -> None:
    turns = ["比学习", "看能力", "比服务", "看效能"]
    table = {
        ("三进三同步", "甲进 乙进 丙进 甲同步 乙同步 丙同步"): [
            ["甲进", "乙进", "丙进"],
            ["甲同步", "乙同步", "丙同步"],
        ],
        ("两比两看", " ".join(turns)): [turns[::2], turns[1::2]],
        ("三和一少", "要和 要少"): [["要和", "要少"]],
    }
    dealt = {key: [list(part.items) for part in deal_items(key[0], key[1].split())] for key in table}
    assert dealt == table


def found(text: str, path: str = "报告.txt") -> list[Found]:
    return [Found(candidate, path, 1) for candidate in harvest(text)]


def shown(text: str) -> list[list[object]]:
    return [[candidate.term, list(candidate.items)] for candidate in harvest(text) if not candidate.doubtful]


def test_drafts_are_a_valid_glossary_that_lookups_ignore(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    drafts = gather(found(SEED))
    path.write_text(draft_yaml(drafts), encoding="utf-8")
    entries = load_files([path]).entries
    assert len(entries) == len(drafts)
    stated = {"四个带头", "三项行动", "五好", "五个百", "三进三同步", "两集中两到位"}
    assert {
        entry.term for entry in entries if len(entry.items) == sum(expected_counts(count_groups(entry.term))[:1])
    } >= stated
    assert all(entry.draft for entry in entries)


@given(
    st.sampled_from(["抓促", "比看", "学创", "改强"]),
    st.lists(st.text(alphabet="学习执行效能提升落实发展", min_size=2, max_size=3), min_size=6, max_size=6, unique=True),
    st.sampled_from(["、", "，", "；"]),
    st.sampled_from(["“{}”（{}）。", "“{}”行动（{}）。", "“{}”，即{}。", "“{}”：{}。\n", "{1}“{0}”。", "“{}”是指{}。"]),
    st.integers(0, 2),
)
def test_drafts_are_valid(verbs: str, words: list[str], mark: str, frame: str, shape: int) -> None:
    """Whatever is harvested of single, paired and alternating items, its draft keeps every promise but a source's."""
    one, other = verbs[0], verbs[1]
    own = [f"{one}{word}" for word in words[:3]]
    others = [f"{other}{word}" for word in words[3:]]
    pairs = [*map("".join, zip(own, others, strict=True))]
    turns = [f"{first}，{second}" for first, second in zip(own, others, strict=True)]
    items = (own + others, pairs, turns)[shape]
    text = "深入推进" + frame.format(f"三{one}三{other}", mark.join(items))
    draft = draft_yaml(gather(found(text)))
    glossary = parse_glossary(draft, "草稿.yaml") if "term" in draft else None
    assert [finding for entry in glossary.entries for finding in check_entry(entry, {})] == [] if glossary else True


def test_appending_keeps_comments_and_known_terms(tmp_path: Path) -> None:
    drafts = gather(found(SEED))
    path = tmp_path / "draft.yaml"
    first = "# 本处词库\n" + draft_yaml(drafts[:2])
    path.write_text(append_entries(first, map(draft_entry, drafts)), encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# 本处词库\n")
    terms = [entry.term for entry in load_files([path]).entries]
    assert len(terms) == len(set(terms)) == len(drafts)


def test_documents_that_say_the_same_give_one_draft_with_all_places(tmp_path: Path) -> None:
    places = found("开展“三问”：问需求、问计策、问效果。", "甲.txt")
    places += found("开展“三亮”：亮身份、亮承诺、亮业绩。", "甲.txt") + found(
        "“三亮”（亮身份、亮承诺、亮业绩）", "乙.txt"
    )
    drafts = gather([*places, *found("“三亮”（亮家底、亮成绩、亮问题）", "丙.txt")])
    assert [(draft.term, draft.places) for draft in drafts] == [("三亮", 3), ("三问", 1)]
    entry = draft_entry(drafts[0])
    assert "亮家底、亮成绩、亮问题（丙.txt:1）" in entry["note"]
    assert ("甲.txt:1" in entry["note"]) != ("乙.txt:1" in entry["note"])
    path = tmp_path / "draft.yaml"
    path.write_text(draft_yaml(drafts), encoding="utf-8")
    assert {entry.source.file for entry in load_files([path]).entries} <= {"甲.txt", "乙.txt"}


def test_known_terms_are_compared() -> None:
    readings = {
        "same": "“五好”(班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好)",
        "another": "“五好”(甲好、乙好、丙好、丁好、戊好)",
        "new": "“三亮”(亮甲、亮乙、亮丙)",
    }
    assert {
        name: compare(harvest(text)[0], known_readings(map(entry_record, GLOSSARY.entries)))
        for name, text in readings.items()
    } == {name: name for name in readings}
