"""搭配用错了。

官方文件里口号有固定的搭配：统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局，增强“四个意识”、坚定“四个自信”。同一句里两个口号
的搭配互相换了位置，或者一个用了另一个的搭配时提示；只有一个口号的句子不提示。

    错：统筹推进“五位一体”战略布局、协调推进“四个全面”总体布局
    对：统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局

修改：照词库里的搭配改。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kouhao.check.context import KnownSlogan, Page, Remark
from kouhao.language.lexicon import SENTENCE_ENDS
from kouhao.model import Severity

ID = "companion"
SEVERITY = Severity.WARNING
DEFAULT = True

Side = Literal["before", "after"]
_SIDES: tuple[Side, ...] = ("before", "after")
_NEAR = 40  # characters in which a companion stands, by hand: a clause
_KIND = 2  # characters at a companion's end that tell what kind of thing it is


def check(page: Page) -> Iterator[Remark]:
    """Yield a remark for each word beside a slogan that belongs to another one in its sentence, which has this one's."""
    companions = {mention.meanings: {side: _own(mention, side) for side in _SIDES} for mention in page.mentions}
    mentions = [mention for mention in page.mentions if any(companions[mention.meanings].values())]
    for side in _SIDES:
        every = {word for own in companions.values() for word in own[side]}
        words = tuple(sorted(every, key=len, reverse=True))
        beside = [(mention, *_beside(page.text, mention, side, words)) for mention in mentions]
        for nth, (mention, word, start, end) in enumerate(beside):
            own = companions[mention.meanings][side]
            if not word or word in own or not own:
                continue
            around = beside[max(0, nth - _NEAR // _KIND) : nth + _NEAR // _KIND + 1]
            named = side == "after" and _alike(word, own)
            if any(
                word in companions[other.meanings][side] and (named or beside_it in own) and _near(page, mention, other)
                for other, beside_it, *_ in around
            ):
                message = f"“{mention.term}”的搭配应当是“{own[0]}”，文中是“{word}”"
                yield Remark(start, end, message, mention.term, own[0], word)


def _alike(word: str, own: list[str]) -> bool:
    """Return whether a word is of one kind with those that belong to the slogan: 战略布局 and 总体布局."""
    return len(word) > _KIND and any(one[-_KIND:] == word[-_KIND:] for one in own)


def _own(mention: KnownSlogan, side: Side) -> list[str]:
    return [word for meaning in mention.meanings for word in meaning.record.get("companions", {}).get(side, ())]


def _beside(text: str, mention: KnownSlogan, side: Side, words: tuple[str, ...]) -> tuple[str, int, int]:
    """Return the first of `words` that stands right beside a slogan, and its place."""
    if side == "after":
        at = mention.outer_end
        word = next((word for word in words if text.startswith(word, at)), "") if text.startswith(words, at) else ""
        return word, at, at + len(word)
    at = mention.outer_start
    found = text.endswith(words, 0, at)
    word = next((word for word in words if text.endswith(word, 0, at)), "") if found else ""
    return word, at - len(word), at


def _near(page: Page, mention: KnownSlogan, other: KnownSlogan) -> bool:
    """Return whether two slogans stand near each other in one sentence."""
    if mention.term == other.term:
        return False
    first, second = sorted((mention, other), key=lambda one: one.start)
    between = page.text[first.outer_end : second.outer_start]
    return len(between) <= _NEAR and not set(between) & {*SENTENCE_ENDS, "\n"}
