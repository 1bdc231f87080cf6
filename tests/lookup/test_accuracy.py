"""The right entry comes first whatever is typed, and nothing else: for the glossary, and for slogans that it never saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.evaluation.slips import Case, negatives, positives

from kouhao.index.build import build_index
from kouhao.index.reader import Index
from kouhao.lookup.engine import Lookup
from kouhao.lookup.packs import open_lookup
from kouhao.model import Basis, Entry, Glossary, Source

DATA = Path(__file__).parent.parent / "evaluation"
TERMS = (DATA / "terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
EVERYDAY = (DATA / "everyday.txt").read_text(encoding="utf-8").split("\n")[:-1]
SOURCE = Source(id="unseen", title="未见")


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lookup]:
    path = tmp_path_factory.mktemp("index") / "unseen.sqlite"
    entries = tuple(Entry(f"unseen/{term}", term, Basis.MENTIONED, term, SOURCE) for term in TERMS)
    build_index(Glossary(entries, (SOURCE,)), path, digest="")
    index = Index(str(path))
    with Lookup([index], index) as lookup:
        yield lookup


@pytest.fixture(scope="module")
def builtin() -> Iterator[Lookup]:
    with open_lookup([]) as lookup:
        yield lookup


def wrong(lookup: Lookup, cases: Iterable[Case]) -> tuple[float, list[str]]:
    """Return the share of cases that went wrong, and those cases."""
    asked = list(cases)
    failed = [case for case in asked if first(lookup, case.query) != case.expect]
    return len(failed) / len(asked), [f"{case.kind}: {case.query} -> {first(lookup, case.query)}" for case in failed]


def first(lookup: Lookup, query: str) -> str:
    hits = lookup.answer(query).hits
    return hits[0].term if hits else ""


def test_unseen_terms_are_found(unseen: Lookup) -> None:
    share, failed = wrong(unseen, positives(TERMS))
    assert share <= 0.02, failed


def test_unseen_glossary_refuses(unseen: Lookup) -> None:
    share, failed = wrong(unseen, negatives(TERMS, EVERYDAY, []))
    assert share <= 0.01, failed


def test_builtin_terms_are_found(builtin: Lookup) -> None:
    terms = list(dict.fromkeys(record["term"] for record in builtin.records()))
    share, failed = wrong(builtin, positives(terms))
    assert share <= 0.02, failed


def test_builtin_glossary_refuses(builtin: Lookup) -> None:
    terms = [record["term"] for record in builtin.records()]
    share, failed = wrong(builtin, negatives(terms, EVERYDAY, TERMS))
    assert share <= 0.02, failed
