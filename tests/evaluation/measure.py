"""Ask a glossary the questions of a set and count what comes of it; the unseen glossaries to ask."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.evaluation.questions import (
    Labels,
    Query,
    is_sure,
    item_queries,
    numeral_negatives,
    term_queries,
    word_negatives,
)
from tests.evaluation.slogans import SOURCE, make_entry, small_glossary

from kouhao.entry import Entry, Glossary, Part
from kouhao.index.build import build_index
from kouhao.index.characters import glyphs
from kouhao.index.reader import Index
from kouhao.lookup.engine import Lookup

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_SEED = 58
_MOST_ITEM_QUERIES = 900


@dataclass(slots=True)
class Tally:
    """The queries of one set by kind, positive and negative apart, and those that went wrong."""

    asked: Counter[tuple[bool, str]] = field(default_factory=Counter)
    wrong: list[tuple[Query, str]] = field(default_factory=list)

    def failed(self, *, positive: bool, kind: str = "") -> int:
        """Return how many queries of a kind, or of all kinds, went wrong."""
        return sum(bool(query.expect) == positive and kind in ("", query.kind) for query, _ in self.wrong)

    def share(self, *, positive: bool) -> float:
        """Return the share of positive or negative queries that went wrong, 0 to 1."""
        total = sum(count for (sign, _), count in self.asked.items() if sign == positive)
        return self.failed(positive=positive) / max(1, total)


def judge(lookup: Lookup, queries: Iterable[Query]) -> Tally:
    """Ask all `queries`: right is one of the expected terms in front, or no answer where none is expected.

    Of the kinds that cannot be told from ordinary prose it is as right that one of the terms is among the first three suggestions.
    """
    tally = Tally()
    for query in queries:
        answer = lookup.answer(query.query)
        first = answer.hits[0].term if answer.hits else ""
        tally.asked[bool(query.expect), query.kind] += 1
        shown = {near.term for near in answer.suggestions} if query.expect and not is_sure(query) else set()
        if first not in query.expect and (first or query.expect) and not shown & set(query.expect):
            tally.wrong.append((query, first))
    return tally


def recorded(path: Path) -> list[Query]:
    """Return the queries of a JSON Lines file."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Query(one["query"], tuple(one["expect"]), one["kind"], one["note"]) for one in records]


def evaluation_folder() -> Path:
    """Return the folder of the evaluation data that is kept outside the project: KOUHAO_EVAL, or ../shared/eval."""
    return Path(os.environ.get("KOUHAO_EVAL", ROOT.parent / "shared" / "eval"))


def invented() -> tuple[Entry, ...]:
    """Return the entries of a glossary of invented slogans."""
    return small_glossary().entries


def gold() -> tuple[Entry, ...]:
    """Return the entries of the slogans that the evaluation folder's harvest gold expands, none where it is absent."""
    path = evaluation_folder() / "harvest-gold.jsonl"
    parts: dict[str, list[Part]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        record = json.loads(line)
        groups = [group for group in record.get("groups", ()) if isinstance(group, dict)]  # some places only count them
        groups = groups or [{"head": record["term"], "items": record["items"]}]
        parts.setdefault(record["term"], [Part(group["head"], tuple(group["items"])) for group in groups])
    return tuple(make_entry(term, groups) for term, groups in parts.items())


def questions(entries: tuple[Entry, ...]) -> list[Query]:
    """Return generated questions and refusals for any glossary, from a fixed seed."""
    labels, rng = Labels(entries), Random(_SEED)  # noqa: S311  reproducible, not secret
    items = list(item_queries(rng, entries, labels))
    asked = [*term_queries(rng, entries, labels), *rng.sample(items, min(_MOST_ITEM_QUERIES, len(items)))]
    asked += [*numeral_negatives(entries, labels), *word_negatives(rng, entries, labels)]
    everyday = [query for query in recorded(HERE / "queries.jsonl") if query.kind.startswith("neg-")]
    return [*asked, *(query for query in everyday if not labels.holding(query.query))]


@contextmanager
def asking(entries: tuple[Entry, ...], folder: Path) -> Iterator[Lookup]:
    """Compile `entries` into `folder` and give a lookup over them alone."""
    path = folder / "glossary.sqlite"
    build_index(Glossary(entries, (SOURCE,)), path, digest="", characters=glyphs())
    index = Index(str(path))
    with Lookup([index], index) as lookup:
        yield lookup
