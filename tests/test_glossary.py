"""Every entry of the built-in glossary is a case of its own; the seed is the published document, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kouhao.check.checker import Checker
from kouhao.check.rules import DEFAULTS
from kouhao.curation.evidence import read_evidence
from kouhao.curation.lint import (
    check_characters,
    check_counts,
    check_items,
    check_quote,
    check_terms_apart,
    validate,
)
from kouhao.documents.document import Document
from kouhao.entry import Entry, Glossary, Source
from kouhao.glossary.load import builtin_files, collect_files, load_files
from kouhao.glossary.schema import json_schema
from kouhao.index.cache import BUILTIN, builtin_path
from kouhao.lookup.engine import open_lookup
from kouhao.model import Basis, Severity

ROOT = Path(__file__).parent.parent
SEEDS = {"putuo-2021-organization-work.txt": "c7c98e5669b7cc1614c11231921718789d65e0ac76513586a975925463f9bc41"}
GLOSSARY = load_files(builtin_files())
EVIDENCE = read_evidence(GLOSSARY, [ROOT])
STATED = {
    "四个带头": (4,),
    "三项行动": (3,),
    "以四到四办换四心": (4, 4, 4),
    "五好": (5,),
    "1+10": (2,),
    "“三旧”换“三新”": (3, 3),
    "双优储备计划": (2,),
    "五个百": (5,),
    "三进三同步": (3, 3),
    "两集中两到位": (2, 2),
}


def test_seeds_are_as_published() -> None:
    digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    assert digests == SEEDS


def test_every_source_is_at_hand() -> None:
    assert set(EVIDENCE) == {source for source in GLOSSARY.sources if source.file}


@pytest.mark.parametrize("entry", GLOSSARY.entries, ids=lambda entry: entry.term)
def test_entry_is_what_its_source_says(entry: Entry) -> None:
    checks = [check_characters(entry), check_quote(entry, EVIDENCE), check_items(entry), check_counts(entry)]
    assert [finding.message for check in checks for finding in check] == []


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        (["三进三同步", "三进三同路"], ["三进三同路"]),
        (["三进三同步", "三进三同"], ["三进三同步"]),
        (["三进三同", "三进三同步", "四个百"], ["三进三同步"]),
        (["三进三同步", "三进四同步", "三进同步"], []),
        (["五好", "五老"], []),
        (["三进三同步", "三进三同步"], []),
    ],
)
def test_terms_one_slip_apart_are_listed(terms: list[str], told: list[str]) -> None:
    source = Source("own", "甲")
    entries = tuple(Entry(f"{at}", term, Basis.MENTIONED, term, source) for at, term in enumerate(terms))
    assert [finding.term for finding in check_terms_apart(Glossary(entries, (source,)))] == told


def test_finds_refuses_and_drafts_hold() -> None:
    with open_lookup([]) as lookup:
        checker = Checker(lookup, DEFAULTS)
        findings = validate(
            load_files(collect_files(map(Path, map(builtin_path, BUILTIN)))),
            EVIDENCE,
            find=lambda query: [hit.id for hit in lookup.answer(query).hits],
            show=lambda query: lookup.answer(query).shown,
            hear=lambda text: {finding.rule for finding in checker.check(Document("-", text, "utf-8")).findings},
            progress=lambda _: None,
        )
    assert [finding.message for finding in findings if finding.severity is not Severity.NOTE] == []


def test_stated_entries_are_complete() -> None:
    stated = {
        entry.term: tuple(len(part.items) for part in entry.parts)
        for entry in GLOSSARY.entries
        if entry.basis is Basis.STATED
    }
    assert stated == STATED


def test_glossary_has_every_slogan_that_a_reader_expects() -> None:
    assert len(GLOSSARY.entries) >= 58
    assert {entry.basis for entry in GLOSSARY.entries} == set(Basis)


def test_schema_is_the_model() -> None:
    assert (ROOT / "glossary" / "schema.json").read_text(encoding="utf-8") == json_schema()


def test_evidence_notices_a_changed_word() -> None:
    entry = next(entry for entry in GLOSSARY.entries if entry.quote)
    changed = {entry.source: EVIDENCE[entry.source].replace("带头讲党课", "带头上党课")}
    assert [finding.rule for finding in check_quote(entry, changed)] == ["quote-not-verbatim"]


def test_evidence_may_have_lines_where_a_quote_has_blanks() -> None:
    entry = next(entry for entry in GLOSSARY.entries if entry.quote)
    twice = replace(entry, quote=f"{entry.quote} {entry.quote}")
    assert not list(check_quote(twice, {entry.source: f"{entry.quote}\n\n{entry.quote}"}))


def test_json_lines_are_read_in_folders_of_evidence_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "甲", "text": "做到三个能。"}\n', encoding="utf-8")
    source = Source("a", "甲")
    glossary = Glossary((Entry("a/三个能", "三个能", Basis.MENTIONED, "三个能", source),), (source,))
    assert read_evidence(glossary, [tmp_path]) == {source: "做到三个能。"}
    assert read_evidence(glossary, []) == {}
