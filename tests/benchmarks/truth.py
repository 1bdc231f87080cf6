"""How far lookups are right, and how often they are sure of what is wrong, on terms and texts that were left out of all fitting.

    python -m tests.benchmarks.truth [--failures]

asks glossaries of three sizes. It prints (1) how often the right entry is the first answer for the sure kinds, (2) how often it
is among the first three that are answered or suggested, (3) how often an answer is given where none is due, and (4) how many of
the other kinds are still answered, by the chance that one asks for. It fails nothing; --failures lists what went wrong.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.measure import asking
from tests.evaluation.packs import packs
from tests.evaluation.questions import Query, is_sure
from tests.evaluation.trial import trial

from kouhao.lookup.engine import Lookup

ALL_STRINGS, SEED = 4500, 11
SCORES = (10, 30, 50, 70, 80, 90, 95, 98)


@dataclass(frozen=True, slots=True)
class Result:
    """A query, whether its first answer is right, or wrong, or among the first three, and the score that a guess would have."""

    query: Query
    sure: bool
    first: str
    right: bool
    among: bool
    guess: float
    guess_right: bool


def main() -> None:
    """Print the figures of each pack."""
    for size, entries in packs().items():
        with tempfile.TemporaryDirectory() as folder, asking(entries, Path(folder)) as lookup:
            queries = trial(entries, held=True, seed=SEED, most_strings=ALL_STRINGS)
            show(size, [ask(lookup, query) for query in queries])


def ask(lookup: Lookup, query: Query) -> Result:
    """Ask one query, once as everybody does, once for whatever can be claimed at all."""
    answer = lookup.answer(query.query)
    shown = [hit.term for hit in answer.hits] + [near.term for near in answer.suggestions]
    guesses = answer.hits or lookup.answer(query.query, min_score=1).hits
    first = answer.hits[0].term if answer.hits else ""
    right = first in query.expect
    if query.kind == "pair":
        right = set(query.expect) <= set(shown[:2]) and answer.found
    return Result(
        query,
        bool(query.expect) and is_sure(query),
        first,
        right,
        any(term in query.expect for term in shown[:3]),
        guesses[0].fit if guesses else 0.0,
        bool(guesses) and guesses[0].term in query.expect,
    )


def show(size: str, results: list[Result]) -> None:
    """Print the figures of a pack."""
    meant = [one for one in results if one.query.expect]
    refused = [one for one in results if not one.query.expect]
    print(f"\n{size} entries: {len(meant)} queries that mean one, {len(refused)} that mean none")
    sure = [one for one in meant if one.sure]
    print(
        f"  (1) sure kinds right first {_share([one.right for one in sure])}   (2) among the first three {_share([one.among for one in meant])}"
    )
    for kind, every in _by_kind(sure).items():
        print(
            f"      {kind:18}{len(every):6} {_share([one.right for one in every])} {_share([one.among for one in every])}"
        )
    print("  (3) answered where no answer is due")
    for kind, every in _by_kind(refused).items():
        print(f"      {kind:18}{len(every):6} {_share([bool(one.first) for one in every])}")
    strings = [one for one in refused if one.query.kind != "pinyin"]
    print(f"      {'all but pinyin':18}{len(strings):6} {_share([bool(one.first) for one in strings])}")
    print(
        "  (4) other kinds: right first, among the first three; right first where one asks for a score, and strings answered then"
    )
    others = [one for one in meant if not one.sure]
    for kind, every in _by_kind(others).items():
        print(
            f"      {kind:18}{len(every):6} {_share([one.right for one in every])} {_share([one.among for one in every])}"
        )
    for score in SCORES:
        claimed = _share([one.guess_right and one.guess >= score for one in others])
        print(f"      score {score}: {claimed} {_share([one.guess >= score for one in strings])}")
    if "--failures" in sys.argv:
        _list_failures(results)


def _list_failures(results: list[Result]) -> None:
    for one in results:
        wrong = one.first if not one.query.expect else one.sure and not one.right
        if wrong or (one.query.expect and not one.among):
            wanted = " | ".join(one.query.expect) or "nothing"
            print(
                f"    {one.query.kind}: {one.query.query!r} -> {one.first or 'not found'} {one.guess:.0f} (wanted {wanted})"
            )


def _by_kind(results: list[Result]) -> dict[str, list[Result]]:
    found: defaultdict[str, list[Result]] = defaultdict(list)
    for one in results:
        found[one.query.kind].append(one)
    return dict(sorted(found.items()))


def _share(flags: list[bool]) -> str:
    return f"{100 * sum(flags) / max(1, len(flags)):6.2f} %"


if __name__ == "__main__":
    main()
