"""Every cited reading stands in the text that it cites; where the texts are not at hand these tests are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from kouhao.curation.evidence import read_evidence
from kouhao.curation.lint import check_citations, is_proved
from kouhao.entry import Entry
from kouhao.glossary.load import builtin_files, load_files
from kouhao.model import Basis

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT.parent / "shared" / "evidence", ROOT.parent / "shared" / "eval" / "corpus"]
GLOSSARY = load_files(builtin_files())
CITED = [entry for entry in GLOSSARY.entries if entry.basis is Basis.CITED]
EVIDENCE = read_evidence(GLOSSARY, FOLDERS)
UNPROVED = (Path(__file__).parent / "curation" / "unproved.txt").read_text(encoding="utf-8").split()
"""The terms that cite a text that is not at hand, sorted."""

pytestmark = pytest.mark.skipif(not FOLDERS[0].is_dir(), reason="the folder of evidence is not at hand")


@pytest.mark.parametrize("entry", CITED, ids=lambda entry: entry.term)
def test_reading_stands_where_it_is_cited(entry: Entry) -> None:
    assert [finding.message for finding in check_citations(entry, EVIDENCE)] == []


def test_what_no_text_at_hand_proves_is_listed() -> None:
    """What is cited from a text that is not at hand was looked up elsewhere: nothing comes to stand here unseen."""
    assert sorted(entry.term for entry in CITED if not is_proved(entry, EVIDENCE)) == UNPROVED
