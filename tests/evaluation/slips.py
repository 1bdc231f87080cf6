"""Slips of the hand: from a slogan to what a hurried person types instead. Pure functions of a text and a random source.

Homophones come from pypinyin over the 3,755 common characters of GB 2312's first level, weighted as input methods
confuse them (the same tone most, then another tone, then a southern confusion); look-alikes from `lookalikes.tsv`, whose
header names its source. Neither is the engine's own table. A slip returns "" where the text does not admit it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin, pinyin

NUMERALS = frozenset("零一二两三四五六七八九十百千万双壹贰叁肆伍陆柒捌玖拾佰仟")
_TONES = (6, 3, 1)
_FILLERS = "的个了"
_SHORTEST_SHAPE, _SHORTEST_MISSING, _SHORTEST_TWO = 3, 4, 5

Slip = Callable[[Random, str], str]


def is_han(mark: str) -> bool:
    """Tell whether `mark` is a Han character of the basic block."""
    return "\u4e00" <= mark <= "\u9fff"


def bare(text: str) -> str:
    """Return `text` without its marks and without what stands in brackets."""
    kept, depth = "", 0
    for mark in text:
        depth += (mark in "(（") - (mark in ")）")
        if not depth and (mark.isalnum() or mark == "+"):
            kept += mark
    return kept


@cache
def common_characters() -> tuple[str, ...]:
    """Return the first level of GB 2312."""
    rows = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return tuple(mark for mark in rows if mark)


@cache
def _by_sound() -> dict[str, list[str]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for mark in common_characters():
        table[pinyin(mark, style=Style.TONE3, neutral_tone_with_five=True)[0][0]].append(mark)
    return table


@cache
def lookalikes() -> dict[str, str]:
    """Return for each character those that it is taken for."""
    table: defaultdict[str, str] = defaultdict(str)
    for line in Path(__file__).with_name("lookalikes.tsv").read_text(encoding="utf-8").splitlines():
        head, _, others = line.partition("\t")
        for other in "" if line.startswith("#") else others:
            table[head] += other
            table[other] += head
    return table


def southern(syllable: str) -> list[str]:
    """Return the syllables that a southern speaker writes for `syllable`."""
    near: list[str] = []
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(one):
            near.append(other + syllable[2:])
        elif syllable.startswith(other):
            near.append(one + syllable[1:])
    near += [other + syllable[1:] for one, other in (("n", "l"), ("l", "n")) if syllable.startswith(one)]
    if syllable[-3:] in ("ang", "eng", "ing"):
        near.append(syllable[:-1])
    elif syllable[-2:] in ("an", "en", "in"):
        near.append(syllable + "g")
    known = {key[:-1] for key in _by_sound()}
    return [one for one in near if one in known]


def homophone_of(rng: Random, mark: str, syllable: str, *, loose: bool) -> str:
    """Return another character that sounds as `mark` does; with `loose` also of another tone or a southern confusion."""
    sound, tone = syllable[:-1], syllable[-1]
    circles = [
        [sound + tone],
        [sound + other for other in "12345" if other != tone],
        [near + other for near in southern(sound) for other in "12345"],
    ]
    rings = [[one for key in circle for one in _by_sound().get(key, []) if one != mark] for circle in circles]
    weights = [weight if ring else 0 for weight, ring in zip(_TONES if loose else (1, 0, 0), rings, strict=True)]
    return rng.choice(rng.choices(rings, weights)[0]) if any(weights) else ""


def _replace(text: str, at: int, mark: str) -> str:
    return text[:at] + mark + text[at + 1 :]


def _places(text: str) -> list[int]:
    return [at for at, mark in enumerate(text) if is_han(mark)]


def homophone(rng: Random, text: str) -> str:
    """Return `text` with a character that sounds alike; a numeral never becomes another numeral."""
    places = _places(text)
    if not places:
        return ""
    at = rng.choice(places)
    syllables = [one[0] for one in pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=list)]  # type: ignore[arg-type]  # pypinyin takes callables
    mark = homophone_of(rng, text[at], syllables[at], loose=len(places) > 3)
    if not mark or (text[at] in NUMERALS and mark in NUMERALS):
        return ""
    return _replace(text, at, mark)


def shape(rng: Random, text: str) -> str:
    """Return `text` with a character that looks alike."""
    table = lookalikes()
    places = [at for at in _places(text) if table.get(text[at])]
    if not places or len(text) < _SHORTEST_SHAPE:
        return ""
    at = rng.choice(places)
    mark = rng.choice(table[text[at]])
    return "" if text[at] in NUMERALS and mark in NUMERALS else _replace(text, at, mark)


def missing(rng: Random, text: str) -> str:
    """Return `text` without one of its characters."""
    places = _places(text)
    if len(places) < _SHORTEST_MISSING:
        return ""
    return _replace(text, rng.choice(places), "")


def extra(rng: Random, text: str) -> str:
    """Return `text` with a character doubled, or with a filler between two."""
    places = _places(text)
    if len(places) < _SHORTEST_MISSING - 1:
        return ""
    at = rng.choice(places)
    doubled = rng.random() < 0.6
    if text[at] in NUMERALS:
        return ""
    return _replace(text, at, text[at] + (text[at] if doubled else rng.choice(_FILLERS)))


def transposed(rng: Random, text: str) -> str:
    """Return `text` with two neighbouring characters swapped; no two numerals come to stand together."""
    places = [at for at in _places(text)[1:] if is_han(text[at - 1]) and text[at] != text[at - 1]]
    if len(places) < _SHORTEST_MISSING - 2:
        return ""
    at = rng.choice(places)
    swapped = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    together = any(one in NUMERALS and two in NUMERALS for one, two in pairwise(swapped))
    return "" if together else swapped


def two_errors(rng: Random, text: str) -> str:
    """Return `text` with two slips in different places."""
    if len(_places(text)) < _SHORTEST_TWO:
        return ""
    half = rng.randint(2, len(text) - 2)
    one, other = rng.choice((homophone, homophone, shape)), rng.choice((homophone, homophone, shape, missing))
    first, second = one(rng, text[:half]), other(rng, text[half:])
    return first + second if first and second else ""


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def traditional(rng: Random, text: str) -> str:
    """Return `text` in traditional characters, of Taiwan, Hong Kong or OpenCC's own standard."""
    converted: str = _converter(rng.choice(("s2t", "s2tw", "s2hk"))).convert(text)
    return converted if converted != text else ""


def decorated(rng: Random, text: str) -> str:
    """Return `text` between marks, with spaces, in full width, or with invisible characters."""
    at = rng.randint(1, max(1, len(text) - 1))
    wide = "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)
    at = at if is_han(text[at - 1]) else 0
    spaced = text[:at] + rng.choice((" ", "\u3000", "\u200b", "·", "-")) + text[at:]
    frames = (
        "“{}”",
        "「{}」",
        "『{}』",
        "《{}》",
        "【{}】",
        '"{}"',
        "'{}'",
        " {} ",
        "#{}",
        "{}。",
        "{}？",
        "({})",
        "\ufeff{}",
        "{}\n",
    )
    return rng.choice((rng.choice(frames).format(text), spaced, rng.choice(frames).format(wide)))


def syllables(text: str) -> list[str]:
    """Return the toneless syllables of the Han characters of `text`, each as it reads in its word."""
    return lazy_pinyin("".join(filter(is_han, text)), v_to_u=False)


def other_word(rng: Random, text: str) -> str:
    """Return a short `text` with a character that neither sounds nor looks like its own: another word, no slip."""
    places = [at for at in _places(text) if text[at] not in NUMERALS]
    if not _SHORTEST_SHAPE <= len(text) <= _SHORTEST_MISSING or not places:
        return ""
    at = rng.choice(places)
    mark = rng.choice(common_characters())
    sound, own = syllables(mark)[0], syllables(text)[at]
    near = sound == own or sound in southern(own) or any(southern(one) == [sound] for one in southern(own))
    alike = mark in lookalikes().get(text[at], "") or mark in text or mark in NUMERALS
    return "" if near or alike else _replace(text, at, mark)
