"""Fit how sure a choice of the harvest is: the mean of a logistic regression and of boosted trees, in log odds."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from kouhao.harvest.extractor import Tree, leaf
from kouhao.harvest.features import Features

FOLDS = 5
ROUNDS = 150
OF_OTHERS = 0.5
"""How much a choice counts for the trees that is of no whole document: it was read because it was not sure."""
SETTINGS = {
    "objective": "binary", "num_leaves": 15, "learning_rate": 0.07, "min_data_in_leaf": 20, "lambda_l2": 5.0,
    "feature_fraction": 0.15, "verbose": -1, "seed": 1, "deterministic": True, "num_threads": 1,
}  # fmt: skip
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A choice that was made without its document: what is seen of it, and whether it is right.

    `expanded` tells whether the document expands the term there; only choices of a `whole` document say how often one is right.
    """

    document: str
    term: str
    expanded: bool
    whole: bool
    features: Features
    shares: Features
    right: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The weights of the regression on shares, and trees over features and shares; their sum is the log odds."""

    calibration: dict[str, float]
    trees: list[Tree]

    def logit(self, one: Judged) -> float:
        """Return the log odds that a choice is right."""
        seen = one.features | one.shares
        return sum(self.calibration[name] * value for name, value in one.shares.items()) + sum(
            leaf(tree, seen) for tree in self.trees
        )

    def scaled(self, shift: float, stretch: float) -> Score:
        """Return the score whose log odds are those of this one, stretched and shifted."""
        calibration = {name: stretch * weight for name, weight in self.calibration.items()}
        calibration["one"] += shift
        return Score(calibration, [_scaled(tree, stretch) for tree in self.trees])


def fit_score(judged: Sequence[Judged]) -> Score:
    """Return the mean of a regression on whole documents and of trees on all choices."""
    names = sorted({name for one in judged for name in (*one.features, *one.shares)})
    table = np.array([[(one.features | one.shares).get(name, 0.0) for name in names] for one in judged])
    right = np.array([float(one.right) for one in judged])
    counted = np.array([1.0 if one.whole else OF_OTHERS for one in judged])
    booster = lightgbm.train(SETTINGS, lightgbm.Dataset(table, right, weight=counted), ROUNDS)
    trees = [_named(one["tree_structure"], names) for one in booster.dump_model()["tree_info"]]
    whole = [one for one in judged if one.whole]
    rows = np.array([[*one.shares.values()] for one in whole])
    weights = logistic(rows, np.array([float(one.right) for one in whole])) / 2
    return Score(dict(zip(whole[0].shares, weights.tolist(), strict=True)), [_scaled(tree, 0.5) for tree in trees])


def held_out_logits(judged: Sequence[Judged], seed: int) -> Vector:
    """Return the log odds of choices by scores that were fitted to other documents and to other terms than they expand."""
    fold = folds({one.document for one in judged}, seed)
    logits = np.zeros(len(judged))
    for held_out in range(FOLDS):
        known = {one.term for one in judged if fold[one.document] == held_out and one.expanded}
        used = [one for one in judged if fold[one.document] != held_out and one.term not in known]
        score = fit_score(used)
        for at, one in enumerate(judged):
            if fold[one.document] == held_out:
                logits[at] = score.logit(one)
    return logits


def folds(documents: Iterable[str], seed: int = 0) -> dict[str, int]:
    """Return a fold for each document, others with each seed."""
    order = sorted(documents)
    random.Random(seed).shuffle(order)  # noqa: S311  reproducible, not secret
    return {document: at % FOLDS for at, document in enumerate(order)}


def logistic(rows: Vector, right: Vector) -> Vector:
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows.T * (chance * (1 - chance))) @ rows + 0.3 * np.eye(len(weights))
        weights += np.linalg.solve(curve, rows.T @ (right - chance) - 0.3 * weights)
    return weights


def _named(node: dict[str, Any], names: Sequence[str]) -> Tree:
    if "leaf_value" in node:
        return float(node["leaf_value"])
    fewer, more = _named(node["left_child"], names), _named(node["right_child"], names)
    return names[node["split_feature"]], float(f"{node['threshold']:.5g}"), fewer, more


def _scaled(tree: Tree, factor: float) -> Tree:
    if isinstance(tree, float):
        return float(f"{tree * factor:.3g}")
    name, bound, fewer, more = tree
    return name, bound, _scaled(fewer, factor), _scaled(more, factor)
