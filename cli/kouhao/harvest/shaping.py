"""Cut away what stands around a list and belongs to all of its items or to none: leads, tails, adverbials."""

from __future__ import annotations

import re

from kouhao.harvest.words import ADVERBS, GOVERNING, LEADS, VERBS
from kouhao.language.lists import Span

_PLACE = re.compile("^[^、的]{1,4}[镇县]")
_ADVERBIALS = re.compile(
    r"(?:的|这|这样的|这些|共|等(?=[0-9一二三四五六七八九十]+[个项大])|连续\s*[0-9一二三四五六七八九十]+\s*年|同步|全面|持续|分别|均|都|共同|协同|相互|实现|达到|达成|"
    r"等?[0-9一二三四五六七八九十]+[个项条大](?:方面|重大|重点)?[^，、；。]{0,6})$"
)
_COUNTED = re.compile(
    "等(?:[0-9]+|[一二三四五六七八九十]+)[个项条大类]|(?:[0-9]+|[一二三四五六七八九十]+)[个项条大类](?=[^、，；]{2,}$)|等$"
)
_LONGEST_CLOSING = 4


def skip_leads(wide: str, start: int, end: int) -> int:
    """Return where the list begins behind 即, 是指, 包括 and their like."""
    moved = True
    while moved:
        moved = False
        for lead in LEADS:
            if wide.startswith(lead, start, end):
                start += len(lead)
                moved = True
                break
        while start < end and wide[start] in " \n\u3000，：":
            start += 1
            moved = True
    return start


def drop_adverbials(wide: str, start: int, end: int) -> int:
    """Return where the list ends before 的, 这, 实现, 连续三年 and their like, which link it to the term."""
    while start < end:
        found = _ADVERBIALS.search(wide, max(start, end - 24), end)
        if not found or found.start() == found.end():
            return end
        end = found.start()
    return end


def trim_defined(wide: str, spans: list[Span]) -> list[Span]:
    """Cut from the first item of a definition what leads to the list: a preamble, then as `trim_led` does."""
    first = spans[0].of(wide)
    others = [span.of(wide) for span in spans[1:]]
    including = max(
        (first.rfind(word) + len(word) for word in ("包括：", "包括", "分为", "：") if word in first), default=0
    )
    comma = first.rfind("，") + 1
    at = max(including, 0 if "、" in first or any("，" in other for other in others) else comma)
    rest = first[at:]
    at += _lead_length(rest, others) if at == 0 else _verb_length(rest, others)
    return [Span(spans[0].start + at, spans[0].end), *spans[1:]]


def trim_led(wide: str, spans: list[Span]) -> list[Span]:
    """Cut from the first item what leads to the list.

    That is: up to the others' common beginning; to the others' length where all end alike; a chain of adverbs and verbs;
    in a list that leads to its term, up to the last verb of an item that is much longer than the others.
    """
    first, others = spans[0], [span.of(wide) for span in spans[1:]]
    at = _lead_length(first.of(wide), others)
    at += _last_verb(first.of(wide)[at:], others)
    return [Span(first.start + at, first.end), *spans[1:]]


def _lead_length(text: str, others: list[str]) -> int:
    begin = common_prefix(others)
    if begin and begin in text and (len(begin) > 1 or _fits(text[text.index(begin) :], others)):
        return text.index(begin)
    size = _common_length(others)
    if size and len(text) > size and common_suffix([*others, text]):
        return len(text) - size
    return _verb_length(text, others)


def _fits(text: str, others: list[str]) -> bool:
    return len(text) <= 1.5 * max(map(len, others)) + 2


def _verb_length(text: str, others: list[str]) -> int:
    """Return the length of the chain of verbs and adverbs with which `text` begins, and the others do not."""
    at = 0
    while len(text) - at > 1:
        words = (word for word in (*VERBS, *ADVERBS) if text.startswith(word, at) and len(text) - at > len(word) + 1)
        word = next(words, "")
        if not word or any(other.startswith(word) for other in others):
            break
        at += len(word)
    place = _PLACE.match(text[at:])
    if place and len(text) - at > place.end() + 1 and not at:
        return place.end()
    return at


def _last_verb(text: str, others: list[str]) -> int:
    if _fits(text, others):
        return 0
    ends = [text.rfind(verb) + len(verb) for verb in VERBS if len(verb) > 1 and verb in text]
    return max((end for end in ends if len(text) - end > 1), default=0)


def trim_last(wide: str, spans: list[Span]) -> list[Span]:
    """Cut from the last item what follows the list: 等六个…, a closing 的…, what stands behind the others' common ending."""
    last, others = spans[-1], [span.of(wide) for span in spans[:-1]]
    return [*spans[:-1], Span(last.start, last.start + _kept_length(last.of(wide), others))]


def _kept_length(text: str, others: list[str]) -> int:
    counted = _COUNTED.search(text)
    if counted and counted.start():
        return counted.start()
    ending, begin = common_suffix(others), common_prefix(others)
    if ending and ending in text and not text.endswith(ending):
        return text.index(ending) + len(ending)
    size = _common_length(others)
    if begin and size and text.startswith(begin) and len(text) > size:
        return size
    closing = text.rfind("的")
    if closing > 1 and len(text) - closing <= _LONGEST_CLOSING and not any("的" in other for other in others):
        return closing
    return len(text)


def is_object(text: str) -> bool:
    """Tell whether what stands before a term ends with a verb, so that the term is its object and no list's name."""
    return text.endswith(GOVERNING)


def is_bare_verb(text: str) -> bool:
    """Tell whether a piece is nothing but a verb or an adverb, so no item."""
    return text in VERBS or text in ADVERBS


def _common_length(texts: list[str]) -> int:
    lengths = {len(text) for text in texts}
    return lengths.pop() if len(texts) > 1 and len(lengths) == 1 else 0


def common_prefix(texts: list[str]) -> str:
    """Return what at least two texts all begin with."""
    if len(texts) < 2:  # noqa: PLR2004  one example shows nothing common
        return ""
    size = 0
    while all(len(text) > size + 1 and text[size] == texts[0][size] for text in texts):
        size += 1
    return texts[0][:size]


def common_suffix(texts: list[str]) -> str:
    """Return what at least two texts all end with."""
    return common_prefix([text[::-1] for text in texts])[::-1]
