"""No candidate is lost by one slip: every term of 2 to 12 characters stands under a key of every text that is one slip away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from tests.evaluation.slogans import slogans

from kouhao.entry import Entry, Glossary, Source
from kouhao.index.build import build_index
from kouhao.index.characters import glyphs
from kouhao.index.reader import Index
from kouhao.language.normalize import is_han
from kouhao.lookup.candidates import near_keys
from kouhao.lookup.query import Query
from kouhao.model import Basis

LENGTHS = range(2, 13)
TERMS_A_LENGTH = 12
STRANGER = "鹏"


def terms() -> dict[int, list[str]]:
    """Return stretches of invented slogans, by their length."""
    text = "".join(mark for slogan in islice(slogans(1000), 400) for mark in slogan.term if is_han(mark))
    return {
        length: list(dict.fromkeys(text[at : at + length] for at in range(0, 7 * TERMS_A_LENGTH, 7)))
        for length in LENGTHS
    }


TERMS = terms()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    source = Source("own", "甲")
    entries = [
        Entry(f"own/{term}", term, Basis.MENTIONED, term, source) for several in TERMS.values() for term in several
    ]
    path = tmp_path_factory.mktemp("recall") / "index.sqlite"
    build_index(Glossary(tuple(entries), (source,)), Path(path), digest="", characters=glyphs())
    opened = Index(str(path))
    yield opened
    opened.close()


def slips(term: str) -> Iterator[str]:
    for at in range(len(term)):
        yield term[:at] + term[at + 1 :]
        yield term[:at] + STRANGER + term[at + 1 :]
        yield term[:at] + term[at + 1 : at + 2] + term[at] + term[at + 2 :]
    for at in range(len(term) + 1):
        yield term[:at] + STRANGER + term[at:]


def candidates(index: Index, text: str) -> set[str]:
    asked = Query(text, index.glyphs)
    asked.simplify()
    hits = [hit for units in asked.units() for hit in index.find(near_keys(units))]
    numbers = {number for hit in hits for number in hit.numbers}
    return {term for _, term, _ in index.stored([*numbers]).values()}


@pytest.mark.parametrize("length", LENGTHS)
def test_one_slip_loses_no_candidate(length: int, index: Index) -> None:
    lost = [(term, slip) for term in TERMS[length] for slip in slips(term) if term not in candidates(index, slip)]
    assert lost == []
