"""How much of what documents expand is harvested, and how much of what is harvested is right.

    python -m tests.benchmarks.harvest_accuracy

reads the marked places of ../shared/eval and of tests/evaluation, with full-width and with half-width marks, and measures the speed; of the glossary
it takes only what other documents say. For
gold places it says where one is lost: `oracle` (the right items are among the candidates), `choice` (they are chosen), `shown` (and not
taken for doubtful). Weights are learned from the calibrate half; `python -m tests.fit.learn_harvest` prints cross-validated figures of
that. It prints and fails nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from tests.evaluation.expansions import (
    NO_TEXTS,
    Place,
    WholeDocument,
    bare,
    bare_items,
    drafts_read,
    gold,
    known_elsewhere,
    text_of,
    whole_documents,
)
from tests.fit.learn_harvest import NEAR, Reader, names_alike

from kouhao.harvest import Candidate, harvest
from kouhao.harvest.extractor import installed_weights

NARROW = str.maketrans("，；：（）", ",;:()")
Found = dict[str, list[Candidate]]


def main() -> None:
    """Print the tables."""
    if NO_TEXTS:
        print("../shared/eval: not here, left out")
        return
    places, wholes = gold(), whole_documents()
    drafts = drafts_read()
    names = sorted({*(place.document for place in places), *(read.document for read in (*wholes, *drafts))})
    texts = {name: text_of(name) for name in names}
    known = {name: known_elsewhere(name) for name in names}
    harvest("")
    started = time.process_time()
    found = {name: harvest(text, known[name]) for name, text in texts.items()}
    seconds = time.process_time() - started
    print(f"{sum(len(text.encode()) for text in texts.values()) / seconds / 1e6:.2f} MB of text a second")
    for split in ("calibrate", "test"):
        stages([place for place in places if place.split == split and place.readings], split, found)
    narrow = {name: harvest(text.translate(NARROW), known[name]) for name, text in texts.items()}
    for title, harvested in (("as found", found), ("half-width marks", narrow)):
        for split in ("calibrate", "test"):
            for every in (False, True):
                precision_on_gold(
                    [place for place in places if place.split == split], f"{title}, {split}", harvested, every
                )
                precision_on_wholes(
                    [one for one in wholes if one.split == split], f"{title}, {split}", harvested, every
                )
            precision_on_drafts([one for one in drafts if one.split == split], f"{title}, {split}, drafts", harvested)


def stages(places: Sequence[Place], split: str, found: Found) -> None:
    """Print where gold places are lost, by kind."""
    reader = Reader(installed_weights())
    total, oracle, choice, shown = (Counter[str]() for _ in range(4))
    for place in places:
        total[place.kind] += 1
        oracle[place.kind] += is_among(reader, place)
        choice[place.kind] += is_found(place, found[place.document])
        shown[place.kind] += is_found(place, [one for one in found[place.document] if not one.doubtful])
    print(f"\n{split:22}{'places':>8}{'oracle':>8}{'choice':>8}{'shown':>8}")
    for kind, count in [*total.most_common(), ("all", total.total())]:
        figures = [stage.total() if kind == "all" else stage[kind] for stage in (oracle, choice, shown)]
        print(f"{kind:22}{count:>8}" + "".join(f"{figure:>8}" for figure in figures))


def is_among(reader: Reader, place: Place) -> bool:
    """Tell whether the right items are among the candidates of a mention at the place."""
    extractor, mentions = reader.document(place.document)
    near = [
        mention
        for mention in mentions
        if names_alike(mention, place.term) and touches(place, *extractor.text.origin_span(mention.start, mention.end))
    ]
    return any(reader.contest(place.document, mention, place.readings, glance=True).right for mention in near)


def touches(place: Place, start: int, end: int) -> bool:
    """Tell whether a range of the document is at the place, or next to it."""
    return start < place.start + place.size + NEAR and place.start - NEAR < end


def is_found(place: Place, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a candidate at the place has its term and its items, in order."""
    return any(
        touches(place, one.start, one.end) and is_named(place, one) and bare_items(one.items) in place.readings
        for one in candidates
    )


def is_named(place: Place, candidate: Candidate) -> bool:
    """Tell whether a candidate has the term of a place; terms without quotes may end elsewhere."""
    return bare(candidate.term)[:2] == bare(place.term)[:2] or bare(place.term) in bare(candidate.term)


def precision_on_gold(places: Sequence[Place], title: str, found: Found, every: bool) -> None:  # noqa: FBT001
    """Print recall, and precision as right ÷ (right + look-alikes taken)."""
    shown = {name: [one for one in candidates if every or not one.doubtful] for name, candidates in found.items()}
    true = [place for place in places if place.readings]
    right = sum(is_found(place, shown[place.document]) for place in true)
    taken = sum(
        any(touches(place, one.start, one.end) and one.term == place.term for one in shown[place.document])
        for place in places
        if not place.readings and not any(touches(other, place.start, place.start) for other in true)
    )
    print_figures(f"{title}, gold{' --all' * every}", right, len(true), right + taken)


def precision_on_wholes(wholes: Sequence[WholeDocument], title: str, found: Found, every: bool) -> None:  # noqa: FBT001
    """Print recall and precision on documents that were read from end to end, every hit counted."""
    right = total = hits = 0
    for whole in wholes:
        left = [one for one in found[whole.document] if every or not one.doubtful]
        for place in sorted(whole.places, key=lambda one: one.optional):
            at_place = [one for one in left if touches(place, one.start, one.end) and is_named(place, one)]
            good = [one for one in at_place if bare_items(one.items) in place.readings]
            left = [one for one in left if one not in (at_place if place.optional else good[:1])]
            right += bool(good) and not place.optional
            total += not place.optional
        hits += len(left)
    print_figures(f"{title}, whole documents{' --all' * every}", right, total, right + hits)


def precision_on_drafts(documents: Sequence[WholeDocument], title: str, found: Found) -> None:
    """Print how much of what is shown of documents whose drafts were read is right, with what only counts and without."""
    right = wrong = counts = unread = 0
    for document in documents:
        for one in found[document.document]:
            read = [p for p in document.places if touches(p, one.start, one.end) and is_named(p, one)]
            if any(bare_items(one.items) in p.readings and not p.optional for p in read):
                right += not one.doubtful
            elif not one.doubtful:
                counts += any(p.optional for p in read)
                wrong += bool(read) and not any(p.optional for p in read)
                unread += not read
    total = sum(bool(p.readings) and not p.optional for document in documents for p in document.places)
    print(f"{title:52} {right} of {total} right, {wrong} wrong, {counts} that only count, {unread} that nobody read")


def print_figures(title: str, right: int, places: int, taken: int) -> None:
    """Print a line of recall and precision."""
    print(
        f"{title:52} recall {100 * right / places:5.1f} % of {places:3}, precision {100 * right / max(1, taken):5.1f} %"
    )


if __name__ == "__main__":
    main()
