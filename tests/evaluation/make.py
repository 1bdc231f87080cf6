"""Make `queries.jsonl`: hand-grown questions and generated slips for the built-in glossary, and what must find nothing.

    python -m tests.evaluation.make

The seed is fixed, so that the file changes only with the glossary, the hand-grown lists and the generators.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random

from tests.evaluation.questions import Labels, Query, item_queries, numeral_negatives, term_queries, word_negatives

from kouhao.glossary.load import builtin_files, load_files

HERE = Path(__file__).parent
QUERIES = HERE / "queries.jsonl"
_SEED = 20230117


def handmade() -> Iterator[Query]:
    """Yield the hand-grown questions and refusals."""
    for line in _lines("handmade.tsv"):
        kind, typed, terms, *note = line.split("\t")
        yield Query(typed, tuple(terms.split("|")), kind, "".join(note))
    for line in _lines("negatives.txt"):
        kind, _, typed = line.partition("\t")
        yield from (Query(one, (), kind) for one in typed.split("  ") if one)
    yield from (Query(slogan, (), "near-negative") for slogan in _lines("terms.txt"))


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line


def make() -> list[Query]:
    """Return all queries: the hand-grown first, each text once."""
    entries = load_files(builtin_files()).entries
    labels, rng = Labels(entries), Random(_SEED)  # noqa: S311  a fixed seed, nothing secret
    generated = [*term_queries(rng, entries, labels), *item_queries(rng, entries, labels)]
    refusals = [*numeral_negatives(entries, labels), *word_negatives(rng, entries, labels)]
    every = [*handmade(), *generated, *refusals]
    return list({one.query: one for one in reversed(every)}.values())[::-1]


if __name__ == "__main__":
    lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in make())
    QUERIES.write_text("".join(lines), encoding="utf-8")
