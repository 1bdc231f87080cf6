"""Fit how likely it is that a candidate is meant, and from which chance on it may be claimed; writes `kouhao/lookup/decision.tsv`.

    python -m tests.fit.fit_decision

asks glossaries of three sizes (`tests.evaluation.packs`) what people type for half of their terms, and strings of half of the texts that mean
none of them. `tests.benchmarks.truth` judges with the other halves. The chance is that of boosted trees (lightgbm); the bounds
are those at which one in five hundred of the strings of any kind gets an answer, by cross-validation.
"""

from __future__ import annotations

import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from tests.evaluation.measure import asking
from tests.evaluation.packs import packs
from tests.evaluation.questions import Query
from tests.evaluation.trial import trial

from kouhao.lookup import decision
from kouhao.lookup.engine import Lookup
from kouhao.lookup.features import NAMES
from kouhao.lookup.judged import Judged
from kouhao.lookup.query import Query as Asked
from kouhao.lookup.recognize import weigh
from kouhao.model import Entry

Numbers = np.ndarray[Any, np.dtype[Any]]

FALSE_RATE = {decision.HAN: 0.002, decision.LETTERS: 0.01}
EVEN = 0.5
"""What is not likelier than not is never claimed."""

REFUSED = {
    "quoted": "texts", "frequent": "texts", "other texts": "texts", "near-negative": "numerals", "unrelated": "unrelated", "everyday": "words",
    "common": "words", "piece": "words", "number": "words", "english": "words", "pinyin": "pinyin", "owner": "owners", "owner-apart": "owners",
}  # fmt: skip
"""The kinds of what means no entry, of each of which no more than the rate may be claimed."""

OWNERS, OWNED_RATE = "owners", 0.02
"""Terms with an owner beside them, which often mean the entry all the same; so more of them are claimed."""

STRINGS = 1500
ROUNDS, LEAVES, RATE, FOLDS = 100, 20, 0.1, 4
SIGNIFICANT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate of a query: its numbers, whether it is right, whether it may be claimed at all, the kind of refused strings it is of."""

    pack: int
    query: int
    numbers: list[float]
    right: bool
    claimable: bool
    refused: str


def main() -> None:
    """Fit both decisions and write them."""
    rows: dict[str, list[Row]] = {decision.HAN: [], decision.LETTERS: []}
    refused: dict[str, Counter[tuple[int, str]]] = {decision.HAN: Counter(), decision.LETTERS: Counter()}
    for entries in packs().values():
        for number, (kind, query, found) in enumerate(answers(entries, held=False, seed=7)):
            group = "" if query.expect else REFUSED.get(query.kind, "")
            refused[kind][len(entries), group] += bool(group)
            rows[kind] += [
                Row(
                    len(entries),
                    number if query.expect else -1 - number,
                    numbers,
                    one.candidate.shape.term in query.expect,
                    one.claimable,
                    group,
                )
                for one, numbers in found
            ]
    lines: list[str] = []
    for kind, every in rows.items():
        lines += fit(kind, every, refused[kind])
    Path(decision.PATH).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


Judgement = tuple[Judged, list[float]]


def answers(entries: tuple[Entry, ...], *, held: bool, seed: int) -> Iterator[tuple[str, Query, list[Judgement]]]:
    """Yield what is asked of a pack that no key answers: whether in characters or letters, the query, its candidates."""
    with tempfile.TemporaryDirectory() as folder, asking(entries, Path(folder)) as lookup:
        for query in trial(entries, held=held, seed=seed, most_strings=STRINGS):
            asked = unanswered(lookup, query.query)
            if asked is not None:
                candidates, together, numbers = weigh(asked, lookup.indexes)
                judged = [
                    (Judged(asked, one, together, 0.0), row) for one, row in zip(candidates, numbers, strict=True)
                ]
                yield decision.LETTERS if asked.letters else decision.HAN, query, judged


def unanswered(lookup: Lookup, typed: str) -> Asked | None:
    """Return the query as it is recognised, or None where a term is written so or it is nothing."""
    asked = Asked(typed, lookup.characters)
    if not asked.folded or lookup.sure_hits(typed):
        return None
    asked.simplify()
    return asked


def fit(kind: str, rows: list[Row], refused: Counter[tuple[int, str]]) -> list[str]:
    """Return the lines of the data file for queries in characters or in letters."""
    numbers = np.array([row.numbers for row in rows], dtype=np.float32)
    right = np.array([row.right for row in rows])
    folds = np.array([row.query % FOLDS for row in rows])
    judged = np.zeros(len(rows))
    for fold in range(FOLDS):
        judged[folds == fold] = _train(numbers[folds != fold], right[folds != fold]).predict(numbers[folds == fold])
    whole = _train(numbers, right)
    used = sorted(zip(whole.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(kind, len(rows), "rows;", ", ".join(f"{name} {gain:.0f}" for gain, name in used[:15]))
    bounds = [_bound(kind, pack, rows, judged, refused) for pack in sorted({pack for pack, _ in refused})]
    trees = ["\t".join((kind, *_flatten(tree["tree_structure"]))) for tree in whole.dump_model()["tree_info"]]
    return [*trees, *bounds]


def _train(numbers: Numbers, right: Numbers) -> lightgbm.Booster:
    settings = {
        "objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": 40, "lambda_l2": 5.0,
        "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "seed": 1, "deterministic": True,
        "num_threads": 1,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(numbers, right), ROUNDS)


def _bound(kind: str, pack: int, rows: list[Row], judged: Numbers, refused: Counter[tuple[int, str]]) -> str:
    """Return the line with the chance that is reached by as few refused strings as is aimed at, in glossaries of the size of `pack`."""
    highest: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for row, chance in zip(rows, judged, strict=True):
        if row.pack == pack and row.refused and row.claimable:
            known = highest[row.refused]
            known[row.query] = max(known.get(row.query, 0.0), float(chance))
    bounds = {}
    for group, chances in highest.items():
        ordered = sorted(chances.values(), reverse=True)
        rate = OWNED_RATE if group == OWNERS else FALSE_RATE[kind]
        place = math.floor(rate * refused[pack, group])
        if place > 0:  # of fewer strings, what none of them reaches is chance
            bounds[group] = max(EVEN, ordered[place] if place < len(ordered) else 0.0)
    bound = max(bounds.values(), default=EVEN)
    answered = {
        row.query
        for row, chance in zip(rows, judged, strict=True)
        if row.pack == pack and row.right and row.claimable and chance > bound
    }
    asked = {row.query for row in rows if row.pack == pack and row.query >= 0}
    told = ", ".join(f"{refused[pack, group]} {group} {one:.3f}" for group, one in bounds.items())
    print(f"{kind}, {pack} entries: bounds by kind {told}; claimed {len(answered) / max(1, len(asked)):.3f}")
    return f"{decision.BOUND}{kind}\t{pack}\t{math.nextafter(bound, 1):.4f}"


def _flatten(tree: dict[str, Any]) -> list[str]:
    """Return the four lists of a tree; see `kouhao.lookup.decision`."""
    nodes: list[list[str]] = []

    def place(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[at] = ["-1", f"{node['leaf_value']:.{SIGNIFICANT}g}", "0", "0"]
        else:
            left, right = place(node["left_child"]), place(node["right_child"])
            nodes[at] = [str(node["split_feature"]), f"{node['threshold']:.{SIGNIFICANT}g}", str(left), str(right)]
        return at

    place(tree)
    return [" ".join(column) for column in zip(*nodes, strict=True)]


if __name__ == "__main__":
    main()
