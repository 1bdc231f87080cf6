"""What a query asks with, beside the terms that stand in it: 请问, 是什么意思, 的出处, 是哪六个. What is left without it is its bare line."""

from __future__ import annotations

from kouhao.language.lexicon import ASKING, ASKING_PARTICLES, COMPARISONS, COUNTED, ORDINAL
from kouhao.language.normalize import NUMERALS, fold, is_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.lookup.answer import Hit

_WORDS = ASKING.union(COMPARISONS)
_LONGEST = max(map(len, _WORDS))
_WHICH, _WHAT, _EACH = "哪", "什么", "个"
_DETERMINERS = (_WHICH, "哪一", _WHAT, "最后一")
_JOINING = "是的有都"
_SHORTEST = 2  # characters: one alone is a part of a word, 何 as well as 查


def asks(text: str) -> bool:
    """Return whether there is a word that asks in `text`, or a number of items."""
    return any(
        text[at:end] in _WORDS or text[end - 1] in COUNTED
        for at in range(len(text))
        for end in range(at + 1, min(len(text), at + _LONGEST) + 1)
    )


def links(text: str) -> bool:
    """Return whether `text` between terms says nothing but how they belong together, or asks for them."""
    return _words(text) >= 0


def find_question(before: str, after: str, term: str) -> list[tuple[int, int]]:
    """Return the stretches of what stands `before` and `after` a term that ask for it, none where nothing is asked.

    A side that consists of words that ask and particles does as a whole, of another one its outer end, and the beginning of what stands
    after: 请问 of 请问武汉, 是什么 of 是什么内蒙古. Behind 哪 and 什么 the `term` may come again.
    """
    first, second = _once(before, term), _once(after, term)
    whole = [_words(side, whole=True) for side in (first, second)]
    head = len(first) if whole[0] >= 0 else _beginning(first)
    start = len(second) if whole[1] >= 0 else _beginning(second)
    end = len(second) if whole[1] >= 0 else _ending(second[start:]) + start
    asked = max(whole) > 0 or (whole[0] < 0 < head) or (whole[1] < 0 and end - start < len(second))
    return [(0, head), (0, start), (end, len(second))] if asked else []


def _once(text: str, term: str) -> str:
    """Return `text` with blanks for a plus sign, and for what comes again of the term behind 哪 or 什么: 五好是哪五好."""
    asked = (text.find(word) + len(word) for word in (_WHICH, _WHAT) if word in text)
    which = min(asked, default=len(text))
    again = "".join(" " if mark in term and mark != _EACH else mark for mark in text[which:])
    return (text[:which] + again).replace("+", " ")


def _beginning(text: str) -> int:
    """Return where the beginning of a text that asks ends, 0 where it does not; 我 is not of it in 请问我校."""
    return max(
        (end for end in range(_SHORTEST, len(text)) if _ends_well(text[:end], text[: end - 1], text[end - 1])),
        default=0,
    )


def _ending(text: str) -> int:
    """Return where the end of a text that asks begins."""
    starts = range(1, len(text) - _SHORTEST + 1)
    return next((at for at in starts if _ends_well(text[at:], text[at + 1 :], text[at])), len(text))


def _ends_well(text: str, shorter: str, mark: str) -> bool:
    """Return whether a stretch asks, and does so by the `mark` at its inner end, without which it is `shorter`."""
    words = _words(text, whole=_WHICH in text)
    return words > 0 and (mark in _JOINING or words > _words(shorter, whole=_WHICH in shorter))


def _words(text: str, *, whole: bool = False) -> int:
    """Return how many words that ask or compare `text` has between particles, the most there may be; -1 where it has anything else.

    In a `whole` side a number of items is one (24字, 五条), or of one item (第三个, 最后一个), and so is 哪 or 什么 with what it asks for (哪年, 什么样).
    """
    most = [0, *[-1] * len(text)]
    for at in range(len(text)):
        if most[at] < 0:
            continue
        if text[at] in ASKING_PARTICLES or text[at] == " ":
            most[at + 1] = max(most[at + 1], most[at])
        for end in range(at + 1, min(len(text), at + _LONGEST) + 1):
            word = text[at:end]
            if word in _WORDS or (whole and (word[:-1] in _DETERMINERS or _number(word.removeprefix(ORDINAL)))):
                most[end] = max(most[end], most[at] + 1)
    return most[-1]


def _number(text: str) -> str:
    """Return the numeral of a number of items, empty for anything else: 十二 of 十二个词."""
    numeral = text[:-1].rstrip(_EACH)
    return numeral if text[-1:] in COUNTED and numeral and NUMERALS.issuperset(numeral) else ""


def agrees(question: str, hit: Hit) -> bool:
    """Return whether a slogan names the number that a `question` says, has as many items or characters, or an item of that number.

    Of a part its own items count: 三类八项 asks for no 五级三类. Most questions say no number.
    """
    said = [fold(piece) for piece in question.split(" ")]
    stretches = {text[at:end] for text in said for at in range(len(text)) for end in range(at + 2, len(text) + 1)}
    numerals = set(map(_number, stretches)) - {""}
    ordinal = ORDINAL if any(ORDINAL in text for text in said) else ""
    if not numerals or any(ordinal + numeral in fold(hit.term) for numeral in numerals):
        return True
    from kouhao.language.numerals import parse_number, promise  # noqa: PLC0415  few questions say a number

    form = fold(hit.form)
    promised = promise(hit.form if hit.how == "part" else hit.term)
    counts = {1, *promised.readings} if promised else {1}  # one of them: 哪一条
    characters: set[int] = set()
    for reading in hit.record["readings"]:
        parts = [part for part in reading["parts"] if hit.how != "part" or fold(part["name"]) == form]
        items = [item for part in parts for item in part["items"]]
        counts.add(len(items))
        characters.add(sum(map(is_han, "".join(items))))
    number = parse_number(max(numerals, key=len))
    return number <= max(counts) if ordinal else number in counts | characters
