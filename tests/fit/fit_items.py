"""Fit which whole items are asked for themselves: `kouhao.lookup.judged._FREE` and `_SELDOM`.

    python -m tests.fit.fit_items

asks which items of half of the terms the evidence mostly has apart from their slogans: without another item, and without the term,
within a clause or two. For several bounds it prints the share of all items that would be answered, and the share of those that live apart.
"""

from __future__ import annotations

from statistics import median_low

from tests.evaluation.packs import held_back, packs
from tests.fit.count_background import ROOT, texts

from kouhao.entry import Entry
from kouhao.language.normalize import fold
from kouhao.lookup.features import count_documents

BOUNDS, SELDOM = (2, 3, 4, 5), (4, 8, 16, 32)
SHORTEST = 4  # characters: shorter items are pieces of everything
NEAR = 40  # characters on each side
APART = 1 / 3  # of the documents, in which an item stands with its slogan, at most
FEWEST = 5  # documents that tell it


def main() -> None:
    """Print the table."""
    documents = [fold(text) for text in texts(ROOT.parent / "shared")]
    owners: dict[str, Entry] = {}
    for entry in packs()["3000"]:
        if not held_back(entry.term):
            owners |= {fold(item): entry for item in entry.items if len(fold(item)) >= SHORTEST}
    apart = [lives_apart(item, entry, documents) for item, entry in owners.items()]
    print(len(owners), "items;", sum(apart), "live apart")
    for seldom in SELDOM:
        for bound in BOUNDS:
            answered = [
                count_documents(item) < bound * max(seldom, *slogan(item, entry)) for item, entry in owners.items()
            ]
            kept = [one for one, alone in zip(answered, apart, strict=True) if alone]
            print(seldom, bound, f"{sum(answered) / len(answered):.3f}", f"{sum(kept) / len(kept):.3f}")


def slogan(item: str, entry: Entry) -> tuple[float, float]:
    """Return the documents of the term, and those of most of the other items."""
    others = [count_documents(fold(other)) for other in entry.items if fold(other) != item]
    return count_documents(fold(entry.term)), median_low(others) if others else 0


def lives_apart(item: str, entry: Entry, documents: list[str]) -> bool:
    """Return whether most documents that have an item have neither its term nor another item near it."""
    mates = {fold(other) for other in (entry.term, *entry.items)} - {item, ""}
    mates = {mate for mate in mates if mate not in item and item not in mate}
    places = [(text, text.find(item)) for text in documents if item in text]
    near = sum(any(mate in text[max(0, at - NEAR) : at + len(item) + NEAR] for mate in mates) for text, at in places)
    return len(places) >= FEWEST and near < APART * len(places)


if __name__ == "__main__":
    main()
