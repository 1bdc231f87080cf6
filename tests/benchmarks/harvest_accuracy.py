"""How much of what documents expand is harvested, and how often a look-alike is taken for an expansion: a table by pattern.

    python tests/benchmarks/harvest_accuracy.py [FOLDER]

reads harvest-gold.jsonl, harvest-lookalikes.jsonl and corpus/ in FOLDER, KOUHAO_EVAL, or ../shared/eval beside the project,
with full-width and with half-width marks, and measures the speed. It prints and fails nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from kouhao.harvest import Candidate, harvest

ROOT = Path(__file__).parent.parent.parent
NARROW = str.maketrans("，；：（）", ",;:()")
Record = dict[str, Any]


def main() -> None:
    """Print the tables."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KOUHAO_EVAL", "")
    folder = Path(named) if named else ROOT.parent / "shared" / "eval"
    if not (folder / "harvest-gold.jsonl").is_file():
        print("harvest-gold.jsonl: not here, left out")
        return
    gold, traps = (read(folder / name) for name in ("harvest-gold.jsonl", "harvest-lookalikes.jsonl"))
    texts = {record["file"]: (folder / "corpus" / record["file"]).read_bytes().decode() for record in gold + traps}
    started = time.perf_counter()
    wide = {name: harvest(text) for name, text in texts.items()}
    seconds = time.perf_counter() - started
    size = sum(len(text.encode()) for text in texts.values())
    print(f"{size / seconds / 1e6:.1f} MB of text a second")
    table("as found", gold, traps, wide)
    table("half-width marks", gold, traps, {name: harvest(text.translate(NARROW)) for name, text in texts.items()})


def read(path: Path) -> list[Record]:
    """Return the records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(title: str, gold: list[Record], traps: list[Record], found: dict[str, list[Candidate]]) -> None:
    """Print recall by pattern, and precision over gold and look-alikes."""
    total = Counter(record["pattern"] for record in gold)
    right = Counter(record["pattern"] for record in gold if is_found(record, found))
    print(f"\n{title}\n{'pattern':22}{'places':>8}{'found':>8}{'%':>8}")
    for pattern, count in total.most_common():
        print(f"{pattern:22}{count:>8}{right[pattern]:>8}{100 * right[pattern] / count:>8.1f}")
    hits, false = right.total(), sum(is_taken(record, gold, found) for record in traps)
    print(f"{'recall':22}{total.total():>8}{hits:>8}{100 * hits / total.total():>8.1f}")
    print(f"{'precision':22}{hits + false:>8}{hits:>8}{100 * hits / (hits + false):>8.1f}")


def near(record: Record, found: dict[str, list[Candidate]]) -> list[Candidate]:
    """Return the candidates that touch a record's place."""
    start, end = record["start"], record["start"] + len(record["quote"])
    return [
        candidate
        for candidate in found[record["file"]]
        if candidate.start < end and start < candidate.start + len(candidate.quote)
    ]


def is_found(record: Record, found: dict[str, list[Candidate]]) -> bool:
    """Tell whether term and items came out right, in order."""
    items = [item.translate(NARROW) for item in record["items"]]
    return any(
        candidate.term == record["term"] and [item.translate(NARROW) for item in candidate.items] == items
        for candidate in near(record, found)
    )


def is_taken(record: Record, gold: list[Record], found: dict[str, list[Candidate]]) -> bool:
    """Tell whether a look-alike came out, at a place that is no gold."""
    places = [
        (other["start"], other["start"] + len(other["quote"])) for other in gold if other["file"] == record["file"]
    ]
    return any(
        record["term"] in ("", candidate.term) and not any(start <= candidate.start < end for start, end in places)
        for candidate in near(record, found)
    )


if __name__ == "__main__":
    main()
