"""Which candidates may be claimed: rules of kind, for what the fitted chance cannot tell.

Numbers are identity, and what is a word or a slogan of its own is no slip and no piece of another. Each rule is a function of its own,
so that `make truth` can show what is lost without it.
"""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language import background
from kouhao.language.lexicon import ASKING_PARTICLES, MEASURE_WORDS, NEW, ORDINAL, PRECEDING_SLOGANS, QUOTES
from kouhao.language.normalize import NUMERALS, fold, is_figure, is_han
from kouhao.language.word_boundary import FOLLOWING, cuts_word
from kouhao.lookup import edit_distance as ed
from kouhao.lookup.beside import counts, is_listed, is_quantity
from kouhao.lookup.features import OF, count_documents, cut_words, official

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kouhao.lookup.candidates import NearEntry
    from kouhao.lookup.query import Query

_GRANTED = 0.97
"""The chance of what is claimed by a rule, as `make truth` measures it."""

_COMMON = 100
"""What stands in as many documents of official prose is asked for itself: 脱贫攻坚 is no piece of 脱贫攻坚精神."""
_ONE, _PLUS, _WHOLE = "一", "+", "全"
_CLOSING = "".join(QUOTES.values())
_PAIR, _SHORT, _LONG = 2, 3, 5
_FOUNDED = frozenset(("工程", "计划", "行动", "规划", "项目", "精神"))
_PRODUCTIVE = 8
"""What stands in as many names of official prose is a head of names, rather than one."""
_SOUNDS = frozenset((ed.HOMOPHONE, ed.NEAR_SOUND))
_EXCHANGES = _SOUNDS | {ed.LOOK_ALIKE}
_UNCOUNTED = 4
"""In so many documents may stand what is not counted, see `background.documents`."""
_FREE, _SELDOM = 3, 16
"""What stands in this many times the documents of the form does so without it: 个代表 does not, beside 三个代表. A slogan may stand in so
many without being counted as often as its items: `tests/fit/fit_items.py`."""

_GENERAL = -1.0
"""A word half as common in official prose as in general use is one of general use, see `features.official`."""


class Judged:
    """A candidate and the chance, 0 to 1, that it is meant.

    `together` stand side by side in the query that was `asked`; `renumbered` tells that the whole query is a term with other numbers.
    """

    __slots__ = ("asked", "candidate", "chance", "renumbered", "together")

    def __init__(
        self, asked: Query, candidate: NearEntry, together: list[NearEntry], chance: float, *, renumbered: bool = False
    ) -> None:
        self.asked = asked
        self.candidate = candidate
        self.together = together
        self.renumbered = renumbered
        self.chance = max(chance, _GRANTED) if any(rule(self) for rule in GRANTS) else chance

    @property
    def claimable(self) -> bool:
        """Whether nothing forbids to claim it."""
        return not any(rule(self) for rule in REFUSALS)

    @property
    def is_whole(self) -> bool:
        """Whether the query is the form, without anything more or less; slips may be in it."""
        return self.candidate.complete and not self.candidate.outside

    @property
    def left(self) -> str:
        """What the query has beside this one and the others that stand together."""
        taken = [self.candidate, *self.together]
        places = [(one.alignment.start, one.alignment.end) for one in taken]
        typed = enumerate(self.candidate.typed)
        return "".join(mark for at, mark in typed if not any(start <= at < end for start, end in places))


def clashes(judged: Judged) -> bool:
    """Return whether another number is meant: in what was matched, or beside it (第三 is not 三, nor 1+1+10 1+10)."""
    one, found = judged.candidate, judged.candidate.alignment
    before, after = "".join(one.typed[: found.start]), "".join(one.typed[found.end :])
    numbered = before.endswith(ORDINAL) and one.form.folded[:1] in NUMERALS
    summed = before.endswith(_PLUS) or after.startswith(_PLUS)
    return found.clash or numbered or summed or _is_renewed(one, before)


def _is_renewed(one: NearEntry, before: str) -> bool:
    """Return whether a term is called new: 新三座大山 are others than 三座大山."""
    return one.form.level == schema.TERM and one.complete and before.endswith(NEW) and cut_words(before)[-1] == NEW


def differs(judged: Judged) -> bool:
    """Return whether a character stands for one that is not like it, or for one that alone, beside numerals, tells a short form from others.

    一湖一策 is no slip of 一户一策, nor 双床 of 双创, nor 点线面 of 面线点; 三严三时 is one of 三严三实, of which 三严 is left. A first
    numeral that sounds like a character counts: 四路精神 is not 丝路精神.
    """
    form = judged.candidate.form.folded
    telling = len(form) <= _SHORT or (form[0] == _ONE and len(form) < _LONG)
    alone = _lone_characters(form) if telling and not judged.asked.letters else ""
    return any(
        kind == ed.OTHER
        or (kind in _EXCHANGES and meant in alone)
        or (kind in _SOUNDS and typed in NUMERALS and judged.asked.folded.startswith(typed))
        or (kind == ed.SWAPPED and len(meant) == len(form) <= _SHORT)
        for kind, typed, meant in judged.candidate.alignment.steps
    )


def counts_other(judged: Judged) -> bool:
    """Return whether a character lacks behind a numeral of a short form, which tells what is counted: 三融合 is not 三网融合, nor 四个一 四个一批.

    A measure word tells nothing: 四板块 is 四大板块.
    """
    form, found = judged.candidate.form.folded, judged.candidate.alignment
    if len(form) >= _LONG:
        return False
    if found.form_end < len(form) and form[found.form_end - 1] in NUMERALS:
        return True
    counted = form[0] in ed.COUNTERS and form[1] not in MEASURE_WORDS
    return counted and any(kind == ed.MISSING and meant == form[1] for kind, _, meant in found.steps)


def _lone_characters(form: str) -> str:
    """Return the characters of a form that have numerals, or its ends, on both sides."""
    beside = [None, *form, None]
    return "".join(
        mark
        for mark, before, after in zip(form, beside, beside[2:], strict=False)
        if {before, after} <= ed.COUNTERS | {None}
    )


def is_misspelt_initials(judged: Judged) -> bool:
    """Return whether letters are the initials of the form but for one of them: song is no slip of sngz."""
    one = judged.candidate
    return any(kind == ed.LETTER and len(meant) <= len(one.form.folded) + 1 for kind, _, meant in one.alignment.steps)


def is_renumbered(judged: Judged) -> bool:
    """Return whether the query is another term with other numbers, so that it is no slip and no piece of this one: 三项政策、三项改革."""
    return judged.renumbered and bool(judged.candidate.alignment.steps or not judged.is_whole)


def is_counted(judged: Judged) -> bool:
    """Return whether the query counts something else beside what was matched: 五好两宜, 硬骨头六连, 硬骨头liu."""
    one, found = judged.candidate, judged.candidate.alignment
    if one.form.level == schema.TERM and judged.together:
        return counts(judged.left)
    spelled = one.typed[: found.start] + one.typed[found.end :]
    if spelled and ed.NUMERAL_SYLLABLES.issuperset(spelled):
        return True
    sides = "".join(one.typed[: found.start]), "".join(one.typed[found.end :])
    return any(counts(side) and side not in one.shape.wording for side in sides)


def is_amount(judged: Judged) -> bool:
    """Return whether what was matched is a number in digits, and what it is a number of stands beside it: 918多名党员; or a score: 3:0."""
    one, asked = judged.candidate, judged.asked
    first, last = span_of(asked, one)
    return is_figure(asked.raw) or (bool(one.outside) and is_quantity(asked.raw[first:last]))


def is_item(judged: Judged) -> bool:
    """Return whether a term is but an item of a list in the query: 点对点、一站式."""
    one, asked = judged.candidate, judged.asked
    if one.form.level != schema.TERM or not judged.left:
        return False
    return is_listed(
        asked.raw, span_of(asked, one), [span_of(asked, other) for other in judged.together if other is not one]
    )


def is_common(judged: Judged) -> bool:
    """Return whether official prose uses the query by itself: 科学精神 is no slip of 科学家精神, 全球治理 no piece of a term.

    A whole item or part does so where it lives without its slogan, as 为人民服务 does without 二为; so does an item that is a word of general use: 糖尿病.
    """
    one, alone = judged.candidate, count_documents(judged.asked.folded)
    if one.alignment.steps:
        return background.documents(judged.asked.folded) > 0
    if one.outside:
        return False
    if one.complete and one.form.level == schema.PART:
        return NUMERALS.isdisjoint(one.form.folded) and (alone >= _COMMON or _lives_alone(one, _UNCOUNTED))
    if one.complete and one.form.level != schema.ITEM:
        return False
    if one.complete and len(one.form.folded) > _SHORT:
        return _lives_alone(one, _SELDOM) or _is_general(one.form.folded)
    held = one.shape.forms[0] if one.complete else one.form
    ordinary = one.complete and background.is_word(one.form.folded)
    return ordinary or alone >= max(_COMMON, _FREE * count_documents(held.folded))


def _lives_alone(one: NearEntry, seldom: int) -> bool:
    """Return whether a form stands in many times the documents of its term, and of most others of its kind, which bound those of the slogan.

    The slogan may stand in a few documents, `seldom`, without being counted.
    """
    form = one.form
    others = sorted(
        count_documents(own.folded) for own in one.shape.forms if own.level == form.level and own.folded != form.folded
    )
    slogan = count_documents(one.shape.forms[0].folded), others[(len(others) - 1) // 2] if others else 0
    return count_documents(form.folded) >= _FREE * max(*slogan, seldom)


def _is_general(text: str) -> bool:
    """Return whether a text is a word that is commoner in general use than in official prose."""
    return background.is_word(text) and official(text) < _GENERAL


def is_cut(judged: Judged) -> bool:
    """Return whether a word begins inside the term and goes on behind it (五个百货大楼), rather than a character typed twice."""
    one, found = judged.candidate, judged.candidate.alignment
    after = "".join(one.typed[found.end :])
    together = any(other.alignment.start == found.end for other in judged.together)
    if one.form.level != schema.TERM or not one.complete or not after or together:
        return False
    end = span_of(judged.asked, one)[1]
    if judged.asked.raw[end : end + 1] not in after:  # apart from it, by a mark or a space
        return False
    return cuts_word(judged.asked.folded, 0, found.end) and after[0] != one.form.folded[-1]


def is_head(judged: Judged) -> bool:
    """Return whether a term is what longer names are made with: 综合监管一件事 and 行权一张网 are names of their own."""
    one = judged.candidate
    if not one.stands or judged.asked.pieces > 1 or background.names(one.form.folded) < _PRODUCTIVE:
        return False
    words = [word for word in cut_words(one.outside) if word not in ASKING_PARTICLES]
    return max(map(background.names, words), default=0) >= _PRODUCTIVE


def is_anothers(judged: Judged) -> bool:
    """Return whether a word stands beside a mere count of things that says of whom or of what it is: “五好”医院, 企业“四个统一”.

    Others have such names, too. It is ours with a word that commonly follows slogans or has them behind it, with one of its own entry,
    unless that makes a name with it, and with one that official prose has beside it, unless the entry is a place's own.
    """
    one = judged.candidate
    term = one.form.folded
    if not one.stands or judged.together:
        return False
    from kouhao.language.numerals import is_mere_count  # noqa: PLC0415  patterns, which few queries need

    if not is_mere_count(term) or is_of_its_field(judged):
        return False
    found = one.alignment
    before = _words_and_names("".join(one.typed[: found.start]).removesuffix(OF))
    after = _words_and_names("".join(one.typed[found.end :]).removeprefix(OF))
    beside = [(word, word + term, False) for word in before[-1:] if word not in PRECEDING_SLOGANS]
    joined = is_han(judged.asked.raw[span_of(judged.asked, one)[1] :].lstrip(_CLOSING)[:1])
    beside += [
        (word, term + word, joined and background.names(word) >= _PRODUCTIVE)
        for word in after[:1]
        if word not in FOLLOWING or _is_unheard(term, word)
    ]
    return any(
        len(word) > 1
        and (len(word) > _PAIR or background.is_word(word))  # two that are no word are seldom a name: 抓实
        and (naming or word not in one.shape.wording)
        and word not in one.shape.places
        and (one.shape.places or not background.documents(said))
        for word, said, naming in beside
    )


def _words_and_names(text: str) -> list[str]:
    """Return the words of a text, with neighbouring characters that are in no word taken for a name: 习近平."""
    found: list[str] = []
    in_name = False
    for word in cut_words(text):
        single = len(word) == 1 and word not in ASKING_PARTICLES
        if single and in_name:
            found[-1] += word
        else:
            found.append(word)
        in_name = single
    return found


def _is_unheard(term: str, word: str) -> bool:
    """Return whether official prose has a term everywhere, and never before this word: 三公原则 is no 三公经费."""
    return (
        len(term + word) <= background.LONGEST
        and background.documents(term) >= _COMMON
        and not background.documents(term + word)
    )


def is_joined(judged: Judged) -> bool:
    """Return whether short terms stand side by side without a mark, none of them common: 五基四化 is a name of its own, 六稳六保 are two."""
    one, others = judged.candidate, judged.together
    forms = [other.form.folded for other in others]
    if one not in others or any(len(form) > _SHORT for form in forms) or judged.asked.pieces > 1 or judged.left:
        return False
    return all(count_documents(form) < _COMMON for form in forms)


REFUSALS: tuple[Callable[[Judged], bool], ...] = (
    clashes, differs, counts_other, is_misspelt_initials, is_renumbered, is_counted, is_amount, is_item, is_common, is_cut, is_head, is_anothers,
    is_joined,
)  # fmt: skip


def is_code(judged: Judged) -> bool:
    """Return whether the query is a number of three digits and more with which a term begins: 211 is 211工程."""
    one, typed = judged.candidate, judged.asked.folded
    exact = not one.alignment.steps and one.form.level == schema.TERM and one.form.folded.startswith(typed)
    return exact and len(typed) >= _SHORT and NUMERALS.issuperset(typed)


def is_headed(judged: Judged) -> bool:
    """Return whether the query is a term that is long enough to be no other's, and a word that commonly follows slogans: 一岗双责制度.

    What is founded may bear the slogan's name and be another, as may a spirit: 初心课堂工程.
    """
    one, found = judged.candidate, judged.candidate.alignment
    after = "".join(one.typed[found.end :])
    return (
        one.stands
        and not found.start
        and len(one.form.folded) >= _SHORT
        and len(after) > 1
        and after in FOLLOWING
        and after not in _FOUNDED
    )


def is_of_its_field(judged: Judged) -> bool:
    """Return whether what stands beside a term is the field of one of its readings, and nothing else: 司法两高, 四个中心（北京）.

    So does the whole of its topic, 全军“四铁”, of 国防军队, and whoever its sources name: 毛泽东的三个世界.
    """
    one = judged.candidate
    said = one.outside.strip(OF) if one.stands and not judged.together else ""
    if not said:
        return False
    record = one.index.record(one.number)
    fields = [field.partition('"')[0].partition("（")[0] for field in record.split('"scope":"')[1:]]
    topic = record.partition('"topic":"')[2].partition('"')[0]
    told = len(said) >= _SHORT and one.alignment.end == len(one.typed) and said in record
    return told or said in map(fold, fields) or (said[0] == _WHOLE and said[1:] in topic)


def is_without_measure(judged: Judged) -> bool:
    """Return whether the query is a term but for the measure word, as numbers are often said in short: 四自信 is 四个自信."""
    one = judged.candidate
    form = one.form.folded
    lacking = [(ed.MISSING, "", ed.MEASURE_WORD)]
    return (
        one.form.level == schema.TERM
        and judged.is_whole
        and one.alignment.steps == lacking
        and len(form) > _SHORT
        and form[0] in ed.COUNTERS
        and form[1] == ed.MEASURE_WORD
        and form[2] not in NUMERALS
    )


def is_whole_item(judged: Judged) -> bool:
    """Return whether the query is a whole item of four characters and more, as it is written: it names its entry, and is shown as an item."""
    form = judged.candidate.form
    whole = judged.is_whole and not judged.candidate.alignment.steps
    return whole and form.level == schema.ITEM and len(form.folded) > _SHORT


def is_one_slip(judged: Judged) -> bool:
    """Return whether the query is a long term but for one slip: that another slogan is so near is rarer than slips are."""
    one, steps = judged.candidate, judged.candidate.alignment.steps
    long = one.form.level == schema.TERM and len(one.form.folded) >= _LONG
    slip = len(steps) == 1 and not any(mark.isascii() for mark in steps[0][1])
    return long and slip and judged.is_whole


GRANTS: tuple[Callable[[Judged], bool], ...] = (
    is_code, is_headed, is_of_its_field, is_without_measure, is_whole_item, is_one_slip,
)  # fmt: skip


def span_of(asked: Query, one: NearEntry) -> tuple[int, int]:
    """Return the stretch of the query as typed that was matched."""
    found = one.alignment
    before, inside = ("".join(one.typed[start:end]) for start, end in ((0, found.start), (found.start, found.end)))
    return asked.span(len(before), len(before) + len(inside))
