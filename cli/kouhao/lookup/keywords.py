"""Explain a query by an entry's own words: which stretches of it stand in the term, its parts, its items, its sentence.

This answers what no alignment with one form can: keywords in any order, a term with its surroundings (物业五好), a piece of
a term (储备), a phrase of the sentence. It is confident only when what is left unexplained is little, and refuses
a short piece inside a longer everyday word (骨头汤, 储备粮), since there the rest stays unexplained.
"""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language.normalize import NUMERALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Form, Shape

_CONNECTIVES = frozenset("的和与及跟同了是在把被将之")
_OFFICE_NOUNS = frozenset([
    "项目", "工作", "活动", "政策", "建设", "要求", "问题", "案例", "体系", "模式", "机制", "改革", "计划", "方案",
    "制度", "规定", "办法", "措施", "行动", "工程", "任务", "精神", "理念", "原则", "目标", "思路", "做法", "经验",
    "情况", "方法", "内容", "标准", "服务", "品牌", "平台", "清单", "格局", "方针", "战略", "部署", "举措", "路径",
    "口号", "提法", "说法", "概念", "意见", "通知", "文件", "讲话", "会议", "推进", "落实", "开展", "深化", "践行",
    "推行", "推动", "坚持", "实施", "贯彻", "抓好", "做好", "学习", "宣传", "加强", "完善", "建立", "打造", "实现",
    "围绕", "聚焦", "用好", "试点", "创建", "普陀", "普陀区", "上海", "我区", "我们",
])  # fmt: skip
_CLASSIFIERS = frozenset("个项大种类条次支批级位件张篇本步道方")
_WEIGHTS = {schema.TERM: 1.0, schema.PART: 1.0, schema.ITEM: 0.9, "sound": 0.8, schema.CONTEXT: 0.6, "single": 0.5}
_OWN = (schema.TERM, schema.PART, schema.ITEM, "sound")
_WHOLE_BONUS = 0.3
_LONGEST_NOUN = 3
_CONTEXT_RUN = 6
_LONG_TERM, _SHORT_TERM = 5, 2
_SHORT_WORD = 5
_ALL, _MOST, _MUCH = 0.0, 0.17, 0.25


class Piece:
    """A stretch of the query and the level at which the entry explains it; level "" is unexplained."""

    __slots__ = ("level", "text", "word")

    def __init__(self, level: str, text: str, *, word: bool) -> None:
        self.level = level
        self.text = text
        self.word = word


class Cover:
    """A query explained by one entry, piece by piece."""

    __slots__ = ("pieces", "shape", "whole")

    def __init__(self, shape: Shape, keywords: list[tuple[str, str]]) -> None:
        """Explain `keywords`, each with its sound string, by the words of `shape`."""
        self.shape = shape
        self.pieces = [piece for text, sounds in keywords for piece in _explain(shape, text, sounds)]
        terms = {form.folded for form in shape.forms if form.level == schema.TERM}
        self.whole = max((len(term) for piece in self.pieces for term in terms if _names(piece, term)), default=0)

    @property
    def length(self) -> int:
        """The number of characters that need an explanation."""
        return sum(len(piece.text) for piece in self.pieces if piece.level not in ("noun", "link"))

    @property
    def unexplained(self) -> int:
        """The number of characters that have none."""
        return sum(len(piece.text) for piece in self.pieces if not piece.level)

    @property
    def fit(self) -> float:
        """How well the query is explained, 0 to 1, words of the term counting most."""
        weight = sum(_WEIGHTS.get(piece.level, 0.0) * len(piece.text) for piece in self.pieces)
        return (weight + _WHOLE_BONUS * self.whole) / max(1, self.length)

    @property
    def confident(self) -> bool:
        """Whether a reader would agree that this entry is meant."""
        if self._loose_numeral():
            return False
        if self.whole:
            return self._rest_is_plausible()
        return (self._anchored() and self._explained_enough() and self._of_one_form()) or self._scattered()

    def _rest_is_plausible(self) -> bool:
        rest = sum(len(piece.text) for piece in self.pieces) - self.whole
        if self.whole > _LONG_TERM or rest == 0:
            return True
        share = {_LONG_TERM: 1.0, 4: 0.7, 3: 0.4}.get(self.whole, 0.0)
        return self.unexplained <= share * rest

    def _explained_enough(self) -> bool:
        """Whether little is unexplained, and that little stands beside more of the entry's own wording."""
        own = sum(len(piece.text) for piece in self.pieces if piece.level in _OWN)
        if self.length < _SHORT_WORD and any(piece.level == "single" for piece in self.pieces):
            return False
        return not self.unexplained or (self.unexplained <= self._tolerance() * self.length and 2 * own >= self.length)

    def _of_one_form(self) -> bool:
        """Whether a short word's pieces stand in one form: 计划经济 is not made of 计划 here and 经济 there."""
        own = [piece.text for piece in self.pieces if piece.level not in ("noun", "link", "sound")]
        if any(piece.word for piece in self.pieces) or len(own) == 1 or self.length > _SHORT_WORD:
            return True
        return any(
            all(text in form.folded for text in own) or (form.level == schema.PART and form.folded in own)
            for form in self.shape.forms
        )

    def _tolerance(self) -> float:
        if self.length <= 4:  # noqa: PLR2004  as long as an idiom: nothing may stay unexplained
            return _ALL
        return _MOST if self.length <= 6 else _MUCH  # noqa: PLR2004

    def _loose_numeral(self) -> bool:
        """Whether a numeral is unexplained, or explained without the thing that it counts: 六张 is not 六张清单."""
        if self.whole:
            return False
        loose = (piece for piece in self.pieces if not piece.word and _counts_nothing(piece))
        return any(mark in NUMERALS and mark not in "百千" for piece in loose for mark in piece.text)

    def _anchored(self) -> bool:
        own = [piece for piece in self.pieces if piece.level in (schema.TERM, schema.PART)]
        if any(len(piece.text) > 1 and (piece.word or not _is_count(piece.text)) for piece in own):
            return True
        items = [piece for piece in self.pieces if piece.level in (schema.ITEM, "sound")]
        if sum(len(piece.text) for piece in items) > 2:  # noqa: PLR2004  two characters are a common word
            return True
        if any(piece.word and self._opens_item(piece.text) for piece in items):
            return True
        context = [len(piece.text) for piece in self.pieces if piece.level == schema.CONTEXT]
        return max(context, default=0) >= _CONTEXT_RUN or (len(context) > 1 and sum(context) >= _CONTEXT_RUN)

    def _opens_item(self, text: str) -> bool:
        return any(form.level == schema.ITEM and form.folded.startswith(text) for form in self.shape.forms)

    def _scattered(self) -> bool:
        """Whether the query is made of nothing but the term's characters, and of enough of them."""
        typed = "".join(piece.text for piece in self.pieces if piece.level != "link")
        for form in self.shape.forms:
            if form.level == schema.TERM and len(typed) >= max(4, len(form.folded) / 2):
                left = list(form.folded)
                if all(mark in left and (left.remove(mark) is None) for mark in typed):  # type: ignore[func-returns-value]
                    return True
        return False


def _names(piece: Piece, term: str) -> bool:
    """Tell whether a piece is a term, or a stretch of the sentence with the term in it."""
    return piece.text == term or (piece.level == schema.CONTEXT and term in piece.text)


def _counts_nothing(piece: Piece) -> bool:
    return piece.level in ("", "single") or _is_count(piece.text) or piece.text[-1] in NUMERALS


def _is_count(text: str) -> bool:
    return text[0] in NUMERALS and all(mark in NUMERALS or mark in _CLASSIFIERS for mark in text)


def _explain(shape: Shape, text: str, sounds: str) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        level, size = _longest(shape, text, sounds, at)
        if level or not pieces or pieces[-1].level:
            pieces.append(Piece(level, text[at : at + size], word=size == len(text)))
        else:
            pieces[-1].text += text[at : at + size]
        at += size
    return pieces


def _longest(shape: Shape, text: str, sounds: str, at: int) -> tuple[str, int]:  # noqa: PLR0911  a ladder of evidence
    """Return the level and the length of the longest explanation of `text` from `at`; level "" is none."""
    level, size = _in_forms(shape, text, at)
    heard = _by_sound(shape, text, sounds, at)
    if heard > max(size, 2):
        return "sound", heard
    run = _in_context(shape, text, at)
    noun = _noun(text, at)
    if len(text) > noun >= max(run, size, 1):
        return "noun", noun
    if run > size + 1 and not (size > 1 and level != schema.ITEM):
        return schema.CONTEXT, run
    if size > 1 or (size == 1 and len(text) == 1 and level == schema.TERM):
        return level, size
    if run > 1:
        return schema.CONTEXT, run
    if heard > 1:
        return "sound", heard
    if text[at] in _CONNECTIVES:
        return "link", 1
    return ("single" if level == schema.TERM else ""), 1


def _in_forms(shape: Shape, text: str, at: int) -> tuple[str, int]:
    best, size = "", 0
    for form in shape.forms:
        while at + size < len(text) and text[at : at + size + 1] in form.folded:
            size += 1
            best = form.level
    return best, size


def _in_context(shape: Shape, text: str, at: int) -> int:
    size = 0
    while at + size < len(text) and text[at : at + size + 1] in shape.context:
        size += 1
    return size


def _by_sound(shape: Shape, text: str, sounds: str, at: int) -> int:
    """Return the length of the longest stretch that sounds like a form's; a numeral is never heard as another one."""
    size = 0
    for form in shape.forms:
        while at + size < len(sounds) and _heard(form, text[at : at + size + 1], sounds[at : at + size + 1]):
            size += 1
    return size


def _heard(form: Form, text: str, sounds: str) -> bool:
    start = form.sounds.find(sounds)
    if start < 0:
        return False
    pairs = zip(text, form.folded[start : start + len(text)], strict=True)
    return not any(typed != meant and typed in NUMERALS for typed, meant in pairs)


def _noun(text: str, at: int) -> int:
    return next((size for size in range(_LONGEST_NOUN, 1, -1) if text[at : at + size] in _OFFICE_NOUNS), 0)
