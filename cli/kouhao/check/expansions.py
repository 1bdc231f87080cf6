"""What a text says that a slogan means, held against the readings of the glossary.

A slogan's items are known, so a stretch that may expand it is compared with them as a whole. Where one comparison of a mention is
clean, nothing is said of it; else its grade decides which differences are surely mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, product
from typing import NamedTuple

from kouhao.check.item_diff import (
    ALTERED,
    EQUAL,
    EXTRA,
    INSIDE,
    LEAD,
    MISSING,
    ORDER,
    Difference,
    Frame,
    Item,
    ItemAlignment,
    Piece,
    align,
    bare,
    cut,
    exchanged,
    fit,
    refine,
    with_shared_ending,
    without_asides,
    without_shared_beginning,
)
from kouhao.check.stretches import Grade, Stretch, names_some
from kouhao.language.background import LONGEST, count
from kouhao.language.lexicon import (
    CLOSING,
    CONNECTIVES,
    DIGITS,
    MADE_UP,
    OPENING,
    SENTENCE_ENDS,
    SOME_OF,
    THAT_IS,
)
from kouhao.language.normalize import is_han, same_length
from kouhao.language.numerals import count_groups, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import EntryRecord, PartRecord

_LIKE_OF_PAIR = 0.3  # by hand: less alike than this, one of two items is another item, and no slip
_LIKE_OF_SEVERAL = 0.4  # by hand, the same where more items say which list it is
_LIKE_OTHERS = 0.5  # half unlike at most: the neighbour is an item of the same list
_LONG_EXTRA = 20  # characters, by hand: what is longer than this beside short items is running text
_SHORT_NOUN = 2.8  # characters an item on average: such lists name things, whose order is free
_SHORT = 4  # characters: a shorter item differs from another word by one character
_AS_USUAL = 3  # a word a third as frequent in official prose as the item, or more, may well mean what it says
_LIST_OF_WEAK = 4  # items without which a list that nothing announces is not taken for one
_MOST_TOGETHER = 64  # ways to read a slogan of several groups, each of which is aligned
_LONGEST_LEAD = 4  # characters before an item at the beginning of a line: 坚决反对
_PAIR = 2  # two items are the fewest that differ from running text
LISTED = frozenset(("、", *CONNECTIVES, "同"))
BLANK = re.compile(
    r"(?<![-*+] )[（(［\[【〔]\s*[）)］\]】〕]|、\s*、|_{2,}|＿|（\s*[×✕✗✘错]\s*）"
)  # where an examination asks for an item, or says that they are wrong
_PARTED = rf"[；{SENTENCE_ENDS}\n|\t]"
_BETWEEN = 60  # characters, by hand: the borders of cells, a number, what explains the item before
_AND_SO_ON = re.compile(rf"等|？|[，、]?[{OPENING}]?(?:[…\.]|下?略)")
_PART = re.compile(rf"[{OPENING}](?:下?略|…+|[上中下续])[{CLOSING}]?$")
_EXCEPT = re.compile("误|漏|错|除.{1,4}外")
"""With what a sentence leads to a slogan whose list is quoted as a mistake, or is none of all items."""
_WORD = 8  # characters between a slogan and its list
_NEAR = 4  # characters: a mark and what stands in a blank
_REMARK = f"^(?:并|同时|从而|进而|下同|以下|简称|下称|统称|共|详见|参见|见|含|其中|等|即|也|由|为|是|以|在|的|不含|包括|[{DIGITS}]{{4}}年)"


class ComparedReading(NamedTuple):
    """A reading as texts are compared with it: its parts as items with their accepted orders, its full wording, its last date."""

    parts: tuple[tuple[tuple[Item, ...], ...], ...]
    full: str = ""
    valid_to: str = ""


class Arrangement(NamedTuple):
    """A sequence of items in which a text may give readings; not `whole` where it is one group of several.

    `own` tells whether it is the source's own sequence, so that `reading.full` can stand in its place.
    """

    items: tuple[Item, ...]
    reading: ComparedReading
    whole: bool = True
    own: bool = False

    @property
    def due(self) -> int:
        """How many items the reading has."""
        return sum(len(orders[0]) for orders in self.reading.parts)


class Claim(NamedTuple):
    """An expansion in a text: where, of which items, and how it compares with them.

    `abridged` where there may be more items, `led` where words before the first item tell something of those that follow.
    """

    stretch: Stretch
    arrangement: Arrangement
    alignment: ItemAlignment
    abridged: bool = False
    led: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing differs."""
        return not self.alignment.differences

    @property
    def counted(self) -> tuple[Piece, ...]:
        """The pieces of the list."""
        return self.alignment.pieces[self.alignment.first : self.alignment.last]

    def moved(self, by: int) -> Claim:
        """Return the same so many characters further on."""
        return self._replace(stretch=self.stretch.moved(by), alignment=self.alignment.moved(by))


def readings(record: EntryRecord) -> list[ComparedReading]:
    """Return the readings of an entry's record that are lists."""
    given = record["readings"]
    found = [
        ComparedReading(tuple(map(_orders, reading["parts"])), reading["full"], reading["valid_to"])
        for reading in given
    ]
    found += [
        ComparedReading((_orders({"name": "", "lead": "", "items": other["items"]}),), other["full"])
        for other in record["elsewhere"]
        if other["items"]
    ]
    return [reading for reading in found if any(any(orders[0]) for orders in reading.parts)]


def _orders(part: PartRecord) -> tuple[tuple[Item, ...], ...]:
    """Return the accepted orders of a part's items, the source's own first."""
    items = [same_length(item) for item in part["items"]]
    head, ending = _affixes([bare(item) for item in items])
    shared = 0 if any("，" in item for item in items) else _shared_ending([without_asides(item) for item in items])
    around = same_length(part["lead"]), same_length(part.get("tail", ""))
    frame = Frame(bare(same_length(part["name"])), *around, head, ending, shared)
    return tuple(
        tuple(Item(item, same_length(item), frame) for item in order)
        for order in (part["items"], *part.get("orders", ()))
    )


def _affixes(items: Sequence[str]) -> tuple[str, str]:
    """Return what all items begin and what they end with; each has something between."""
    if len(items) < _PAIR:
        return "", ""
    head = _alike([item[:-1] for item in items])
    ending = _alike([item[:head:-1] for item in items])
    return items[0][:head], items[0][len(items[0]) - ending :]


def _shared_ending(items: Sequence[str]) -> int:
    """Return how many characters all items end with, two or more, where as many stand before them in each."""
    same = _alike([item[::-1] for item in items])
    return same if _PAIR <= same <= min(map(len, items), default=0) - _PAIR else 0


def _alike(texts: Sequence[str]) -> int:
    """Return with how many same characters texts begin."""
    shortest = min(map(len, texts), default=0)
    return next((at for at in range(shortest) if len({text[at] for text in texts}) > 1), shortest)


def arrangements(reading: ComparedReading) -> Iterator[Arrangement]:
    """Yield the sequences of items in which a text may give a reading: group by group, interleaved, one group alone."""
    for nth, parts in enumerate(islice(product(*reading.parts), _MOST_TOGETHER)):
        yield Arrangement(tuple(chain(*parts)), reading, own=not nth)
        if len(parts) > 1 and len(set(map(len, parts))) == 1:
            yield Arrangement(tuple(chain(*zip(*parts, strict=True))), reading)
        if len(parts) > 1:
            yield from (Arrangement(items, reading, whole=False) for items in parts if len(items) > 1)


def together(slogans: Sequence[Sequence[Arrangement]]) -> Iterator[Arrangement]:
    """Yield the sequences of items of several slogans that are expanded together."""
    whole = [[one for one in known if one.whole] for known in slogans]
    for ones in islice(product(*whole), _MOST_TOGETHER):
        items = [one.items for one in ones]
        yield Arrangement(tuple(chain(*items)), ComparedReading(()))
        if len(set(map(len, items))) == 1:
            yield Arrangement(tuple(chain(*zip(*items, strict=True))), ComparedReading(()))


def compare(plain: str, stretch: Stretch, arrangement: Arrangement, joints: Sequence[int]) -> Claim | None:
    """Return how a stretch compares with a sequence of items, or None where it is not about them."""
    about = is_about(bare(plain[stretch.start : stretch.end]), arrangement.items)
    return aligned(plain, stretch, arrangement, joints) if about else None


def aligned(plain: str, stretch: Stretch, arrangement: Arrangement, joints: Sequence[int]) -> Claim | None:
    """Return how a stretch that is about a sequence of items compares with it, or None where it has no pieces."""
    items = arrangement.items
    backward = stretch.grade is Grade.BEFORE
    written = without_shared_beginning(_pieces_of(plain, stretch, items, joints), items)
    if not written:
        return None
    pieces = with_shared_ending(written, items)
    shared = pieces is not written
    best = align(pieces, items, free_start=backward, free_end=not backward)
    if backward and best and best.differences and len(clause := _last_clause(pieces)) == len(items):
        best, pieces = align(clause, items, free_start=True, free_end=False), clause
    if best is None or best.differences:
        best = exchanged(pieces, items) or (best if best is None or backward else _replaced(best, pieces, items))
    else:
        best = _with_first(best, pieces) if backward else _with_rest(best, pieces, stretch.grade)
    if best is None or (best.differences and BLANK.search(plain, max(0, best.start - _NEAR), best.end + _NEAR)):
        return None
    if shared and _may_be_meant(best, items, backward=backward):
        return None
    more = stretch.etc or _is_abridged(plain, best) or _goes_on(plain, stretch, best, items)
    return Claim(stretch, arrangement, best, more, not backward and _is_led(plain, stretch, best, arrangement))


def _pieces_of(plain: str, stretch: Stretch, items: tuple[Item, ...], joints: Sequence[int]) -> list[Piece]:
    """Return the pieces of a stretch that may be items, so many as may count."""
    size = sum(item.size for item in items)
    if stretch.heads:
        lines = [one for piece in _listed(stretch, items) for one in _several(piece, items, plain, joints)][: size + 3]
        return lines if len(lines) > 1 or len(items) == _PAIR else []
    backward = stretch.grade is Grade.BEFORE
    parts = dict.fromkeys(item.part for item in items)
    names = {"".join(parts), *parts, *(item.lead for item in items)} - {"", *(item.text for item in items)}
    found = cut(plain, stretch, 3 * size + 6, backward=backward, names=tuple(names))
    pieces = refine(found, items, plain, joints)
    if backward:
        return pieces[-size - 3 :]
    leads = pieces[:1] and (pieces[0].text in SOME_OF or _is_label(pieces, items))  # 其中，…
    return pieces[1 if leads else 0 : 3 * size + 6]


def _is_label(pieces: Sequence[Piece], items: Sequence[Item]) -> bool:
    """Return whether the first of some pieces leads to the others with a colon: （2023年：…）."""
    led = len(pieces) > 1 and pieces[1].mark == "："
    return led and all(fit(pieces[0].text, item.ways) > INSIDE for item in items)


def _last_clause(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces behind the last mark that is no light one."""
    first = next((at for at in range(len(pieces) - 1, 0, -1) if pieces[at].mark not in {*LISTED, ""}), 0)
    return list(pieces[first:])


def _is_led(plain: str, stretch: Stretch, alignment: ItemAlignment, arrangement: Arrangement) -> bool:
    """Return whether words before the first item tell something of those that follow: （包括但不限于…）, （2023年：…）, ：抓好…, （缺…）.

    Behind 是指 and 即 they lead to all of them: 是指要把农村公路建好、….
    """
    listed = alignment.pieces[alignment.first :]
    texts = [("".join(one.text for one in listed[: item.size]), way) for item in arrangement.items for way in item.ways]
    leads = [lead for text, way in texts for lead, found, _ in [text.partition(way)] if found]
    told = bare(plain[stretch.start : listed[0].start]) + min(leads, key=len, default="")
    defined = stretch.heads or plain.endswith((*THAT_IS, "指"), 0, stretch.start) or told.startswith(THAT_IS)
    led = LEAD.sub("", told)
    some = told.startswith(SOME_OF) or (names_some(led) and not _is_own(led, arrangement))
    return some and not defined


def _may_be_meant(alignment: ItemAlignment, items: Sequence[Item], *, backward: bool) -> bool:
    """Return whether a short word in a list that shares its ending may be meant: in 推进数字技术与经济、政务、文化、社会、生态文明建设."""
    altered = {one.start: items[one.item].text for one in alignment.differences if one.kind == ALTERED}
    part = any(piece.text in altered.get(piece.start, "") for piece in alignment.pieces)
    return part or bool(backward and altered and alignment.loose)


def _listed(stretch: Stretch, items: Sequence[Item]) -> list[Piece]:
    """Return the pieces that a laid-out list has, less what stands at an open end and is like none of the items."""
    pieces = list(stretch.heads)
    ends = (-1, 0) if stretch.grade is Grade.WEAK else (-1,)
    for end in ends if stretch.open_end else ():
        while pieces and all(fit(pieces[end].text, item.ways) > _LIKE_OTHERS for item in items):
            pieces.pop(end)
    return pieces


def _several(piece: Piece, items: tuple[Item, ...], plain: str, joints: Sequence[int]) -> list[Piece]:
    """Return the items of a line that holds nothing but several ones, else the line: 富强民主文明和谐."""
    parts = refine(cut(plain, piece, len(items)), items, plain, joints)
    whole = len(parts) > 1 and all(any(fit(part.text, item.ways) == EQUAL for item in items) for part in parts)
    return [parts[0]._replace(mark=piece.mark), *parts[1:]] if whole else [piece]


def _is_abridged(plain: str, alignment: ItemAlignment) -> bool:
    """Return whether 等 or dots end a list, or dots stand in it, and say that there are more items."""
    last = alignment.pieces[alignment.last - 1]
    part = _PART.search(plain, last.start, last.end) or _AND_SO_ON.match(plain, last.end)
    return last.text[1:].endswith("等") or bool(part) or "…" in plain[alignment.start : last.end]


def fewest(items: Sequence[Item]) -> int:
    """Return how many of the items stand in whatever is about them: two, or one of a pair."""
    return min(_PAIR, len(items) - 1)


def _goes_on(plain: str, stretch: Stretch, alignment: ItemAlignment, items: Sequence[Item]) -> bool:
    """Return whether an item that a list lacks stands right behind it, in another sentence, cell, row or paragraph.

    Of a list before its slogan it stands before it: 无私奉献，铸就的亲民爱民、…“焦裕禄精神”.
    """
    missing = [items[one.item] for one in alignment.differences if one.kind == MISSING]
    if stretch.grade is Grade.BEFORE:
        before = bare(plain[stretch.start : alignment.start])
        return any(len(way) > 1 and way in before for item in missing for way in item.ways)
    if not missing or plain[stretch.end : stretch.end + 1] in CLOSING:
        return False
    behind = plain[alignment.end : alignment.end + _BETWEEN + sum(len(item.text) for item in missing)]
    parted = re.search(_PARTED, behind)
    rest = bare(behind[parted.end() :]) if parted else ""
    goes_on = behind.startswith("；\n") and not stretch.heads
    ways = [way for item in missing for way in item.ways]
    return goes_on or any(rest.startswith(way) or (len(way) > 1 and way in rest) for way in ways)


def is_about(content: str, items: Sequence[Item]) -> bool:
    """Return whether the fewest items that tell so stand in a text without marks."""
    due = fewest(items)
    for item in items:
        if due <= 0:
            break
        for core in item.cores:
            if core in content:
                due -= 1
                break
    return due <= 0


def _with_first(alignment: ItemAlignment, pieces: Sequence[Piece]) -> ItemAlignment:
    """Return the alignment with the piece before the first item that stands there as if it were one."""
    first = alignment.first
    marks = {piece.mark for piece in pieces[first + 1 :]}
    listed = first > 0 and alignment.last == len(pieces) and pieces[first].mark == "、" and marks <= LISTED
    if not listed or alignment.loose or (first > 1 and pieces[first - 1].mark in LISTED):
        return alignment
    piece = pieces[first - 1]
    extra = Difference(EXTRA, piece.start, piece.end)
    return alignment._replace(start=piece.start, first=first - 1, differences=(extra,))


def _with_rest(alignment: ItemAlignment, pieces: Sequence[Piece], grade: Grade) -> ItemAlignment:
    """Return the alignment with the one piece behind the last item that stands there as if it were one."""
    at = alignment.last
    if at >= len(pieces):
        return alignment
    marks = {piece.mark for piece in pieces[alignment.first + 1 : at]}
    piece, alone = pieces[at], at + 1 == len(pieces)
    same = piece.mark in marks or (piece.mark in LISTED and marks <= LISTED)
    if not same or re.match(_REMARK, piece.text) or (not alone and pieces[at + 1].mark in marks):
        return alignment
    if grade is not Grade.CLOSED and piece.mark not in {*LISTED, "；"}:
        endings = {one.text[-1:] for one in pieces[alignment.first : at]}
        if not alone or piece.text[-1:] not in endings:
            return alignment
    extra = Difference(EXTRA, piece.start, piece.end)
    return alignment._replace(end=piece.end, last=at + 1, differences=(extra,))


def _replaced(alignment: ItemAlignment, pieces: Sequence[Piece], items: Sequence[Item]) -> ItemAlignment | None:
    """Return the alignment where the one item that is missing is told as altered, if another piece makes the list as long as it is due.

    Two of three items with another one elsewhere than in the place of the third are another list: None.
    """
    missing = [one for one in alignment.differences if one.kind == MISSING]
    others = [one for one in alignment.differences if one.kind != MISSING]
    if len(missing) != 1 or len(others) > 1 or any(one.kind != EXTRA for one in others):
        return alignment
    last = alignment.last
    if others:
        at = next(at for at, piece in enumerate(pieces) if piece.start == others[0].start)
    else:
        marks = {one.mark for one in pieces[alignment.first + 1 : last]} | LISTED
        if last == len(pieces) or pieces[last].mark not in marks or re.match(_REMARK, pieces[last].text):
            return alignment
        if last + 1 < len(pieces) and pieces[last + 1].mark in marks:
            return alignment
        at, last = last, last + 1
    piece, item = pieces[at], missing[0].item
    if alignment.known == _PAIR and len(items) > _PAIR and at != alignment.first + item:
        return None
    altered = Difference(ALTERED, piece.start, piece.end, item, 1.0 - fit(piece.text, items[item].ways))
    return alignment._replace(end=max(alignment.end, piece.end), last=last, differences=(altered,))


def is_right(claim: Claim) -> bool:
    """Return whether an expansion is as one reading has it: all items, or all of one group and nothing listed beside them.

    A list that is announced and lacks a single item of all is not one group.
    """
    alignment = claim.alignment
    if alignment.differences or alignment.known < _PAIR:
        return False
    if claim.arrangement.whole:
        return True
    if claim.stretch.grade >= Grade.STRONG and alignment.known + 1 == claim.arrangement.due:
        return False
    beside = (*alignment.pieces[: alignment.first], *alignment.pieces[alignment.last :])
    own = {item.text for item in claim.arrangement.items}
    others = [item for orders in claim.arrangement.reading.parts for item in orders[0] if item.text not in own]
    return not any(fit(piece.text, item.ways) <= _LIKE_OTHERS for piece in beside for item in others)


def is_of_others(plain: str, claim: Claim, others: Sequence[Arrangement], joints: Sequence[int]) -> bool:
    """Return whether what differs in a claim is so in another sequence of the same slogan: its order, or an item of another reading."""
    alignment = claim.alignment
    if any(difference.kind == ORDER for difference in alignment.differences):
        heads = claim.counted if claim.stretch.heads else ()
        listed = claim.stretch._replace(start=alignment.start, end=alignment.end, heads=heads)
        return any((other := compare(plain, listed, one, joints)) and is_right(other) for one in others)
    texts = {item.text for item in claim.arrangement.items}
    items = [item for other in others for item in other.items if item.text not in texts]
    for one in alignment.differences:
        if one.kind != ALTERED:
            continue
        text = "".join(piece.text for piece in alignment.pieces if one.start <= piece.start < one.end)
        near = EQUAL if one.slip else INSIDE
        if any(fit(text, item.ways) <= near for item in items):
            return True
    return False


def is_reworded(claim: Claim, difference: Difference, written: str, term: str) -> bool:
    """Return whether an item keeps what tells it from the others, with what the slogan counts: 党支部提议 for 村党组织提议 of 四议.

    Or whether official prose has what is written as often: 新能源汽车 for 电动载人汽车.
    """
    items = claim.arrangement.items
    text = items[difference.item].text
    others = [item.text for nth, item in enumerate(items) if nth != difference.item]
    things = {mark for group in count_groups(term) for mark in group.name[1:]} & set(text)
    kept = [
        edge
        for edge, same in ((text[:_PAIR], written.startswith), (text[-_PAIR:], written.endswith))
        if same(edge) and not any(edge in other for other in others) and (not things or things & set(edge))
    ]
    usual = len(written) >= _SHORT and written not in text and count(written) > count(text) > 0
    turned = _PAIR < len(written) == len(text) and written in text * 2  # 重大风险防范化解
    return turned or (not difference.slip and (bool(kept) or usual))


def is_sure(claim: Claim, term: str, start: int) -> bool:
    """Return whether the differences of a claim are surely mistakes of the slogan `term` at `start`: what its grade allows to say."""
    alignment, grade = claim.alignment, claim.stretch.grade
    if not claim.arrangement.whole or (grade is Grade.BEFORE and alignment.last < len(alignment.pieces)):
        return False
    if len(alignment.differences) > 1:
        return grade >= Grade.STRONG and claim.stretch.start > start and _are_several(claim)
    difference = alignment.differences[0]
    if claim.stretch.heads and not _is_headed(claim, _LONGEST_LEAD):
        return False
    if grade < Grade.STRONG and not _is_tight(claim) and not _are_beginnings(claim, difference):
        return False
    written = "".join(one.text for one in alignment.pieces if difference.start <= one.start < difference.end)
    named = (
        difference.kind in {ALTERED, EXTRA} and bare(term) in written
    )  # the next row, which begins with the name, too
    return not named and _JUDGES[difference.kind](claim, difference, term)


def is_excepted(plain: str, start: int) -> bool:
    """Return whether the words before a slogan tell that its list is not as it should be: 有人漏写成“五好”（…）."""
    return bool(_EXCEPT.search(plain, max(0, start - _WORD), start))


def _is_tight(claim: Claim) -> bool:
    """Return whether nothing but items stands in a list; other words may lead to the first of them."""
    alignment = claim.alignment
    at, led = alignment.first, ""
    ways = [way for item in claim.arrangement.items for way in item.ways]
    while at in alignment.loose and not any(led.endswith(way) for way in ways):
        led += alignment.pieces[at].text
        at += 1
    leading = range(alignment.first, at) if any(led.endswith(way) for way in ways) else ()
    return not alignment.loose.difference(leading)


def _is_headed(claim: Claim, lead: int) -> bool:
    """Return whether lines or ordinals begin with items, after a `lead` of so many characters, and do not merely speak of them."""
    ways = [way for item in claim.arrangement.items for way in item.ways]
    pieces = [claim.alignment.pieces[at] for at in claim.alignment.loose]
    return all(any(-1 < piece.text.find(way) <= lead for way in ways) for piece in pieces)


def _are_beginnings(claim: Claim, difference: Difference) -> bool:
    """Return whether each of the lines begins with an item, though one may be missing or they are in another order."""
    return bool(claim.stretch.heads) and difference.kind in {MISSING, ORDER} and _is_headed(claim, 0)


def _is_missing(claim: Claim, difference: Difference, term: str) -> bool:
    alignment, grade = claim.alignment, claim.stretch.grade
    pieces, items = alignment.pieces, claim.arrangement.items
    said = claim.abridged and not claim.stretch.etc
    if said if grade is Grade.BEFORE else _is_part(claim) or _is_said(claim, items[difference.item]):
        return False
    if len(items) == _PAIR:
        alone = alignment.first == 0 and alignment.last == len(pieces) and not alignment.loose
        return _is_unsaid(claim, items[difference.item]) if grade is Grade.BEFORE else grade >= Grade.STRONG and alone
    if difference.item == len(items) - 1 and alignment.last < len(pieces) and pieces[alignment.last].mark in LISTED:
        return False
    if grade is not Grade.BEFORE:
        return grade > Grade.WEAK or len(items) >= _LIST_OF_WEAK
    if alignment.first and pieces[alignment.first].mark in LISTED:
        return False
    said_by_term = term.startswith(items[difference.item].text)
    return not said_by_term and (not claim.stretch.etc or len(items) >= _LIST_OF_WEAK)


def _is_part(claim: Claim) -> bool:
    """Return whether a list may not be whole, or words behind its last item tell something of those that stand there: …落实较好, …两项.

    What 的 begins tells what all of them are, and so does their number.
    """
    items = claim.arrangement.items
    missing = {one.item for one in claim.alignment.differences if one.kind == MISSING}
    given = [item for nth, item in enumerate(items) if nth not in missing]
    if claim.abridged or claim.led or claim.stretch.heads or not missing or not given:
        return claim.abridged or claim.led
    last = "".join(piece.text for piece in claim.counted[-given[-1].size :])
    rest = min((last.rpartition(way)[2] for way in given[-1].ways if way in last), key=len, default="")
    told = not rest.startswith(("的", *MADE_UP)) and parse_number(rest[:1]) != len(items)
    return told and not _is_own(rest, claim.arrangement)


def _is_own(words: str, arrangement: Arrangement) -> bool:
    """Return whether words beside the items of a list are the slogan's own, or hold one of its items."""
    if words in same_length(arrangement.reading.full):
        return True
    return any(words in one.text or any(way in words for way in one.ways if len(way) > 1) for one in arrangement.items)


def _is_said(claim: Claim, item: Item) -> bool:
    """Return whether the line or ordinal of another item names this one too: 三是享乐主义、奢靡之风."""
    ways = [way for way in item.ways if len(way) > 1]
    return bool(claim.stretch.heads) and any(way in piece.text for piece in claim.counted for way in ways)


def _is_unsaid(claim: Claim, item: Item) -> bool:
    """Return whether the one item of a pair stands alone right before the slogan, and nothing of the other in its clause."""
    pieces = claim.alignment.pieces
    said = pieces[-1].text
    known = [way for one in claim.arrangement.items if one is not item for way in one.ways if len(way) > 1]
    parts = {item.text[at : at + 2] for at in range(len(item.text) - 1)} or {item.text}
    parts = {part for part in parts if not any(part in way for way in known)}
    leads = [pieces[-1].text.removesuffix(way) for way in known if pieces[-1].text.endswith(way)]
    listed = pieces[-1].mark in LISTED or any(lead.endswith(CONNECTIVES) for lead in leads)
    return bool(leads) and not listed and not any(part in said for part in parts)


def _is_altered(claim: Claim, difference: Difference, _: str) -> bool:
    items = claim.arrangement.items
    item = items[difference.item].text
    size = len(item)
    written = "".join(
        piece.text for piece in claim.alignment.pieces if difference.start <= piece.start < difference.end
    )
    if claim.stretch.grade >= Grade.STRONG:
        alignment = claim.alignment
        prose = not claim.stretch.heads and len(alignment.loose) >= alignment.known  # no item stands by itself
        led = (prose or (claim.stretch.heads and written.startswith(item))) and not difference.slip
        return not led and (len(items) > _PAIR or difference.likeness > _LIKE_OF_PAIR)
    letters = iter(item)
    if len(written) + _PAIR == size and all(mark in letters for mark in written):  # a short form: 雄安新区建设
        return False
    listed = difference.item and len(written) <= 2 * size and _is_listed_but_one(claim)
    sure = listed and (
        len(items) >= _LIST_OF_WEAK or not difference.likeness
    )  # 夏播 may stand for 夏种, 青山 for no 净土
    if not sure and _is_word_itself(written, items[difference.item].ways):
        return False
    if listed:
        return size > 1 or len(written) == 1
    if len(items) == _PAIR and claim.stretch.grade is Grade.BEFORE and _is_usual(claim):
        return False
    wrong = 1 if difference.slip else round((1 - difference.likeness) * size)
    return size > 1 and (wrong <= 1 or (wrong == _PAIR and claim.alignment.known > _PAIR and _is_tight(claim)))


def _is_word_itself(written: str, ways: Sequence[str]) -> bool:
    """Return whether what is written for a short item is nearly as usual in official prose as the item, so that it may be meant."""
    alike = [way for way in ways if len(way) == len(written) < _SHORT]
    return any(_AS_USUAL * count(written) > count(way) for way in alike)


def _is_listed_but_one(claim: Claim) -> bool:
    """Return whether all items but one stand as such between light marks, three or more with it; words may lead to the first."""
    alignment = claim.alignment
    marks = {piece.mark for piece in alignment.pieces[alignment.first + 1 : alignment.last]}
    whole = alignment.known == len(claim.arrangement.items) - 1 and not alignment.loose - {alignment.first}
    return alignment.known >= _PAIR and whole and marks <= LISTED


def _is_extra(claim: Claim, difference: Difference, _: str) -> bool:
    """Return whether a piece that is no item stands among them as if it were one."""
    alignment, grade = claim.alignment, claim.stretch.grade
    pieces, first, last = alignment.pieces, alignment.first, alignment.last
    at = next(nth for nth, piece in enumerate(pieces) if piece.start == difference.start)
    half = any(item.text.startswith(pieces[at].text) for item in claim.arrangement.items)  # an item in two pieces
    longest = 2 * max(len(piece.text) for nth, piece in enumerate(pieces[first:last], first) if nth != at) + 2
    if claim.stretch.heads or grade is Grade.CLOSED or (grade is Grade.STRONG and first < at < last - 1):
        longest = max(longest, _LONG_EXTRA)
    leads = grade is Grade.BEFORE and at == last - 1 and pieces[at].mark not in LISTED  # …，大家表示“三个坚持”
    foreign = not any(map(is_han, pieces[at].text))  # （One Belt One Road，…）
    if half or leads or foreign or len(pieces[at].text) > longest:
        return False
    if claim.stretch.heads:
        return all(fit(pieces[at].text, item.ways) > INSIDE for item in claim.arrangement.items)
    pair = len(claim.arrangement.items) == _PAIR
    if (grade is not Grade.CLOSED or pair) and alignment.loose - {first}:
        return False
    if at == first and grade is Grade.BEFORE:
        return not pair or pieces[last - 1].mark == "、"  # 人才强国、科技创新与制度创新双轮驱动
    if at == first:
        marks = {piece.mark for piece in pieces[first + 2 : last]} | LISTED
        return grade >= Grade.STRONG and (pair or pieces[at + 1].mark in marks)
    before = pieces[at - 1].mark if at - 1 > first else pieces[at].mark
    behind = pieces[at + 1].mark if at + 1 < last else before
    return pieces[at].mark in {before, behind} or {pieces[at].mark, before, behind} <= LISTED


def _is_exchanged(claim: Claim, _: Difference, __: str) -> bool:
    alignment = claim.alignment
    sure = claim.stretch.grade in {Grade.BEFORE, Grade.CLOSED} or claim.stretch.heads or _is_tight(claim)
    alone = claim.stretch.grade is Grade.CLOSED and alignment.last == len(alignment.pieces)
    tight = alone or bool(claim.stretch.heads) or 2 * len(alignment.loose) <= alignment.known
    return bool(sure) and tight and (claim.stretch.grade is Grade.BEFORE or alignment.first == 0)


def _is_usual(claim: Claim) -> bool:
    """Return whether the items stand in official prose as the text has them: 国际国内, 国内国外."""
    alignment = claim.alignment
    listed = "".join(piece.text for piece in alignment.pieces[alignment.first : alignment.last])
    short = sum(len(item.text) for item in claim.arrangement.items) <= LONGEST
    return short and count(listed[-LONGEST:]) > 0


def is_style(claim: Claim) -> bool:
    """Return whether a claim differs only by the order of short nouns, which is a matter of style: 废水、废气、废渣.

    Where four or more are announced, their order is as meant as theirs who wrote the slogan.
    """
    items = claim.arrangement.items
    before = claim.stretch.grade is Grade.BEFORE
    short = sum(len(item.text) for item in items) <= (_SHORT if before else _SHORT_NOUN) * len(items)
    few = before or len(items) < _LIST_OF_WEAK
    return short and few and claim.alignment.differences[0].kind == ORDER


_JUDGES = {MISSING: _is_missing, ALTERED: _is_altered, EXTRA: _is_extra, ORDER: _is_exchanged}


def _are_several(claim: Claim) -> bool:
    """Return whether a list that is announced and holds nothing else leaves out or rewords several items."""
    alignment = claim.alignment
    kinds = {difference.kind for difference in alignment.differences}
    if not kinds <= {MISSING, ALTERED} or alignment.first or alignment.last < len(alignment.pieces):
        return False
    if claim.stretch.grade is not Grade.CLOSED and (claim.stretch.heads or len(kinds) > 1 or alignment.loose):
        return False
    if MISSING in kinds and _is_part(claim):
        return False
    if kinds == {MISSING}:
        half = 2 * alignment.known == len(claim.arrangement.items)  # one pair of two
        return alignment.known >= _PAIR and not half and not (claim.stretch.open_end and alignment.loose)
    like = all(one.likeness >= _LIKE_OF_SEVERAL for one in alignment.differences if one.kind == ALTERED)
    known, due = alignment.known, len(claim.arrangement.items)
    return (like and 2 * known >= due) or (MISSING not in kinds and 3 * known >= 2 * due and known > _PAIR)
