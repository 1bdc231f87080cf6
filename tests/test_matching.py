"""Slogans in running text: what the automaton finds is what stands there, the longest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouhao.glossary.load import collect_files, load_files
from kouhao.index.automaton import Automaton, compile_texts
from kouhao.index.build import build_index, build_text_index
from kouhao.index.matcher import Matcher, Spelling, SpellingSource
from kouhao.index.patterns import Vocabulary
from kouhao.index.reader import Index, TextIndex
from kouhao.lookup.engine import open_lookup

ALPHABET = "五好进十a1，\n𠮷"
NUMERALS = "五十1"
SPELLINGS = st.lists(
    st.text(ALPHABET, min_size=1, max_size=4).filter(lambda text: text == text.strip()), max_size=6, unique=True
)
"""None begins or ends with a line end, of which `validate` warns."""
TEXTS = st.text(ALPHABET, max_size=40)
LINES = st.text(ALPHABET.replace("\n", ""), max_size=40)
GLOSSARY = Path(__file__).parent.parent / "glossary"
TEXT = "推行“五好”（班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好）建设，落实“三进三同步”。"


def matcher_of(spellings: Iterable[str], opening: int = 9) -> Matcher:
    """Return what finds `spellings` by their first characters."""
    known = list(spellings)
    automaton = Automaton(compile_texts(spelling[:opening] for spelling in known))

    def resolve(found: str) -> list[Spelling]:
        return [Spelling(text, 0, at, own=True) for at, text in enumerate(known) if text[:opening] == found]

    return Matcher([SpellingSource(automaton, resolve)])


def longest_first(spellings: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return the same by trying every spelling at every place."""
    found: list[tuple[int, int]] = []
    for start in range(len(text)):
        fitting = [spelling for spelling in spellings if text.startswith(spelling, start)]
        whole = [spelling for spelling in fitting if not cuts_number(text, start, start + len(spelling))]
        if whole and start >= (found[-1][1] if found else 0):
            found.append((start, start + max(map(len, whole))))
    return found


def cuts_number(text: str, start: int, end: int) -> bool:
    before = text[start] in NUMERALS and text[:start].endswith(tuple(NUMERALS))
    return before or (text[end - 1] == "1" == text[end : end + 1])


@given(SPELLINGS, LINES)  # over a line's end a slogan may be broken: see test_scan
def test_finds_the_longest_spelling_at_each_place(spellings: list[str], text: str) -> None:
    found = [(one.start, one.end) for one in matcher_of(spellings).find(text)]
    assert found == longest_first(spellings, text)


@given(SPELLINGS, TEXTS)
def test_an_opening_finds_what_the_whole_finds(spellings: list[str], text: str) -> None:
    by_opening = [(one.start, one.end, one.text) for one in matcher_of(spellings, opening=2).find(text)]
    assert by_opening == [(one.start, one.end, one.text) for one in matcher_of(spellings).find(text)]


@given(SPELLINGS, TEXTS)
def test_places_in_bytes_and_in_characters_are_the_same_places(spellings: list[str], text: str) -> None:
    matcher, content = matcher_of(spellings), text.encode()
    in_bytes = [content[one.start : one.end].decode() for one in matcher.find_in_bytes(content)]
    assert in_bytes == [text[one.start : one.end] for one in matcher.find(text)]


def test_two_glossaries_are_one_vocabulary() -> None:
    sources = [
        SpellingSource(Automaton(compile_texts([text])), lambda found: [Spelling(found, 0, 0, own=True)])
        for text in ("五好", "五好家庭")
    ]
    assert [one.text for one in Matcher(sources).find("五好家庭、五好")] == ["五好家庭", "五好"]


def test_terms_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    terms = ["五大专项行", "五大专项行动", "五大专项行动方案", "五大专项整治"]
    entries = "".join(f"  - {{term: {term}, basis: mentioned, quote: {term}}}\n" for term in terms)
    path = tmp_path / "own.yaml"
    path.write_text(f"source: {{id: own, title: 甲}}\nentries:\n{entries}", encoding="utf-8")
    with open_lookup([str(path)], builtin=False) as lookup:
        matcher = Vocabulary(lookup.indexes).term_matcher()
        found = [
            one.text for one in matcher.find("五大专项整治、5大专项行动，五大专项行动方案。五大专项行！五大专项工作")
        ]
    assert found == ["五大专项整治", "5大专项行动", "五大专项行动方案", "五大专项行"]


def damage(content: bytes) -> Iterable[bytes]:
    yield b"not an automaton"
    yield content[:-1]
    yield content + b"\0"
    yield bytes(byte ^ 0xFF for byte in content[:64]) + content[64:]


@pytest.mark.parametrize("number", range(4))
def test_an_automaton_that_cannot_be_loaded_is_made_anew(tmp_path: Path, number: int) -> None:
    path = tmp_path / "texts.sqlite"
    build_index(load_files(collect_files([GLOSSARY])), tmp_path / "index.sqlite", digest="")
    index = Index(str(tmp_path / "index.sqlite"))
    build_text_index(index, path)
    index.open_texts = lambda: TextIndex(str(path))
    expected = [(one.start, one.text) for one in Vocabulary([index]).expansion_matcher().find(TEXT)]
    with closing(sqlite3.connect(path)) as database, database:
        for finds, compiled in database.execute("SELECT finds, compiled FROM automaton").fetchall():
            broken = list(damage(compiled))[number]
            database.execute("UPDATE automaton SET compiled = ? WHERE finds = ?", (broken, finds))
    index.close()
    index = Index(str(tmp_path / "index.sqlite"))
    index.open_texts = lambda: TextIndex(str(path))
    found = Vocabulary([index]).expansion_matcher().find(TEXT)
    assert [(one.start, one.text) for one in found] == expected
    assert len(expected) == 3
