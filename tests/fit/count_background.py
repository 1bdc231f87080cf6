"""Count the texts of up to four characters in official prose, and write `kouhao/language/background.bin`.

    python -m tests.fit.count_background [FOLDER]

reads the reports, broadcasts and statutes in FOLDER (../shared without one) and jieba's dictionary. Only counts of what stands in
five documents and more are kept: nothing of any text can be read out of them.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jieba

from kouhao.language.background import LONGEST, PATH, SLOT_BYTES, encode_slot
from kouhao.language.normalize import fold

ROOT = Path(__file__).parents[2]
FEWEST_DOCUMENTS = 5
_RAREST_WORD = 5
_LONGEST_WORD = 6
_SIZES = range(1, LONGEST + 1)
_SLOTS_PER_TEXT = 1.2
_NAME = re.compile("(?<![：，:,])“([^“”，。；：！？]{2,12})”")
"""What stands in quotes, and is not what somebody says."""

_RUN = re.compile("[一-鿿〇0-9０-９+＋]+")


def texts(folder: Path) -> Iterator[str]:
    """Yield the texts of the evidence in `folder`."""
    for name in ("broadcasts", "statutes"):
        with lzma.open(folder / "evidence" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    for path in sorted((folder / "eval" / "corpus").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def dictionary_words() -> Counter[str]:
    """Return the folded words of jieba's dictionary with their frequency, without the rarest."""
    path = Path(jieba.__file__).with_name("dict.txt")
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    words: Counter[str] = Counter()
    for word, frequency, *_ in rows:
        if int(frequency) >= _RAREST_WORD and len(word) <= _LONGEST_WORD and _RUN.fullmatch(word):
            words[fold(word)] += int(frequency)
    return words


def grams(run: str, size: int) -> list[str]:
    """Return the stretches of `size` characters of a run without marks."""
    return [run[at : at + size] for at in range(len(run) - size + 1)]


def main() -> None:
    """Count, and write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    runs: list[list[str]] = []
    quoted: set[str] = set()
    for text in texts(folder):
        runs.append([fold(run) for run in _RUN.findall(text)])
        quoted.update(map(fold, _NAME.findall(text)))
    names = Counter(gram for name in quoted for gram in {gram for size in _SIZES for gram in grams(name, size)})
    kept: dict[str, tuple[int, int]] = {}
    for size in _SIZES:
        counts: Counter[str] = Counter()
        documents: Counter[str] = Counter()
        for document in runs:
            stretches = [gram for run in document for gram in grams(run, size)]
            counts.update(stretches)
            documents.update(set(stretches))
        kept |= {gram: (counts[gram], number) for gram, number in documents.items() if number >= FEWEST_DOCUMENTS}
    kept[""] = sum(len(run) for document in runs for run in document), len(runs)
    words = dictionary_words()
    Path(PATH).write_bytes(_table(kept, names, words))
    print(f"{len(runs)} documents, {len(kept)} texts, {len(words)} words")


def _table(kept: dict[str, tuple[int, int]], names: Counter[str], words: Counter[str]) -> bytes:
    every = sorted({*kept, *words})
    slots = [0] * round(_SLOTS_PER_TEXT * len(every))
    for text in every:
        place, value = encode_slot(text, *kept.get(text, (0, 0)), names[text], words[text])
        at = place % len(slots)
        while value:
            slots[at], value = max(slots[at], value), min(slots[at], value)
            at = (at + 1) % len(slots)
    return b"".join(slot.to_bytes(SLOT_BYTES, "little") for slot in slots)


if __name__ == "__main__":
    main()
