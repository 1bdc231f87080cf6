"""What number a slogan says its expansion has."""

from __future__ import annotations

import pytest

from kouhao.language.lexicon import ENCLOSED
from kouhao.language.numerals import count_groups, parse_number


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
    ],
)
def test_groups(term: str, counts: list[int]) -> None:
    assert [group.count for group in count_groups(term)] == counts


@pytest.mark.parametrize(
    ("text", "value"), [("两", 2), ("二十一", 21), ("10", 10), ("１２", 12), ("七一", 0), ("百", 0)]
)
def test_numbers(text: str, value: int) -> None:
    assert parse_number(text) == value


def test_enclosed_numbers_run_to_fifty() -> None:
    assert set(ENCLOSED.values()) == set(range(1, 51))
    assert (ENCLOSED["①"], ENCLOSED["⑫"], ENCLOSED["㊿"], ENCLOSED["㈠"]) == (1, 12, 50, 1)
