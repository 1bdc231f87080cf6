"""What the rules on expansions share: the differences of one kind, and the one fix of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kouhao.check.context import KnownSlogan, Page, Remark
from kouhao.check.expansions import Claim, is_reworded, is_style
from kouhao.check.item_diff import (
    ALTERED,
    EXTRA,
    INSIDE,
    MISSING,
    ORDER,
    Difference,
    Item,
    Piece,
    bare,
    fit,
    is_one_edit,
)
from kouhao.check.stretches import Grade
from kouhao.language.background import count
from kouhao.language.lexicon import BRACKETS, CONNECTIVES, COUNTING, ITEM_MARKS
from kouhao.language.normalize import same_length
from kouhao.language.numerals import count_groups, expected_counts
from kouhao.model import Edit, Severity

_JOINTS = frozenset("".join((ITEM_MARKS, *CONNECTIVES)))
_SHORT = 4  # characters: a longer item without one of them may be another wording
_KNOWN = 3  # characters that official prose is asked for: fewer are parts of many words
_SOME = re.compile(
    rf"除|已|未|缺|仅|[去今明]年|不含|不包括|不限于|没有|漏|误|以前|过去|原来|其中|中的|部分|[前中后有](?:[{COUNTING}一]+|[0-9]+)[项个条]"
)
"""With what a sentence says that a list is none of all items, or is quoted as a mistake."""
_CLOSING = frozenset(BRACKETS.values())


def remarks(page: Page, kind: str, message: str, likely: str = "") -> Iterator[Remark]:
    """Yield a remark on each difference of a kind; `message` names term, expected and found, `likely` does of what is no error."""
    counted_otherwise = {near.start for near in page.near if near.number}
    told: set[tuple[str, int, int]] = set()  # a list that stands between two mentions is that of the first
    for mention, claim in page.claims:
        if mention.start in counted_otherwise:
            continue
        for difference in claim.alignment.differences:
            place = (mention.term, difference.end, difference.item)
            if difference.kind == kind and place not in told:
                told.add(place)
                yield _remark(page, mention, claim, difference, (message, likely or message))


def _remark(
    page: Page, mention: KnownSlogan, claim: Claim, difference: Difference, messages: tuple[str, str]
) -> Remark:
    items = claim.arrangement.items
    expected = items[difference.item].name if difference.item >= 0 else ""
    if difference.kind == ORDER:
        expected = "、".join(item.name for item in items)
    severity = _severity(page, mention, claim, difference)
    message = messages[severity is not Severity.ERROR]
    found = "" if difference.kind == MISSING else page.text[difference.start : difference.end]
    return Remark(
        difference.start,
        difference.end,
        message.format(term=mention.term, expected=expected, found=found),
        term=mention.term,
        expected=expected,
        found=found,
        fix=_fix(page, mention, claim, difference),
        severity=severity,
    )


def _severity(page: Page, mention: KnownSlogan, claim: Claim, difference: Difference) -> Severity:
    """Return how bad a difference is.

    Certain is, in a list that is announced, a misspelt item, and an item too few or too many where the slogan's own number says so
    too. Another order may be another writer's own, another item another meaning, and one that is worded otherwise may mean the same.
    """
    if is_style(claim):
        return Severity.NOTE
    written = bare(page.plain[difference.start : difference.end])
    if difference.kind == ALTERED and is_reworded(claim, difference, written, mention.text):
        return Severity.NOTE
    if difference.kind in {MISSING, EXTRA}:
        certain = _is_miscounted(mention, claim)
    else:
        certain = difference.kind == ALTERED and _is_typo(page, claim.arrangement.items, difference)
    return Severity.ERROR if certain and claim.stretch.grade >= Grade.STRONG else Severity.WARNING


def _is_miscounted(mention: KnownSlogan, claim: Claim) -> bool:
    """Return whether a list is too long or too short for the number that the slogan itself tells.

    Where half of the items are missing and the others have more words, only some may be meant (形式主义、官僚主义突出问题); where
    another is worded otherwise, it may stand for both.
    """
    groups = count_groups(mention.text)
    differences = claim.alignment.differences
    kinds = [difference.kind for difference in differences]
    due, missing = len(claim.arrangement.items), kinds.count(MISSING)
    reworded = any(one.kind == ALTERED and not one.slip for one in differences)
    some = 2 * missing >= due and claim.alignment.loose
    wrong = missing != kinds.count(EXTRA) and not some and not reworded
    return bool(groups) and due in expected_counts(groups) and wrong


def _fix(page: Page, mention: KnownSlogan, claim: Claim, difference: Difference) -> Edit | None:
    """Return the edit that mends a difference of a list in brackets and leaves all else as it is, in its own width.

    A wrong character is exchanged and an item that is missing put in its place; what is too much, or in another order, may be meant.
    There is none unless the bracket holds items and what joins them, all but the difference as the glossary has them.
    """
    alignment, arrangement, stretch = claim.alignment, claim.arrangement, claim.stretch
    rest = alignment.pieces[alignment.last :]
    whole = alignment.first == 0 and (not rest or rest[0].mark == "，" or rest[0].mark == "；")
    if stretch.grade is not Grade.CLOSED or stretch.heads or not arrangement.own or not whole or alignment.loose:
        return None
    pieces = alignment.pieces[: alignment.last]
    joints = [page.plain[one.end : other.start] for one, other in pairwise(pieces)]
    closed = stretch.end < len(page.text) and page.document.text[page.normalized.origin(stretch.end)] in _CLOSING
    mendable = all(one.slip or one.kind == MISSING for one in alignment.differences)
    missing = [one.item for one in alignment.differences if one.kind == MISSING]
    side_by_side = any(other == one + 1 for one, other in pairwise(missing))
    if difference.kind == MISSING and _is_open(page, mention, claim):
        return None
    if not mendable or side_by_side or not closed or not set("".join(joints)) <= _JOINTS:
        return None
    item = _as_others(page, claim, difference.item)
    if not item.isalnum() or (difference.kind == MISSING and _is_meant(page, claim, difference.item)):
        return None
    if difference.kind == ALTERED:
        led = _led(page.plain[difference.start : difference.end], same_length(item))
        typo = _is_typo(page, arrangement.items, difference)
        return Edit(difference.start + led, difference.end, item) if typo else None
    at = difference.item - sum(one < difference.item for one in missing)
    return _insertion(page, pieces, joints, at, item)


def _is_open(page: Page, mention: KnownSlogan, claim: Claim) -> bool:
    """Return whether another reading of a slogan has as many of the items that stand in a list, so that its missing one may be due."""
    own = {item.text for item in claim.arrangement.items}
    others = [one for one in page.known(mention.meanings) if one.whole and {item.text for item in one.items} != own]
    return any(
        all(any(fit(piece.text, item.ways) <= INSIDE for item in other.items) for piece in claim.counted)
        for other in others
    )


def _is_meant(page: Page, claim: Claim, number: int) -> bool:
    """Return whether a list may be meant to lack an item: its sentence names that elsewhere, or says that these are some, or once were all.

    （有理想、有道德、有文化），后来又加上有纪律; 除组织振兴外，“五个振兴”（…）; “五个振兴”中的四个（…）.
    """
    start, end = page.sentence(claim.stretch.start, claim.stretch.end)
    around = f"{page.plain[start : claim.stretch.start]}\n{page.plain[claim.stretch.end : end]}"
    return claim.arrangement.items[number].brief in around or bool(_SOME.search(around))


def _as_others(page: Page, claim: Claim, number: int) -> str:
    """Return an item with the words before and behind it that the others have (全过程育人 beside 全员育人), or nothing if these differ."""
    alignment, items = claim.alignment, claim.arrangement.items
    wrong = {one.item for one in alignment.differences if one.kind == MISSING}
    altered = {one.start for one in alignment.differences if one.kind == ALTERED}
    due = [item for nth, item in enumerate(items) if nth not in wrong]
    pairs = zip(alignment.pieces, due, strict=False)
    around = {tuple(page.text[one.start : one.end].split(item.name)) for one, item in pairs if one.start not in altered}
    alike = len(around) == 1 and all(item.size == 1 and item.name.isalnum() for item in items)
    beside = around.pop() if alike else ()
    return items[number].name.join(beside) if len(beside) == 2 else ""  # noqa: PLR2004  what is before and behind


def _is_typo(page: Page, items: Sequence[Item], difference: Difference) -> bool:
    """Return whether what was written for an item is it but for a slip of the keys.

    Characters that sound or look like the right ones, in another order, written twice, or left out of a short item; or one that
    stands for what all items share.
    """
    written, right = page.plain[difference.start : difference.end], same_length(items[difference.item].name)
    if len(written) != len(right):
        return difference.slip and (len(written) > len(right) or len(right) <= _SHORT)
    if sorted(written) == sorted(right):
        return written not in right * 2 or len(right) <= _KNOWN
    wrong = [at for at, mark in enumerate(right) if written[at] != mark]
    return all(page.search.ear.alike(written[at], right[at]) or _is_shared(items, written, right, at) for at in wrong)


def _led(written: str, right: str) -> int:
    """Return how many characters lead to an item with a wrong character: 反对 to 形式主意."""
    lead = len(written) - len(right)
    return lead if lead > 0 and is_one_edit(written[lead:], right) else 0


def _is_shared(items: Sequence[Item], written: str, right: str, at: int) -> bool:
    """Return whether a wrong character stands for one with which all items begin or end, and official prose knows it nowhere there."""
    if at not in {0, len(right) - 1} or any(item.text[at and -1] != right[at] for item in items):
        return False
    return not count(written[-_KNOWN:] if at else written[:_KNOWN])


def _insertion(page: Page, pieces: Sequence[Piece], joints: list[str], at: int, item: str) -> Edit | None:
    """Return the edit that puts an item in a list as its piece `at`, if all the others are joined alike, the last perhaps by 和."""
    own = joints[:-1] if at < len(pieces) and len(joints) > 1 else joints
    if len(set(own)) != 1 or any(piece.end - piece.start != len(piece.text) for piece in pieces):
        return None
    joint = page.document.text[page.normalized.origin(pieces[0].end) : page.normalized.origin(pieces[1].start)]
    if not joint or "\n" in joint:
        return None
    if at:
        place = pieces[at - 1].end
        return Edit(place, place, joint + item)
    return Edit(pieces[0].start, pieces[0].start, item + joint)
