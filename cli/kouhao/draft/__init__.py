"""A draft as the checker's rules see it: its slogans, its expansions, and how these compare with the glossary."""

from kouhao.draft.claims import Claim, find_claim, readings, regions
from kouhao.draft.comparison import Comparison, Difference, Reading, compare
from kouhao.draft.page import Mention, Near, NearHit, Page, PageReader, Remark

__all__ = [
    "Claim",
    "Comparison",
    "Difference",
    "Mention",
    "Near",
    "NearHit",
    "Page",
    "PageReader",
    "Reading",
    "Remark",
    "compare",
    "find_claim",
    "readings",
    "regions",
]
