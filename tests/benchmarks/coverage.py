"""How many of the slogans that real documents quote the built-in glossaries know, and how many they explain.

    python -m tests.benchmarks.coverage

reads corpus/ in the evaluation folder (KOUHAO_EVAL, or ../shared/eval). A quoted numeric slogan is a string of 2 to 12 characters
between “ and ” that has no mark of a clause and holds a numeral, Chinese or Arabic, or 双 or 两; it counts something where
`count_groups` finds a counted group, so that plans (十四五), dates (七一) and ones (一件事) stand in the first table only. It is
known when its folded spelling is that of an entry, explained when that entry has a reading.

The last line of a table estimates texts that nobody has seen: an occurrence is explained there by readings of other texts only, and
only if the slogan stands in another document or is cited from a text outside the folder. It prints and fails nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.evaluation.measure import evaluation_folder

from kouhao.entry import Entry, Reading
from kouhao.glossary.load import builtin_files, load_files
from kouhao.language.lexicon import NUMBER_CHARACTERS
from kouhao.language.normalize import fold
from kouhao.language.numerals import count_groups

QUOTED = re.compile(rf"“(?=[^”]*[{NUMBER_CHARACTERS}双0-9０-９])([^“”，。；：！？]{{2,12}})”")


class Occurrence(NamedTuple):
    """A quoted slogan in a document, folded."""

    slogan: str
    document: str
    counts: bool


def main() -> None:
    """Print the tables."""
    folder = evaluation_folder() / "corpus"
    if not folder.is_dir():
        print("corpus: not here, left out")
        return
    occurrences = list(quoted_slogans(folder))
    entries = entries_by_spelling(load_files(builtin_files()).entries)
    table("with a numeral", occurrences, entries)
    table("that count something", [one for one in occurrences if one.counts], entries)


def quoted_slogans(folder: Path) -> Iterator[Occurrence]:
    """Yield the quoted numeric slogans of the text files in `folder`."""
    for path in sorted(folder.glob("*.txt")):
        text = "".join(path.read_text(encoding="utf-8").split())
        for quoted in QUOTED.findall(text):
            yield Occurrence(fold(quoted), path.name, bool(count_groups(quoted)))


def entries_by_spelling(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries by the folded spellings of their terms and other written forms."""
    spellings: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for spelling in {fold(form) for form in (entry.term, *entry.also)}:
            spellings[spelling].append(entry)
    return dict(spellings)


def table(title: str, occurrences: list[Occurrence], entries: dict[str, list[Entry]]) -> None:
    """Print how many occurrences are known and explained: of all, and of the slogans that stand in two documents or more."""
    documents: dict[str, set[str]] = defaultdict(set)
    for one in occurrences:
        documents[one.slogan].add(one.document)

    def is_explained_unseen(one: Occurrence) -> bool:
        stands_elsewhere = len(documents[one.slogan]) > 1
        return any(
            is_of_other_text(reading, one.document, stands_elsewhere=stands_elsewhere)
            for entry in entries.get(one.slogan, ())
            for reading in entry.readings
        )

    judges: dict[str, Callable[[Occurrence], bool]] = {
        "known": lambda one: one.slogan in entries,
        "explained": lambda one: any(entry.readings for entry in entries.get(one.slogan, ())),
        "explained, if unseen": is_explained_unseen,
    }
    shared = [one for one in occurrences if len(documents[one.slogan]) > 1]
    print(f"\nquoted slogans {title:24}{'all':>8}{'%':>7}{'in 2+ documents':>18}{'%':>7}")
    print(f"{'occurrences':39}{len(occurrences):>8}{'':7}{len(shared):>18}")
    for name, judge in judges.items():
        of_all, of_shared = sum(map(judge, occurrences)), sum(map(judge, shared))
        shares = (100 * of_all / max(1, len(occurrences)), 100 * of_shared / max(1, len(shared)))
        print(f"{name:39}{of_all:>8}{shares[0]:>7.1f}{of_shared:>18}{shares[1]:>7.1f}")


def is_of_other_text(reading: Reading, document: str, *, stands_elsewhere: bool) -> bool:
    """Return whether a reading would be there without `document`: it cites other texts, one of them outside the folder if need be."""
    cited = [place.source.text for place in (reading.place, reading.named_in) if place]
    return document not in cited and (stands_elsewhere or "" in cited)


if __name__ == "__main__":
    main()
