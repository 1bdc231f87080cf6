"""Read a text once; at each counted slogan try the ways in which documents expand one, and keep what counts out.

The numeral is the judge: a stretch is an expansion only if it falls into as many items as the slogan says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kouhao.harvest.readers import READERS, Found
from kouhao.harvest.shaping import is_bare_verb
from kouhao.harvest.terms import Mention, mentions
from kouhao.language.normalize import widen
from kouhao.language.numerals import Group
from kouhao.model import Part

_LONGEST_ITEM = 90
_SCORES = {"paren": 90, "ji": 84, "colon": 80, "dash": 80, "numbered": 80, "note": 76, "enumeration-before": 70}
_EVEN = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a slogan is expanded: `quote` is verbatim, `start` its offset; `score` 0 to 100, `reasons` its grounds."""

    term: str
    start: int
    quote: str
    parts: tuple[Part, ...]
    pattern: str
    score: int
    reasons: tuple[str, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """All items in order."""
        return tuple(item for part in self.parts for item in part.items)


def harvest(text: str) -> list[Candidate]:
    """Return the expansions that `text` holds, in its order; one a place."""
    wide = widen(text)
    candidates: dict[int, Candidate] = {}
    for mention in mentions(wide):
        for read in READERS:
            found = read(wide, mention)
            if found is not None and _plausible(wide, mention, found):
                candidate = _candidate(text, mention, found)
                candidates.setdefault(mention.start, candidate)
                break
    return sorted(candidates.values(), key=lambda candidate: candidate.start)


def _plausible(wide: str, mention: Mention, found: Found) -> bool:
    """Tell whether the items look like items: not empty, not overlong, not the term itself, no list cut short by 等."""
    items = [span.of(wide) for span in found.spans]
    if any(not item or len(item) > _LONGEST_ITEM for item in items) or len(set(items)) < len(items):
        return False
    if any(is_bare_verb(item) for item in items):
        return False
    if items[-1].endswith("等") or any(f"“{mention.term}”" in item for item in items):
        return False
    if found.pattern in ("ji", "colon", "enumeration-before") and _prose(items):
        return False
    return not (found.pattern == "enumeration-before" and any(len(item) == 1 for item in items))


def _prose(items: list[str]) -> bool:
    """Tell whether a comma stands inside an item and not in all: sentences, not a list."""
    with_comma = sum("，" in item or "：" in item for item in items)
    return 0 < with_comma < len(items)


def _candidate(text: str, mention: Mention, found: Found) -> Candidate:
    items = [span.of(text) for span in found.spans]
    reasons = [
        f"{len(items)} 项与“{'”“'.join(group.name for group in mention.groups)}”的数目相符",
        f"写法：{found.pattern}",
    ]
    lengths = [len(item) for item in items]
    even = max(lengths) <= 2 * min(lengths)
    reasons += ["各项长短相当"] if even else []
    quote = text[found.start : found.end]
    return Candidate(
        mention.term,
        found.start,
        quote,
        deal_items(mention.term, mention.groups, items, found.leads),
        found.pattern,
        _SCORES[found.pattern] + _EVEN * even,
        tuple(reasons),
    )


def deal_items(term: str, groups: Sequence[Group], items: Sequence[str], leads: Sequence[str] = ()) -> tuple[Part, ...]:
    """Deal the items out to a term's counted groups in order, where their numbers agree; else they are one part."""
    if len(groups) < 2 or sum(group.count for group in groups) != len(items):  # noqa: PLR2004
        return (Part(term, tuple(items), leads[0] if len(leads) == 1 else ""),)
    parts: list[Part] = []
    at = 0
    for place, group in enumerate(groups):
        lead = leads[place] if place < len(leads) else ""
        parts.append(Part(group.name, tuple(items[at : at + group.count]), lead))
        at += group.count
    return tuple(parts)
