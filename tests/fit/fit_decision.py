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
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import lightgbm
import numpy as np
from tests.evaluation import phrases, refusals
from tests.evaluation.measure import asking
from tests.evaluation.packs import held_back, packs
from tests.evaluation.questions import Labels, Query
from tests.evaluation.trial import trial

from kouhao.entry import Entry
from kouhao.index import schema
from kouhao.lookup import decision
from kouhao.lookup.engine import Lookup
from kouhao.lookup.features import NAMES
from kouhao.lookup.judged import Judged
from kouhao.lookup.query import Query as Asked
from kouhao.lookup.recognize import kind_of, weigh
from kouhao.lookup.verbatim import find_bare_line

Numbers = np.ndarray[Any, np.dtype[Any]]

FALSE_RATE = {decision.HAN: 0.002, decision.BESIDE: 0.001, decision.LETTERS: 0.01}
"""What may be claimed of the strings that mean no entry. A query has candidates for two decisions, so what has something beside it is asked less."""
EVEN = 0.5
"""What is not likelier than not is never claimed."""

REFUSED = {
    "quoted": "quoted", "frequent": "texts", "other texts": "texts", "near-negative": "numerals", "unrelated": "unrelated", "lengthened": "unrelated",
    "everyday": "words", "common": "words", "piece": "words", "number": "words", "english": "words", "pinyin": "pinyin",
    "owner": "owners", "owner-apart": "owners", "owner-anyhow": "owners", "owner-named": "owners",
}  # fmt: skip
"""The kinds of what means no entry, of each of which no more than the rate may be claimed."""

OWNERS, OWNED_RATE = "owners", 0.02
"""Terms with an owner beside them, which often mean the entry all the same; so more of them are claimed."""

STRINGS = 4000
ROUNDS_BESIDE = 2
"""How often a term is asked with owners and in prose; what stands beside it decides, so that many are needed."""

ROUNDS, LEAVES, RATE, FOLDS = 100, 20, 0.1, 4
SIGNIFICANT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate of a query: its numbers, whether it is right, whether it may be claimed at all, the kind of refused strings it is of.

    `fold` is that of the query, or of what stands beside a term: an owner is not judged by what was learned of it.
    """

    pack: int
    query: int
    numbers: list[float]
    right: bool
    claimable: bool
    refused: str
    fold: int


def main() -> None:
    """Fit the decisions and write them."""
    rows: dict[str, list[Row]] = {kind: [] for kind in FALSE_RATE}
    refused: dict[str, Counter[tuple[int, str]]] = {kind: Counter() for kind in FALSE_RATE}
    asked = packs()  # before the processes begin, which have it then
    with ProcessPoolExecutor(len(asked), get_context("fork")) as pool:
        for own_rows, own_refused in pool.map(gather, asked):
            for kind in FALSE_RATE:
                rows[kind] += own_rows[kind]
                refused[kind] += own_refused[kind]
    lines = [line for kind, every in rows.items() for line in fit(kind, every, refused[kind])]
    Path(decision.PATH).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def gather(size: str) -> tuple[dict[str, list[Row]], dict[str, Counter[tuple[int, str]]]]:
    """Return the candidates of what the pack of this size is asked, and how many strings that mean none it was asked, by their kinds."""
    entries = packs()[size]
    rows: dict[str, list[Row]] = {kind: [] for kind in FALSE_RATE}
    refused: dict[str, Counter[tuple[int, str]]] = {kind: Counter() for kind in FALSE_RATE}
    for number, (query, kinds, found) in enumerate(answers(entries)):
        group = "" if query.expect else REFUSED.get(query.kind, "")
        for kind in kinds:
            refused[kind][len(entries), group] += bool(group)
        for kind, one, numbers in found:
            own = number if query.expect else -1 - number
            right = one.candidate.shape.term in query.expect
            fold = crc32(one.candidate.outside.encode()) if kind == decision.BESIDE else number
            rows[kind].append(Row(len(entries), own, numbers, right, one.claimable, group, fold % FOLDS))
    return rows, refused


Judgement = tuple[str, Judged, list[float]]
"""The decision that a candidate is for, the candidate, its numbers."""


def asked_of(entries: tuple[Entry, ...]) -> Iterator[Query]:
    """Yield what is asked of a pack: the trial, and many terms with their own words or with an owner beside them."""
    yield from trial(entries, held=False, seed=7, most_strings=STRINGS)
    rng, labels = Random(7), Labels(entries)  # noqa: S311  reproducible, not secret
    own = [entry for entry in entries if not held_back(entry.term)]
    for _ in range(ROUNDS_BESIDE):
        yield from refusals.owned_queries(rng, own, labels, held=False)
        yield from phrases.prose_queries(rng, own)
        yield from refusals.named_queries(rng, own, labels, held=False)
        yield from refusals.changed_queries(rng, own, labels)
        yield from refusals.lengthened_queries(rng, own, labels)
        yield from (Query(text, tuple(terms), "pair") for text, terms in phrases.pairs(rng, own))
    yield from phrases.scoped_queries(rng, own)
    yield from phrases.keyword_queries(rng, own)


def answers(entries: tuple[Entry, ...]) -> Iterator[tuple[Query, tuple[str, ...], list[Judgement]]]:
    """Yield what is asked of a pack that no key answers: the query, the decisions that it may be for, its candidates."""
    with tempfile.TemporaryDirectory() as folder, asking(entries, Path(folder)) as lookup:
        for query in asked_of(entries):
            asked = unanswered(lookup, query.query)
            if asked is not None:
                candidates, together, numbers = weigh(asked, lookup.indexes)
                judged = [
                    (kind_of(asked, one, together), Judged(asked, one, together, 0.0), row)
                    for one, row in zip(candidates, numbers, strict=True)
                ]
                if not _is_torn(query, judged):
                    yield query, (decision.LETTERS,) if asked.letters else (decision.HAN, decision.BESIDE), judged


def _is_torn(query: Query, judged: list[Judgement]) -> bool:
    """Return whether a piece of a part or an item ends within a word, 色鲜明, which nobody types who means the slogan."""
    return query.kind.startswith("piece") and any(
        one.candidate.shape.term in query.expect
        and one.candidate.form.level != schema.TERM
        and not one.candidate.alignment.steps
        and numbers[NAMES.index("torn")]
        for _, one, numbers in judged
    )


def unanswered(lookup: Lookup, typed: str) -> Asked | None:
    """Return the query as it is recognised, or None where a term is written so, it is nothing, or a question, which is left out first."""
    asked = Asked(typed, lookup.characters)
    if not asked.folded or lookup.answer(typed, exact=True).found:
        return None
    asked.simplify()
    return None if find_bare_line(asked, lookup.indexes) else asked


def fit(kind: str, rows: list[Row], refused: Counter[tuple[int, str]]) -> list[str]:
    """Return the lines of the data file for queries in characters or in letters."""
    numbers = np.array([row.numbers for row in rows], dtype=np.float32)
    if kind == decision.BESIDE:  # whose slogan it is does not depend on how many there are
        numbers[:, NAMES.index("entries")] = 0
    right = np.array([row.right for row in rows])
    folds = np.array([row.fold for row in rows])
    judged = np.zeros(len(rows))
    for fold in range(FOLDS):
        judged[folds == fold] = _train(numbers[folds != fold], right[folds != fold]).predict(numbers[folds == fold])
    whole = _train(numbers, right)
    used = sorted(zip(whole.feature_importance("gain"), NAMES, strict=True), reverse=True)
    print(kind, len(rows), "rows;", ", ".join(f"{name} {gain:.0f}" for gain, name in used[:15]))
    bounds = {pack: _bound(kind, pack, rows, judged, refused) for pack in sorted({pack for pack, _ in refused})}
    if kind == decision.BESIDE:
        bounds = dict.fromkeys(bounds, max(bounds.values()))
    trees = ["\t".join((kind, *_flatten(tree["tree_structure"]))) for tree in whole.dump_model()["tree_info"]]
    return [
        *trees,
        *(f"{decision.BOUND}{kind}\t{pack}\t{math.nextafter(bound, 1):.4f}" for pack, bound in bounds.items()),
    ]


def _train(numbers: Numbers, right: Numbers) -> lightgbm.Booster:
    settings = {
        "objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": 40, "lambda_l2": 5.0,
        "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "seed": 1, "deterministic": True,
        "num_threads": 1,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(numbers, right), ROUNDS)


def _bound(kind: str, pack: int, rows: list[Row], judged: Numbers, refused: Counter[tuple[int, str]]) -> float:
    """Return the chance that is reached by as few refused strings as is aimed at, in glossaries of the size of `pack`."""
    bounds = {"": EVEN} | _bounds_by_group(kind, pack, rows, judged, refused)
    least = max(bounds.values())
    answered = {
        row.query
        for row, chance in zip(rows, judged, strict=True)
        if row.pack == pack and row.right and row.claimable and chance > least
    }
    asked = {row.query for row in rows if row.pack == pack and row.query >= 0}
    told = ", ".join(f"{group} {one:.3f}" for group, one in bounds.items() if group)
    print(f"{kind}, {pack} entries: bounds by kind {told}; claimed {len(answered) / max(1, len(asked)):.3f}")
    return least


def _bounds_by_group(
    kind: str, pack: int, rows: list[Row], judged: Numbers, refused: Counter[tuple[int, str]]
) -> dict[str, float]:
    """Return for each kind of refused strings the chance that as few of them reach as is aimed at, where they are enough to tell."""
    highest: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for row, chance in zip(rows, judged, strict=True):
        if row.pack == pack and row.refused and row.claimable:
            known = highest[row.refused]
            known[row.query] = max(known.get(row.query, 0.0), float(chance))
    bounds: dict[str, float] = {}
    for group, chances in highest.items():
        ordered = sorted(chances.values(), reverse=True)
        rate = OWNED_RATE if group == OWNERS else FALSE_RATE[kind]
        place = math.floor(rate * refused[pack, group])
        if place > 1:  # of fewer strings, what one of them reaches or none is chance
            bounds[group] = max(EVEN, ordered[place] if place < len(ordered) else 0.0)
    return bounds


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
