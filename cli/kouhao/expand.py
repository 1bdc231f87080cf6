"""Expand the slogans of a document the way official documents write it: “五好”(班子建设好、…).

Pure: text in, edits out. What a text already explains, what stands inside a longer word or a title, in headings, links, code and
tables of contents, and what is no prose stays as it is, so that a second run changes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from kouhao.check.agreement import AGREES, agreement, district, has_own_list
from kouhao.check.context import KnownSlogan, Page, PageReader
from kouhao.check.item_diff import Item, bare
from kouhao.check.stretches import Grade
from kouhao.documents.document import Document, written_in
from kouhao.documents.skip_ranges import Protection, Spans
from kouhao.index.patterns import Meaning, held
from kouhao.language.background import is_word
from kouhao.language.dates import document_date
from kouhao.language.lexicon import (
    CONNECTIVES,
    FOLLOWING_SLOGANS,
    ITEM_MARKS,
    JOINING,
    MEASURE_WORDS,
    NOTE_MARKS,
    NUMBER_CHARACTERS,
    NUMBER_MARKS,
    NUMBERING,
    OPENING,
    ORGANS_AND_EVENTS,
    PRECEDING_SLOGANS,
    SENTENCE_ENDS,
    THAT_IS,
)
from kouhao.language.normalize import fold, half_width, is_han, same_length, widen
from kouhao.language.numerals import count_groups, is_mere_count
from kouhao.language.word_boundary import FOLLOWING
from kouhao.lookup.features import cut_words
from kouhao.model import Basis, Edit, apply_edits
from kouhao.records import ReadingRecord

_EXPLAINED = re.compile(rf"\s?(?:[{OPENING}{NOTE_MARKS}]|——|[，,]?(?:{'|'.join(THAT_IS)}))")
"""What stands behind a slogan that is explained: a bracket, the number of a note, a word that says so."""

_TOLD = re.compile(
    rf"[^\s，。；：、（）“”！？=|—]{{0,8}}(?:[：=](?=[^。\n]{{1,40}}?[、，；])|，(?:{'|'.join(THAT_IS)}))"
)
"""A list behind a slogan and its noun: “三讲”活动：讲文明、讲卫生、讲礼貌, “三讲”的口号，即讲文明…."""

SET_NOUNS = ("重要思想", "总体布局", "战略布局", "精神")
"""The nouns with which a slogan is one name, whatever the glossary knows of it: “三个代表”重要思想."""

_MARKUP = re.compile(r"(?:\*\*|__|~~|\*|_|</(?:b|strong|em|i|u|span|font)>)+")
_ENTITY, _ENTITY_END = re.compile(r"&#?[0-9A-Za-z]{2,8};"), re.compile(r"&#?[0-9A-Za-z]{2,8};$")
"""A character of a page as its source spells it, quotes among them, behind which nothing can be told."""

_LINK = re.compile(r"[^\[\]\n]{0,200}\]\(|[^<\n]{0,200}</a>")
_NUMBER = f"[零{NUMBERING}百]+"
_HEADING = re.compile(
    rf"#{{1,6}}\s|<h[1-6]|第(?:{_NUMBER}|[0-9]+)[章节条编部篇]|{_NUMBER}、|[（(](?:{_NUMBER}|[0-9]+)[）)]|[0-9]+(?:\.[0-9]+)*[.、．\s]"
    rf"|[{NUMBER_MARKS}•·]|[-*+]\s"
)
"""With what a heading begins, or an item of a list."""

_RUN_IN = re.compile(
    rf"(?:第(?:{_NUMBER}|[0-9]+)[章节编部篇]|{_NUMBER}、|[（(](?:{_NUMBER}|[0-9]+)[）)])[^{SENTENCE_ENDS}]{{0,45}}[{SENTENCE_ENDS}]"
)
"""A heading with which a paragraph begins: （二）坚持“一国两制”。…"""

_LABEL = re.compile(f"[^{SENTENCE_ENDS}{ITEM_MARKS}!?;,]*[{SENTENCE_ENDS}{ITEM_MARKS}!?;,]?")
"""A single clause: as a heading or an item of a list it names what is to be done."""

_ASKED = re.compile(r"[（(]\s*[）)]|_{3,}|(?:什么|哪)[^。！？?]*[？?]")
_OPTION = re.compile(r"(?:[-*+]\s+)?[（(]?[A-H][.、．:：）)]")
"""A question of an examination, with a blank or without, and what it offers to choose from."""

_BEFORE_DATUM, _BEHIND_DATUM = frozenset(",[{|'\"\n"), frozenset(",]}|'\"")
"""Between what a datum stands: "四个意识", "四个自信"."""

_ATTRIBUTES = re.compile(f"、[^{SENTENCE_ENDS}，；\n]*的$")
"""A list of a text's own before a slogan: 开放创新、坚韧不拔的企业家精神."""

_POINTED = re.compile("(?:这|这些|上述)$")
"""What points at a list before it: 坚持人民至上、…，这“六个必须坚持”."""

_TAGS = re.compile(r"</?[a-z][^<>\n]{0,80}>|\*\*|__")
_PROSE = re.compile(f"[{SENTENCE_ENDS}{ITEM_MARKS}!?;,\n]")
_LINE_ENDS = "\n\r\u2028\u2029"
_ENDS = tuple(f"{SENTENCE_ENDS}；：，、.!?;:,”」）)")
_NOTE = re.compile("〔([0-9]+)〕")
_ASIDE = re.compile("（[^（）]*(?:（[^（）]*）[^（）]*)*）|〔[^〔〕]*〕")
_STOP = re.compile(f"[{SENTENCE_ENDS}；\n]")
_CUT_ASIDE = re.compile("^[^（]*）|（[^）]*$")
_BETWEEN, _OTHER = "|".join((*ITEM_MARKS, *CONNECTIVES)), rf"[^\s“”（）{ITEM_MARKS}]{{1,12}}"
"""What stands between two items, and the rest of one beside what all have."""

_COUNTED_OFF = tuple("分共第每为")
"""What stands before a mere number of things: 共分三讲, 以两国为双引擎."""

_ANY_FIELD = re.compile("(?:经济|发展|战略|建设|改革|工作|国家|中国)+")
_LONGEST_NAME = 16  # characters behind a slogan that may belong to its name
_LONGEST_QUOTED = 200  # characters on each side of a slogan that stand in the same quotes
_BESIDE = 60  # characters on each side in which a slogan may be expanded already
_WORD = 2  # characters
_LONGEST_OWNER = 6  # characters that are cut into words
_FIELD = 6  # characters beside a slogan that name the field of one of its readings
_LONGEST_BODY = 5  # characters of what a body is called besides the slogan: 主题公园
BODIES = frozenset("馆堂站社园会团队组群室班县校院营")
"""With what the names of bodies and of places end that bear a slogan: 红船精神纪念馆, 三会一课宣讲团."""

PARTICLES = tuple(f"等的是为在即指中下上后内将已同让对从到由以也都不要就被把而{JOINING}")
_PLACING = frozenset("上下中内外前后时里间化好")
"""What follows a noun and makes no other of it: 基础上, 过程中."""

_LONGEST_HEADING = 45  # characters, by hand
_SHORTEST_WRAPPED = 15  # characters: narrower lines are no paragraph's
_LONGEST_TITLE = 200  # characters: the title of a document has fewer
_LONGEST_LINE = 500  # characters: of a longer line only so much is looked at, which keeps the work linear
_READ_BEFORE, _READ_BEHIND = 500, 2000
"""Characters beside a slogan that tell how it is meant, the longest list included."""

_REMEMBERED = 1 << 14  # places, some megabytes
_NEAR = 200
"""Characters on each side that tell in which width a place is written, and in which a list of its own may stand."""

_TELLING = 6  # characters of an item that tells by itself that a text gives an expansion in words of its own
_CLAUSE, _CLOSE = 4, 30
"""Characters of an item that by itself tells so, and in which distance: 精益求精的工匠精神."""

_TAIL = 3  # characters behind a slogan that end its expansion, too: “三医”协同 and 发展和治理
_PAIR = 2  # items: two tell a list from a word
_WIDE, _HALF, _ALWAYS_WIDE = frozenset("，；：（）？！"), frozenset(",;:()?!"), frozenset("。、“”《》")
_MARK = re.compile(f"[{''.join(sorted(_WIDE | _HALF))}]")
_CONNECTIVES = re.compile("|".join(CONNECTIVES))


class Left(StrEnum):
    """Why a slogan was left as it is, as people read it."""

    APART = "在标题、列表、表格、题目或链接里"
    SCRIPT = "文中是繁体字"
    SEVERAL = "有几种展开，看不出是哪一种"
    NAME = "是更长的名称的一部分"
    OTHER = "上下文里看不出就是词库里的意思"


class Style(StrEnum):
    """Where an expansion goes: in brackets behind the slogan, in its place, or to the end as a footnote."""

    BRACKETS = "brackets"
    REPLACE = "replace"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a slogan stands in its place: whether the text explains it there, else with which expansion, or why it is to be left."""

    slogan: Slogan
    explained: bool = False
    left: Left | None = None


@dataclass(frozen=True, slots=True)
class Slogan:
    """What a mention stands for: its term, its full expansion, empty where it is unknown or not the only one, the nouns of its name.

    `undecided` tells whether it is not the only one, `readings` are all, with their fields; `scopes` are the fields of which alone
    a text means it so; empty where it always does. `companions` are the words with which texts go on.
    """

    term: str
    full: str
    nouns: tuple[str, ...] = SET_NOUNS
    scopes: tuple[str, ...] = ()
    undecided: bool = False
    readings: tuple[tuple[str, str], ...] = ()
    companions: tuple[str, ...] = ()


class Expander:
    """Expands one document, in pieces of whole lines.

    With `every` all occurrences are expanded, else the first of each term. The width of brackets and marks follows the text: that
    of the marks nearest to a place, else of the piece so far, else the source's own. Of several readings that one is taken which
    is valid at the document's date, or `as_of`, else none; one with a scope only where the text beside it speaks of that field,
    for names like 三大行动 are given to other things elsewhere.
    """

    def __init__(
        self,
        reader: PageReader,
        *,
        style: Style = Style.BRACKETS,
        every: bool = False,
        kind: str = "txt",
        as_of: str = "",
    ) -> None:
        """`kind` is the document's, as `Document.kind` gives it."""
        self._reader = reader
        self._style = style
        self._every = every
        self._kind = kind
        self._date = as_of
        self._known: dict[tuple[str, ...], Slogan] = {}
        self._explained: set[str] = set()
        self._places: set[str] = set()
        self._unnamed: set[str] = set()
        self._judged: dict[int, Judgement] = {}
        self._left: dict[str, list[Left]] = {}
        self._notes: dict[str, tuple[int, str]] = {}
        self._first_note = 0
        self._protection = Protection()
        self._wide: bool | None = None
        self._begun = False

    def expand(self, piece: str) -> str:
        """Return the next piece of the document, expanded."""
        return apply_edits(piece, self.edits(piece))

    def edits(self, piece: str) -> list[Edit]:
        """Return what is to be changed in the next piece of the document."""
        self._date = self._date or document_date(piece)
        self._first_note = max([self._first_note, *map(int, _NOTE.findall(piece))])
        protected = self._protection.spans(piece)
        page = self._reader.read(Document("-", piece, "utf-8", self._kind), protected=protected)
        self._unnamed = set()
        given = Spans([(claim.alignment.start, claim.alignment.end) for _, claim in page.claims])
        slogans = (mention for mention in page.mentions if not given.touch(mention.start, mention.start + 1))
        edits = [edit for mention in slogans if (edit := self._edit(page, _as_held(mention)))]
        self._begun = True
        return edits

    @property
    def left(self) -> dict[str, list[Left]]:
        """The terms that were expanded nowhere, and why, once for each place."""
        return {term: why for term, why in self._left.items() if term not in self._explained}

    def footnotes(self) -> str:
        """Return the footnotes of all pieces, a line each."""
        return "".join(f"〔{number}〕{term}：{full}\n" for term, (number, full) in self._notes.items())

    def _edit(self, page: Page, mention: KnownSlogan) -> Edit | None:
        slogan = self._slogan(mention)
        if not (slogan.full or slogan.undecided) or (slogan.term in self._explained and not self._every):
            return None
        judgement = self._judge(page, mention, slogan)
        left = judgement.left or (Left.OTHER if self._is_elsewhere(page, mention) else None)
        if left and not judgement.explained:
            self._left.setdefault(slogan.term, []).append(left)
            return None
        self._explained.update(meaning.term for meaning in mention.meanings)
        return None if judgement.explained else self._write(page, mention, judgement.slogan)

    def _judge(self, page: Page, mention: KnownSlogan, slogan: Slogan) -> Judgement:
        """Return how a mention stands in its place; the same place is judged once: tables say much again."""
        text, (start, end) = page.document.text, page.normalized.origin_span(mention.outer_start, mention.outer_end)
        low = max(0, start - _READ_BEFORE)
        place = hash((text[low : end + _READ_BEHIND], start - low, end - low, self._begun))
        if place not in self._judged:
            if len(self._judged) == _REMEMBERED:
                self._judged.clear()
            apart = self._is_apart(page, mention) or _is_counted_on(page, mention)
            self._judged[place] = Judgement(slogan, left=Left.APART) if apart else _judged(page, mention, slogan)
            if page.traditional and not self._judged[place].explained:  # items are known in simplified characters
                self._judged[place] = Judgement(slogan, left=Left.SCRIPT)
        return self._judged[place]

    def _is_elsewhere(self, page: Page, mention: KnownSlogan) -> bool:
        """Return whether a slogan is a district's own, and the text does not name the district."""
        owners = {district(meaning) for meaning in mention.meanings} - self._unnamed
        self._places |= {owner for owner in owners - self._places if owner in page.text}
        self._unnamed |= owners - self._places
        return not owners & self._places

    def _slogan(self, mention: KnownSlogan) -> Slogan:
        key = tuple(meaning.id for meaning in mention.meanings)
        if key not in self._known:
            self._known[key] = slogan_of(mention.meanings, self._date)
        return self._known[key]

    def _is_apart(self, page: Page, mention: KnownSlogan) -> bool:
        """Return whether a mention stands in a title, a link, a heading or a table of contents."""
        text, (start, end) = page.document.text, page.normalized.origin_span(mention.outer_start, mention.outer_end)
        if any(_is_titled(text, start, end, *marks) for marks in ("《》", "【】")):
            return True
        low, high = max(0, start - _LONGEST_LINE), min(len(text), end + _LONGEST_LINE)
        first = max(low, *(text.rfind(mark, low, start) + 1 for mark in _LINE_ENDS))
        last = min(at for at in (*(text.find(mark, end, high) for mark in _LINE_ENDS), high) if at >= 0)
        if self._kind == "html-source" and (
            _ENTITY.match(text, end) or _ENTITY_END.search(text, max(0, start - 9), start)
        ):
            return True
        if _LINK.match(text, end, last) or text.startswith("#", max(0, start - 1)):  # a link or a tag
            return True
        whole = _TAGS.sub("", text[first:last]).strip()
        heading = bool(_HEADING.match(whole))
        run_in = _RUN_IN.match(whole)
        if run_in and _TAGS.sub("", text[first:end]).strip() in run_in[0]:
            return True
        if (heading and _LABEL.fullmatch(whole)) or _OPTION.match(whole) or _ASKED.search(whole):
            return True
        opening = not first and not self._begun and last < len(text)
        short = len(whole) <= _LONGEST_HEADING and not whole.endswith(_ENDS)
        return (
            (whole.startswith("#") and self._kind == "md")
            or _is_label(text, first, last)
            or _is_datum(text[first:last], start - first, end - first)
            or (short and (opening or heading))
        )

    def _write(self, page: Page, mention: KnownSlogan, slogan: Slogan) -> Edit:
        start, end = page.normalized.origin_span(mention.outer_start, mention.outer_end)
        text = page.document.text
        wide = self._is_wide(text, start, end, slogan.full)
        full = written_in(self._kind, widen(slogan.full) if wide else half_width(slogan.full))
        if self._style is Style.REPLACE:  # “四早”“六稳” have no mark between them
            return Edit(start, end, full + "、" * page.text.startswith("“", mention.outer_end))
        behind = mention.outer_end
        noun = max((noun for noun in slogan.nouns if page.text.startswith(noun, behind)), key=len, default="")
        markup = _MARKUP.match(text, end) if self._kind in {"md", "html-source"} else None
        if noun:  # behind markup, or in the next line
            end = page.normalized.origin_span(behind, behind + len(noun))[1]
        elif markup:
            end = markup.end()
        if self._style is Style.FOOTNOTES:
            number, _ = self._notes.setdefault(
                written_in(self._kind, slogan.term), (self._first_note + len(self._notes) + 1, full)
            )
            return Edit(end, end, f"〔{number}〕")
        return Edit(end, end, f"（{full}）" if wide else f"({full})")

    def _is_wide(self, text: str, start: int, end: int, full: str) -> bool:
        """Return the width of the marks nearest to a place, before it or behind; else of those before; else of the source's."""
        around = text[max(0, start - _NEAR) : start][::-1], text[end : end + _NEAR]
        nearest = next(filter(None, (_first_mark(side) for side in around)), "")
        if nearest:
            self._wide = nearest in _WIDE
        elif self._wide is None:
            known = _ALWAYS_WIDE.intersection(text[max(0, start - _NEAR) : end + _NEAR])
            return bool(known) or (_first_mark(full) or ",") in _WIDE
        return bool(self._wide)


def _as_held(mention: KnownSlogan) -> KnownSlogan:
    """Return a mention with those of its meanings that are to be written."""
    meanings = _held(mention.meanings)
    return mention if len(meanings) == len(mention.meanings) else replace(mention, meanings=meanings)


_held = lru_cache(_REMEMBERED)(held)


def _judged(page: Page, mention: KnownSlogan, slogan: Slogan) -> Judgement:
    """Return how a mention in prose stands in its place."""
    full = {bare(fold(full)) for _, full in slogan.readings}
    if bare(fold(mention.text)) in full or _is_explained(page, mention, slogan):
        return Judgement(slogan, explained=True)
    slogan = _chosen(page, mention, slogan)
    if not slogan.full:
        return Judgement(slogan, left=Left.SEVERAL)
    if _is_in_name(page, mention, slogan):
        return Judgement(slogan, left=Left.NAME)
    return Judgement(slogan, left=None if _is_meant(page, mention, slogan) else Left.OTHER)


def _is_titled(text: str, start: int, end: int, opening: str, closing: str) -> bool:
    """Return whether a stretch stands in a title."""
    title = text.rfind(opening, max(0, start - _LONGEST_TITLE), start)
    return title >= 0 and closing not in text[title:start] and text.find(closing, end, end + _LONGEST_TITLE) >= 0


def _is_label(text: str, first: int, last: int) -> bool:
    """Return whether a line is a title, a cell or a link rather than prose: no mark is in it, and no line beside it is as long.

    A text of one line is what one has to say.
    """
    line = text[first:last].rstrip()
    if _PROSE.search(line) or (not first and last >= len(text) - _WORD):
        return False
    above = first - 1 - text.rfind("\n", max(0, first - 1 - _LONGEST_LINE), max(0, first - 1))
    below = text.find("\n", last + 1, last + _LONGEST_LINE) - last - 1
    return len(line) < _SHORTEST_WRAPPED or all(abs(size - len(line)) > _WORD for size in (above - 1, below))


def _is_datum(line: str, start: int, end: int) -> bool:
    """Return whether a mention is a datum in its line, or the cell that it stands in has no marks of prose."""
    before, behind = f"\n{line[:start]}".rstrip(" "), f"{line[end:]}".lstrip(" ")
    if before[-1] in _BEFORE_DATUM and behind[:1] in _BEHIND_DATUM:
        return True
    return "|" in line and not _PROSE.search(before.rpartition("|")[2].lstrip("\n") + behind.partition("|")[0])


def _is_counted_on(page: Page, mention: KnownSlogan) -> bool:
    """Return whether a number follows that begins no other slogan on the page: once this one is expanded it would (三证合一千万工程)."""
    end = mention.outer_end
    next_one = bisect_left(page.starts, end)
    begun = next_one < len(page.starts) and page.starts[next_one] == end
    return page.plain[end : end + 1] in frozenset(NUMBER_CHARACTERS) and not begun


def _is_explained(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether the text itself explains a slogan, wholly or in part: right behind it, before it, or in its line and the next."""
    behind = mention.outer_end
    if _EXPLAINED.match(page.text, behind) or page.normalized.joined(behind, behind):
        opened = page.text[behind : behind + 1]
        if not page.normalized.joined(behind, behind) or opened in {"（", "("}:
            return True
    noun = next((noun for noun in slogan.nouns if page.text.startswith(noun, behind)), "")
    told = _TOLD.match(page.text, behind) or (noun and _EXPLAINED.match(page.text, behind + len(noun)))
    following = max((word for word in _following(slogan) if page.text.startswith(word, behind)), key=len, default="")
    bracketed = following and page.text.startswith(("（", "("), behind + len(following))
    tail = page.plain[behind : behind + _TAIL]
    of_that = page.plain[max(0, mention.outer_start - _CLOSE) : mention.outer_start]
    if (
        told
        or bracketed
        or _POINTED.search(of_that)
        or (tail.isalpha() and tail in slogan.full)
        or _ATTRIBUTES.search(of_that)
        or _is_listed(page, mention)
    ):
        return True
    arrangements = [one for one in page.known(mention.meanings) if one.whole]
    if any(sum(item.text in mention.text for item in one.items) >= _PAIR for one in arrangements):
        return True
    for stretch in page.stretches(mention.outer_start, behind):
        for claim in page.compare(stretch, arrangements):
            size = len(claim.arrangement.items)
            if claim.alignment.known >= (size if stretch.grade is Grade.WEAK else min(_PAIR, size - 1)):
                return True
    return bool(arrangements) and _is_near(page, mention, [one.items for one in arrangements])


def _following(slogan: Slogan) -> tuple[str, ...]:
    """Return the words with which texts go on behind a slogan."""
    return *slogan.companions, *FOLLOWING, *FOLLOWING_SLOGANS


def _is_listed(page: Page, mention: KnownSlogan) -> bool:
    """Return whether the sentence of a slogan has a list of its own, as long as the slogan says: 整治“三乱”，治理乱搭、乱建、乱堆.

    Of several groups what they name follows: “双随机、一公开”，随机抽取检查人员、及时公开查处结果.
    """
    counted = [
        (group.name.lstrip(NUMBER_CHARACTERS + MEASURE_WORDS), group.count) for group in count_groups(mention.text)
    ]
    start, end = mention.outer_start, mention.outer_end
    before = _STOP.split(page.plain[max(0, start - _NEAR) : start])[-1]
    behind = _STOP.split(page.plain[end : end + _NEAR], maxsplit=1)[0]
    beside = f"{before}\n{behind}"
    if len(counted) > 1 and all(len(noun) > 1 and noun in behind for noun, _ in counted):
        return True
    nouns = [(noun, count) for noun, count in counted if noun and beside.count(noun) >= count]
    return any(_own_list(noun, count).search(beside) for noun, count in nouns)


@lru_cache
def _own_list(noun: str, count: int) -> re.Pattern[str]:
    """Return what finds so many items in a row that all begin, or all end, with a noun."""
    of_noun = rf"[{NUMBER_CHARACTERS}]?{re.escape(noun)}{_OTHER}", f"{_OTHER}{re.escape(noun)}"
    return re.compile("|".join(f"{item}(?:(?:{_BETWEEN}){item}){{{count - 1},}}" for item in of_noun))


def _is_in_name(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether a mention is part of a longer name: of what its quotes name, or of what goes on behind it.

    A slogan ends where a mark or a particle follows, or a word that many slogans have behind them; any other word may be of the name
    of an office, a meeting or a place (“一带一路”国际合作高峰论坛, 红船精神纪念馆), and so may a single character behind such a word: 文化墙.
    """
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    if plain[start:end].startswith("《"):
        return True
    if _is_quoted(plain[max(0, start - _LONGEST_QUOTED) : start], plain[end : end + _LONGEST_QUOTED]):
        return True
    behind = plain[end : end + _LONGEST_NAME]
    behind = behind[len(max((noun for noun in slogan.nouns if behind.startswith(noun)), key=len, default="")) :]
    going_on = "".join(takewhile(is_han, behind))
    if _ends(page, behind, end):
        return behind[:1] in JOINING and going_on.endswith(ORGANS_AND_EVENTS)
    if (
        not going_on
        or any(head in going_on for head in ORGANS_AND_EVENTS)
        or not BODIES.isdisjoint(going_on[1:_LONGEST_BODY])
    ):
        return True
    word = max(
        (word for word in _following(slogan) if behind.startswith(word)),
        key=len,
        default="",
    )
    last, rest = behind[len(word) :][:1], behind[len(word) + 1 :]
    alone = not is_han(rest[:1]) or rest.startswith(PARTICLES)
    return not word or (is_han(last) and last not in _PLACING and not last.startswith(PARTICLES) and alone)


def _is_quoted(before: str, behind: str) -> bool:
    """Return whether a place stands in quotes: in a title, in a name, or in the words of another."""
    before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    opened = "“" in before and "”" in behind
    return opened and _is_closed(reversed(before), "”", "“") and _is_closed(behind, "“", "”")


def _is_closed(text: Iterable[str], opening: str, closing: str) -> bool:
    """Return whether a mark closes, in a text, what was opened before it."""
    depth = 0
    for mark in text:
        depth += (mark == opening) - (mark == closing)
        if depth < 0:
            return True
    return False


def _ends(page: Page, behind: str, end: int) -> bool:
    """Return whether a name that ends at `end`, or a noun later, goes not on with what stands behind it."""
    if behind.startswith(PARTICLES):
        return not is_word(behind[:_WORD])  # 和平, 等级
    if behind.startswith("“"):
        return page.is_known(end, end + _WORD)
    return not is_han(behind[:1]) and not behind[:1].isalnum()


def _chosen(page: Page, mention: KnownSlogan, slogan: Slogan) -> Slogan:
    """Return a slogan with that of its several expansions whose field alone is named right behind it, or before it: “两高”项目, 村“两委”."""
    if not slogan.undecided:
        return slogan
    before = page.plain[max(0, mention.outer_start - _FIELD) : mention.outer_start]
    behind = page.plain[mention.outer_end : mention.outer_end + _FIELD]
    fitting = {
        full: scope
        for scope, full in slogan.readings
        if scope and (behind.startswith(tuple(_parts(scope))) or before.endswith(same_length(scope)))
    }
    if len(fitting) != 1:
        return slogan
    full, scope = fitting.popitem()
    return replace(slogan, full=full, scopes=(scope,))


def _is_meant(page: Page, mention: KnownSlogan, slogan: Slogan) -> bool:
    """Return whether a text speaks of what the glossary means: of its field, and where others have the name, too, in its words."""
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    if not any(meaning.builtin for meaning in mention.meanings):
        return True
    line = plain.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    before = _without_asides(plain[max(line, start - _LONGEST_LINE) : start])
    behind = _without_asides(plain[end : end + _LONGEST_LINE].split("\n", 1)[0])
    left, right = before[-_BESIDE:], behind[:_BESIDE]
    bare_number = end == mention.end and left.endswith(_COUNTED_OFF) and is_mere_count(mention.text)
    narrowed = plain[start - 1 : start] == "）"  # 村（居）“两委”
    if bare_number or narrowed or has_own_list(left, mention.text):
        return False
    if slogan.scopes and not any(_speaks_of(f"{left}\n{right}", scope) for scope in slogan.scopes):
        return False
    bound = len(slogan.nouns) > len(SET_NOUNS)  # to a noun of its own: “五位一体”总体布局
    among_others = _is_among_others(page, mention) and not _is_owned(before, mention.meanings)
    if among_others or not (bound or is_mere_count(mention.text)):
        return True
    beside = f"{left[-2 * _FIELD :]}\n{right[:_FIELD]}"
    if right.startswith(slogan.nouns) or any(_speaks_of(beside, scope) for scope in slogan.scopes):
        return True
    return not bound and agreement(f"{before[-_NEAR:]}\n{behind[:_NEAR]}", mention.meanings) >= AGREES


def _is_owned(before: str, meanings: Sequence[Meaning]) -> bool:
    """Return whether a word directly before a slogan may name its owner: none that has slogans behind it, nor one of the entry's: 公路“三乱”."""
    ending = "".join(takewhile(is_han, reversed(before[-_LONGEST_OWNER:])))[::-1]
    word = cut_words(ending)[-1] if ending else ""
    return len(word) > 1 and word not in PRECEDING_SLOGANS and not agreement(word, meanings)


def _without_asides(text: str) -> str:
    """Return a text without what brackets hold, where a first run may have put words of its own."""
    return _CUT_ASIDE.sub("", _ASIDE.sub("", text)) if any(mark in text for mark in "（）〔〕") else text


def _is_among_others(page: Page, mention: KnownSlogan) -> bool:
    """Return whether another slogan of the same topic stands near, or several of any."""
    first, last = (bisect_left(page.starts, at) for at in (mention.start - _BESIDE, mention.end + _BESIDE))
    topics = {meaning.record["topic"] for meaning in mention.meanings}
    others: set[str] = set()
    for other in page.mentions[first:last]:
        term = other.term
        if term == mention.term or term in others or _is_aside(page.plain, other.start):
            continue
        others.add(term)
        if len(others) > 1 or any(meaning.record["topic"] in topics for meaning in other.meanings):
            return True
    return False


def _is_aside(plain: str, at: int) -> bool:
    """Return whether a place stands in brackets."""
    opened = plain.rfind("（", max(0, at - _LONGEST_LINE), at)
    return opened >= 0 and plain.find("）", opened, at) < 0


def _speaks_of(text: str, scope: str) -> bool:
    """Return whether half of the name of a field stands in a text, or more."""
    return any(part in text for part in _parts(scope))


@lru_cache
def _parts(scope: str) -> frozenset[str]:
    """Return the stretches that are half of the name of a field, but for words that are said of any."""
    name = bare(_ASIDE.sub("", same_length(scope)))
    size = max(min(len(name), _WORD), (len(name) + 1) // 2)
    parts = (name[at : at + size] for at in range(len(name) - size + 1))
    return frozenset(part for part in parts if part and not _ANY_FIELD.fullmatch(part))


def _is_near(page: Page, mention: KnownSlogan, lists: Sequence[tuple[Item, ...]]) -> bool:
    """Return whether items of a list stand near: two long ones, one in the same sentence, or all in the line of a mention and the next.

    These may stand one behind the other without what they share.
    """
    plain, start, end = page.plain, mention.outer_start, mention.outer_end
    before, behind = (
        _without_asides(side)
        for side in (plain[max(0, start - 2 * _LONGEST_LINE) : start], plain[end : end + 2 * _LONGEST_LINE])
    )
    beside = bare(before[-_BESIDE:]) + "\n" + bare(behind[:_BESIDE])
    close = f"{_STOP.split(before[-_CLOSE:])[-1]}\n{_STOP.split(behind[:_CLOSE])[0]}"
    for items in lists:
        telling = sum(any(half in beside for half in _halves(item.text)) for item in items)
        if telling >= _PAIR or any(len(item.text) >= _CLAUSE and item.text in close for item in items):
            return True
    around = before[-_LONGEST_LINE:].rpartition("\n")[2] + "".join(behind[:_LONGEST_LINE].split("\n", 2)[:2])
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


def slogan_of(meanings: Iterable[Meaning], date: str) -> Slogan:
    """Return what a mention stands for at a date: the expansion on which all readings agree that are valid then, else none.

    A term that spells itself out has none, nor has one whose reading is a sentence that only speaks of it.
    """
    known = tuple(meanings)
    given = [reading for meaning in known for reading in _lists(meaning) if _is_valid(reading, date)]
    fulls = {fold(reading["full"]): reading["full"] for reading in given}
    scopes = tuple(reading.get("scope", "") for reading in given)
    nouns = [noun for meaning in known for noun in meaning.record.get("companions", {}).get("after", ())]
    names = (*SET_NOUNS, *(noun for noun in nouns if noun.endswith(SET_NOUNS) or noun.endswith("布局")))
    full = next(iter(fulls.values())) if len(fulls) == 1 else ""
    readings = tuple((reading.get("scope", ""), reading["full"]) for reading in given)
    scopes = scopes if all(scopes) else ()
    return Slogan(known[0].term, full, names, scopes, len(fulls) > 1, readings, tuple(nouns))


def _lists(meaning: Meaning) -> list[ReadingRecord]:
    record = meaning.record
    if record["basis"] == Basis.SELF_EXPLAINING:
        return []
    stated = record["basis"] == Basis.STATED or fold(meaning.term + record["full"]) in fold(record["quote"])
    term = bare(fold(meaning.term))
    return [one for one in record["readings"] if term not in bare(fold(one["full"])) and (stated or one["parts"])]


def _is_valid(reading: ReadingRecord, date: str) -> bool:
    since, until = reading["valid_from"], reading["valid_to"]
    return since <= date[: len(since)] and (not until or date[: len(until)] <= until)


def _first_mark(text: str) -> str:
    found = _MARK.search(text)
    return found[0] if found else ""
