"""What the rules on expansions share: differences of one kind, the one fix of a list, known expansions under other names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kouhao.check.context import Mention, Page
from kouhao.check.expansions import Claim, Region, find_claim, readings, regions
from kouhao.check.item_diff import Difference
from kouhao.check.noise import without_asides
from kouhao.language.lists import between_marks
from kouhao.language.normalize import NUMERALS, fold, half_width, widen
from kouhao.model import Edit

_JOINT = re.compile("以及|和|及|与")
_MOST_TRIED = 12
_SHORT_ITEM = 2


def differences(page: Page, kind: str) -> Iterator[tuple[Mention, Claim, Difference]]:
    """Yield the differences of a kind, each with the slogan and its expansion."""
    for mention, claim in page.claims:
        for difference in claim.best.differences:
            if difference.kind == kind:
                yield mention, claim, difference


def list_fix(page: Page, claim: Claim) -> Edit | None:
    """Return the edit that gives a list in brackets the glossary's wording, in its own width.

    There is none where several readings are as near, where the list stands open in its sentence, or where it holds more than items.
    """
    reading, region = claim.best.reading, claim.region
    fulls = {comparison.reading.full for comparison in claim.comparisons}
    if len(fulls) != 1 or not reading.full or not region.closed or region.paragraphs or not claim.best.pure:
        return None
    span = claim.best.span
    closing = page.document.text[page.squeezed.origin(region.end)]
    return Edit(span.start, span.end, half_width(reading.full) if closing == ")" else widen(reading.full))


def expanded_as(page: Page, start: int, end: int) -> Iterator[str]:
    """Yield the known terms whose whole expansion, item by item, the text gives to the slogan at `start`."""
    tried: set[str] = set()
    for region in regions(page.text, start, end):
        if not region.closed and page.is_known(region.start, region.end):
            continue
        for hit in (hit for piece in _pieces(page.text, region) for hit in page.find(piece)):
            if hit.how != "item" or hit.meaning.id in tried:
                continue
            tried.add(hit.meaning.id)
            claim = find_claim(page.text, start, end, readings(hit.meaning.record))
            if claim is not None and not claim.best.differences and not claim.best.reading.partial:
                yield hit.meaning.term


def _pieces(text: str, region: Region) -> list[str]:
    """Return what may be items in a region: what stands between its marks, a few of them."""
    pieces = [span.of(text) for span in between_marks(text, region.start, region.end)]
    return [
        half
        for piece in map(without_asides, pieces[-_MOST_TRIED:])
        for half in (piece, *_JOINT.split(piece)[-1:], piece[-_SHORT_ITEM:])
    ]


def same_numbers(one: str, other: str) -> bool:
    """Tell whether two terms count the same."""
    return [mark for mark in fold(one) if mark in NUMERALS] == [mark for mark in fold(other) if mark in NUMERALS]


def inside_quotes(page: Page, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the quotes around it."""
    quoted = page.text[start] == "“" and page.text[end - 1] == "”"
    return (start + 1, end - 1) if quoted else (start, end)
