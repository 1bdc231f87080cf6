"""Find the places of a document where a compound slogan is expanded: text in, candidates out.

A mention promises a number of items. Every stretch of text around it that falls into as many is a candidate, and the candidates of a
mention compete with one another and with there being none: a conditional logit, whose weights `tests.fit.learn_harvest` learns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import exp, inf, log
from operator import mul
from pathlib import Path
from typing import TypedDict

from kouhao.files import read_file
from kouhao.harvest.candidates import CandidateFinder
from kouhao.harvest.features import GLANCED, FeatureMaker, Features, Nouns
from kouhao.harvest.known import Known, installed_readings
from kouhao.harvest.mentions import Mention, MentionFinder, cell_end
from kouhao.harvest.ngrams import ngrams
from kouhao.harvest.running_text import RunningText
from kouhao.harvest.segmentation import Segmentation
from kouhao.language.lexicon import JOINING
from kouhao.model import Basis

_FILE = Path(__file__).with_name("weights.json")
_BEFORE = re.compile(f"[、，；”）{JOINING}。]")
_AFTER = re.compile("[：（，。\n\t|]|即|指|包括|分别|是|——|为")
_NEAR_BEFORE, _NEAR_AFTER = 40, 30  # characters in which a clause ends
_ROOM = 4  # characters: the shortest list
_CERTAIN = 1e-6  # keeps a logarithm finite
_UNLIKELY = -4.5
"""The log odds of there being an expansion under which a choice is not weighed."""

_LIKELY = 2.0
"""The log odds of there being an expansion from which on surer ones are hardly more often right."""
_LONGEST_MARGIN = 30  # characters of a clause around the items that are quoted with them
MOST_SURE = 0.97
"""How far a choice can be sure: of what the fit took for certain, readers took about three in a hundred for something else."""
MOST_WEIGHED = 12
"""How many stretches of a mention are weighed in full; the fit says how seldom the right one is left out."""


Tree = float | tuple[str, float, "Tree", "Tree"]


class Weights(TypedDict):
    """`weights.json`: a weight a feature, for a mention, for a stretch at first sight, for the choice, and for the score of a choice.

    A bare mention whose strength is under `unexpanded_below` has no stretches; a stretch whose strength at first sight is under `passed_below`
    is passed over; a choice with a score under `doubtful_below` is doubtful.
    """

    mention: dict[str, float]
    unexpanded_below: float
    glance: dict[str, float]
    features: dict[str, float]
    calibration: dict[str, float]
    passed_below: float
    doubtful_below: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a slogan is expanded.

    `quote` is the document's own text from `start` to `end` (characters of the document), slogan and list; `items` are verbatim but for
    white space. `basis` says how the text gives the list: stated, in brackets, or explained, in any other way. `score` is 0 to 100: of
    the candidates with a score of n about n in a hundred are right; a `doubtful` one has a lower score than is shown unasked. `groups`
    are the numbers of items of each counted group, where the text gives them apart.
    """

    term: str
    items: tuple[str, ...]
    start: int
    end: int
    quote: str
    basis: Basis
    score: int
    doubtful: bool
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The best stretch of a mention: its share of all that may be there, and the share of all stretches together."""

    mention: Mention
    stretch: Segmentation
    features: Features
    share: float
    any_share: float


class Extractor:
    """Reads one document."""

    def __init__(self, document: str, weights: Weights, known: Known, nouns: Nouns | None = None) -> None:
        self.text = RunningText(document)
        self._weights = weights
        nouns = nouns or installed_nouns()
        self._mentions = MentionFinder(self.text.text, ngrams(), nouns["leading"]).find()
        self._finder = CandidateFinder(self.text.text, ngrams())
        self._features = FeatureMaker(self.text.text, self._mentions, nouns, known, self._finder.parts_at)
        self._glanced = [weights["glance"].get(name, 0.0) for name in GLANCED]
        self._glanced_kinds: dict[tuple[str, str, str], float] = {}

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions that have something like a list or a cue near them, and room for it between the ones beside them."""
        text = self.text.text
        found = self._mentions
        ends, starts = [-inf, *[one.end for one in found]], [*[one.start for one in found[1:]], inf]
        for mention, end, start in zip(found, ends, starts, strict=False):
            if mention.start - end < _ROOM and start - mention.end < _ROOM:
                continue
            before = _BEFORE.search(text, max(0, mention.start - _NEAR_BEFORE), mention.start)
            behind = _AFTER.search(text, mention.end, mention.end + _NEAR_AFTER)
            if before or behind:
                yield mention

    def stretches(self, mention: Mention) -> Iterator[tuple[Segmentation, Features]]:
        """Yield the stretches that may expand a mention, with their features; none where none looks like it at first sight."""
        of_mention = self.of_mention(mention)
        likely = _total(self._weights["mention"], of_mention) >= self._weights["unexpanded_below"]
        if mention.kind == "bare" and not likely and cell_end(self.text.text, mention, "|\n") < 0:
            return
        least = self._weights["passed_below"] - _total(self._weights["glance"], of_mention)
        found = [
            (strength, at, stretch)
            for at, stretch in enumerate(self._finder.find(mention))
            if (strength := self._strength_at_a_glance(stretch)) >= least
            and self._finder.is_plausible(mention, stretch)
        ]
        for _, _, stretch in sorted(found, key=_strongest_first)[:MOST_WEIGHED]:
            yield stretch, of_mention | self._features.of_stretch(mention, stretch)

    def of_mention(self, mention: Mention) -> Features:
        """Return what is seen of a mention itself."""
        return self._features.of_mention(mention)

    def _strength_at_a_glance(self, stretch: Segmentation) -> float:
        if stretch.place == "group":
            return inf  # the names before its lists tell more than is seen at a glance
        kind = (stretch.place, stretch.cut, stretch.reading)
        if kind not in self._glanced_kinds:
            self._glanced_kinds[kind] = _total(self._weights["glance"], _glanced_kind(stretch))
        numbers: Iterable[float] = map(mul, self._glanced, self._features.at_a_glance(stretch))
        return self._glanced_kinds[kind] + sum(numbers)

    def glances(self, mention: Mention) -> Iterator[tuple[Segmentation, Features]]:
        """Yield all stretches that there are for a mention, with what is seen of them and of it at first sight."""
        of_mention = self.of_mention(mention)
        for stretch in self._finder.find(mention):
            if not self._finder.is_plausible(mention, stretch):
                continue
            numbers = dict(zip(GLANCED, self._features.at_a_glance(stretch), strict=True))
            yield stretch, of_mention | _glanced_kind(stretch) | numbers

    def choice(self, mention: Mention) -> Choice | None:
        """Return the best stretch of a mention, or None where there is no stretch at all."""
        weights = self._weights["features"]
        shares: dict[tuple[tuple[int, int], ...], float] = {}
        best: dict[tuple[tuple[int, int], ...], tuple[float, Segmentation, Features]] = {}
        for stretch, features in self.stretches(mention):
            strength = exp(
                min(50.0, sum([weights.get(name, 0.0) * value for name, value in features.items() if value]))
            )
            shares[stretch.items] = shares.get(stretch.items, 0.0) + strength
            if stretch.items not in best or best[stretch.items][0] < strength:
                best[stretch.items] = (strength, stretch, features)
        if not shares:
            return None
        chosen = max(shares, key=shares.__getitem__)
        together = sum(shares.values())
        return Choice(mention, *best[chosen][1:], shares[chosen] / (1 + together), together / (1 + together))

    def score(self, choice: Choice) -> int:
        """Return how sure a choice is, 0 to 100."""
        shares = calibration_features(choice)
        if shares["any"] < _UNLIKELY:
            return 0
        seen = choice.features | shares
        logit = _total(self._weights["calibration"], shares) + sum([leaf(tree, seen) for tree in installed_trees()])
        return round(100 * MOST_SURE / (1 + exp(-logit)))


def calibration_features(choice: Choice) -> Features:
    """Return what the score of a choice is made of."""
    among = min(max(choice.share / choice.any_share, _CERTAIN), 1 - _CERTAIN)
    any_share = min(max(choice.any_share, _CERTAIN), 1 - _CERTAIN)
    return {
        "one": 1.0,
        "any": (any_odds := log(any_share / (1 - any_share))),
        "any-high": max(0.0, any_odds - _LIKELY),
        "among": log(among),
        "bare": float(choice.mention.kind == "bare"),
        "trimmed": float(choice.stretch.items[0][0] != choice.stretch.natural[0]),
    }


@cache
def installed_weights() -> Weights:
    """Return the weights that are installed with the package."""
    weights: Weights = json.loads(read_file(_FILE))
    return weights


@cache
def installed_trees() -> list[Tree]:
    """Return the trees of the score: each node compares a feature with a bound, and goes on with what is at most that, or with more."""
    trees: list[Tree] = json.loads(read_file(_FILE.with_name("trees.json")))
    return trees


def leaf(tree: Tree, features: Features) -> float:
    """Return the value that a tree has for what is seen."""
    while not isinstance(tree, float):
        name, bound, fewer, more = tree
        tree = fewer if features.get(name, 0.0) <= bound else more
    return tree


@cache
def installed_nouns() -> Nouns:
    """Return what is known of the nouns that follow numerals."""
    nouns: Nouns = json.loads(read_file(_FILE.with_name("nouns.json")))
    return nouns


def harvest(text: str, known: Known | None = None) -> list[Candidate]:
    """Return the expansions that `text` holds, in its order, doubtful ones marked; no two of them share an item.

    `known` is what glossaries have already, the installed ones where it is not given: a slogan is likely to be expanded as it is there.
    """
    weights = installed_weights()
    extractor = Extractor(text, weights, installed_readings() if known is None else known)
    choices = [choice for mention in extractor.mentions() if (choice := extractor.choice(mention))]
    bound = weights["doubtful_below"]
    scored = sorted(
        ((extractor.score(choice), choice) for choice in choices),
        key=lambda pair: (pair[0] >= bound and pair[1].stretch.place == "group", pair[0]),
        reverse=True,
    )
    taken = bytearray(len(extractor.text.text))
    found: list[Candidate] = []
    for score, choice in scored:
        start, end = choice.stretch.items[0][0], choice.stretch.items[-1][1]
        if score >= _LEAST and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found += _candidates(extractor.text, choice, score, doubtful=score < bound)
    return sorted(found, key=lambda candidate: candidate.start)


_LEAST = 20  # percent: what has less than one chance in five is no candidate


def _candidates(text: RunningText, choice: Choice, score: int, *, doubtful: bool) -> Iterator[Candidate]:
    """Yield a choice as a candidate; a joint mention (“两重”“两新”) as one for each slogan."""
    mention, stretch = choice.mention, choice.stretch
    start, end = text.origin_span(*_quoted_range(text.text, mention, stretch))
    quote = text.document[start:end]
    items = [text.verbatim(*item) for item in stretch.items]
    basis = Basis.STATED if stretch.place == "bracket" else Basis.EXPLAINED
    if mention.kind != "joined" or "换" in mention.term:
        yield Candidate(mention.term, tuple(items), start, end, quote, basis, score, doubtful, stretch.groups)
        return
    for group in mention.promise.groups:
        yield Candidate(group.name, tuple(items[: group.count]), start, end, quote, basis, score, doubtful)
        items = items[group.count :]


def _quoted_range(text: str, mention: Mention, stretch: Segmentation) -> tuple[int, int]:
    """Return the range of slogan and list from mark to mark, the bracket that closes the list included."""
    first, last = stretch.items[0][0], stretch.items[-1][1]
    if first - stretch.natural[0] <= _LONGEST_MARGIN:
        first = stretch.natural[0]
    if stretch.natural[1] - last <= _LONGEST_MARGIN:
        last = max(last, stretch.natural[1])
    last += stretch.place == "bracket" and text.startswith("）", last)
    return min(mention.start, first), max(mention.end, last)


def _glanced_kind(stretch: Segmentation) -> Features:
    return {f"place={stretch.place} cut={stretch.cut}": 1.0, f"reading={stretch.reading}": 1.0}


def _strongest_first(found: tuple[float, int, Segmentation]) -> tuple[float, int]:
    return -found[0], found[1]


def _total(weights: dict[str, float], features: Features) -> float:
    return sum([weights[name] * value for name, value in features.items() if value and name in weights])
