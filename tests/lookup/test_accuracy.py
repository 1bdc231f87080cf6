"""The right entry comes first whatever is typed, and nothing else: for the glossary, and for slogans that it never saw.

The floors are below what is reached, by less than a person would notice; the whole tables are in
`tests/benchmarks/lookup_accuracy.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation import make
from tests.evaluation.measure import Tally, asking, gold, invented, judge, questions, recorded

from kouhao.entry import Entry
from kouhao.lookup.engine import open_lookup

# What cannot be told from ordinary prose (keywords, contexts, fragments of items) is suggested and not claimed, and counts as wrong here.
MOST_WRONG = {"built-in": (0.02, 0.01), "invented": (0.015, 0.01), "gold": (0.015, 0.01)}

EVERY = 3
"""So many questions there are to one that is asked: some two thousand of a glossary tell what is a hundredth wrong."""


def check(name: str, tally: Tally) -> None:
    for positive, most in zip((True, False), MOST_WRONG[name], strict=True):
        wrong = [
            f"{query.kind}: {query.query} -> {first}" for query, first in tally.wrong if bool(query.expect) == positive
        ]
        assert tally.share(positive=positive) <= most, "\n".join(wrong)


def test_builtin_glossary() -> None:
    with open_lookup([], builtin=["putuo-2021"]) as lookup:
        check("built-in", judge(lookup, recorded(make.QUERIES)))


@pytest.mark.parametrize(("name", "entries"), [("invented", invented()), ("gold", gold())])
def test_unseen_glossary(name: str, entries: tuple[Entry, ...], tmp_path: Path) -> None:
    if not entries:
        pytest.skip("the evaluation folder is not here")
    with asking(entries, tmp_path) as lookup:
        check(name, judge(lookup, questions(entries)[::EVERY]))


def test_queries_name_terms_of_the_glossary() -> None:
    with open_lookup([], builtin=["putuo-2021"]) as lookup:
        terms = {record["term"] for record in lookup.records()}
    named = {term for query in recorded(make.QUERIES) for term in query.expect}
    assert named <= terms


def test_sets_are_large_enough() -> None:
    queries = recorded(make.QUERIES)
    positive = [query for query in queries if query.expect]
    assert len(positive) >= 1500
    assert len(queries) - len(positive) >= 600
    assert len({query.query for query in queries}) == len(queries)
