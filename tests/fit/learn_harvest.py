"""Learn the weights of the harvest from places that people read, and write `kouhao/harvest/weights.json`.

    python -m tests.fit.learn_harvest

Three fits, each with a penalty on large weights: a conditional logit over what is seen at first sight, which chooses the stretches that
are weighed in full; a conditional logit over all that is seen of these, where "none" is one more choice, to which places that nobody read
(`known_places`) add a little; a score of the best choice, the mean of a logistic regression and of boosted trees (lightgbm), fitted to
choices of documents that the second fit had not seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evaluation.expansions import (
    Items,
    Place,
    WholeDocument,
    bare,
    bare_items,
    drafts_read,
    gold,
    known_elsewhere,
    mentions_read,
    test_documents,
    text_of,
    whole_documents,
)
from tests.fit.count_harvest import phrases_of
from tests.fit.harvest_score import Judged, fit_score, folds, held_out_logits, logistic
from tests.fit.known_places import is_wording, known_texts

from kouhao.harvest import extractor as harvest_extractor
from kouhao.harvest.extractor import (
    MOST_SURE,
    MOST_WEIGHED,
    Choice,
    Extractor,
    Weights,
    calibration_features,
    installed_nouns,
)
from kouhao.harvest.features import Features, Nouns
from kouhao.harvest.mentions import Mention
from kouhao.harvest.running_text import RunningText
from kouhao.harvest.segmentation import Segmentation

NEAR = 25
PENALTY = 0.4
FEWEST = 3
SMALLEST = 0.004
GLANCED, UNEXPANDED, PASSED, SHOWN = 3, 0.005, 0.007, 0.87
SEEDS = 3  # ways to deal the documents into folds: with one, the share that is right at a score is noise of two points
OF_NOTES, OF_KNOWN, OF_UNEXPANDED, OF_OPTIONAL = 0.15, 0.3, 0.1, 0.3
"""How much a place that nobody read counts beside one that people read: in a composed note, with the known items, with none of them; and
one that people called neither right nor wrong, most of which only count; among drafts such a one counts in full, as many are drafted."""

MOST_OF_TERM, UNEXPANDED_STEP = 3, 4
"""Places of one term that count in full, more of them share it; of known terms without their items one in so many is used."""

OUTPUT = Path(harvest_extractor.__file__).with_name("weights.json")
Vector = NDArray[np.float64]
NOTHING: Weights = {
    "mention": {},
    "unexpanded_below": -inf,
    "glance": {},
    "passed_below": -inf,
    "features": {},
    "calibration": {},
    "doubtful_below": 0,
}


@dataclass(slots=True)
class Contest:
    """The candidates of a mention with those that are right; none is right where there is no expansion.

    Of a `lost` one people found an expansion that is not among its candidates. Only mentions of a `whole` document say how often a
    choice is right: others were read because they looked like an expansion, or because a model was not sure of them.
    """

    document: str
    mention: Mention
    stretches: list[Segmentation]
    seen: list[Features]
    right: list[int]
    of_mention: Features
    lost: bool = False
    whole: bool = False
    weight: float = 1.0
    rows: Vector | None = None


class Reader:
    """Reads documents once, with given weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._known: dict[str, tuple[Extractor, list[Mention]]] = {}

    def document(self, name: str) -> tuple[Extractor, list[Mention]]:
        """Return a document's extractor and mentions."""
        if name not in self._known:
            extractor = Extractor(text_of(name), self._weights, known_elsewhere(name), nouns_elsewhere(name))
            self._known[name] = (extractor, list(extractor.mentions()))
        return self._known[name]

    def contest(self, name: str, mention: Mention, readings: Sequence[Items], *, glance: bool) -> Contest:
        """Return the contest of a mention, the candidates that are one of `readings` marked."""
        extractor, _ = self.document(name)
        pairs = list(extractor.glances(mention) if glance else extractor.stretches(mention))
        right = [
            at
            for at, (stretch, _) in enumerate(pairs)
            if is_one_of(bare_items([extractor.text.verbatim(*item) for item in stretch.items]), readings, mention)
        ]
        stretches, seen = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        return Contest(name, mention, stretches, seen, right, extractor.of_mention(mention))

    def contests(self, places: Iterable[Place], *, glance: bool) -> list[Contest]:
        """Return the contests at places."""
        found: dict[tuple[str, int], Contest] = {}
        for place in places:
            extractor, mentions = self.document(place.document)
            for mention in mentions:
                if not place.optional and is_at(extractor, mention, place):
                    contest = self.contest(place.document, mention, place.readings, glance=glance)
                    contest.lost = bool(place.readings) and not contest.right
                    key = (place.document, mention.start)
                    if contest.seen and (key not in found or found[key].lost):
                        found[key] = contest
                    if contest.right or not place.readings:
                        break
        return list(found.values())

    def others(self, name: str, places: Sequence[Place], *, glance: bool, step: int = 1) -> list[Contest]:
        """Return the contests of every `step`th of a whole document's mentions that no place marks: nothing is right there."""
        extractor, mentions = self.document(name)
        free = [mention for mention in mentions if not any(is_at(extractor, mention, place) for place in places)]
        contests = [self.contest(name, mention, (), glance=glance) for mention in free[::step]]
        return [contest for contest in contests if contest.seen]


def nouns_elsewhere(name: str) -> Nouns:
    """Return what is known of nouns, the phrases of a document not counted for itself."""
    nouns, own = installed_nouns(), phrases_of(RunningText(text_of(name)).text)
    others = {phrase: count - (phrase in own) for phrase, count in nouns["phrases"].items()}
    return {**nouns, "phrases": others}


def is_at(extractor: Extractor, mention: Mention, place: Place) -> bool:
    """Tell whether a mention is the one that a place marks."""
    start, end = extractor.text.origin_span(mention.start, mention.end)
    near = start < place.start + place.size + NEAR and place.start - NEAR < end
    return near and names_alike(mention, place.term)


def names_alike(mention: Mention, term: str) -> bool:
    """Tell whether a mention is the one that people marked, whose end they may have seen elsewhere."""
    one, other = bare(mention.term), bare(term)
    if mention.kind == "joined":
        return other in one
    return one == other or (mention.kind in ("bare", "head", "code", "outside") and one[:2] == other[:2])


def is_one_of(items: Items, readings: Sequence[Items], mention: Mention) -> bool:
    """Tell whether items are one of the readings, or begin or end with it where the mention joins several slogans."""
    if mention.kind != "joined":
        return items in readings
    return any(reading in (items[: len(reading)], items[-len(reading) :]) for reading in readings)


def glanced_contests(weights: Weights) -> list[Contest]:
    """Return the contests with a right candidate, and a part of those with none, with what is seen of them at first sight."""
    reader = Reader(weights)
    wholes = [whole for whole in whole_documents() if whole.split == "calibrate"]
    places = [*gold(), *mentions_read(), *(place for whole in wholes for place in whole.places)]
    left_out = test_documents()
    wanted = [place for place in places if place.document not in left_out and place.readings]
    contests = [contest for contest in reader.contests(wanted, glance=True) if contest.right]
    for whole in wholes:
        contests += reader.others(whole.document, whole.places, glance=True, step=GLANCED)
    return contests


def learning_contests(weights: Weights) -> list[Contest]:
    """Return all contests to learn from."""
    reader = Reader(weights)
    left_out = test_documents()
    places = [place for place in (*gold(), *mentions_read()) if place.document not in left_out]
    contests = reader.contests(places, glance=False)
    for whole in whole_documents():
        if whole.split == "calibrate":
            read = reader.contests(whole.places, glance=False)
            read += reader.others(whole.document, whole.places, glance=False)
            for contest in read:
                contest.whole = True
            contests = read + optional_contests(reader, whole, OF_OPTIONAL) + contests
    for drafts in drafts_read():
        if drafts.split == "calibrate":
            read = reader.contests(drafts.places, glance=False) + optional_contests(reader, drafts, 1.0)
            for contest in read:
                contest.whole = True
            contests = read + contests
    unique = {(contest.document, contest.mention.start): contest for contest in reversed(contests)}
    return list(unique.values())


def optional_contests(reader: Reader, whole: WholeDocument, weight: float) -> list[Contest]:
    """Return the contests at places of a document that are neither right nor wrong, as of ones that are not expanded."""
    places = [replace(place, optional=False, readings=()) for place in whole.places if place.optional]
    contests = reader.contests(places, glance=False)
    for contest in contests:
        contest.weight = weight
    return contests


def known_contests(weights: Weights) -> list[Contest]:
    """Return the contests of places that nobody read; what is known of a slogan is not told."""
    found: list[Contest] = []
    unexpanded = 0
    for known in known_texts():
        extractor = Extractor(known.text, weights, {}, installed_nouns())
        for mention in extractor.mentions():
            readings = known.readings(extractor.text, mention)
            unexpanded += readings == () and not known.stretches
            if readings is None or (not readings and not known.stretches and unexpanded % UNEXPANDED_STEP):
                continue
            pairs = list(extractor.stretches(mention))
            items = [bare_items([extractor.text.verbatim(*item) for item in stretch.items]) for stretch, _ in pairs]
            right = [at for at, one in enumerate(items) if any(is_wording(one, reading) for reading in readings)]
            if pairs and bool(right) == bool(readings):
                stretches, seen = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
                weight = OF_NOTES if known.stretches else OF_KNOWN if right else OF_UNEXPANDED
                of_mention = extractor.of_mention(mention)
                found.append(Contest(known.name, mention, stretches, seen, right, of_mention, weight=weight))
    terms = Counter((contest.weight, contest.mention.term) for contest in found)
    for contest in found:
        contest.weight *= min(1.0, MOST_OF_TERM / terms[contest.weight, contest.mention.term])
    return found


def vectors(contests: Iterable[Contest], names: Sequence[str]) -> list[Vector]:
    """Return the features of contests as matrices, a row a candidate."""
    places = {name: at for at, name in enumerate(names)}
    matrices: list[Vector] = []
    for contest in contests:
        if contest.rows is None:
            contest.rows = np.zeros((len(contest.seen), len(names)))
            for row, features in zip(contest.rows, contest.seen, strict=True):
                for name, value in features.items():
                    if name in places:
                        row[places[name]] = value
        matrices.append(contest.rows)
    return matrices


def conditional_logit(contests: Sequence[Contest], matrices: Sequence[Vector]) -> Vector:
    """Return the weights under which the right candidates, or none, are likeliest, by L-BFGS."""
    rows = np.concatenate(matrices)
    right = [contest.right for contest in contests]
    counted = np.array([contest.weight for contest in contests])
    sizes = [len(matrix) for matrix in matrices]
    group = np.repeat(np.arange(len(sizes)), sizes)
    is_right = np.zeros(len(rows), dtype=bool)
    for first, chosen in zip(np.cumsum([0, *sizes]), right, strict=False):
        is_right[first + np.array(chosen, dtype=int)] = True
    none_right = np.array([not chosen for chosen in right])

    def loss(weights: Vector) -> tuple[float, Vector]:
        strength = rows @ weights
        top = np.zeros(len(sizes))
        np.maximum.at(top, group, strength)
        shares = np.exp(strength - top[group])
        none = np.exp(-top)
        total = np.bincount(group, shares, len(sizes)) + none
        good = np.bincount(group, shares * is_right, len(sizes)) + none * none_right
        pull = counted[group] * (shares * is_right / good[group] - shares / total[group])
        value = float(counted @ (np.log(total) - np.log(good)) + 0.5 * PENALTY * weights @ weights)
        return value, PENALTY * weights - rows.T @ pull

    return minimised(loss, np.zeros(rows.shape[1]))


def minimised(
    loss: Callable[[Vector], tuple[float, Vector]], weights: Vector, steps: int = 70, memory: int = 10
) -> Vector:
    """Return where a smooth loss is least, by L-BFGS with halved steps (Nocedal and Wright 2006, chapter 7)."""
    value, slope = loss(weights)
    moves: list[tuple[Vector, Vector]] = []
    for _ in range(steps):
        direction = slope.copy()
        factors: list[float] = []
        for move, turn in reversed(moves):
            factors.append(float(move @ direction / (move @ turn)))
            direction -= factors[-1] * turn
        direction *= moves[-1][0] @ moves[-1][1] / (moves[-1][1] @ moves[-1][1]) if moves else 1 / np.linalg.norm(slope)
        for (move, turn), factor in zip(moves, reversed(factors), strict=True):
            direction += move * (factor - turn @ direction / (move @ turn))
        step = 1.0
        while True:
            new_value, new_slope = loss(weights - step * direction)
            if new_value <= value - 1e-4 * step * (slope @ direction) or step < 1e-6:
                break
            step /= 2
        move, turn = -step * direction, new_slope - slope
        done = value - new_value < 1e-6 * value
        weights, value, slope = weights + move, new_value, new_slope
        if move @ turn > 0:
            moves = [*moves, (move, turn)][-memory:]
        if done:
            break
    return weights


def named(names: Sequence[str], weights: Vector) -> dict[str, float]:
    """Return weights by name, the tiny ones left out."""
    return {
        name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if abs(weight) > SMALLEST
    }


def feature_names(contests: Iterable[Contest]) -> list[str]:
    """Return the features that are seen in enough documents to be learned."""
    seen: dict[str, set[str]] = {}
    for contest in contests:
        for features in contest.seen:
            for name, value in features.items():
                if value:
                    seen.setdefault(name, set()).add(contest.document)
    return sorted(name for name, documents in seen.items() if len(documents) >= FEWEST)


def learn_mention(contests: Sequence[Contest]) -> tuple[dict[str, float], float]:
    """Return the weights of mentions, and the strength below which one is taken to have no expansion; say what is left out.

    Below it is what few mentions with an expansion have whose documents were held out. No single noun counts: it would be learned by heart.
    """
    contests = [contest for contest in contests if contest.mention.kind == "bare"]
    names = sorted({name for contest in contests for name in contest.of_mention if not name.startswith("noun=")})
    rows = np.array([[contest.of_mention.get(name, 0.0) for name in names] for contest in contests])
    right = np.array([float(bool(contest.right)) for contest in contests])
    fold = folds({contest.document for contest in contests})
    held_out = np.array([fold[contest.document] for contest in contests])
    strengths = np.zeros(len(contests))
    for one in sorted({*fold.values()}):
        strengths[held_out == one] = rows[held_out == one] @ logistic(rows[held_out != one], right[held_out != one])
    below = float(np.quantile(strengths[right == 1], UNEXPANDED))
    print(f"{100 * np.mean(strengths[right == 0] < below):.0f} % of mentions with none are taken for such")
    return named(names, logistic(rows, right)), below


def learn_glance(contests: Sequence[Contest]) -> tuple[dict[str, float], float]:
    """Return the weights of the first sight, and the strength below which a stretch is passed over; say what is left out."""
    names = feature_names(contests)
    matrices = vectors(contests, names)
    weights = conditional_logit(contests, matrices)
    strengths = [matrix @ weights for matrix in matrices]
    expanded = [at for at, contest in enumerate(contests) if contest.right]
    best = np.array([strengths[at][contests[at].right].max() for at in expanded])
    passed_below = float(np.quantile(best, PASSED))
    kept = sum(
        bool(set(contests[at].right) & set(np.argsort(-strengths[at], kind="stable")[:MOST_WEIGHED].tolist()))
        for at in expanded
    )
    others = [strength.max() for strength, contest in zip(strengths, contests, strict=True) if not contest.right]
    print(f"first sight keeps the right stretch of {kept} in {len(expanded)}")
    print(f"and passes over {100 * np.mean(np.array(others) < passed_below):.0f} % of mentions with none")
    return named(names, weights), passed_below


def choice_of(contest: Contest, strengths: Vector) -> tuple[Choice, bool]:
    """Return the best stretch of a contest as the extractor chooses it, and whether it is right."""
    shares: dict[tuple[tuple[int, int], ...], float] = {}
    for stretch, strength in zip(contest.stretches, np.exp(np.minimum(strengths, 50)), strict=True):
        shares[stretch.items] = shares.get(stretch.items, 0.0) + float(strength)
    best = max(shares, key=shares.__getitem__)
    together = sum(shares.values())
    order = [at for at, stretch in enumerate(contest.stretches) if stretch.items == best]
    at = max(order, key=lambda one: strengths[one])
    share, any_share = shares[best] / (1 + together), together / (1 + together)
    choice = Choice(contest.mention, contest.stretches[at], contest.seen[at], share, any_share)
    return choice, any(one in contest.right for one in order)


def cross_validated(contests: Sequence[Contest], matrices: Sequence[Vector], seed: int) -> list[Judged]:
    """Return the choices in documents by weights that were learned from others, and whether they are right.

    The others are other documents without the terms that the held-out ones expand: a slogan goes from text to text with its words.
    """
    fold = folds({contest.document for contest in contests}, seed)
    chosen: list[Judged] = []
    for held_out in sorted({*fold.values()}):
        known = {
            bare(one.mention.term) for one in contests if fold[one.document] == held_out and (one.right or one.lost)
        }
        used = [
            at
            for at, one in enumerate(contests)
            if not one.lost and fold[one.document] != held_out and bare(one.mention.term) not in known
        ]
        weights = conditional_logit([contests[at] for at in used], [matrices[at] for at in used])
        for contest, matrix in zip(contests, matrices, strict=True):
            if contest.seen and contest.weight == 1 and fold[contest.document] == held_out:
                chosen.append(judged(contest, *choice_of(contest, matrix @ weights)))
    return chosen


def judged(contest: Contest, choice: Choice, right: bool) -> Judged:  # noqa: FBT001
    """Return a choice as the score is fitted to it."""
    return Judged(
        contest.document,
        bare(contest.mention.term),
        bool(contest.right) or contest.lost,
        contest.whole,
        choice.features,
        calibration_features(choice),
        right,
    )


def main() -> None:
    """Fit, and write the weights."""
    print(
        f"{len(drafts_read())} documents of drafts; those whose clone is not in ../public are left out, and the weights differ"
    )
    contests = glanced_contests(NOTHING)
    mention, unexpanded_below = learn_mention(contests)
    glance, passed_below = learn_glance(contests)
    before: Weights = {
        **NOTHING,
        "mention": mention,
        "unexpanded_below": round(unexpanded_below, 2),
        "glance": glance,
        "passed_below": round(passed_below, 2),
    }
    read = learning_contests(before)
    print(f"{len(read)} mentions, {sum(bool(contest.right) for contest in read)} expanded")
    contests = read + known_contests(before)
    print(
        f"{len(contests) - len(read)} that nobody read, {sum(bool(one.right) for one in contests[len(read) :])} expanded"
    )
    names = feature_names(contests)
    matrices = vectors(contests, names)
    dealt = [cross_validated(contests, matrices, seed) for seed in range(SEEDS)]
    whole = [one for choices in dealt for one in choices if one.whole]
    logits = np.concatenate(
        [held_out_logits(choices, seed)[[one.whole for one in choices]] for seed, choices in enumerate(dealt)]
    )
    right = np.array([float(one.right) for one in whole])
    shift, stretch = logistic(np.stack([np.ones(len(logits)), logits], 1), right)
    chances = MOST_SURE / (1 + np.exp(-shift - stretch * logits))
    threshold = report(chances, right, sum(one.expanded for one in whole))
    score = fit_score(dealt[0]).scaled(shift, stretch)
    fitted = [at for at, contest in enumerate(contests) if not contest.lost]
    weights = conditional_logit([contests[at] for at in fitted], [matrices[at] for at in fitted])
    record: Weights = {
        **before,
        "features": named(names, weights),
        "calibration": {name: round(weight, 3) for name, weight in score.calibration.items()},
        "doubtful_below": threshold,
    }
    OUTPUT.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = ",\n".join(json.dumps(tree, ensure_ascii=False, separators=(",", ":")) for tree in score.trees)
    OUTPUT.with_name("trees.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def report(chances: Vector, right: Vector, expanded: int) -> int:
    """Print what is right by score, and return the lowest score from which on about nine in ten are right."""
    threshold = 95
    for score in range(95, 15, -3):
        shown = chances >= score / 100 - 0.005
        share = right[shown].sum() / max(1, shown.sum())
        print(
            f"score {score:3}+: {shown.sum():5} choices, {100 * share:5.1f} % right, {100 * right[shown].sum() / expanded:5.1f} % of all found"
        )
        if round(share, 2) >= SHOWN:
            threshold = score
    return threshold


if __name__ == "__main__":
    main()
