"""Compare a list in a text with the items of a slogan: what is missing, extra, altered or out of order.

One dynamic programme aligns the pieces of the list with the items (S. Needleman and C. Wunsch); a piece may hold an item with more
words around it or a part of it, which are both no mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple, Protocol

from kouhao.language.background import is_word
from kouhao.language.lexicon import (
    BRACKETS,
    CONNECTIVES,
    CONSISTS_OF,
    JOINING,
    NUMBER_MARKS,
    NUMBERING,
    SENTENCE_ENDS,
    THAT_IS,
)

_MARKS = re.compile(rf"[、，；：{SENTENCE_ENDS}…|\t\n\u2028\u2029]|——|(?<=”)(?=“)|(?=[{NUMBER_MARKS}])")
_RARE_MARKS = re.compile(rf"[·→]|{_MARKS.pattern}")
_SLASHES = re.compile(rf"[/+—]|{_RARE_MARKS.pattern}")
"""What parts items where no usual mark does."""
_ASIDE = re.compile("|".join(rf"\{opening}[^\{opening}\{closing}]*\{closing}" for opening, closing in BRACKETS.items()))
DROPPED = re.compile(r"[^\w+]|_")
_ORDINAL = re.compile(
    rf"^(?:[零{NUMBERING}]{{1,3}}(?:是要|是|要|\.|）)|第[{NUMBERING}]{{1,3}}(?:是|要|个是)?|[{NUMBER_MARKS}])"
)
_NUMBER = re.compile(rf"[零{NUMBERING}百第]*")
LEAD = re.compile(rf"^(?:其中|主要|分别|具体|{'|'.join((*THAT_IS, *CONNECTIVES))}|包括|并且|并|是|为|指|注)+")
_OPENING = re.compile(f"(?:即为|{'|'.join(THAT_IS)}|指|{'|'.join(CONSISTS_OF)}|注：|：)+")
_EXPLAINS = re.compile("|".join((*THAT_IS, "含", "其中")))
_TAIL = re.compile(r"(?:等等|等|的|相结合|相统一|相融合)$")
_JOINT = re.compile("|".join((*CONNECTIVES, *"同、，/")))
_SLIGHT = re.compile(f"[的地之也{JOINING}]")

MISSING, EXTRA, ALTERED, ORDER = "missing", "extra", "altered", "order"


class Piece(NamedTuple):
    """A stretch of the text that may be an item; `text` without marks, asides, ordinals and leads; `mark` stands before it."""

    start: int
    end: int
    text: str
    mark: str


class Difference(NamedTuple):
    """One difference: its kind, the stretch that shows it, the number of the item (-1 of an extra piece), its likeness to the item.

    A `slip` has one wrong character, or two in the wrong order.
    """

    kind: str
    start: int
    end: int
    item: int = -1
    likeness: float = 0.0
    slip: bool = False


class ItemAlignment(NamedTuple):
    """How a list compares with items: the stretch from the first piece that counts to the last, how many items it has, what differs.

    `first` to `last` are the `pieces` that count; `loose` are those of them that hold an item with more words or a part of it.
    """

    start: int
    end: int
    known: int
    differences: tuple[Difference, ...]
    first: int
    last: int
    pieces: tuple[Piece, ...]
    loose: frozenset[int]

    def moved(self, by: int) -> ItemAlignment:
        """Return the same so many characters further on."""
        differences = tuple(one._replace(start=one.start + by, end=one.end + by) for one in self.differences)
        pieces = tuple(one._replace(start=one.start + by, end=one.end + by) for one in self.pieces)
        return self._replace(start=self.start + by, end=self.end + by, differences=differences, pieces=pieces)


def bare(text: str) -> str:
    """Return a text without marks."""
    return text if text.isalnum() else DROPPED.sub("", text)


def without_asides(text: str) -> str:
    """Return a text without marks and what stands in brackets."""
    return bare(_ASIDE.sub("", text))


class Bounds(Protocol):
    """A stretch of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def cut(plain: str, span: Bounds, most: int, *, backward: bool = False, names: Sequence[str] = ()) -> list[Piece]:
    """Return what stands between the marks of a stretch, less brackets and `names` in it; at most `most` pieces of one end."""
    led = _OPENING.match(plain, span.start, span.end)
    start = led.end() if led else span.start
    pieces = _without_remarks(_pieces(plain[start : span.end], start), names)
    return list(pieces)[-most:] if backward else list(islice(pieces, most))


def _pieces(content: str, offset: int) -> Iterator[Piece]:
    """Yield what stands between marks of a text, none in brackets."""
    holes = _ASIDE.finditer(content)
    hole = next(holes, None)
    at, mark = 0, ""
    marks = _RARE_MARKS if set("、，；") & set(content) else _SLASHES
    for found in marks.finditer(content):
        begin, stop = found.span()
        while hole and hole.end() <= begin:
            hole = next(holes, None)
        if not hole or begin < hole.start():
            yield from _piece(content, at, begin, offset, mark)
            at, mark = stop, found[0]
    yield from _piece(content, at, len(content), offset, mark)


def _piece(content: str, begin: int, stop: int, offset: int, mark: str) -> Iterator[Piece]:
    """Yield the piece that a stretch is, unless it is empty or a number."""
    raw = content[begin:stop]
    text = raw if raw.isalnum() else without_asides(raw) or bare(raw)
    ordinal = _ORDINAL.match(text)
    text = text[ordinal.end() :] if ordinal and ordinal.end() < len(text) else text
    if text and not _NUMBER.fullmatch(text):
        left = len(raw) - len(raw.lstrip(" “”‘’（）-*#>·"))
        right = len(raw.rstrip(" “”‘’（）"))
        yield Piece(offset + begin + left, offset + begin + max(left, right), text, mark)


def _without_remarks(pieces: Iterable[Piece], names: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces less those that explain the one before them (班子建设好，即团结有力，作风过硬), and names, whose remarks are meant."""
    first, remark = True, False
    for piece in pieces:
        remark = not first and piece.mark == "，" and (remark or bool(_EXPLAINS.match(piece.text)))
        first = any(piece.text.endswith(name) and _NUMBER.fullmatch(piece.text[: -len(name)]) for name in names)
        if not (remark or first):
            yield piece


class Frame(NamedTuple):
    """What the items of a part have in common: its name, what leads to them and follows them, what all begin and end with.

    `shared` is how many characters at their end may be written once: 政治、大局、核心、看齐意识.
    """

    name: str
    lead: str
    tail: str
    head: str
    ending: str
    shared: int


class Item:
    """An item as it is compared: its bare text, the number of pieces that its own marks make, ways to write it.

    `lead` is what stands before the items where a mark parts it from them (中国特色、), empty elsewhere; `brief` is its text less
    what all items end with, where that may be written once; `cores` are the texts of which each of these holds one. `affixes` are
    what stands around the items and what all of them begin and end with; `own` is its text without the latter, `part` the name of its part.
    """

    __slots__ = ("affixes", "brief", "cores", "fragments", "lead", "name", "own", "part", "size", "text", "ways")

    def __init__(self, name: str, item: str, frame: Frame) -> None:
        self.name = name
        self.part = frame.name
        self.text = bare(item)
        self.brief = without_asides(item)[: -frame.shared] if frame.shared else self.text
        self.own = self.text[len(frame.head) : len(self.text) - len(frame.ending)]
        self.fragments = tuple(bare(piece) for piece in _MARKS.split(_ASIDE.sub("", item)) if piece and bare(piece))
        self.size = max(1, len(self.fragments))
        lead, tail = bare(frame.lead), bare(frame.tail)
        self.affixes = frozenset((lead, tail, frame.head, frame.ending)) - {""}
        self.lead = lead if _MARKS.match(frame.lead[-1:]) else ""
        ways = {self.text, lead + self.text, self.text + tail, lead + self.text + tail}
        if lead and self.text.startswith(lead) and len(self.text) > len(lead):
            ways.add(self.text[len(lead) :])
        if tail and self.text.endswith(tail) and len(self.text) > len(tail):
            ways.add(self.text[: -len(tail)])
        aside = without_asides(item)
        if aside:
            ways.add(aside)
        self.ways = tuple(sorted(ways, key=len, reverse=True))
        written = ways | {self.brief}
        self.cores = tuple(one for one in written if not any(other in one for other in written - {one}))


EQUAL, INSIDE = 0.0, 0.001  # INSIDE has to be more than EQUAL and less than any distance
_LONGEST_ASIDE = 40  # characters: what may stand in brackets at the edge of an item
_SHORT = 3  # characters: shorter texts are parts of many words


@lru_cache(1 << 14)
def fit(text: str, ways: tuple[str, ...]) -> float:
    """Return how far a piece is from an item: EQUAL, INSIDE it with more words or a part of it, or less like it up to 1."""
    if frozenset(text).isdisjoint("".join(ways)):
        return 1.0
    short = _TAIL.sub("", LEAD.sub("", text)) or text
    slight = _SLIGHT.sub("", short) or short
    if any(way in (text, short) or slight == _SLIGHT.sub("", way) for way in ways):
        return EQUAL
    doubled = any(_is_doubled(short, way) for way in ways)
    if not doubled and any(way in text or (len(text) != len(way) and _is_part(short, way)) for way in ways):
        return INSIDE
    return max(1.0 - max(_likeness(short, way) for way in ways), 2 * INSIDE)


def _is_part(text: str, way: str) -> bool:
    """Return whether a piece is the half of an item or more at one of its ends, an item but for a character or two, or its short form.

    A short form (支委会) has half of the characters or fewer, in order, the first among them.
    """
    size = len(way)
    if len(text) > 1 and 2 * len(text) >= size and (way.startswith(text) or way.endswith(text)):
        return True
    few = 0 < abs(len(text) - size) <= 2 and (size > _SHORT or is_word(text))  # noqa: PLR2004
    brief = _SHORT <= len(text) <= size // 2 and text[0] == way[0]
    return (few or brief) and in_common(text, way) == min(len(text), size)


def _is_doubled(text: str, way: str) -> bool:
    """Return whether a piece is an item with one of its characters written twice: 大局意意识."""
    if len(text) != len(way) + 1 or len(way) == 1:
        return False
    at = next((at for at, (one, other) in enumerate(zip(text, way, strict=False)) if one != other), len(way))
    return text[at] == text[at - 1] and text[at + 1 :] == way[at:]


def _is_torn(text: str, item: Item, items: Sequence[Item]) -> bool:
    """Return whether a part of an item is no usual form of it.

    Such a form drops whole words, but not what all items begin or end with; 大局识 for 大局意识 is none.
    """
    way, size = item.text, len(text)
    start = next((at for at, (one, other) in enumerate(zip(text, way, strict=False)) if one != other), size)
    stop = start + len(way) - size
    if stop <= start or way[:start] + way[stop:] != text or LEAD.sub("", way) == text:
        return False
    if start in {0, size} and all(one.text[start and -1] == way[start and -1] for one in items):
        return True
    if 2 * size <= len(way) or (0 < start < size and stop > start + 2):
        return False
    if 0 < start < size:
        return not is_word(text)
    return is_word(way[start - 1 : start + 1] if start else way[stop - 1 : stop + 1])


def _overlaps(text: str, item: Item) -> bool:
    """Return whether a piece ends with the greater part of an item that begins it, or begins with its end: 党支部委员会 of 支部委员会会议."""
    return item.size == 1 and any(
        text.endswith(way[:half]) or text.startswith(way[-half:])
        for way in item.ways
        for half in range(max(_SHORT, len(way) // 2 + 1), min(len(way), len(text)))
    )


def _is_slip(text: str, ways: Sequence[str]) -> bool:
    """Return whether a piece is an item but for one character, or two that changed places; other words may lead to a long one."""
    ends = [(text, way) for way in ways if len(way) == len(text)]
    longer = [way for way in ways if _SHORT < len(way) < len(text) and in_common(text, way) < len(way)]
    ends += [(text[-len(way) :], way) for way in longer]
    ends += [(text, way) for way in ways if _is_doubled(text, way) or (len(way) == len(text) + 1 and not is_word(text))]
    return any(is_one_edit(end, way) for end, way in ends)


def is_one_edit(one: str, other: str) -> bool:
    """Return whether two texts differ by a character that one of them lacks or has another for, or by two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415  a page may have nothing to compare

    return OSA.distance(one, other) == 1


def in_common(one: str, other: str) -> int:
    """Return how many characters two texts have in common, in order."""
    if one in other or other in one:
        return min(len(one), len(other))
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415  likewise

    return int(LCSseq.similarity(one, other))


def _likeness(text: str, way: str) -> float:
    both = len(text) + len(way)
    best = 1.0 - (both - 2 * in_common(text, way)) / both
    for part in (
        (text,) if len(text) == len(way) else (text[-len(way) :], text[: len(way)]) if len(text) > len(way) + 1 else ()
    ):
        best = max(best, sum(map(str.__eq__, part, way)) / len(way))
    return best


def without_shared_beginning(pieces: list[Piece], items: Sequence[Item]) -> list[Piece]:
    """Return pieces without the character with which all begin, and no item: 市委、市政府 of 党委、政府 in a city."""
    first = {piece.text[0] for piece in pieces}
    own = {way[0] for item in items for way in item.ways}
    if len(pieces) < 2 or len(first) > 1 or first & own or any(len(piece.text) == 1 for piece in pieces):  # noqa: PLR2004
        return pieces
    return [piece._replace(text=_ended(piece.text[1:], items)) for piece in pieces]


def with_shared_ending(pieces: list[Piece], items: Sequence[Item]) -> list[Piece]:
    """Return pieces with what all items end with, where only the last of them has it: 政治、大局、核心、看齐意识."""
    shared = {item.brief: item.text.removeprefix(item.brief) for item in items}
    if not all(shared.values()):
        return pieces
    left_out = [next((shared[one] for one in shared if piece.text.endswith(one)), "") for piece in pieces]
    whole = [nth for nth, piece in enumerate(pieces) if piece.text.endswith(tuple(shared.values()))]
    if not any(left_out) or (whole and any(left_out[whole[0] :])):
        return pieces
    return [piece._replace(text=piece.text + end) for piece, end in zip(pieces, left_out, strict=True)]


def _ended(text: str, items: Sequence[Item]) -> str:
    """Return the item that ends with a text, else the text."""
    return next((item.text for item in items if item.text.endswith(text)), text)


class _Edges(NamedTuple):
    """With what items begin and end: ways to write them and fragments, those of one character apart.

    `whole` are the ways alone, `first` the characters with which items begin, `outer` those with which anything does, or ends, `shared`
    those with which begins what items share, or one without it; `longest` in characters.
    """

    whole: frozenset[str]
    every: tuple[str, ...]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    single: frozenset[str]
    first: frozenset[str]
    outer: frozenset[str]
    shared: frozenset[str]
    longest: int


@lru_cache(1 << 12)
def _edges(items: tuple[Item, ...]) -> _Edges:
    whole = frozenset(way for item in items for way in item.ways)
    beginnings = whole.union(*(item.fragments[:1] for item in items))
    endings = whole.union(*(item.fragments[-1:] for item in items))
    every = tuple(beginnings | endings)
    single = frozenset(way for way in every if len(way) == 1)
    first = frozenset(item.text[0] for item in items)
    outer = frozenset("".join([*(way[0] for way in beginnings), *(way[-1] for way in endings)]))
    shared = frozenset(word[0] for item in items if item.affixes for word in (item.own, *item.affixes, "即", "是"))
    return _Edges(
        whole,
        every,
        tuple(beginnings - single),
        tuple(endings - single),
        single,
        first,
        outer,
        shared,
        max(map(len, every)),
    )


def refine(pieces: Sequence[Piece], items: tuple[Item, ...], plain: str, wraps: Sequence[int]) -> list[Piece]:
    """Cut pieces further where a connective or nothing at all joins items in them."""
    edges = _edges(items)
    refined: list[Piece] = []
    for piece in pieces:
        holds = piece.text not in edges.whole and any(form in piece.text for form in edges.every)
        contracted = _contracted(piece, items) if piece.text[0] in edges.shared else []
        refined += contracted or (_parts(piece, items, plain, wraps) if holds else [piece])
    return refined


def _contracted(piece: Piece, items: tuple[Item, ...]) -> list[Piece]:
    """Return the items that a piece writes with what they share once, or at their other end (吃穿不愁, 吃不愁); else nothing."""
    text = LEAD.sub("", piece.text)
    tokens = _tokens(text, items)
    owns = {item.own: item for item in items if item.affixes}
    written = [owns[token] for token in tokens if token in owns]
    shared = {token for token in tokens if token not in owns}
    own = shared and shared <= frozenset(CONNECTIVES).union(*(item.affixes for item in written))
    doubled = any(one == other for one, other in pairwise(tokens))
    if not written or not own or doubled or any(text in item.ways for item in items):
        return []
    return [piece._replace(text=item.text, mark="" if nth else piece.mark) for nth, item in enumerate(written)]


def _tokens(text: str, items: tuple[Item, ...]) -> list[str]:
    """Return a text in the texts of items without what they share, in what they share, and connectives; nothing where it has more."""
    tokens: list[str] = []
    while text:
        word = next(filter(text.startswith, _words(items)), "")
        if not word:
            return []
        tokens.append(word)
        text = text[len(word) :]
    return tokens


@lru_cache(1 << 12)
def _words(items: tuple[Item, ...]) -> list[str]:
    """Return what such a text may be made of, the longest first."""
    words = {*CONNECTIVES, *(word for item in items if item.affixes for word in (item.own, *item.affixes))} - {""}
    return sorted(words, key=len, reverse=True)


def _parts(piece: Piece, items: tuple[Item, ...], plain: str, wraps: Sequence[int]) -> Iterator[Piece]:
    """Yield a piece in parts, cut where a connective or a joint of lines joins items in it; one that is an item stays whole."""
    raw = plain[piece.start : piece.end]
    joints = [(*found.span(), found[0]) for found in _JOINT.finditer(raw)]
    joints += [
        (at - piece.start, at - piece.start, "")
        for at in wraps[bisect_right(wraps, piece.start) : bisect_left(wraps, piece.end)]
    ]
    rest, start = piece, 0
    for begin, stop, mark in sorted(joints):
        if any(fit(rest.text, item.ways) == EQUAL for item in items):
            break
        if begin > start and _is_joint(raw[start:], begin - start, stop - start, items):
            yield Piece(rest.start, piece.start + begin, without_asides(raw[start:begin]), rest.mark)
            start = stop
            rest = Piece(piece.start + stop, piece.end, without_asides(raw[stop:]), mark)
    whole = any(fit(rest.text, item.ways) == EQUAL for item in items)
    yield from [rest] if whole else _side_by_side(rest, items, raw[start:])


def _is_joint(raw: str, begin: int, stop: int, items: tuple[Item, ...]) -> bool:
    """Return whether an item ends before a stretch of a text, or one begins behind it, and it is no part of a word."""
    edges = _edges(items)
    near = 2 * edges.longest + _LONGEST_ASIDE
    beside = raw[begin - 1 : begin] + raw[stop : stop + 1]
    if beside.isalnum() and edges.outer.isdisjoint(beside):
        return False
    left = without_asides(raw[max(0, begin - near) : begin])
    right = without_asides(raw[stop : stop + near])
    begins = right in edges.single or right.startswith(edges.beginnings)
    if (
        not left
        or not right
        or (is_word(raw[begin - (begin == stop) : stop + 1]) and not right.startswith(edges.beginnings))
    ):
        return False
    return begins or left in edges.single or left.endswith(edges.endings)


def _side_by_side(piece: Piece, items: tuple[Item, ...], raw: str) -> list[Piece]:
    """Return the items that stand without marks in a piece, side by side (产业就业创业行业) or at both of its ends, or the piece."""
    single = frozenset(item.text for item in items)
    if (
        max(map(len, single)) == 1
        and len(raw) > 1
        and sum(mark in single for mark in raw) >= max(len(raw), len(single)) - 1
    ):
        return [
            Piece(piece.start + at, piece.start + at + 1, mark, "" if at else piece.mark) for at, mark in enumerate(raw)
        ]
    found: list[tuple[int, int]] = []
    first = _edges(items).first
    at = 0
    while at < len(raw):
        sizes = [len(item.text) for item in items if raw.startswith(item.text, at)] if raw[at] in first else ()
        if sizes and (max(sizes) > 1 or at in (0, len(raw) - 1)):
            found.append((at, at + max(sizes)))
            at += max(sizes)
        else:
            at += 1
    close = all(stop == begin for (_, stop), (begin, _) in pairwise(found))
    if len(found) == 1:
        return _beside_one(piece, items, raw, *found[0])
    ends = len(found) == 2 and found[0][0] == 0 and found[1][1] == len(raw)  # noqa: PLR2004
    if len(found) < 2 or not (close or ends) or (close and max(stop - begin for begin, stop in found) == 1):  # noqa: PLR2004
        return [piece]
    cuts = [0, *(begin for begin, _ in found[1:]), len(raw)]
    return [
        Piece(piece.start + begin, piece.start + stop, bare(raw[begin:stop]), piece.mark if not begin else "")
        for begin, stop in pairwise(cuts)
    ]


def _beside_one(piece: Piece, items: Sequence[Item], raw: str, start: int, stop: int) -> list[Piece]:
    """Return the item that begins or ends a piece and what stands beside it, where that is another item but for a character."""
    known = raw[start:stop]
    others = [item.text for item in items if item.text != known and len(item.text) > 1]
    if stop == len(raw) and any(
        _is_near(raw[start - len(other) : start], other) for other in others if start >= len(other)
    ):
        at = start
    elif any(_is_near(raw[stop:], other) for other in others):
        at = stop
    else:
        return [piece]
    left = Piece(piece.start, piece.start + at, bare(raw[:at]), piece.mark)
    return [left, Piece(piece.start + at, piece.end, bare(raw[at:]), "")]


def _is_near(text: str, other: str) -> bool:
    return len(text) == len(other) and sum(map(str.__ne__, text, other)) == 1


_GAP = 1.0  # the cost of an item without a piece, the unit of the others
_OTHER = 1.6  # less than two gaps: a piece stands in its item's place though nothing is alike
_LIKE = 0.5  # the distance up to which a piece is its item in other words


def align(pieces: Sequence[Piece], items: Sequence[Item], *, free_start: bool, free_end: bool) -> ItemAlignment | None:
    """Return the best alignment of pieces with items in order; pieces outside of a free end cost nothing."""
    m, n = len(pieces), len(items)
    if m == n and all(fit(piece.text, item.ways) == EQUAL for piece, item in zip(pieces, items, strict=True)):
        return ItemAlignment(pieces[0].start, pieces[-1].end, n, (), 0, m, tuple(pieces), frozenset())
    costs = [[0.0] * (n + 1) for _ in range(m + 1)]
    steps: list[list[tuple[int, int]]] = [[(0, 0)] * (n + 1) for _ in range(m + 1)]
    for j in range(1, n + 1):
        costs[0][j], steps[0][j] = j * _GAP, (0, 1)
    distances = [[fit(piece.text, item.ways) for item in items] for piece in pieces]
    lost = [_GAP if min(row) <= INSIDE else 0.0 for row in distances]
    for i in range(1, m + 1):
        costs[i][0], steps[i][0] = costs[i - 1][0] + (lost[i - 1] if free_start else _GAP), (1, 0)
        row, above, prices = costs[i], costs[i - 1], [_price(distance) for distance in distances[i - 1]]
        for j in range(1, n + 1):
            item = items[j - 1]
            best, step = row[j - 1] + _GAP, (0, 1)
            skip = above[j] + (lost[i - 1] if free_end and j == n else _GAP)
            if skip < best or (skip == best and not (free_end and j == n)):
                best, step = skip, (1, 0)
            price = above[j - 1] + prices[j - 1]
            if price < best or (price == best and step != (0, 1)):
                best, step = price, (1, 1)
            size = item.size
            if 1 < size <= i and _are_joined(pieces[i - size : i]):
                joined = "".join(piece.text for piece in pieces[i - size : i])
                price = costs[i - size][j - 1] + _price(fit(joined, item.ways))
                if price <= best:
                    best, step = price, (size, 1)
            row[j], steps[i][j] = best, step
    return _trace(pieces, items, steps, free_start=free_start, free_end=free_end)


def _are_joined(pieces: Sequence[Piece]) -> bool:
    """Return whether pieces may be the fragments of one item: none begins a line or stands behind a ；."""
    return all(piece.mark != "；" for piece in pieces[1:])


def _price(distance: float) -> float:
    if distance <= INSIDE:
        return distance
    return 0.7 + 0.4 * distance if distance <= _LIKE else _OTHER


def _trace(
    pieces: Sequence[Piece],
    items: Sequence[Item],
    steps: list[list[tuple[int, int]]],
    *,
    free_start: bool,
    free_end: bool,
) -> ItemAlignment | None:
    i, j = len(pieces), len(items)
    pairs: list[tuple[int, int, int]] = []  # first piece, behind last piece, item; -1 none
    while i or j:
        down, right = steps[i][j]
        pairs.append((i - down, i, j - 1 if right else -1))
        i, j = i - down, j - right
    pairs.reverse()
    while free_end and pairs and pairs[-1][2] < 0:
        pairs.pop()
    while free_start and pairs and pairs[0][2] < 0:
        pairs.pop(0)
    return _alignment(pieces, items, pairs)


def _alignment(
    pieces: Sequence[Piece], items: Sequence[Item], pairs: Sequence[tuple[int, int, int]]
) -> ItemAlignment | None:
    inside = [pair for pair in pairs if pair[1] > pair[0]]
    if not any(number >= 0 for _, _, number in inside):
        return None
    first, last = inside[0][0], inside[-1][1]
    start, end = pieces[first].start, pieces[last - 1].end
    differences: list[Difference] = []
    known = 0
    loose: set[int] = set()
    torn = _torn(pieces, items, pairs)
    for begin, stop, number in pairs:
        if number < 0:
            differences.append(Difference(EXTRA, pieces[begin].start, pieces[begin].end))
        elif begin == stop:
            differences.append(Difference(MISSING, start, end, number))
        else:
            text = "".join(piece.text for piece in pieces[begin:stop])
            distance = fit(text, items[number].ways)
            if number == torn:
                distance = 1.0 - _likeness(text, items[number].text)
            elif distance > INSIDE and _overlaps(text, items[number]):
                distance = INSIDE
            known += distance <= INSIDE
            loose |= set(range(begin, stop)) if EQUAL < distance <= INSIDE else set()
            if distance > INSIDE:
                span = pieces[begin].start, pieces[stop - 1].end
                slip = _is_slip(text, items[number].ways)
                differences.append(Difference(ALTERED, *span, number, 1.0 - distance, slip))
    return ItemAlignment(start, end, known, tuple(differences), first, last, tuple(pieces), frozenset(loose))


def _torn(pieces: Sequence[Piece], items: Sequence[Item], pairs: Sequence[tuple[int, int, int]]) -> int:
    """Return the number of the one item that is written as a torn part of itself where all others are whole; -1 if there is none."""
    written = {
        number: "".join(piece.text for piece in pieces[begin:stop])
        for begin, stop, number in pairs
        if number >= 0 and stop > begin
    }
    parts = [
        number
        for number, text in written.items()
        if fit(text, items[number].ways) == INSIDE and not any(way in text for way in items[number].ways)
    ]
    if len(parts) != 1 or _is_left_out(written[parts[0]], parts[0], items):
        return -1
    return parts[0] if _is_torn(_TAIL.sub("", written[parts[0]]), items[parts[0]], items) else -1


def _is_left_out(text: str, number: int, items: Sequence[Item]) -> bool:
    """Return whether the second item of a pair leaves out the beginning that it shares with the first: 学党章党规、系列讲话."""
    pair = [item for item in items if item.affixes == items[number].affixes]
    return len(pair) == 2 and pair[1] is items[number] and text == pair[1].own and pair[1].text.endswith(text)  # noqa: PLR2004


def exchanged(pieces: Sequence[Piece], items: Sequence[Item]) -> ItemAlignment | None:
    """Return the alignment of pieces that hold all items in another order, or None."""
    taken: dict[int, int] = {}
    for number, item in sorted(enumerate(items), key=lambda pair: -len(pair[1].text)):
        fits = [(fit(piece.text, item.ways), at) for at, piece in enumerate(pieces) if at not in taken]
        distance, at = min(fits, default=(1.0, -1))
        joined = _joined(pieces, item, taken) if distance > EQUAL and item.size > 1 else -1
        if joined < 0 and distance > INSIDE:
            return None
        at, size = (joined, item.size) if joined >= 0 else (at, 1)
        taken.update(dict.fromkeys(range(at, at + size), number))
    first, last = min(taken), max(taken) + 1
    order = [taken[at] for at in range(first, last) if at in taken]
    order = [number for nth, number in enumerate(order) if not nth or order[nth - 1] != number]
    if len(taken) != last - first or order == sorted(order) or len(order) != len(items):
        return None
    start, end = pieces[first].start, pieces[last - 1].end
    loose = frozenset(
        at
        for at, number in taken.items()
        if items[number].size == 1 and fit(pieces[at].text, items[number].ways) > EQUAL
    )
    difference = Difference(ORDER, start, end)
    return ItemAlignment(start, end, len(items), (difference,), first, last, tuple(pieces), loose)


def _joined(pieces: Sequence[Piece], item: Item, taken: dict[int, int]) -> int:
    for at in range(len(pieces) - item.size + 1):
        span = range(at, at + item.size)
        parts = [pieces[nth] for nth in span]
        free = taken.keys().isdisjoint(span) and _are_joined(parts)
        if free and fit("".join(piece.text for piece in parts), item.ways) <= INSIDE:
            return at
    return -1
