"""Fit which words stand beside slogans in official prose: `FOLLOWING_SLOGANS` and `PRECEDING_SLOGANS` of `kouhao.language.lexicon`.

    python -m tests.fit.fit_following [FOLDER]

prints the words that stand directly behind two different slogans and more in the texts of FOLDER (../shared without one), as
lines of source. What stands behind a slogan and is none of them may be a part of a name: 红船精神纪念馆. Words with a noun of one
character behind a word (示范村) are left out, and those that bodies are called with (学校).

Then the words that stand directly before three slogans in quotes and more, one for every thousand times that they stand anywhere: verbs of
which slogans are the objects (落实, 践行), and not the nouns (企业, 市场) whose own slogans may bear the same names.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from tests.fit.count_background import ROOT, texts

from kouhao.expand import BODIES, PARTICLES, SET_NOUNS
from kouhao.index.patterns import Vocabulary
from kouhao.language.background import count, is_word
from kouhao.language.normalize import is_han
from kouhao.language.word_boundary import FOLLOWING, quoted_span
from kouhao.lookup.engine import open_lookup
from kouhao.lookup.features import cut_words

FEWEST_SLOGANS = 2
FEWEST_PRECEDED, PRECEDED_RATE = 3, 1 / 1000
BEFORE = 6  # characters that are cut into words
SIZES = 3, 2  # characters of a word, the longest first
WIDTH = 90  # characters of a line, which are twice as wide


def main() -> None:
    """Print the words."""
    matcher = Vocabulary(open_lookup([]).indexes).term_matcher()
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    before: dict[str, set[str]] = defaultdict(set)
    for text in texts(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"):
        for found in matcher.find(text):
            start, end = quoted_span(text, found.start, found.end)
            if start < found.start:
                before[_last_word(text[max(0, start - BEFORE) : start])].add(found.text)
            end += len(next((noun for noun in SET_NOUNS if text.startswith(noun, end)), ""))
            word = next((word for size in SIZES if _is_one(word := text[end : end + size])), "")
            behind[word][found.text] += 1
    often = (word for word, slogans in behind.items() if len(slogans) >= FEWEST_SLOGANS)
    _print(word for word in often if word and not word.startswith((*PARTICLES, *FOLLOWING)))
    _print(
        word
        for word, slogans in before.items()
        if len(word) > 1 and len(slogans) >= max(FEWEST_PRECEDED, PRECEDED_RATE * count(word))
    )


def _last_word(text: str) -> str:
    """Return the word with which a text ends; empty after a mark."""
    ending = "".join(takewhile(is_han, reversed(text)))[::-1]
    return cut_words(ending)[-1] if ending else ""


def _print(words: Iterable[str]) -> None:
    print(*(f'    "{line} "' for line in textwrap.wrap(" ".join(sorted(words)), WIDTH)), "", sep="\n")


def _is_one(text: str) -> bool:
    """Return whether a text is a word that may follow."""
    return all(map(is_han, text)) and is_word(text) and not is_word(text[2:] and text[:2]) and text[-1] not in BODIES


if __name__ == "__main__":
    main()
