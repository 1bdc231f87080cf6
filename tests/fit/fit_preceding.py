"""Fit which words have slogans behind them in official prose: `PRECEDING_SLOGANS` of `kouhao.language.lexicon`.

    python -m tests.fit.fit_preceding [FOLDER]

prints, as lines of source, the words that stand directly before three slogans in quotes and more in the texts of FOLDER (../shared
without one), one for every thousand times that they stand anywhere: verbs of which slogans are the objects (落实, 践行), and not the
nouns (企业, 市场) whose own slogans may bear the same names.
"""

from __future__ import annotations

import sys
import textwrap
from collections import defaultdict
from pathlib import Path

from tests.fit.count_background import ROOT, texts

from kouhao.index.patterns import Vocabulary
from kouhao.language.background import count
from kouhao.language.word_boundary import quoted_span
from kouhao.lookup.engine import open_lookup
from kouhao.lookup.features import last_word

FEWEST, RATE = 3, 1 / 1000
BEFORE = 6  # characters that are read
WIDTH = 90  # characters of a line, which are twice as wide


def main() -> None:
    """Print the words."""
    matcher = Vocabulary(open_lookup([]).indexes).term_matcher()
    before: dict[str, set[str]] = defaultdict(set)
    for text in texts(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"):
        for found in matcher.find(text):
            start, _ = quoted_span(text, found.start, found.end)
            if start < found.start:
                before[last_word(text[max(0, start - BEFORE) : start])].add(found.text)
    words = (word for word, slogans in before.items() if len(slogans) >= max(FEWEST, RATE * count(word)))
    kept = " ".join(sorted(word for word in words if len(word) > 1))
    print(*(f'    "{line} "' for line in textwrap.wrap(kept, WIDTH)), sep="\n")


if __name__ == "__main__":
    main()
