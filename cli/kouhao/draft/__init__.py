"""A draft as the checker's rules see it: its slogans, its expansions, and how these compare with the glossary."""

from kouhao.draft.asides import without_asides
from kouhao.draft.claims import Claim, Region, find_claim, readings, regions
from kouhao.draft.comparison import Comparison, Difference, Reading, compare
from kouhao.draft.page import Find, Mention, NearHit, Page, PageReader, Remark

__all__ = [
    "Claim",
    "Comparison",
    "Difference",
    "Find",
    "Mention",
    "NearHit",
    "Page",
    "PageReader",
    "Reading",
    "Region",
    "Remark",
    "compare",
    "find_claim",
    "readings",
    "regions",
    "without_asides",
]
