"""Everything that may be the expansion of a mention: stretches of text around it, cut into as many items as it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kouhao.harvest.mentions import Mention
from kouhao.harvest.ngrams import NGrams

Span = tuple[int, int]

_MARK = re.compile("[、，；：（）“”《》‘’]")
_CONNECTIVE = re.compile("以及|[和与及暨或并]")
_RARE = 4.0
_OPEN = {"（": "）", "“": "”", "《": "》", "‘": "’"}
_CLOSE = frozenset("）”》’")
_STOP = re.compile("[。！？\n\t|]")
_LONGEST_ITEM = 90
_WINDOW = 420
_LEADING = re.compile("^(?:以及|[和与及暨并]|——)")
_TRAILING = re.compile("(?:等方面|等等|等|[。，；、：])+$")
_CUE = re.compile("即是?：?|[是]?指的?是?：?|就是：?|(?:主要)?包括了?：?|分别[是为]?：?|[是为]：?|：|——|，|。|\t|\\|")
_CUE_REACH = 36
_STRONG_CUE = re.compile("包括：?|分别[是为]：?|即：?|是指|明确提出，要?|：")
_STRONG_REACH = 120
_PEEL = re.compile("(?:等方面|等等|等|的|这些?|所谓|上述|以上|即|以下|简称|合称|统称|称|为|——|：|（|，|[“])$")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS = "一二三四五六七八九"
_ORDINAL_STYLES = ("{h}是", "第{h}，", "第{h}", "{h}要", "{h}、", "（{h}）", "{d}.", "{d}、", "{d}．", "（{d}）", "{c}", "——", "\n")
_ORDINAL_WINDOW = 3000
_ITEM_STOP = re.compile("[，。；：\n！？]")


@dataclass(slots=True)
class Stretch:
    """Items found for a mention.

    `place` says where they stand (bracket, after, before, far, ordinal, group), `cut` by what they are parted; `edge` the range of the
    whole list before its ends were trimmed, `cue` the words between mention and list, `splits` the connectives taken for separators.
    """

    place: str
    cut: str
    items: tuple[Span, ...]
    reading: str
    cue: str
    splits: int
    natural: Span
    left_over: int
    groups: tuple[int, ...] = ()


class CandidateFinder:
    """Finds the stretches for mentions of one running text."""

    def __init__(self, text: str, ngrams: NGrams) -> None:
        self._text = text
        self._ngrams = ngrams
        self._parts: dict[int, float] = {}

    def find(self, mention: Mention) -> list[Stretch]:
        """Return all stretches for a mention, in no order."""
        found: list[Stretch] = []
        starts = list(self._starts_after(mention))
        for number, reading in mention.promise.readings.items():
            if mention.kind == "joined" and reading != "sum":
                continue
            for place, cue, start, end in starts:
                found += self._forward(place, cue, start, end, number, reading)
            found += self._backward(mention, number, reading)
            found += self._ordinals(mention, number, reading)
        if len(mention.promise.groups) > 1:
            found += self._by_group(mention)
        return found

    # Stretches

    def _starts_after(self, mention: Mention) -> Iterator[tuple[str, str, int, int]]:
        """Yield where a list behind the mention may begin, and where it must end: (place, cue, start, end)."""
        text = self._text
        at = mention.end
        if text.startswith("”", at):
            at += 1
        limit = min(len(text), at + _CUE_REACH)
        opening = text.find("（", at, at + 12)
        if opening >= 0 and not _STOP.search(text, at, opening):
            end = self._closing(opening)
            if end > 0:
                lead = _CUE.match(text, opening + 1)
                start = lead.end() if lead and lead[0] not in ("，", "。") else opening + 1
                yield "bracket", text[at:opening], start, end
        last = -1
        for cue in _CUE.finditer(text, at, limit):
            if cue.start() < last:
                continue
            start = cue.end()
            if cue[0] in ("：", "即：", "。", "指", "——"):
                while start < len(text) and text[start] == "\n":
                    start += 1
            again = _CUE.match(text, start) if text[start - 1] in "：\n。，" else None
            if again and again[0] not in ("，", "。", "：", "——"):
                start = again.end()
            last = start
            stop = _STOP.search(text, start)
            end = stop.start() if stop else len(text)
            yield "after", text[at:start], start, min(end, start + 40 * 30)
            if cue[0] == "。" and not again:
                break
        stop = _STOP.search(text, at)
        end = stop.start() if stop else len(text)
        for cue in _STRONG_CUE.finditer(text, limit, min(end, at + _STRONG_REACH)):
            yield "after", text[at : cue.end()], cue.end(), end

    def _closing(self, opening: int) -> int:
        """Return the offset of the bracket that closes the one at `opening`, or -1."""
        depth = 0
        for at in range(opening, min(len(self._text), opening + 1500)):
            mark = self._text[at]
            if mark == "（":
                depth += 1
            elif mark == "）":
                depth -= 1
                if not depth:
                    return at
        return -1

    def _marks(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the marks and connectives between `start` and `end` that stand in no bracket or quotes."""
        text = self._text
        marks: list[tuple[int, str]] = []
        depth: list[str] = []
        for found in _MARK.finditer(text, start, end):
            mark = found[0]
            if mark in _OPEN:
                depth.append(_OPEN[mark])
            elif mark in _CLOSE:
                if depth and depth[-1] == mark:
                    depth.pop()
            elif not depth:
                marks.append((found.start(), mark))
        return marks

    def _connectives(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the connectives between `start` and `end` that are no part of a word and stand in no quotes or brackets."""
        text, habits = self._text, self._ngrams.habits
        found: list[tuple[int, int]] = []
        for word in _CONNECTIVE.finditer(text, start + 1, end - 1):
            first, last = word.span()
            if text[first - 1] in "、，；" or text[last] in "、，；）":
                continue
            before, behind = habits(text[first - 1 : first + 1]).count, habits(text[last - 1 : last + 1]).count
            if before - habits(text[first - 1]).count > -1.0 or behind - habits(text[last]).count > -1.2:
                continue
            opened = text.rfind("“", start, first)
            if opened >= 0 and text.find("”", opened, first) < 0:
                continue
            opened = text.rfind("（", start, first)
            if opened >= 0 and text.find("）", opened, first) < 0:
                continue
            found.append((first, last))
        return found

    # Segmentations

    def _forward(self, place: str, cue: str, start: int, end: int, number: int, reading: str) -> Iterator[Stretch]:
        if end - start < 2 * number - 1:
            return
        end = min(end, start + _WINDOW + 40 * number)
        marks = [mark for mark in self._marks(start, end) if mark[1] != "："]
        for cut, separators in (("；", "；"), ("，", "，；"), ("、", "、，；")):
            places = [at for at, mark in marks if mark in separators]
            if cut != "、" and not any(self._text[at] == cut for at in places):
                continue
            yield from self._cut(place, cut, cue, start, end, places, number, reading)
            if cut == "；" and len(places) >= number - 1:
                yield from self._heads(place, cue, start, end, places, number, reading)
        if any(mark == "、" for _, mark in marks):
            yield from self._cut(place, "和", cue, start, next((at for at, mark in marks if mark in "，；"), end), [], number, reading)
        clause = next((at for at, mark in marks if mark in "，；"), None)
        if clause is not None:
            places = [at for at, mark in marks if mark == "、" and at < clause]
            yield from self._cut(place, "、", cue, start, clause, places, number, reading)
        yield from self._quotes(place, cue, start, end, number, reading)

    def _cut(
        self, place: str, cut: str, cue: str, start: int, end: int, places: list[int], number: int, reading: str
    ) -> Iterator[Stretch]:
        """Cut from `start` at `places`, and at connectives as far as the number asks for them."""
        pieces = list(zip([start, *[at + 1 for at in places]], [*places, end], strict=True))
        if len(pieces) >= number:
            yield from self._ends(place, cut, cue, pieces[:number], reading, 0, len(pieces) - number, forward=True)
        if len(pieces) < number:
            for chosen, splits in self._split(pieces, number - len(pieces)):
                yield from self._ends(place, cut if places else "和", cue, chosen, reading, splits, 0, forward=True)
            if cut == "、":
                parted = self._equal_parts(pieces, number)
                if parted:
                    yield Stretch(place, "equal", tuple(parted), reading, cue, 0, (start, end), 0)

    def _heads(
        self, place: str, cue: str, start: int, end: int, places: list[int], number: int, reading: str
    ) -> Iterator[Stretch]:
        """Take the first clause of each sentence for an item, where each has more than one."""
        pieces = list(zip([start, *[at + 1 for at in places]], [*places, end], strict=True))[:number]
        commas = [self._text.find("，", *piece) for piece in pieces]
        if min(commas) >= 0:
            items = tuple(self._clean(begin, comma) for (begin, _), comma in zip(pieces, commas, strict=True))
            if all(stop > begin for begin, stop in items):
                yield Stretch(place, "heads", items, reading, cue, 0, (start, pieces[-1][1]), len(places) + 1 - number)

    def _split(self, pieces: list[Span], wanted: int) -> Iterator[tuple[list[Span], int]]:
        """Yield the pieces with `wanted` connectives taken for separators."""
        if wanted > 4 or not wanted:
            return
        connectives = [(place, joint) for place, piece in enumerate(pieces) for joint in self._connectives(*piece)]
        if len(connectives) < wanted or len(connectives) > 8:
            return
        for number, chosen in enumerate(combinations(reversed(connectives), wanted)):
            if number > 12:
                return
            cut: list[Span] = []
            for place, (start, end) in enumerate(pieces):
                for first, last in sorted(joint for at, joint in chosen if at == place):
                    cut.append((start, first))
                    start = last
                cut.append((start, end))
            yield cut, wanted

    def _equal_parts(self, pieces: list[Span], number: int) -> list[Span] | None:
        """Cut pieces without marks into equal parts that begin or end alike (淮河海河辽河)."""
        if number % len(pieces):
            return None
        each = number // len(pieces)
        parts: list[Span] = []
        for start, end in pieces:
            start, end = self._clean(start, end)
            width, rest = divmod(end - start, each)
            if rest or not 2 <= width <= 6:
                return None
            words = [self._text[at : at + width] for at in range(start, end, width)]
            if _MARK.search(self._text, start, end):
                return None
            alike = max(words_alike(words, 0), words_alike(words, -1))
            if 3 * alike < 2 * each or len(set(words)) < len(words):
                return None
            parts += [(at, at + width) for at in range(start, end, width)]
        return parts

    def _clean(self, start: int, end: int) -> Span:
        """Return the range of an item without connectives, marks and 等 at its ends, and out of quotes of its own."""
        text = self._text
        lead = _LEADING.match(text[start : start + 2])
        if lead and end - start > len(lead[0]) + 1 and self._is_joint(start, start + len(lead[0])):
            start += len(lead[0])
        while start < end and text[start] in "\n，；、：":
            start += 1
        tail = _TRAILING.search(text[max(start, end - 5) : end])
        if tail:
            end -= len(tail[0])
        if end - start > 2 and text[start] == "“" and text[end - 1] == "”" and text.find("”", start, end) == end - 1:
            start, end = start + 1, end - 1
        return start, end

    def _is_joint(self, first: int, last: int) -> bool:
        if last - first > 1 or self._text[first] == "—":
            return True
        return self._ngrams.habits(self._text[first : last + 1]).count < _RARE

    def _ends(
        self,
        place: str,
        cut: str,
        cue: str,
        pieces: list[Span],
        reading: str,
        splits: int,
        left_over: int,
        *,
        forward: bool,
    ) -> Iterator[Stretch]:
        """Yield the pieces as items, with the outer ends of the first and the last where they may lie."""
        cleaned = [self._clean(*piece) for piece in pieces]
        if any(end <= start or end - start > _LONGEST_ITEM for start, end in cleaned[1:-1]):
            return
        text = self._text
        first, last = cleaned[0], cleaned[-1]
        others = sorted(end - start for start, end in (cleaned[1:-1] or cleaned[1:]))
        usual = others[len(others) // 2]
        heads = {text[start] for start, end in cleaned[1:] if end > start}
        tails = {text[end - 1] for start, end in cleaned[:-1] if end > start}
        starts = self._starts(first, usual, heads, 2 if forward else 4)
        ends = self._stops(last, usual, tails, 2)
        for start in starts:
            for end in ends:
                items = ((start, first[1]), *cleaned[1:-1], (last[0], end))
                if not (self._balanced(*items[0]) and self._balanced(*items[-1])):
                    continue
                yield Stretch(place, cut, items, reading, cue, splits, (first[0], last[1]), left_over)

    def _balanced(self, start: int, end: int) -> bool:
        """Tell whether every quote and bracket that opens in a stretch closes in it."""
        text = self._text
        return all(text.count(one, start, end) == text.count(other, start, end) for one, other in ("“”", "（）"))

    def _starts(self, piece: Span, usual: int, heads: set[str], most: int) -> list[int]:
        """Return where the first item may begin: at its mark, and where the words best part."""
        start, end = piece
        if end - start < 2:
            return [start] if end > start else []
        scored: list[tuple[float, int]] = []
        text = self._text
        for at in range(max(start + 1, end - 3 * usual - 8), end):
            score = self.parts_at(at) - 0.08 * abs(end - at - usual)
            if text[at] in heads:
                score += 1.5
            if text[at - 1] in "和与及":
                score += 1.0
            scored.append((score, at))
        scored.sort(reverse=True)
        return [start, *[at for _, at in scored[:most]]] if end - start <= _LONGEST_ITEM else [at for _, at in scored[:most]]

    def _stops(self, piece: Span, usual: int, tails: set[str], most: int) -> list[int]:
        """Return where the last item may end: at its mark, and where the words best part."""
        start, end = piece
        if end - start < 2:
            return [end] if end > start else []
        scored: list[tuple[float, int]] = []
        text = self._text
        for at in range(start + 1, min(end, start + 3 * usual + 8)):
            score = self.parts_at(at) - 0.08 * abs(at - start - usual)
            if text[at - 1] in tails:
                score += 1.5
            scored.append((score, at))
        scored.sort(reverse=True)
        return [end, *[at for _, at in scored[:most]]] if end - start <= _LONGEST_ITEM else [at for _, at in scored[:most]]

    def parts_at(self, at: int) -> float:
        """Return how well the words part at an offset, in natural logarithms; high is well."""
        known = self._parts.get(at)
        if known is None:
            known = self._parts[at] = self._look_at(at)
        return known

    def _look_at(self, at: int) -> float:
        text, ngrams = self._text, self._ngrams
        left, right = ngrams.habits(text[at - 2 : at]), ngrams.habits(text[at : at + 2])
        return 0.6 * max(left.ends, left.opens) + 0.5 * right.begins - 0.4 * ngrams.bound(text[at - 1], text[at])

    def _quotes(self, place: str, cue: str, start: int, end: int, number: int, reading: str) -> Iterator[Stretch]:
        """Read items that each stand in quotes of their own."""
        text = self._text
        items: list[Span] = []
        at = start
        while len(items) < number + 1:
            opened = text.find("“", at, end)
            closed = text.find("”", opened, end) if opened >= 0 else -1
            if closed < 0 or opened - at > 30:
                break
            items.append((opened + 1, closed))
            at = closed + 1
        if len(items) >= number:
            yield Stretch(place, "quotes", tuple(items[:number]), reading, cue, 0, (items[0][0], items[number - 1][1]), len(items) - number)

    # Lists before the mention

    def _backward(self, mention: Mention, number: int, reading: str) -> Iterator[Stretch]:
        text = self._text
        floor = max(0, mention.start - _WINDOW - 30 * number)
        end = mention.start
        natural = end
        while natural > floor:
            peel = _PEEL.search(text, max(floor, natural - 3), natural)
            if not peel or (peel[0] == "，" and natural != end):
                break
            if peel[0] == "等" and text[natural - 2 : natural] in ("平等", "高等", "中等", "初等"):
                break
            natural = peel.start()
        cue = text[natural:end]
        far = "，" in cue
        if natural <= floor:
            return
        if text[natural - 1] == "。" and re.match("这|上述|以上", cue):
            natural -= 1
            far = True
        stop = max((found.end() for found in _STOP.finditer(text, floor, natural)), default=floor)
        place = "far" if far else "before"
        if text[natural - 1] == "”":
            opened = text.rfind("“", stop, natural)
            if opened >= 0:
                inner = [at for at, mark in self._marks(opened + 1, natural - 1) if mark in "、，；"]
                if inner:
                    yield from self._cut(place, "、", cue + "”", opened + 1, natural - 1, inner, number, reading) if len(inner) < number else ()
        if text[natural - 1] == "）":
            opened = text.rfind("（", stop, natural)
            if opened >= 0:
                inner = [at for at, mark in self._marks(opened + 1, natural - 1) if mark in "、，；"]
                if inner and len(inner) < number:
                    yield from self._cut(place, "、", cue + "）", opened + 1, natural - 1, inner, number, reading)
        if natural - stop < 2 * number - 1:
            return
        start = stop
        opened = self._unclosed(stop, natural)
        start = opened if opened > start else start
        marks = self._marks(start, natural)
        yield from self._quotes_before(place, cue, start, natural, number, reading)
        strong = [at for at, mark in marks if mark in "，；："]
        clause = strong[-1] + 1 if strong else start
        for cut, separators, low in (
            ("、", "、", clause),
            ("，", "，", max([at + 1 for at, mark in marks if mark in "；："], default=start)),
            ("；", "；", max([at + 1 for at, mark in marks if mark == "："], default=start)),
        ):
            places = [at for at, mark in marks if mark == cut and at >= low]
            if places or cut == "、":
                yield from self._cut_back(place, cut, cue, low, natural, places, number, reading)
        if any(at >= clause for at, mark in marks if mark == "、"):
            yield from self._cut_back(place, "和", cue, clause, natural, [], number, reading)
        if any(mark == "，" for _, mark in marks) and any(mark == "、" for _, mark in marks):
            low = max([at + 1 for at, mark in marks if mark in "；："], default=start)
            places = [at for at, mark in marks if mark in "、，" and at >= low]
            yield from self._cut_back(place, "、，", cue, low, natural, places, number, reading)

    def _unclosed(self, start: int, end: int) -> int:
        """Return the offset behind the last bracket or quote that is open at `end`, or `start`."""
        depth = 0
        for at in range(end - 1, start - 1, -1):
            mark = self._text[at]
            if mark in _CLOSE:
                depth += 1
            elif mark in _OPEN:
                if not depth:
                    return at + 1
                depth -= 1
        return start

    def _quotes_before(self, place: str, cue: str, start: int, end: int, number: int, reading: str) -> Iterator[Stretch]:
        text = self._text
        items: list[Span] = []
        at = end
        while len(items) < number:
            closed = text.rfind("”", start, at)
            opened = text.rfind("“", start, closed) if closed >= 0 else -1
            if opened < 0 or at - closed > 14:
                break
            items.append((opened + 1, closed))
            at = opened
        if len(items) == number:
            more = text.rfind("”", max(start, at - 3), at)
            items.reverse()
            yield Stretch(place, "quotes", tuple(items), reading, cue, 0, (items[0][0], items[-1][1]), int(more >= 0))

    def _cut_back(
        self, place: str, cut: str, cue: str, start: int, end: int, places: list[int], number: int, reading: str
    ) -> Iterator[Stretch]:
        pieces = list(zip([start, *[at + 1 for at in places]], [*places, end], strict=True))
        for splits in range(min(number - 1, 3) + 1):
            wanted = number - splits
            if wanted > len(pieces) or (cut not in "、和" and wanted == 1):
                continue
            if wanted == 1 and splits > 2:
                continue
            chosen = pieces[-wanted:]
            left_over = len(pieces) - wanted
            if not splits:
                yield from self._ends(place, cut, cue, chosen, reading, 0, left_over, forward=False)
            for pieced, taken in self._split(chosen, splits):
                yield from self._ends(place, cut if wanted > 1 else "和", cue, pieced, reading, taken, left_over, forward=False)
        if cut == "、" and len(pieces) == 1:
            for width in range(2, 5):
                low = end - width * number
                if low >= start:
                    parted = self._equal_parts([(low, end)], number)
                    if parted:
                        yield Stretch(place, "equal", tuple(parted), reading, cue, 0, (start, end), 0)

    # Ordinals and paragraphs

    def _ordinals(self, mention: Mention, number: int, reading: str) -> Iterator[Stretch]:
        text = self._text
        if number > 20:
            return
        near = min(len(text), mention.end + 160)
        for style in _ORDINAL_STYLES:
            first = _ordinal(style, 1)
            start = text.find(first, mention.end, near)
            if start < 0 or (style in ("{d}.", "{d}、", "{d}．") and text[start - 1].isdigit()):
                continue
            if style == "\n" and text[start - 1 : start] != "：":
                continue
            items: list[Span] = []
            at = start
            limit = min(len(text), start + _ORDINAL_WINDOW)
            for ordinal in range(1, number + 1):
                sign = _ordinal(style, ordinal)
                found = text.find(sign, at, limit)
                if found < 0:
                    break
                begin = found + len(sign)
                stop = _ITEM_STOP.search(text, begin + 1, begin + _LONGEST_ITEM)
                if not stop:
                    break
                items.append((begin, stop.start()))
                at = stop.start()
            if len(items) == number:
                more = text.find(_ordinal(style, number + 1), at, at + 400) >= 0 and style not in ("——", "\n")
                for variant in (items, self._without_lead(items)):
                  if variant:
                    yield Stretch("ordinal", style, tuple(variant), reading, text[mention.end : start], 0, (start, items[-1][1]), int(more))

    def _without_lead(self, items: list[Span]) -> list[Span]:
        """Return the items without the two characters that all begin with, or nothing where they do not."""
        heads = {self._text[start : start + 2] for start, _ in items}
        return [(start + 2, end) for start, end in items] if len(heads) == 1 else []

    # A definition for each group

    def _by_group(self, mention: Mention) -> Iterator[Stretch]:
        """Read a list behind the name of each group: “四横”指…；“三纵”指…"""
        text = self._text
        at = mention.end
        lists: list[list[Stretch]] = []
        groups = mention.promise.groups
        for group in groups:
            named = f"“{group.name}”" if len(group.name) == 1 else group.name
            found = text.find(named, at, at + 400)
            if found < 0:
                return
            stop = _STOP.search(text, found)
            at = found + len(named)
            limit = stop.start() if stop else len(text)
            following = [text.find(f"“{other.name}”" if len(other.name) == 1 else other.name, at, limit) for other in groups[len(lists) + 1 :][:1]]
            end = following[0] if following and following[0] >= 0 else limit
            if text.startswith("”", at):
                at += 1
            cue = _CUE.search(text, at, min(end, at + 12))
            if not cue:
                return
            if group.count == 1:
                clause = _ITEM_STOP.search(text, cue.end(), end)
                last = clause.start() if clause else end
                lists.append([Stretch("group", "，", (self._clean(cue.end(), last),), "sum", "", 0, (cue.end(), last), 0)])
            else:
                part = [
                    stretch
                    for start in {cue.end(), *[again.end() for again in _CUE.finditer(text, cue.end(), min(end, cue.end() + 24))]}
                    for stretch in self._forward("group", "", start, end, group.count, "sum")
                ]
                part.sort(key=self._group_order)
                if not part:
                    return
                lists.append(part[:2])
        for number in range(2):
            chosen = [part[min(number, len(part) - 1)] for part in lists]
            items = tuple(item for stretch in chosen for item in stretch.items)
            if all(end > start for start, end in items):
                yield Stretch("group", chosen[0].cut, items, "sum", text[mention.end : items[0][0]], 0, (items[0][0], items[-1][1]), 0, tuple(len(stretch.items) for stretch in chosen))

    def _group_order(self, stretch: Stretch) -> float:
        lengths = [end - start for start, end in stretch.items]
        return max(lengths) / min(lengths) - self.parts_at(stretch.items[0][0]) + 3 * stretch.left_over


def words_alike(words: list[str], at: int) -> int:
    """Return how many of the words have the commonest character at their beginning (0) or end (-1)."""
    characters = [word[at] for word in words]
    return max(map(characters.count, characters))


def _ordinal(style: str, number: int) -> str:
    tens, units = divmod(number, 10)
    han = ("" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十") + (_DIGITS[units - 1] if units else "")
    circled = _CIRCLED[number - 1] if number <= len(_CIRCLED) else "\0"
    return style.format(h=han, d=number, c=circled)
