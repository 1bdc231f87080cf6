"""What number a slogan says its expansion has."""

from __future__ import annotations

import pytest

from kouhao.language.lexicon import ENCLOSED
from kouhao.language.numerals import count_groups, expected_counts, parse_number, promise


@pytest.mark.parametrize(
    ("term", "counts"),
    [
        ("五好", [5]),
        ("三进三同步", [3, 3]),
        ("1+10", [2]),
        ("１＋１０", [2]),
        ("1+3+N", [3]),
        ("三百六十行", []),
        ("两千万", []),
        ("双一流", [2]),
        ("一业一证", []),
        ("第三", []),
        ("统一", []),
        ("十二项行动", [12]),
        ("六个100%", [6]),
        ("三个两手抓", [3]),
        ("四个十大", [4]),
        ("双百双新", [2, 2]),
        ("三位一体", [3]),
        ("十个全国第一", [10]),
    ],
)
def test_groups(term: str, counts: list[int]) -> None:
    assert [group.count for group in count_groups(term)] == counts


@pytest.mark.parametrize(
    ("term", "expected", "all_of_them"),
    [
        ("五好", (5,), {5}),
        ("三抓三促", (6, 3, 2), {6, 2, 3}),
        ("三会一课", (4, 2), {4, 2, 3, 1}),
        ("两不愁三保障", (5, 2), {5, 2, 3}),
        ("1+3+N", (3,), {3}),
        ("3+2", (2, 5), {2, 5}),
        ("2522", (4, 11), {4, 11}),
        ("十百千", (3,), {3}),
        ("一带一路", (2, 1), {2, 1}),
    ],
)
def test_what_a_name_promises(term: str, expected: tuple[int, ...], all_of_them: set[int]) -> None:
    promised = promise(term)
    assert promised is not None
    assert (promised.expected, set(promised.readings)) == (expected, all_of_them)
    groups = count_groups(term)
    assert not groups or expected_counts(groups) == expected


@pytest.mark.parametrize("term", ["七一", "第一", "2030年", "1235577", "面线点"])
def test_what_counts_nothing(term: str) -> None:
    assert promise(term) is None


@pytest.mark.parametrize(
    ("text", "value"), [("两", 2), ("二十一", 21), ("10", 10), ("１２", 12), ("七一", 0), ("百", 0)]
)
def test_numbers(text: str, value: int) -> None:
    assert parse_number(text) == value


def test_enclosed_numbers_run_to_fifty() -> None:
    assert set(ENCLOSED.values()) == set(range(1, 51))
    assert (ENCLOSED["①"], ENCLOSED["⑫"], ENCLOSED["㊿"], ENCLOSED["㈠"]) == (1, 12, 50, 1)
