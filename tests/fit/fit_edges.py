"""Fit from which cost on an edge of a slogan is inside of a word: `kouhao.language.word_boundary.TORN`.

    python -m tests.fit.fit_edges [FOLDER]

Slogans are those that the texts in FOLDER (../shared without one) write in quotes, with the quotes taken away, so that all are
meant; plays put a word of the dictionary over an edge of a short term: 三农 and 农民工. It prints for several bounds which share of both is
no occurrence, on one half of the texts and terms and on the other.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from zlib import crc32

from tests.fit.count_background import ROOT, dictionary_words, texts

from kouhao.index.matcher import Matcher
from kouhao.index.patterns import Vocabulary
from kouhao.language import word_boundary
from kouhao.language.normalize import is_han
from kouhao.lookup.engine import open_lookup

BOUNDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
BESIDE = 8  # characters on each side of a slogan
PLAYS = 20  # of a term, on each of its edges
_SHORT = 3  # characters
_PAIR = 2  # characters: the rest of a longer word may look like a word (民工 in 三农民工)
_SEED = 1

Row = tuple[int, str, int, int]
"""Its half, a text, and where a term stands in it."""


def slogans(folder: Path, matcher: Matcher) -> Iterator[Row]:
    """Yield the slogans in quotes, without them, where a Han character stands beside the quotes."""
    for text in texts(folder):
        half = crc32(text[:99].encode()) % 2
        for found in matcher.find(text):
            start, end = word_boundary.quoted_span(text, found.start, found.end)
            before, behind = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
            if text[start:end].startswith("“") and (is_han(before[-1:]) or is_han(behind[:1])):
                size = found.end - found.start
                yield half, before + text[found.start : found.end] + behind, len(before), len(before) + size


def plays(terms: list[str]) -> Iterator[Row]:
    """Yield terms over whose edge a word goes that is drawn by its frequency."""
    words = dictionary_words()
    begun, ended = defaultdict(list), defaultdict(list)
    for word in filter(lambda word: len(word) > _PAIR, words):
        begun[word[0]].append(word)
        ended[word[-1]].append(word)
    draw = random.Random(_SEED)  # noqa: S311  no secret
    fillers = [word for word in words if len(word) > 1]
    for term in terms:
        for fitting, behind in ((begun[term[-1]], True), (ended[term[0]], False)):
            drawn = draw.choices(fitting, [words[word] for word in fitting], k=PLAYS) if fitting else ()
            for word, filler in zip(drawn, draw.choices(fillers, k=PLAYS), strict=False):
                text = term + word[1:] + filler if behind else filler + word[:-1] + term
                start = 0 if behind else len(text) - len(term)
                yield crc32(term.encode()) % 2, text, start, start + len(term)


def silent(rows: list[Row], matcher: Matcher) -> list[float]:
    """Return for each half which share of the terms is no occurrence, nor inside of one."""
    missed, every = [0, 0], [0, 0]
    for half, text, start, end in rows:
        every[half] += 1
        missed[half] += not any(found.start <= start and end <= found.end for found in matcher.find(text))
    return [one / of for one, of in zip(missed, every, strict=True)]


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    with open_lookup([str(ROOT / "glossary" / "national")]) as lookup:
        matcher = Vocabulary(lookup.indexes).term_matcher()
        terms = sorted({record["term"] for record in lookup.records()})
        short = [term for term in terms if len(term) <= _SHORT and all(map(is_han, term))]
        meant, played = list(slogans(folder, matcher)), list(plays(short))
        print(f"{len(meant)} slogans, {len(played)} plays\nbound  slogans lost    plays caught")
        for bound in BOUNDS:
            word_boundary.TORN = bound
            shares = chain(silent(meant, matcher), silent(played, matcher))
            print(f"{bound:5}  {'  '.join(f'{share:6.2%}' for share in shares)}", flush=True)


if __name__ == "__main__":
    main()
