"""Character tables: script, readings and look-alikes of single characters, computed from well-kept libraries.

Readings: pypinyin's single-character table (from Unihan's kMandarin and its own corrections), the commonest first.
Script: OpenCC's t2s and jp2t tables. Look-alikes: `lookalikes.tsv`, whose header says how it was derived.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product

import opencc
import pypinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from kouhao.language import pinyin
from kouhao.language.normalize import AMBIGUOUS, fold, is_han

Glyph = tuple[str, str, str, str]
"""A character, its folded form, its readings, and its look-alikes each followed by its closeness 0 to 9."""

_LAST_BASIC = 0x9FFF
_FAIR_SHARE = 0.08


def glyphs() -> Iterator[Glyph]:
    """Yield a row for each Han character that pypinyin can read."""
    looks = lookalikes()
    for code in sorted(PINYIN_DICT):
        if code > _LAST_BASIC or not is_han(chr(code)):
            continue
        mark = chr(code)
        simplified = simplify(mark)
        folded = simplified if simplified in AMBIGUOUS else fold(simplified) or mark
        yield mark, folded, char_readings(folded), looks.get(folded, "")


@cache
def char_readings(folded: str) -> str:
    """Return the readings of a folded character that occur in words, the commonest first; 二 also reads as 两 does."""
    if not is_han(folded):
        return ""
    marks = "二两" if folded == "二" else folded
    found: list[str] = []
    for mark in marks:
        spoken = pypinyin.pinyin(mark, style=pypinyin.Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
        for place, syllable in enumerate(spoken):
            code = _encode(syllable)
            if code and (not place or _in_words(mark, code)) and not _among(code, found):
                found.append(code)
    return "".join(found)


def _among(code: str, found: list[str]) -> bool:
    return any(pinyin.same_syllable(code, other) for other in found)


def _in_words(mark: str, code: str) -> bool:
    """Tell whether a character is read so in a fair share of the words that pypinyin knows it from."""
    counts = _word_readings()
    total = sum(counts[mark].values())
    return counts[mark][pinyin.syllable_of(code)] > total * _FAIR_SHARE


@cache
def _word_readings() -> defaultdict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, spoken in PHRASES_DICT.items():
        for mark, syllables in zip(phrase, spoken, strict=False):
            counts[mark][pinyin.strip_tones(syllables[0])] += 1
    return counts


def readings(text: str) -> str:
    """Return the reading string of `text`: each character as it reads in its word, others as themselves.

    Only a text with a character of several readings is put before pypinyin, whose phrase table decides; it is slow.
    """
    singles = [char_readings(mark) or mark for mark in text]
    if all(len(single) == 1 for single in singles):
        return "".join(singles)
    return _readings_in_words(text)


@lru_cache(maxsize=1 << 16)
def _readings_in_words(text: str) -> str:
    spoken = pypinyin.pinyin(text, style=pypinyin.Style.TONE3, neutral_tone_with_five=True, errors=_apart)  # type: ignore[arg-type]  # pypinyin takes lists too
    return "".join(_encode(syllables[0]) or mark for mark, syllables in zip(text, spoken, strict=True))


def _apart(text: str) -> list[str]:
    """Keep what cannot be read, a character a place."""
    return list(text)


def _encode(syllable: str) -> str:
    letters, tone = (syllable[:-1], int(syllable[-1])) if syllable[-1:].isdigit() else (syllable, 0)
    letters = letters.replace("ü", "v")
    return pinyin.reading(letters, tone) if letters in pinyin.syllable_numbers() else ""


def simplify(text: str) -> str:
    """Return `text` in simplified characters, one for one: 進 gives 进, the Japanese 歩 gives 步."""
    if text.isascii():
        return text
    return "".join(_simplify_mark(mark) for mark in text)


@cache
def _simplify_mark(mark: str) -> str:
    simplified = _traditional().convert(mark)
    if simplified == mark and not mark.encode("gb2312", errors="ignore"):  # 沪 is Chinese, whatever it is in Japanese
        simplified = _traditional().convert(_japanese().convert(mark))
    return simplified if len(simplified) == 1 else mark


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def traditional(text: str) -> list[str]:
    """Return the ways to write `text` in traditional characters, chosen by the words that they stand in: of OpenCC, Taiwan, Hong Kong.

    Of characters that are written either way everywhere (為 and 爲) both stand, of the first few in a text.
    """
    forms = dict.fromkeys(str(standard.convert(text)) for standard in _to_traditional())
    ways = [[(mark, _EITHER[mark]) if mark in _EITHER else (mark,) for mark in form] for form in forms]
    return [*dict.fromkeys("".join(marks) for way in ways for marks in islice(product(*way), _MOST_WAYS))]


@cache
def _to_traditional() -> list[opencc.OpenCC]:
    return [opencc.OpenCC(standard) for standard in ("s2t", "s2tw", "s2hk")]


_PAIRS = (
    "為爲",
    "群羣",
    "眾衆",
    "裡裏",
    "線綫",
    "強强",
    "啟啓",
    "臺台",
    "峰峯",
    "床牀",
    "麵麪",
    "祕秘",
    "著着",
    "汙污",
)
_EITHER = {pair[at]: pair[1 - at] for pair in _PAIRS for at in (0, 1)}
_MOST_WAYS = 16


@cache
def _japanese() -> opencc.OpenCC:
    return opencc.OpenCC("jp2t")


def lookalikes() -> dict[str, str]:
    """Return for each character its look-alikes, each followed by its closeness as a digit; what looks alike does so both ways."""
    table = files("kouhao.index").joinpath("lookalikes.tsv")
    rows = (row.split("\t") for row in table.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    near: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mark, looks in rows:
        for other, closeness in zip(looks[::2], looks[1::2], strict=True):
            near[mark][other] = near[other][mark] = closeness
    return {mark: "".join(other + closeness for other, closeness in others.items()) for mark, others in near.items()}
