"""Slogans in what people type around them: questions, official prose, keywords, pieces, two at once.

A fourth of the words of questions is held back: they serve judging, the others fitting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random

from tests.evaluation.packs import broadcasts, corpus
from tests.evaluation.questions import Labels, Query
from tests.evaluation.refusals import BESIDE
from tests.evaluation.slips import bare

from kouhao.entry import Entry
from kouhao.language.normalize import fold
from kouhao.language.numerals import count_groups

OPENINGS = (
    "请问", "什么是", "查一下", "帮我查一下", "我想知道", "请解释一下", "啥是", "何谓", "关于", "介绍一下", "什么叫", "谁能告诉我",
    "麻烦问下", "想了解", "到底什么是", "请教一下", "说说", "求解释", "哪位知道", "找一下", "告诉我", "怎么理解", "所谓", "看看",
    "解释", "查询", "请介绍", "何为", "什么叫做", "想问一下", "有谁知道", "如何理解", "解释下", "搜索", "请查", "简述",
    "啥叫", "请说明", "我要查", "什么样的叫", "想查查", "能不能解释下", "具体说说", "请列出", "写一下", "问一下", "有没有", "麻烦查一下",
)  # fmt: skip
ENDINGS = (
    "是什么", "是什么意思", "指什么", "怎么写", "出处", "的含义", "有哪些", "包括哪些内容", "全称", "的内容", "怎么说", "是啥",
    "具体是什么", "出自哪里", "是谁提出的", "什么时候提出的", "怎么解释", "的意思", "指的是什么", "是指啥", "怎么展开", "分别是什么", "都有啥",
    "来源", "是什么来着", "的完整说法", "怎么理解", "有哪几条", "说的是什么", "详细内容", "的具体内容", "到底指什么", "的原文", "的由来",
    "是什么东西", "包括什么", "是指什么", "含义", "具体内容", "都是什么", "什么意思", "有哪几个", "是怎么回事", "解释", "指哪些", "的全文",
    "是哪几项", "的定义", "的出处", "有什么内容", "指的啥", "怎么讲", "分别指什么", "都包括啥", "是干什么的", "的解释", "展开", "的标准表述",
    "有几条", "哪几个", "呢", "吗", "是啥意思啊", "主要内容", "是哪里提的", "提法", "内容是什么", "全文", "怎么念", "的表述",
)  # fmt: skip
AGAIN = (
    "{}是哪{}", "{}指哪{}", "{}指的是哪{}", "{}是指哪{}", "{}都是哪{}", "{}具体是哪{}", "{}分别是哪{}", "{}包括哪{}", "{}有哪{}", "{}，哪{}",
)  # fmt: skip
"""Questions that name a slogan, and once more the slogan or its number."""

_QUOTED = re.compile("“([^“”，。]{2,12})”")
_ENDING, _BEGINNING = re.compile("[一-鿿]+$"), re.compile("[一-鿿]*")
_CLAUSES = re.compile("[、,，+＋ ·“”]")
_NUMERALS = "三四五六七八九十"
_LONGEST_AGAIN, _SHORTEST_PIECE, _LONGEST_PIECE = 5, 3, 4
_MOST_CONTEXTS, _CONTEXT = 40, 6
_KEPT = 4


def question_queries(rng: Random, entries: Iterable[Entry], *, held: bool) -> Iterator[Query]:
    """Yield questions about each term, in the words that are `held` back or in the others."""
    openings, endings, again = (
        [word for at, word in enumerate(words) if (at % _KEPT == _KEPT - 1) == held]
        for words in (OPENINGS, ENDINGS, AGAIN)
    )
    for entry in entries:
        opening, ending = rng.choice(openings), rng.choice(endings)
        for typed in (opening + entry.term, entry.term + ending, opening + entry.term + rng.choice(endings)):
            yield Query(typed, (entry.term,), "question")
        text = bare(entry.term)
        if len(text) <= _LONGEST_AGAIN:
            yield Query(rng.choice(again).format(text, text), (entry.term,), "question-again")
            if text[0] in _NUMERALS:
                yield Query(
                    rng.choice(again).format(text, text[0] + rng.choice("个项")), (entry.term,), "question-again"
                )


def prose_queries(rng: Random, entries: Iterable[Entry]) -> Iterator[Query]:
    """Yield each term among the words that stand around it in official prose, with its quotes or without."""
    for entry in entries:
        found = contexts().get(fold(entry.term), [])
        for words in rng.sample(found, min(2, len(found))):
            before, after = words[0][-rng.choice((1, 2, 4)) :], words[1][: rng.choice((0, 2, 2, 4))]
            before = before if rng.random() < 0.5 else ""
            if before or after:
                yield Query(f"{before}“{entry.term}”{after}", (entry.term,), "quoted-in")
                yield Query(before + entry.term + after, (entry.term,), "phrase")


@cache
def contexts() -> dict[str, list[tuple[str, str]]]:
    """Return for each folded stretch in quotes the characters before and after it in the evidence, some of them."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for text in (*broadcasts(), *corpus()):
        for quoted in _QUOTED.finditer(text):
            kept = found[fold(quoted[1])]
            if len(kept) < _MOST_CONTEXTS:
                before = _ENDING.search(text, max(0, quoted.start() - _CONTEXT), quoted.start())
                after = _BEGINNING.match(text, quoted.end(), quoted.end() + _CONTEXT)
                kept.append((before[0] if before else "", after[0] if after else ""))
    return found


def keyword_queries(rng: Random, entries: Iterable[Entry]) -> Iterator[Query]:
    """Yield words of each entry apart by a space: clauses of the term, the term and an item, two items."""
    for entry in entries:
        clauses = [piece for piece in _CLAUSES.split(entry.term) if len(piece) > 1]
        items = [text for item in entry.items if len(text := bare(item)) > 1]
        pairs = [rng.sample(clauses, 2)] if len(clauses) > 1 else []
        pairs += [rng.sample([bare(entry.term), rng.choice(items)], 2)] if items else []
        pairs += [rng.sample(items, 2)] if len(items) > 1 else []
        yield from (Query(" ".join(pair), (entry.term,), "keywords") for pair in pairs)


def scoped_queries(rng: Random, entries: Iterable[Entry]) -> Iterator[Query]:
    """Yield each term with the field that one of its readings is told to be of, in the ways in which people name it."""
    for entry in entries:
        fields = [bare(reading.scope) for reading in entry.readings if reading.scope]
        for field in fields:
            typed = rng.choice(("{owner}{term}", *BESIDE)).format(term=entry.term, owner=field)
            yield Query(typed, (entry.term,), "scoped")


def piece_queries(rng: Random, entries: Iterable[Entry], labels: Labels) -> Iterator[Query]:
    """Yield the counted groups of each term, and beginnings and ends of it."""
    for entry in entries:
        text = bare(entry.term)
        names = [bare(name) for name in (*(part.name for part in entry.parts), *groups(entry.term))]
        yield from (
            Query(name, (entry.term, *labels.holding(name)), "part") for name in names if name not in ("", text)
        )
        for size in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(text) - 2) + 1):
            start = rng.choice((0, len(text) - size))
            piece = text[start : start + size]
            yield Query(piece, (entry.term, *labels.holding(piece)), f"piece of {size}")


def groups(term: str) -> list[str]:
    """Return the counted groups of a term that has several."""
    found = count_groups(term)
    return [group.name for group in found] if len(found) > 1 else []


def pairs(rng: Random, entries: Iterable[Entry]) -> Iterator[tuple[str, set[str]]]:
    """Yield texts that hold two slogans, and the two."""
    shuffled = list(entries)
    rng.shuffle(shuffled)
    for one, other in zip(shuffled[::2], shuffled[1::2], strict=False):
        yield one.term + rng.choice(("、", "和", "，", "", " ")) + other.term, {one.term, other.term}
