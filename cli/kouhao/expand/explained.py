"""Whether a text explains a slogan itself, wholly or in part, so that a second explanation would repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from kouhao.check.context import KnownSlogan, Page
from kouhao.check.item_diff import Item, bare
from kouhao.check.stretches import Grade
from kouhao.expand.slogans import Slogan, counted_nouns
from kouhao.expand.surroundings import BESIDE, LONGEST_LINE, NEAR, without_asides
from kouhao.language.lexicon import (
    CONNECTIVES,
    ITEM_MARKS,
    NOTE_MARKS,
    NUMBER_CHARACTERS,
    OPENING,
    SENTENCE_ENDS,
    THAT_IS,
)
from kouhao.lookup.features import cut_words

_EXPLAINED = re.compile(rf"\s?(?:[{OPENING}{NOTE_MARKS}]|——|[，,]?(?:{'|'.join(THAT_IS)}))")
"""What stands behind a slogan that is explained: a bracket, the number of a note, a word that says so."""
_TOLD = re.compile(
    rf"[^\s，。；：、（）“”！？=|—]{{0,8}}(?:[：=](?=[^。\n]{{1,40}}?[、，；])|，(?:{'|'.join(THAT_IS)}))"
)
"""A list behind a slogan and its noun: “三讲”活动：讲文明、讲卫生、讲礼貌, “三讲”的口号，即讲文明…."""
_BRACKETED = re.compile("([一-鿿]{1,6})[（(]")
"""A bracket behind a noun of a slogan, which explains it, too: “三会一课”制度（…）."""

_ATTRIBUTES = re.compile(f"、[^{SENTENCE_ENDS}，；\n]*的$")
"""A list of a text's own before a slogan: 开放创新、坚韧不拔的企业家精神."""
_STOP = re.compile(f"[{SENTENCE_ENDS}；\n]")
_BETWEEN, _OTHER = "|".join((*ITEM_MARKS, *CONNECTIVES)), rf"[^\s“”（）{ITEM_MARKS}]{{1,12}}"
"""What stands between two items, and the rest of one beside what all have."""
_REMEMBERED = 1 << 14  # places, some megabytes
_SENTENCE = 12  # characters of an item that stands by chance nowhere, so that it tells from further away
_TELLING = 6  # characters of an item that tells by itself that a text gives an expansion in words of its own
_CLAUSE, _CLOSE = 4, 30
"""Characters of an item that by itself tells so, and in which distance: 精益求精的工匠精神."""
_TAIL = 3  # characters behind a slogan that end its expansion, too: “三医”协同 and 发展和治理
PAIR = 2  # items: two tell a list from a word
_CONNECTIVES = re.compile("|".join(CONNECTIVES))


def is_explained(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether the text itself explains a slogan, wholly or in part: right behind it, before it, or in its line and the next."""
    behind = mention.outer_end
    if _EXPLAINED.match(page.text, behind) or page.normalized.joined(behind, behind):
        opened = page.text[behind : behind + 1]
        if not page.normalized.joined(behind, behind) or opened in {"（", "("}:
            return True
    noun = slogan.noun(page.text, behind)
    told = _TOLD.match(page.text, behind) or (noun and _EXPLAINED.match(page.text, behind + len(noun)))
    named = _BRACKETED.match(page.text, behind)
    bracketed = named and (named[1] in slogan.companions or len(cut_words(named[1])) == 1)
    tail = page.plain[behind : behind + _TAIL]
    of_that = page.plain[max(0, mention.outer_start - _CLOSE) : mention.outer_start]
    if (
        told
        or bracketed
        or (tail.isalpha() and tail in slogan.full)
        or (of_that.endswith("的") and _ATTRIBUTES.search(of_that))
        or _is_listed(page, mention)
    ):
        return True
    arrangements = [one for one in page.known(mention.meanings) if one.whole]
    if any(sum(item.text in mention.text for item in one.items) >= PAIR for one in arrangements):
        return True
    for stretch in page.stretches(mention.outer_start, behind) if page.may_be_expanded(mention) else ():
        for claim in page.compare(stretch, arrangements):
            size = len(claim.arrangement.items)
            if claim.alignment.known >= (size if stretch.grade is Grade.WEAK else min(PAIR, size - 1)):
                return True
    return bool(arrangements) and _is_near(page, mention, [one.items for one in arrangements])


def _is_listed(page: Page, mention: KnownSlogan) -> bool:
    """Return whether the sentence of a slogan has a list of its own, as long as the slogan says: 整治“三乱”，治理乱搭、乱建、乱堆.

    Of several groups what they name follows: “双随机、一公开”，随机抽取检查人员、及时公开查处结果.
    """
    start, end = mention.outer_start, mention.outer_end
    before = _STOP.split(page.plain[max(0, start - NEAR) : start])[-1]
    behind = _STOP.split(page.plain[end : end + NEAR], maxsplit=1)[0]
    counted = counted_nouns(mention.text)
    if len(counted) > 1:
        counted = [(noun, count) for noun, count in counted if len(noun) > 1]
        if len(counted) > 1 and all(noun in behind for noun, _ in counted):
            return True
    beside = f"{before}\n{behind}"
    several = [(noun, count) for noun, count in counted if noun and beside.count(noun) >= count > 1]
    return any(_own_list(noun, count).search(beside) for noun, count in several)


@lru_cache
def _own_list(noun: str, count: int) -> re.Pattern[str]:
    """Return what finds so many items in a row that all begin, or all end, with a noun."""
    of_noun = rf"[{NUMBER_CHARACTERS}]?{re.escape(noun)}{_OTHER}", f"{_OTHER}{re.escape(noun)}"
    return re.compile("|".join(f"{item}(?:(?:{_BETWEEN}){item}){{{count - 1},}}" for item in of_noun))


def _is_near(page: Page, mention: KnownSlogan, lists: Sequence[tuple[Item, ...]]) -> bool:
    """Return whether items of a list stand near: two long ones, one in the same sentence, or all in the line of a mention and the next.

    Of whole sentences two tell from further away. Items may stand one behind the other without what they share.
    """
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    before, behind = (
        without_asides(side)
        for side in (plain[max(0, start - 2 * LONGEST_LINE) : start], plain[end : end + 2 * LONGEST_LINE])
    )
    beside = bare(before[-BESIDE:]) + "\n" + bare(behind[:BESIDE])
    long = any(len(item.text) >= _SENTENCE for items in lists for item in items)
    far = bare(before) + "\n" + bare(behind) if long else ""
    close = f"{_STOP.split(before[-_CLOSE:])[-1]}\n{_STOP.split(behind[:_CLOSE])[0]}"
    for items in lists:
        telling = sum(
            any(half in (far if len(item.text) >= _SENTENCE else beside) for half in _halves(item.text))
            for item in items
        )
        if telling >= PAIR or any(len(item.text) >= _CLAUSE and item.text in close for item in items):
            return True
    around = before[-LONGEST_LINE:].rpartition("\n")[2] + "".join(behind[:LONGEST_LINE].split("\n", 2)[:2])
    written = [_written(items) for items in lists]
    possible = [(texts, short) for texts, short in written if all(mark in around for mark in short)]
    near = _CONNECTIVES.sub("", bare(around)) if possible else ""
    return any(short in near or all(text in near for text in texts) for texts, short in possible)


def _halves(text: str) -> tuple[str, ...]:
    """Return what tells that an item is meant: its first and its last half, of a short one the whole; nothing of one that tells nothing."""
    half = max(_TELLING, (len(text) + 1) // 2)
    return (text[:half], text[-half:]) if len(text) >= _TELLING else ()


@lru_cache(_REMEMBERED)
def _written(items: tuple[Item, ...]) -> tuple[list[str], str]:
    """Return items without connectives; the same in one, without the words with which all begin or end: 产业振兴、人才振兴 gives 产业人才."""
    texts = [_CONNECTIVES.sub("", item.text) for item in items]
    marks, backwards = zip(*texts, strict=False), zip(*(text[::-1] for text in texts), strict=False)
    first, last = (sum(1 for _ in takewhile(_are_one, ends)) for ends in (marks, backwards))
    return texts, "".join(text[first : max(len(text) - last, first)] or text for text in texts)


def _are_one(marks: tuple[str, ...]) -> bool:
    return len(set(marks)) == 1
