"""Fit how much of an entry's words a text has that speaks of it: `kouhao.check.agreement.AGREES`.

    python -m tests.fit.fit_agreement [FOLDER]

For several bounds it prints which share of the quoted plain names in the texts of FOLDER (../shared without one) agrees with its
surroundings, and which share does with those of other names.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.fit.count_background import ROOT, texts

from kouhao.check.agreement import agreement
from kouhao.index.patterns import Vocabulary
from kouhao.language.numerals import is_mere_count
from kouhao.language.word_boundary import quoted_span
from kouhao.lookup.engine import open_lookup

BOUNDS = (4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
NEAR = 200  # characters on each side


def main() -> None:
    """Print the table."""
    vocabulary = Vocabulary(open_lookup([]).indexes)
    matcher = vocabulary.term_matcher()
    rows = []
    for text in texts(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"):
        for found in matcher.find(text):
            start, end = quoted_span(text, found.start, found.end)
            if text[start:end].startswith("“") and is_mere_count(found.text):
                rows.append(
                    (vocabulary.meanings(found), f"{text[max(0, start - NEAR) : start]}\n{text[end : end + NEAR]}")
                )
    around = [text for _, text in rows]
    random.Random(1).shuffle(around)  # noqa: S311  no secret
    own = [agreement(text, meanings) for meanings, text in rows]
    strange = [agreement(text, meanings) for (meanings, _), text in zip(rows, around, strict=True)]
    for bound in BOUNDS:
        shares = (sum(one >= bound for one in all_of) / len(rows) for all_of in (own, strange))
        print(bound, *(f"{share:.3f}" for share in shares))


if __name__ == "__main__":
    main()
