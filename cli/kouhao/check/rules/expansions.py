"""What the rules on expansions share: the differences of one kind, and the one fix of a list."""

from __future__ import annotations

from collections.abc import Iterator

from kouhao.check.context import KnownSlogan, Page, Remark
from kouhao.check.expansions import Claim, is_style
from kouhao.check.item_diff import EXTRA, MISSING, ORDER, Difference, bare
from kouhao.check.stretches import Grade
from kouhao.language.lexicon import BRACKETS, CONNECTIVES, ITEM_MARKS
from kouhao.language.normalize import half_width, same_length, widen
from kouhao.model import Edit, Severity

_JOINTS = frozenset("".join((ITEM_MARKS, *CONNECTIVES)))


def remarks(page: Page, kind: str, message: str) -> Iterator[Remark]:
    """Yield a remark on each difference of a kind; `message` names term, expected and found."""
    counted_otherwise = {near.start for near in page.near if near.number}
    for mention, claim in page.claims:
        if mention.start in counted_otherwise:
            continue
        for difference in claim.alignment.differences:
            if difference.kind == kind:
                yield _remark(page, mention, claim, difference, message)


def _remark(page: Page, mention: KnownSlogan, claim: Claim, difference: Difference, message: str) -> Remark:
    items = claim.arrangement.items
    expected = items[difference.item].name if difference.item >= 0 else ""
    if difference.kind == ORDER:
        expected = "、".join(item.name for item in items)
    found = "" if difference.kind == MISSING else page.text[difference.start : difference.end]
    return Remark(
        difference.start,
        difference.end,
        message.format(term=mention.term, expected=expected, found=found),
        term=mention.term,
        expected=expected,
        found=found,
        fix=None if is_style(claim) else _list_fix(page, claim),
        severity=_severity(claim),
    )


def _severity(claim: Claim) -> Severity:
    """Return how bad a difference is: a matter of style, likely where the list is not announced, else certain."""
    if is_style(claim):
        return Severity.NOTE
    return Severity.ERROR if claim.stretch.grade >= Grade.STRONG else Severity.WARNING


def _list_fix(page: Page, claim: Claim) -> Edit | None:
    """Return the edit that gives a list in brackets the glossary's wording, in its own width.

    There is none unless the bracket holds items and what joins them, all but the differences as the glossary has them.
    """
    alignment, arrangement, stretch = claim.alignment, claim.arrangement, claim.stretch
    rest = alignment.pieces[alignment.last :]
    whole = alignment.first == 0 and (not rest or rest[0].mark == "，" or rest[0].mark == "；")
    if stretch.grade is not Grade.CLOSED or stretch.heads or not arrangement.own or not whole or alignment.loose:
        return None
    start, end = alignment.start, alignment.end
    content = page.plain[start:end]
    for piece in alignment.pieces:
        content = content.replace(piece.text, "", 1)
    full = arrangement.reading.full
    joined = bare("".join(item.text for item in arrangement.items))
    if not full or not set(content) <= _JOINTS or bare(same_length(full)) != joined:
        return None
    if any(difference.kind == EXTRA for difference in alignment.differences) and len(arrangement.items) <= 2:  # noqa: PLR2004
        return None
    closing = page.document.text[page.normalized.origin(stretch.end)] if stretch.end < len(page.text) else ""
    if closing not in BRACKETS.values():
        return None
    return Edit(start, end, half_width(full) if closing == ")" else widen(full))
