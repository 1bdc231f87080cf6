"""Count how official prose begins, ends and opens its words, for the harvest: `kouhao/harvest/ngrams.bin` and `nouns.json`.

    python -m tests.fit.count_harvest

reads the reports, broadcasts and statutes in ../shared, without the documents that only test. What stands in fewer than five documents is
not kept. The layout of `ngrams.bin` is told in `kouhao.harvest.ngrams`.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path

import jieba
from tests.evaluation.expansions import SHARED, test_documents, text_of
from tests.fit.count_background import texts

from kouhao.harvest import ngrams
from kouhao.language.normalize import widen

FEWEST_DOCUMENTS, FEWEST_SINGLES, FEWEST_TRIPLES, FEWEST_NOUNS, FEWEST_PHRASES = 5, 5, 15, 5, 3
LONGEST_NAME, FEWEST_NAMES = 3, 100
FOLDER = Path(ngrams.__file__).parent
LEADING = {"v": 1, "p": 1, "d": 1, "r": 1, "c": 1, "ad": 0.5, "vn": 0.5, "vd": 0.5, "vg": 1}
"""How far words of a class in the dictionary lead over to what follows."""
_RUN = re.compile("[\u4e00-\u9fffA-Za-z0-9]+")
_SPACE = re.compile("[ \t\u3000\r]+")
_MEASURE = "[个大项条种类张级]?"
_COUNTED_AT_LARGE = re.compile(
    f"(?:[几多各每这此该某百千万]|[0-9]|[一二两三四五六七八九十]?[0-9十百千]+余?){_MEASURE}([\u4e00-\u9fff]{{2}})"
)
_COUNTED = re.compile(f"[二两三四五六七八九十]{_MEASURE}([\u4e00-\u9fff]{{2}})")
_CLASSIFIER = re.compile("(“?)(?:[二两三四五六七八九十]|[1-9]?[0-9])([\u4e00-\u9fff])")
_NUMERALS = "二两三四五六七八九十"
_PHRASE = re.compile(f"(?=([\u4e00-\u9fff]{{2}}(?<![第{_NUMERALS}])[双{_NUMERALS}](?!十)[\u4e00-\u9fff]{{2}}))")
_QUOTED = re.compile(f"“[^“”\n]{{0,6}}[二两双三四五六七八九十]{_MEASURE}([^“”\n]{{1,8}})”")


class Counts:
    """The counts of single characters, pairs and triples, and of pairs at the ends of runs without marks."""

    def __init__(self) -> None:
        self.singles: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.triples: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()
        self.behind, self.before, self.quoted, self.quoting = (Counter[str]() for _ in range(4))

    def read(self, text: str) -> None:
        """Count one text with full-width marks and without white space."""
        seen: set[str] = set()
        for found in _RUN.finditer(text):
            run = found[0]
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            self.singles.update(run)
            self.triples.update(run[at : at + 3] for at in range(len(run) - 2))
            self.pairs.update(pairs)
            seen.update(pairs)
            if pairs:
                self.behind[pairs[0]] += 1
                self.before[pairs[-1]] += 1
                self.quoted[pairs[0]] += text[found.start() - 1 : found.start()] == "“"
                self.quoting[pairs[-1]] += text[found.end() : found.end() + 1] == "“"
        self.documents.update(seen)

    def packed(self) -> bytes:
        """Return the counts in the layout of `ngrams.bin`."""
        singles = sorted(one for one, count in self.singles.items() if count >= FEWEST_SINGLES and one <= "\uffff")
        pairs = sorted(one for one, count in self.documents.items() if count >= FEWEST_DOCUMENTS)
        triples = sorted(one for one, count in self.triples.items() if count >= FEWEST_TRIPLES)
        ends = (self.behind, self.before, self.quoted, self.quoting)
        total = self.pairs.total()
        single_ends = [_by_character(counts, at) for counts, at in zip(ends, (0, 1, 0, 1), strict=True)]
        return b"".join(
            (
                struct.pack(
                    "<3I4f", len(singles), len(pairs), len(triples), *(counts.total() / total for counts in ends)
                ),
                _keys("I", pairs),
                bytes(_code(counts[pair]) for pair in pairs for counts in (self.pairs, *ends)),
                _keys("Q", triples),
                bytes(_code(self.triples[triple]) for triple in triples),
                _keys("I", singles),
                bytes(_code(counts[single]) for single in singles for counts in (self.singles, *single_ends)),
            )
        )


def nouns(pages: list[str]) -> dict[str, float]:
    """Return how far nouns name what they count: the logarithm of their places in quotes over those where they only count."""
    at_large = Counter(noun for page in pages for noun in _COUNTED_AT_LARGE.findall(page))
    counted = Counter(noun for page in pages for noun in _COUNTED.findall(page))
    quoted: Counter[str] = Counter()
    for page in pages:
        for name in _QUOTED.findall(page):
            quoted.update({name[:2], name[-2:]})
    known: dict[str, float] = {}
    for noun in sorted({*at_large, *counted, *quoted}):
        named, only = quoted[noun], 0.15 * max(0, counted[noun] - quoted[noun]) + 0.5 * at_large[noun]
        if named + counted[noun] + at_large[noun] >= FEWEST_NOUNS:
            known[noun] = round(max(-4.0, min(2.0, log((named + 0.3) / (only + 0.3)) / 1.5)), 2)
    return known


def classifiers(pages: list[str]) -> dict[str, float]:
    """Return how far the character behind a numeral is at home in names, as `nouns` does: 大 is, 名 is not."""
    quoted, plain = Counter[str](), Counter[str]()
    for page in pages:
        for quote, character in _CLASSIFIER.findall(page):
            (quoted if quote else plain)[character] += 1
    share = quoted.total() / plain.total()
    return {
        one: round(max(-3.0, min(3.0, log((quoted[one] + 3 * share) / (plain[one] + 3) / share) / 1.5)), 2)
        for one in sorted({*quoted, *plain})
        if quoted[one] + plain[one] >= FEWEST_NOUNS
    }


def phrases_of(page: str) -> set[str]:
    """Return the numerals of a text with the two characters before and behind them: 国际两个大."""
    return set(_PHRASE.findall(page))


def phrases(pages: list[str]) -> dict[str, int]:
    """Return how many documents have what `phrases_of` finds: a frequent one is fixed, and names something."""
    documents = Counter(phrase for page in pages for phrase in phrases_of(page))
    return {phrase: count for phrase, count in sorted(documents.items()) if count >= FEWEST_PHRASES}


def dictionary() -> list[list[str]]:
    """Return the words of jieba's dictionary with their frequencies and classes."""
    path = Path(jieba.__file__).with_name("dict.txt")
    return [line.split() for line in path.read_text(encoding="utf-8").splitlines()]


def leading(pages: list[str]) -> dict[str, float]:
    """Return how far words of one or two characters lead over to what follows, by their class: verbs, prepositions, pronouns."""
    documents = Counter(pair for page in pages for pair in {*page, *map("".join, pairwise(page))})
    return {
        word: LEADING[kind]
        for word, _, kind in sorted(dictionary())
        if kind in LEADING and documents[word] >= FEWEST_DOCUMENTS
    }


def surnames() -> str:
    """Return the characters with which many names of persons begin."""
    first = Counter(word[0] for word, _, kind in dictionary() if kind == "nr" and len(word) == LONGEST_NAME)
    return "".join(sorted(one for one, count in first.items() if count >= FEWEST_NAMES))


def learning_texts() -> Iterator[str]:
    """Yield the texts of the evidence but those that only test, with full-width marks and without white space."""
    left_out = {_page(text_of(name)) for name in test_documents()}
    yield from (page for page in map(_page, texts(SHARED)) if page not in left_out)


def _page(text: str) -> str:
    return _SPACE.sub("", widen(text))


def _by_character(counts: Counter[str], at: int) -> Counter[str]:
    singles: Counter[str] = Counter()
    for pair, count in counts.items():
        singles[pair[at]] += count
    return singles


def _keys(kind: str, texts_of_keys: list[str]) -> bytes:
    keys: array[int] = array(kind)
    for text in texts_of_keys:
        key = 0
        for character in text:
            key = key << 16 | ord(character)
        keys.append(key)
    if sys.byteorder == "big":
        keys.byteswap()
    return keys.tobytes()


def _code(count: int) -> int:
    return min(255, round(16 * log(1 + count)))


def main() -> None:
    """Count, and write the two files."""
    pages = list(learning_texts())
    counts = Counts()
    for page in pages:
        counts.read(page)
    (FOLDER / "ngrams.bin").write_bytes(counts.packed())
    record = {
        "naming": nouns(pages),
        "classifiers": classifiers(pages),
        "phrases": phrases(pages),
        "leading": leading(pages),
        "surnames": surnames(),
    }
    table = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (FOLDER / "nouns.json").write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
