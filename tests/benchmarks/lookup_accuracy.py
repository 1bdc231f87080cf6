"""How often the right entry comes first, and how often a wrong one is given with confidence: a table by kind of query.

    python -m tests.benchmarks.lookup_accuracy [--failures]

measures the built-in glossary on the project's own queries and on queries.jsonl of the evaluation folder (KOUHAO_EVAL, or
../shared/eval), and two glossaries that the matcher never saw: invented slogans, and those of the evaluation folder's harvest
gold. It fails nothing; --failures lists what went wrong.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.evaluation.measure import Tally, asking, evaluation_folder, gold, invented, judge, questions, recorded

from kouhao.lookup.engine import open_lookup

OWN = Path(__file__).parent.parent / "evaluation" / "queries.jsonl"


def main() -> None:
    """Print all tables."""
    with open_lookup([]) as lookup:
        for path in (OWN, evaluation_folder() / "queries.jsonl"):
            if path.is_file():
                show(f"built-in glossary, {path.parent.name}/{path.name}", judge(lookup, recorded(path)))
            else:
                print(f"\n{path.name}: not here, left out")
    for name, entries in (("invented slogans", invented()), ("harvest gold", gold())):
        if not entries:
            print(f"\n{name}: not here, left out")
            continue
        with tempfile.TemporaryDirectory() as folder, asking(entries, Path(folder)) as lookup:
            show(f"unseen glossary, {name} ({len(entries)} entries)", judge(lookup, questions(entries)))


def show(title: str, tally: Tally) -> None:
    """Print the table of one set: top-1 by positive kind, then false confident answers by negative kind."""
    print(f"\n{title}")
    for positive, heading in ((True, "top-1"), (False, "falsely confident")):
        print(f"  {heading:20}{'queries':>9}{'wrong':>8}{'%':>8}")
        for sign, kind in sorted(tally.asked):
            if sign == positive:
                wrong, asked = tally.failed(positive=positive, kind=kind), tally.asked[sign, kind]
                print(f"  {kind:20}{asked:>9}{wrong:>8}{_percent(wrong / asked, positive=positive):>8.1f}")
        print(f"  {'all':20}{'':17}{_percent(tally.share(positive=positive), positive=positive):>8.2f}")
    if "--failures" in sys.argv:
        for query, first in tally.wrong:
            print(
                f"    {query.kind}: {query.query!r} -> {first or 'not found'} (wanted {' | '.join(query.expect) or 'nothing'})"
            )


def _percent(wrong: float, *, positive: bool) -> float:
    return 100 * (1 - wrong if positive else wrong)


if __name__ == "__main__":
    main()
