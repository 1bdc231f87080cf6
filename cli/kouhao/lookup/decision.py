"""How likely it is that a candidate is what was meant: boosted trees, fitted by `tests/fit/fit_decision.py`, and when to claim it.

`decision.tsv` holds plain numbers. A line is a tree, for what was typed in characters, for a term that stands in it with something
beside, or for what was typed in letters, as four lists: of each node
the feature that is compared, the bound, and the nodes to go on with when it is at most the bound and when it is more; a leaf
has the feature -1 and its value in the place of the bound. The last lines are the chance from which an answer may be claimed
in glossaries of so many entries, at which one in five hundred strings that mean no entry gets one, and one in fifty terms whose owner is another.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from math import exp

from kouhao.files import open_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Tree = tuple[int, float, Any, Any]
    """The feature that is compared, the bound, and the trees for what is at most the bound and for more; of a leaf -1 and its value."""

PATH = os.path.join(os.path.dirname(__file__), "decision.tsv")  # noqa: PTH118, PTH120  a lookup does without pathlib
HAN, BESIDE, LETTERS = "han", "beside", "letters"
BOUND = "bound-"

_trees: dict[str, list[Tree]] = {HAN: [], BESIDE: [], LETTERS: []}
_bounds: dict[str, list[tuple[float, float]]] = {HAN: [], BESIDE: [], LETTERS: []}


def chance(numbers: Sequence[float], kind: str = HAN) -> float:
    """Return the chance, 0 to 1, that the candidate with these `numbers` (`features.measure`) is meant."""
    if not _trees[kind]:
        _read(kind)
    total = 0.0
    for feature, value, fewer, more in _trees[kind]:
        while feature >= 0:
            feature, value, fewer, more = fewer if numbers[feature] <= value else more  # noqa: PLW2901  a walk to a leaf
        total += value
    return 1 / (1 + exp(-total))


def claimable(entries: int, kind: str = HAN) -> float:
    """Return the chance from which an answer is claimed in a glossary of `entries`."""
    if not _bounds[kind]:
        _read(kind)
    table = _bounds[kind]
    at = bisect_right(table, (float(entries),))
    (fewer, low), (more, high) = table[max(0, at - 1)], table[min(at, len(table) - 1)]
    share = (entries - fewer) / (more - fewer) if more > fewer else 0.0
    return low + share * (high - low)


def _read(kind: str) -> None:
    """Read what decides a kind: most lookups need one of them."""
    with open_file(PATH) as file:
        for line in file.read().decode().splitlines():
            name, *lists = line.split("\t")
            if name == kind:
                _trees[kind].append(_grow(*(one.split(" ") for one in lists)))
            elif name == BOUND + kind:
                _bounds[kind].append((float(lists[0]), float(lists[1])))


def _grow(features: list[str], values: list[str], fewer: list[str], more: list[str]) -> Tree:
    """Return the tree of four lists; a node stands before those with which it goes on."""
    grown: dict[int, Tree] = {}
    for at in range(len(features) - 1, -1, -1):
        after = grown.get(int(fewer[at])), grown.get(int(more[at]))
        grown[at] = int(features[at]), float(values[at]), *after
    return grown[0]
