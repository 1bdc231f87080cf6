"""How often the right entry comes first, and how often a wrong one is given with confidence: a table by kind of query.

    python tests/benchmarks/lookup_accuracy.py [QUERIES.jsonl …]

measures the built-in glossary on its own generated queries and on each file of {"query", "expect", "kind"} records, and a
glossary of other slogans on queries generated in the same way. It prints and fails nothing. Without arguments it looks
for queries.jsonl in the folder KOUHAO_EVAL, or in ../shared/eval beside the project.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.evaluation.slips import negatives, positives  # noqa: E402

from kouhao.index.build import build_index  # noqa: E402  the path comes first
from kouhao.index.reader import Index  # noqa: E402
from kouhao.lookup.engine import Lookup  # noqa: E402
from kouhao.lookup.packs import open_lookup  # noqa: E402
from kouhao.model import Basis, Entry, Glossary, Source  # noqa: E402

DATA = ROOT / "tests" / "evaluation"
Case = tuple[str, tuple[str, ...], str]


def measure(title: str, lookup: Lookup, cases: Iterable[Case]) -> None:
    """Print the table of one set."""
    total: Counter[tuple[bool, str]] = Counter()
    right: Counter[tuple[bool, str]] = Counter()
    for query, expect, kind in cases:
        hits = lookup.answer(query).hits
        fine = hits[0].term in expect if hits and expect else not hits and not expect
        total[bool(expect), kind] += 1
        right[bool(expect), kind] += fine
    print(f"\n{title}\n{'kind':24}{'queries':>9}{'right':>9}{'%':>8}")
    for positive, kind in sorted(total):
        count, good = total[positive, kind], right[positive, kind]
        print(f"{('' if positive else '- ') + kind:24}{count:>9}{good:>9}{100 * good / count:>8.1f}")
    for positive, name in ((True, "top-1 over positives"), (False, "refused over negatives")):
        count = sum(total[key] for key in total if key[0] == positive)
        if count:
            good = sum(right[key] for key in right if key[0] == positive)
            print(f"{name:24}{count:>9}{good:>9}{100 * good / count:>8.1f}")


def generated(terms: list[str], others: list[str]) -> list[Case]:
    """Return generated queries for `terms`, with everyday words and `others` as negatives."""
    everyday = (DATA / "everyday.txt").read_text(encoding="utf-8").splitlines()
    cases = [*positives(terms), *negatives(terms, everyday, others)]
    return [(case.query, (case.expect,) if case.expect else (), case.kind) for case in cases]


def recorded(path: Path) -> list[Case]:
    """Return the cases of a file of records."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(record["query"], tuple(record["expect"]), record["kind"]) for record in records]


def main() -> None:
    """Print all tables."""
    default = Path(os.environ.get("KOUHAO_EVAL", ROOT.parent / "shared" / "eval")) / "queries.jsonl"
    files = [Path(name) for name in sys.argv[1:]] or [default]
    others = (DATA / "terms.txt").read_text(encoding="utf-8").splitlines()
    with open_lookup([]) as lookup:
        terms = list(dict.fromkeys(record["term"] for record in lookup.records()))
        measure("built-in glossary, generated queries", lookup, generated(terms, others))
        for path in files:
            if path.is_file():
                measure(f"built-in glossary, {path.name}", lookup, recorded(path))
            else:
                print(f"\n{path.name}: not here, left out")
    source = Source(id="unseen", title="unseen")
    entries = tuple(Entry(f"unseen/{term}", term, Basis.MENTIONED, term, source) for term in others)
    with tempfile.TemporaryDirectory() as folder:
        build_index(Glossary(entries, (source,)), Path(folder, "unseen.sqlite"), digest="")
        index = Index(f"{folder}/unseen.sqlite")
        with Lookup([index], index) as lookup:
            measure("unseen glossary, generated queries", lookup, generated(others, []))


if __name__ == "__main__":
    main()
