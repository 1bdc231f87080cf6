"""What a glossary is tried with: all that people type for half of its terms, and strings of half of the texts that mean none."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.evaluation import phrases, refusals
from tests.evaluation.packs import held_back
from tests.evaluation.questions import SLIPS, Labels, Query, item_queries, term_queries

from kouhao.entry import Entry

MOST_ENTRIES, MOST_ITEMS, MOST_QUERIES, MOST_STRINGS, MOST_PINYIN = 170, 250, 2000, 700, 700


def trial(entries: tuple[Entry, ...], *, held: bool, seed: int, most_strings: int = MOST_STRINGS) -> Iterator[Query]:
    """Yield queries for the half of the terms that is `held` back or not, and strings that mean no entry."""
    rng, labels = Random(seed), Labels(entries)  # noqa: S311  reproducible, not secret
    own = [entry for entry in entries if held_back(entry.term) == held]
    own = rng.sample(own, min(len(own), MOST_ENTRIES))
    items = list(item_queries(rng, own, labels))
    pieces, slips = [*phrases.piece_queries(rng, own, labels)], [*term_queries(rng, own, labels)]
    meant = [one for one in slips if one.kind not in SLIPS or refusals.is_no_text(one.query, one.expect[0])]
    free = [one for one in pieces if one.kind != "part" and not refusals.is_no_text(one.query, one.expect[0])]
    meant += rng.sample(items, min(len(items), MOST_ITEMS))
    meant += [
        *phrases.prose_queries(rng, own),
        *phrases.keyword_queries(rng, own),
        *phrases.scoped_queries(rng, own),
        *(one for one in pieces if one not in free),
    ]
    yield from (Query(one.query, (), "piece") for one in free)
    yield from rng.sample(meant, min(len(meant), MOST_QUERIES))
    yield from phrases.question_queries(rng, own, held=held)
    yield from (Query(text, tuple(terms), "pair") for text, terms in phrases.pairs(rng, own))
    yield from refusals.changed_queries(rng, own, labels)
    yield from refusals.owned_queries(rng, own, labels, held=held)
    yield from refusals.numbered_queries(own, labels)
    for kind, found in refusals.other_things(labels, held=held).items():
        yield from (Query(one, (), kind) for one in found)
    every = refusals.strings(labels, held=held)
    for kind, found in every.items():
        yield from (Query(one, (), kind) for one in rng.sample(found, min(len(found), most_strings)))
    words = [one for found in every.values() for one in found]
    yield from (Query(one, (), "pinyin") for one in refusals.pinyin_of(rng, words, labels, MOST_PINYIN))
    yield from refusals.named_queries(rng, own, labels, held=held)
    yield from refusals.lengthened_queries(rng, own, labels)
