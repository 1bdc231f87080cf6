"""Queries that hold terms or expansions word for word: all are answered, each with its place, or none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from kouhao.lookup.engine import Lookup, open_lookup


@pytest.fixture(scope="module")
def lookup() -> Iterator[Lookup]:
    with open_lookup([]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("三农及双减", ["三农", "双减"]),
        ("三农、双减、双碳", ["三农", "双减", "双碳"]),
        ("五好 五个百 三农", ["五好", "五个百", "三农"]),
        ("三农双减", ["三农", "双减"]),
        ("三农\n双减", ["三农", "双减"]),
        ("三農與雙減的關係", ["三农", "双减"]),
        ("五位一体和四个全面有什么区别", ["五位一体", "四个全面"]),
        ("统筹推进五位一体总体布局、协调推进四个全面战略布局", ["五位一体", "四个全面"]),
        ("在工作中要增强“四个意识”、坚定“四个自信”、做到“两个维护”", ["四个意识", "四个自信", "两个维护"]),
        ("扎实做好六稳工作，全面落实六保任务，稳住经济基本盘", ["六稳", "六保"]),
        ("坚决反对四风，弘扬新风正气", ["四风"]),
        ("三农是国之根本，三农也是民之根本，要抓好三农", ["三农"]),
    ],
)
def test_all_terms_of_a_query_are_answered_in_order(typed: str, terms: list[str], lookup: Lookup) -> None:
    hits = lookup.answer(typed).hits
    assert [hit.term for hit in hits] == terms
    assert all(start < end for start, end in (hit.span for hit in hits))
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(hits))


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("绿水青山就是金山银山", "两山"),
        ("碳达峰、碳中和", "双碳"),
        ("土肥水种密保管工", "八字宪法"),
        ("所有权、承包权、经营权", "三权"),
        ("碳达峰和碳中和", "双碳"),
        ("政治意识、大局意识、核心意识", "四个意识"),
        ("富强民主文明和谐自由平等公正法治爱国敬业诚信友善", "社会主义核心价值观"),
        ("簡政放權、放管結合、優化服務", "放管服"),
    ],
)
def test_an_expansion_finds_its_slogan(typed: str, term: str, lookup: Lookup) -> None:
    first, *_ = lookup.answer(typed).hits
    assert (first.term, first.how, first.span) == (term, "expansion", (0, len(typed)))


@pytest.mark.parametrize(
    "typed",
    [
        "政府和市场",  # both items of 两只手, but common prose
        "新技术、新业态、新模式",  # three of four items of 四新, likewise
        "民主法治",
        "365天不落幕的科技博览会在本市开幕",  # no 六五 in it
        "宪法规定的三公里以外的地方不得进入",  # no 三公
        "进一步用好智能设备和各类平台",
    ],
)
def test_prose_is_not_answered(typed: str, lookup: Lookup) -> None:
    assert not lookup.answer(typed).found


def test_exact_answers_no_sentence(lookup: Lookup) -> None:
    assert not lookup.answer("三农、双减、双碳", exact=True).found


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("一岗双责制度", ["一岗双责"]),
        ("双随机、一公开机制", ["双随机、一公开"]),
        ("四个全面家庭", []),
        ("初心课堂工程", []),
    ],
)
def test_a_word_that_follows_slogans_makes_no_other_of_a_long_one(typed: str, terms: list[str], lookup: Lookup) -> None:
    assert [hit.term for hit in lookup.answer(typed).hits] == terms


@pytest.mark.parametrize("typed", ["九零后", "九〇后", "90后", "９０后"])
def test_digits_one_by_one(typed: str, lookup: Lookup) -> None:
    assert [hit.term for hit in lookup.answer(typed).hits] == ["90后"]
