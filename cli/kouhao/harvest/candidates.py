"""Everything that may be the expansion of a mention: stretches of text around it, cut into as many items as it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import log

from kouhao.harvest.mentions import Mention, cell_end
from kouhao.harvest.ngrams import NGrams
from kouhao.harvest.segmentation import MOST_UNEVEN, Segmentation, Segmenter, Setting, Span
from kouhao.language.background import ends_in_word, is_word
from kouhao.language.lexicon import COUNTING, DIGITS, ENCLOSED, MEASURE_WORDS, NUMBER_MARKS, NUMBERING
from kouhao.language.numerals import Group, Promise

_STOP = re.compile("[。！？\n\t|]")
_CUE = re.compile(
    "(?:指|是|包括|有)(?:的是)?(?:什么|哪些|哪.{1,2})?？\n?(?:答：)?|即是?：?|是?指的?是?：?|就是：?|(?:主要)?包括了?：?|分别[是为]?：?|[是为]：?|：|——|由|，|。|\t|\\|"
)
_CUE_REACH = 36  # characters behind a mention in which a list may be announced
_MOST_COMMAS = 2  # commas in them
_STRONG_CUE = re.compile("包括：?|分别[是为]：?|即：?|是指|明确提出，要?|：")
_STRONG_REACH = 120  # the same for words that announce nothing else
_BRACKET_REACH = 12  # characters between a mention and its bracket
_LONGEST_BRACKET = 1500  # characters, by hand
_LONGEST_SENTENCE = 1600  # likewise
_WINDOW = 420  # characters of a list, and the more for each item that the number promises
_PER_ITEM = 40  # see above
_PEEL = re.compile("(?:等方面|等等|等|的|这些?|所谓|上述|以上|即|以下|简称|合称|统称|并称|称|为|——|：|（|，|[“])$")
_FAR = re.compile("这|上述|以上")
_ENCLOSED = dict(reversed([(value, mark) for mark, value in ENCLOSED.items()]))
_HAN_DIGITS = DIGITS[1:]
_BULLETS = "-•·"
_ORDINAL_STYLES = (
    "{h}是",
    "第{h}，",
    "第{h}",
    "{h}要",
    "{h}、",
    "（{h}）",
    "{d}.",
    "{d}、",
    "{d}．",
    "（{d}）",
    "{c}",
    "——",
    *(f"\n{bullet}" for bullet in _BULLETS),
    "\n",
)
_NUMBERED_CELLS = ("|{d}|", "\n{d}\n")
_WORD = re.compile(rf"(?![{NUMBERING}百0-9]+\Z|包括|是指|分别)[\w“‘（《【](?:.*[\w”’）》】％%+])?", re.DOTALL)
_NUMBERED = re.compile(
    f"[{NUMBERING}]{{1,3}}(?:是|要|、)|第[{NUMBERING}]|（[{NUMBERING}0-9]+）|[0-9]{{1,2}}[.、]|[{NUMBER_MARKS}]|——|“[^“”]{{1,4}}”(?:[即指是为：])"
)
_NUMBERS = re.compile(f"[A-Za-z0-9.%％{NUMBERING}百]+|^[\u4e00-\u9fff]某$")
"""What tells things of one kind apart (2018年, 12班, A, 一组) or hides a name (王某): where items differ in nothing else they name nothing."""
_AMOUNT = re.compile("[0-9.]+(?:%|％|个?百分点|[年月日号时分元人万亿岁]+)?")
_REPEATED = re.compile(f"[{COUNTING}0-9]+[{MEASURE_WORDS}]?([\u4e00-\u9fff]{{2,4}})")
"""A slogan whose items may begin with its own word (八个聚焦), each at the head of a line or a section."""
_IN_PART = (
    "first",
    "last",
    "group",
    "rest",
)  # readings of some of the numerals: three pairs for 三抓三促, an item a group
_UNNUMBERED = ("——", *(f"\n{bullet}" for bullet in _BULLETS), "\n")
_ORDINAL_REACH, _ORDINAL_WINDOW = 160, 3000
"""Characters in which the first numbered item begins, and the last one, by hand."""

_MOST_ORDINALS = 20  # items that are numbered in words
_LONGEST_ITEM = 90  # characters, by hand
_LONGEST_HEADING = 24  # likewise
_ITEM_STOP = re.compile("[，。；：\n|！？]|——")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("【", "】"))
_PAIRED = re.compile("[“”（）《》【】]")
_BLANK = re.compile("__|（_*）")
_SECTION = re.compile(r"\n((?:[0-9]{1,2}\.)+)[0-9]{1,2}(?![0-9])")
_ONLY_LIST = re.compile("[^、，。；：！？|\n]+(?:、[^、，。；：！？|\n]+)+(?:\n|$)")
_PARTED = re.compile("[、，；]")
_GROUP_REACH = 400  # characters from one group's list to the next group
_PIECE_STOP = re.compile("[，；。）\n]")
_CLAUSE_STOP = re.compile("[。！？；，：\n\t|（“]")
_SUBJECT_REACH = 24  # characters of a list's own name between 是 and the mention


class CandidateFinder:
    """Finds the stretches for mentions of one running text."""

    def __init__(self, text: str, ngrams: NGrams) -> None:
        self._text = text
        self._has_blanks = bool(_BLANK.search(text))
        self._segmenter = Segmenter(text, ngrams)
        self.parts_at = self._segmenter.parts_at

    def find(self, mention: Mention) -> Iterator[Segmentation]:
        """Yield all stretches for a mention whose items are of a like length, in no order; not all are plausible."""
        for stretch in self._all(mention):
            self._pass_numerals(stretch)
            lengths = [end - start for start, end in stretch.items]
            if 0 < max(lengths) <= MOST_UNEVEN * min(lengths):
                yield stretch

    def _pass_numerals(self, stretch: Segmentation) -> None:
        """Begin the items behind the numerals that count them (一缺资金、二缺技术)."""
        items, text = stretch.items, self._text
        if text[items[0][0]] == "一" and text[items[1][0]] == "二":
            counted = all(text[start] == numeral for (start, _), numeral in zip(items, NUMBERING, strict=False))
            if counted and len(items) <= len(NUMBERING) and text[items[0][0] + 1] not in "是要、":
                stretch.items = tuple((start + 1, end) for start, end in items)
                stretch.natural = (stretch.natural[0] + (stretch.natural[0] == items[0][0]), stretch.natural[1])

    def is_plausible(self, mention: Mention, stretch: Segmentation) -> bool:
        """Return whether items are whole words that differ, none is a bare number or begins with its own; what some numerals promise fills all."""
        goes_on = stretch.left_over or (stretch.place == "bracket" and self._text[stretch.natural[1]] in "，；")
        if goes_on and (stretch.reading in _IN_PART or self._lists_more(stretch)):
            return False
        items = [self._text[start:end] for start, end in stretch.items]
        if len(set(items)) < len(items) or not all(map(_is_whole, items)) or self._has_blank(stretch):
            return False
        if any(map(_AMOUNT.fullmatch, items)):
            return False
        first = _NUMBERS.sub("", items[0])
        if all(_NUMBERS.sub("", item) == first for item in items[1:]):
            return False
        in_sections = any(_SECTION.match(self._text, start - 1) for start, _ in stretch.items if start)
        if in_sections or all(_NUMBERED.match(self._text, start) for start, _ in stretch.items[1:]):
            return False
        return bool(mention.promise.groups) or self._is_spelled(mention, stretch)

    def _is_spelled(self, mention: Mention, stretch: Segmentation) -> bool:
        """Tell whether each item is longer than its letters of an acronym and has them."""
        return all(
            end - start > 1 and letter in self._text[start:end]
            for letter, (start, end) in zip(mention.term, stretch.items, strict=True)
        )

    def _has_blank(self, stretch: Segmentation) -> bool:
        """Tell whether the sentence of a list leaves something to fill in."""
        first, last = stretch.items[0][0], stretch.items[-1][1]
        return self._has_blanks and bool(_BLANK.search(self._text, first, self._sentence_end(last)))

    def _lists_more(self, stretch: Segmentation) -> bool:
        """Tell whether a list in brackets, or to the end of a sentence, goes on as it does between its items: more is listed than promised."""
        first, end = stretch.natural
        mark = self._text[stretch.items[0][1]]
        if stretch.place == "after" and mark == "、" == self._text[end]:
            return not _PIECE_STOP.search(self._text, end, self._sentence_end(end))
        if stretch.place != "bracket" or not stretch.left_over:
            return False
        if stretch.cut == "quotes" or mark != self._text[end] or mark == "、":
            return stretch.cut == "quotes" or mark == self._text[end]
        stop = _PIECE_STOP.search(self._text, end + 1)
        further = self._segmenter.clean(end + 1, stop.start() if stop else len(self._text))
        starts = (first, *[start for start, _ in stretch.items[1:]], further[0])
        ends = (*[last for _, last in stretch.items[:-1]], end, further[1])
        return 1 in (len({self._text[start] for start in starts}), len({self._text[last - 1] for last in ends}))

    def _all(self, mention: Mention) -> Iterator[Segmentation]:
        starts = list(self._starts_after(mention))
        for number, reading in mention.promise.readings.items():
            if mention.kind == "joined" and reading != "sum":
                continue
            for place, cue, start, end in starts:
                if end - start >= 2 * number - 1:
                    setting = Setting(place, cue, number, reading)
                    yield from self._segmenter.forward(setting, start, min(end, start + _WINDOW + _PER_ITEM * number))
            yield from self._before(mention, number, reading)
            yield from self._subject(mention, number, reading)
            if number <= _MOST_ORDINALS:
                yield from self._ordinals(mention, number, reading)
        for reading, groups in _defined_apart(mention.promise):
            yield from self._by_group(mention, reading, groups)

    def _plainness(self, stretch: Segmentation) -> float:
        """Return how much a stretch looks like a list at first sight: even items, cut where words part."""
        lengths = [end - start for start, end in stretch.items]
        start, end = stretch.items[0][0], stretch.items[-1][1]
        plain = -2.5 * log(max(lengths) / min(lengths)) - stretch.splits - 0.7 * stretch.left_over
        if start != stretch.natural[0]:
            plain += self.parts_at(start)
        return plain + self.parts_at(end) if end != stretch.natural[1] else plain

    # Behind the mention

    def _starts_after(self, mention: Mention) -> Iterator[tuple[str, str, int, int]]:
        """Yield where a list behind the mention may begin and must end: (place, cue, start, end)."""
        text = self._text
        at = mention.end + text.startswith("”", mention.end)
        opening = text.find("（", at, at + _BRACKET_REACH)
        closing = self._closing(opening) if opening >= 0 and not _STOP.search(text, at, opening) else -1
        if closing >= 0:
            lead = _CUE.match(text, opening + 1)
            start = lead.end() if lead else opening + 1
            yield "bracket", text[at:opening], start, closing
            yield from self._quoted_from("bracket", at, start, closing)
        row = cell_end(text, mention, "\n") + 1
        if row and _ONLY_LIST.match(text, row):
            yield "after", "|", row, self._sentence_end(row)
        last, commas = at, 0
        for cue in _CUE.finditer(text, at, at + _CUE_REACH):
            starts = self._behind_cue(cue)
            commas += cue[0] == "，"
            if commas > _MOST_COMMAS:
                break
            if cue.start() >= last:
                last = starts[-1]
                end = self._sentence_end(last)
                for start in starts:
                    yield "after", text[at:start], start, end
                    yield from self._quoted_from("after", at, start, end)
            if cue[0] == "。" and starts[-1] == cue.end():
                break
        end = self._sentence_end(max(at, last))
        for cue in _STRONG_CUE.finditer(text, at + _CUE_REACH, min(end, at + _STRONG_REACH)):
            yield "after", text[at : cue.end()], cue.end(), end

    def _quoted_from(self, place: str, at: int, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
        """Yield what stands between the quotes that open at `start`, where a list stands in quotes as a whole."""
        closing = self._text.find("”", start, end) if self._text.startswith("“", start) else -1
        if _PARTED.search(self._text, start, max(start, closing)):
            yield place, self._text[at : start + 1], start + 1, closing

    def _behind_cue(self, cue: re.Match[str]) -> tuple[int, ...]:
        """Return where a list may begin behind a cue: behind line ends that follow a colon, behind a second cue (：⏎是指) and before 为 or 是."""
        text, start = self._text, cue.end()
        if cue[0].endswith(("：", "。", "指", "——")):
            while text.startswith("\n", start):
                start += 1
        again = _CUE.match(text, start) if text[start - 1] in "：\n。，" else None
        if not again or again[0] in ("，", "。", "：", "——"):
            return (start,)
        return (start, again.end()) if again[0] in ("是", "为") else (again.end(),)

    def _sentence_end(self, start: int) -> int:
        stop = _STOP.search(self._text, start, start + _LONGEST_SENTENCE)
        return stop.start() if stop else min(len(self._text), start + _LONGEST_SENTENCE)

    def _closing(self, opening: int) -> int:
        """Return the offset of the bracket that closes the one at `opening`, or -1."""
        depth = 0
        for at in range(opening, min(len(self._text), opening + _LONGEST_BRACKET)):
            depth += (self._text[at] == "（") - (self._text[at] == "）")
            if not depth:
                return at
        return -1

    # Before the mention

    def _before(self, mention: Mention, number: int, reading: str) -> Iterator[Segmentation]:
        text = self._text
        floor = max(0, mention.start - _WINDOW - 30 * number)
        end = self._peeled(floor, mention.start)
        cue = text[end : mention.start]
        far = "，" in cue
        if end > floor and text[end - 1] in "。，" and _FAR.match(cue):
            end -= 1
            far = True
        start = max((stop.end() for stop in _STOP.finditer(text, floor, end)), default=floor)
        setting = Setting("far" if far else "before", cue, number, reading)
        for opening, closing in ("“”", "（）"):
            if text[end - 1 : end] == closing:
                opened = text.rfind(opening, start, end)
                if opened >= 0:
                    shut = Setting(setting.place, cue + closing, number, reading)
                    yield from self._segmenter.enclosed(shut, opened + 1, end - 1)
        start = self._unclosed(start, end)
        if end - start >= 2 * number - 1:
            yield from self._segmenter.backward(setting, start, end)

    def _subject(self, mention: Mention, number: int, reading: str) -> Iterator[Segmentation]:
        """Yield the readings of the subject of a clause that says what it is: 和平与发展是当今世界的两大主题."""
        text = self._text
        floor = max(0, mention.start - _WINDOW)
        start = max((stop.end() for stop in _CLAUSE_STOP.finditer(text, floor, mention.start)), default=floor)
        end = text.rfind("是", max(start, mention.start - _SUBJECT_REACH), mention.start)
        if end - start >= 2 * number - 1:
            setting = Setting("subject", text[end : mention.start], number, reading)
            yield from self._segmenter.backward(setting, start, end)

    def _peeled(self, floor: int, end: int) -> int:
        """Return the end of the list before a mention, without the words that lead over to the mention (等, 的, 这)."""
        at = end
        while at > floor:
            peel = _PEEL.search(self._text, max(floor, at - 3), at)
            if not peel or (peel[0] == "，" and at != end) or (peel[0] == "等" and ends_in_word(self._text[:at])):
                break
            at = peel.start()
        return at

    def _unclosed(self, start: int, end: int) -> int:
        """Return the offset behind the last bracket or quote that is open at `end`, or `start`."""
        depth = 0
        for at in range(end - 1, start - 1, -1):
            mark = self._text[at]
            if mark in "”）》’":
                depth += 1
            elif mark in "“（《‘":
                if not depth:
                    return at + 1
                depth -= 1
        return start

    # Ordinals and paragraphs

    def _ordinals(self, mention: Mention, number: int, reading: str) -> Iterator[Segmentation]:
        text = self._text
        for cut, style in self._styles(mention):
            start = text.find(_ordinal(style, 1), mention.end, mention.end + _ORDINAL_REACH)
            if start < 0 or (style[-1] in ".、．" and text[start - 1].isdecimal()):
                continue
            if style == "\n" and not self._begins_lines(mention, start):
                continue
            items = self._behind_ordinals(style, number, start)
            if len(items) == number:
                if style == "第{h}":
                    items = self._behind_units(items)
                end = items[-1][1]
                more = style not in _UNNUMBERED and text.find(_ordinal(style, number + 1), end, end + _GROUP_REACH) >= 0
                items = self._without_asides(items) or items
                for variant in (items, self._without_lead(items)):
                    if variant:
                        cue = text[mention.end : start]
                        natural = (variant[0][0], end)
                        yield Segmentation("ordinal", cue, reading, cut, tuple(variant), natural, left_over=int(more))

    def _styles(self, mention: Mention) -> Iterator[tuple[str, str]]:
        """Yield what may number the items of a mention, with the style that it counts as: a section's number (2.1) or a cell's as a plain one."""
        yield from zip(_ORDINAL_STYLES, _ORDINAL_STYLES, strict=True)
        for style in _NUMBERED_CELLS:
            yield "{d}.", style
        repeated = _REPEATED.fullmatch(mention.term)
        if repeated:
            yield f"\n{repeated[1]}", f"\n{repeated[1]}"
        section = _SECTION.search(self._text, mention.end, mention.end + _ORDINAL_REACH)
        if section:
            yield "{d}.", f"\n{section[1]}{{d}}"

    def _begins_lines(self, mention: Mention, end: int) -> bool:
        """Tell whether plain lines follow the line that ends at an offset, and a colon ends it or it is a heading: short, without marks."""
        if self._text[end + 1 : end + 2] in _BULLETS:
            return False
        start = self._text.rfind("\n", max(0, end - _LONGEST_HEADING - 1), mention.start) + 1
        is_heading = end - start <= _LONGEST_HEADING and not _ITEM_STOP.search(self._text, start, end)
        return self._text[end - 1] == "：" or is_heading

    def _behind_ordinals(self, style: str, number: int, start: int) -> list[Span]:
        text, at = self._text, start
        items: list[Span] = []
        for ordinal in range(1, number + 1):
            sign, following = _ordinal(style, ordinal), _ordinal(style, ordinal + 1)
            found = text.find(sign, at, start + _ORDINAL_WINDOW)
            begin = found + (len(sign) if style in _ORDINAL_STYLES or "{" in style else 1)
            stop = _ITEM_STOP.search(text, begin + 1, begin + _LONGEST_ITEM) if found >= 0 else None
            if not stop:
                break
            at = stop.start()
            if ordinal < number and (next_one := text.find(following, begin + 1, at)) >= 0:
                at = next_one
            items.append((begin, self._balanced_end(begin, at)))
        return items

    def _balanced_end(self, start: int, end: int) -> int:
        """Return the offset of the first bracket that does not close, or was not opened, between `start` and `end`, or `end`."""
        opened: list[int] = []
        for at in range(start, end):
            if self._text[at] == "（":
                opened.append(at)
            elif self._text[at] == "）":
                if not opened:
                    return at
                opened.pop()
        return opened[0] if opened else end

    def _behind_units(self, items: list[Span]) -> list[Span]:
        """Return the items without the unit that the ordinal of each counts (第一步, 第一阶段, 第一道防线是)."""
        columns = (set(column) for column in zip(*(self._text[start:end] for start, end in items), strict=False))
        shared = self._text[slice(*items[0])][: len(list(takewhile(lambda column: len(column) == 1, columns)))]
        width = len(shared) if shared[-1:] in ("是", "为") or is_word(shared) else min(len(shared), 1)
        behind = [(start + width, end) for start, end in items]
        return behind if all(start < end for start, end in behind) else items

    def _without_asides(self, items: list[Span]) -> list[Span]:
        """Return the items without the brackets in which all of them end, or nothing where they do not."""
        openings = [self._text.find("（", *item) for item in items]
        ends = all(self._text[end - 1] == "）" for _, end in items) and min(openings) >= 0
        return [(start, opening) for (start, _), opening in zip(items, openings, strict=True)] if ends else []

    def _without_lead(self, items: list[Span]) -> list[Span]:
        """Return the items without the two characters with which all of them begin, or nothing where they do not."""
        heads = {self._text[start : start + 2] for start, _ in items}
        return [(start + 2, end) for start, end in items] if len(heads) == 1 else []

    # A definition for each group

    def _by_group(self, mention: Mention, reading: str, groups: Sequence[Group]) -> Iterator[Segmentation]:
        """Read a list behind the name of each group: “四横”指…；“三纵”指…"""
        text, at = self._text, mention.end
        chosen: list[Segmentation] = []
        for place, group in enumerate(groups):
            name = _quoted(group)
            found = text.find(name, at, at + _GROUP_REACH)
            if found < 0:
                return
            at = found + len(name)
            end = self._sentence_end(at)
            if place + 1 < len(groups):
                following = text.find(_quoted(groups[place + 1]), at, end)
                end = following if following >= 0 else end
            part = self._of_group(group, at + text.startswith("”", at), end)
            if not part:
                return
            chosen.append(part)
        items = tuple(item for part in chosen for item in part.items)
        counts = tuple(len(part.items) for part in chosen)
        natural = (items[0][0], items[-1][1])
        cue = text[mention.end : items[0][0]]
        apart = counts if reading == "sum" else ()
        yield Segmentation("group", cue, reading, chosen[0].cut, items, natural, groups=apart)

    def _of_group(self, group: Group, at: int, end: int) -> Segmentation | None:
        cue = _CUE.search(self._text, at, min(end, at + 12))
        if not cue:
            return None
        if group.count == 1:
            clause = _CLAUSE_STOP.search(self._text, cue.end(), end)
            item = self._segmenter.clean(cue.end(), clause.start() if clause else end)
            return Segmentation("group", "", "sum", "，", (item,), item)
        setting = Setting("group", "", group.count, "sum")
        again = _CUE.finditer(self._text, cue.end(), min(end, cue.end() + 24))
        starts = {cue.end(), *[one.end() for one in again if one[0] != "，"]}
        found = [stretch for start in starts for stretch in self._segmenter.forward(setting, start, end)]
        found = [stretch for stretch in found if all(_WORD.match(self._text, *item) for item in stretch.items)]
        return max(found, key=self._plainness, default=None)


def _defined_apart(promised: Promise) -> Iterator[tuple[str, Sequence[Group]]]:
    """Yield the groups that a text may define one by one, by the reading of the numerals that they are: those of a code are its digits."""
    for reading in promised.readings.values():
        if reading == "sum" and len(promised.groups) > 1:
            yield reading, promised.groups
        elif reading in ("terms", "places", "digits"):
            names = promised.groups[0].name if len(promised.groups) == 1 else [one.name for one in promised.groups]
            yield reading, [Group(name, int(name) if reading == "digits" else 1, 0, 0) for name in names]


def _is_whole(item: str) -> bool:
    """Tell whether an item begins and ends with a word, and what opens in it closes in it."""
    if not _WORD.fullmatch(item):
        return False
    return not _PAIRED.search(item) or all(item.count(opening) == item.count(closing) for opening, closing in _PAIRS)


def _quoted(group: Group) -> str:
    return f"“{group.name}”" if len(group.name) == 1 else group.name


def _ordinal(style: str, number: int) -> str:
    tens, units = divmod(number, 10)
    han = ("" if not tens else "十" if tens == 1 else _HAN_DIGITS[tens - 1] + "十") + (
        _HAN_DIGITS[units - 1] if units else ""
    )
    return style.format(h=han, d=number, c=_ENCLOSED[number])
