"""The halves of terms, by which a stretch of a text is found that is nearly one of them.

A term with one slip still has one of its halves (W. Burkhard and R. Keller's partition of a pattern into k+1 pieces). Marks are
wide, as in the squeezed text of a draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.language.normalize import is_han, widen
from kouhao.language.numerals import count_groups
from kouhao.model import Entry

_SHORTEST = 4


def halves(entry: Entry) -> Iterator[tuple[str, str, int]]:
    """Yield texts to look for, the term that each belongs to, and its offset there.

    A term of two counted groups is also looked for with these exchanged (三同步三进); such a text has the offset -1.
    """
    for term in map(widen, (entry.term, *entry.also)):
        if len(term) >= _SHORTEST and sum(map(is_han, term)) >= _SHORTEST:
            middle = len(term) // 2
            yield term[:middle], term, 0
            yield term[middle:], term, middle
        groups = count_groups(term)
        if len(groups) == 2 and groups[0].name + groups[1].name == term:  # noqa: PLR2004  a pair
            yield groups[1].name + groups[0].name, term, -1
