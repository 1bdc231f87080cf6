"""Character tables: script, readings and look-alikes of single characters, computed from well-kept libraries.

Readings: pypinyin's single-character table (from Unihan's kMandarin and its own corrections), the commonest first.
Script: OpenCC's t2s and jp2t tables. Look-alikes: `lookalikes.tsv`, whose header says how it was derived.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product
from unicodedata import normalize

import opencc

from kouhao.index.reader import Index
from kouhao.language import pinyin
from kouhao.language.normalize import AMBIGUOUS, LearntTable, fold, is_han

CharacterRow = tuple[str, str, str, str]
"""A character, its folded form, its readings, and its look-alikes."""

_LAST_BASIC = 0x9FFF  # the end of the basic block of Han characters
_FAIR_SHARE = 0.08  # by hand: readings that few words have are left out
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_NEUTRAL = 5  # the tone's number in `pinyin.reading`


def glyphs() -> Iterator[CharacterRow]:
    """Yield a row for each Han character that pypinyin can read."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  a quarter of a second, for the index that serves all

    looks = lookalikes()
    for code in sorted(PINYIN_DICT):
        if code > _LAST_BASIC or not is_han(chr(code)):
            continue
        mark = chr(code)
        simplified = simplify(mark)
        folded = simplified if simplified in AMBIGUOUS else fold(simplified) or mark
        yield mark, folded, char_readings(folded), looks.get(folded, "")


def phrases() -> Iterator[tuple[str, str]]:
    """Yield the words that pypinyin knows, with their readings; without where each character is read as it is by itself.

    Among them stand the characters, with all their readings, that are read otherwise than what they are folded to (两 and 二).
    """
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  as above

    for mark, folded, usual, _ in glyphs():
        if mark != folded and char_readings(mark) != usual:
            yield mark, char_readings(mark)
    for phrase, spoken in PHRASES_DICT.items():
        if all(map(is_han, phrase)) and len(phrase) == len(spoken):
            read = "".join(_encode(syllables[0]) or mark for mark, syllables in zip(phrase, spoken, strict=True))
            yield phrase, "" if read == usual_readings(phrase) else read


def _encode(syllable: str) -> str:
    """Return the reading of a syllable that has its tone above a vowel, or none."""
    tones = [tone for mark, tone in _TONES.items() if mark in normalize("NFD", syllable)]
    letters = pinyin.strip_tones(syllable)
    return pinyin.reading(letters, tones[0] if tones else _NEUTRAL) if letters in pinyin.syllable_numbers() else ""


@contextmanager
def tables_of(index: Index) -> Iterator[None]:
    """Take the readings from an index that has the tables, which saves loading pypinyin's dictionaries, while this goes on."""
    _opened.append(index)
    try:
        yield
    finally:
        _opened.remove(index)


_opened: list[Index] = []


def usual_readings(folded: str) -> str:
    """Return the commonest reading of each character of a folded text; what has none stands for itself."""
    return folded.translate(_usual)


def usual_sounds(folded: str) -> str:
    """Return the sounds of these readings."""
    return folded.translate(_usual_sounds)


@cache
def char_readings(folded: str) -> str:
    """Return the readings of a folded character that occur in words, the commonest first; 二 also reads as 两 does."""
    if not is_han(folded):
        return ""
    if _opened:
        known = _opened[-1].phrases([folded]) or {
            mark: glyph.readings for mark, glyph in _opened[-1].glyphs([folded]).items()
        }
        if known:
            return known[folded]
    import pypinyin  # noqa: PLC0415  as above

    marks = "二两" if folded == "二" else folded
    found: list[str] = []
    for mark in marks:
        spoken = pypinyin.pinyin(mark, style=pypinyin.Style.TONE, heteronym=True)[0]
        for place, syllable in enumerate(spoken):
            code = _encode(syllable)
            if (
                code
                and (not place or _in_words(mark, code))
                and not any(pinyin.same_syllable(code, other) for other in found)
            ):
                found.append(code)
    return "".join(found)


_all = LearntTable(lambda mark: char_readings(mark) or mark)
_usual = LearntTable(lambda mark: char_readings(mark)[:1] or mark)
_usual_sounds = LearntTable(lambda mark: pinyin.sound_of(usual_readings(mark)))


def _in_words(mark: str, code: str) -> bool:
    """Return whether a character is read so in a fair share of the words that pypinyin knows it from."""
    counts = _word_readings()
    total = sum(counts[mark].values())
    return counts[mark][pinyin.syllable_of(code)] > total * _FAIR_SHARE


@cache
def _word_readings() -> defaultdict[str, Counter[str]]:
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  as above

    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, spoken in PHRASES_DICT.items():
        for mark, syllables in zip(phrase, spoken, strict=False):
            counts[mark][pinyin.strip_tones(syllables[0])] += 1
    return counts


def readings(text: str) -> str:
    """Return the reading string of `text`: each character as it reads in its word, others as themselves.

    Of a text with a character of several readings the words decide, the longest that pypinyin knows at each place.
    """
    singles = text.translate(_all)
    return singles if len(singles) == len(text) else _readings_in_words(text)


@lru_cache(maxsize=1 << 16)
def _readings_in_words(text: str) -> str:
    if _opened:
        return _readings_by_table(text)
    import pypinyin  # noqa: PLC0415  as above

    spoken = pypinyin.pinyin(text, style=pypinyin.Style.TONE, errors=list)  # type: ignore[arg-type]  # pypinyin takes lists too
    return "".join((is_han(mark) and _encode(one[0])) or mark for mark, one in zip(text, spoken, strict=True))


def _readings_by_table(text: str) -> str:
    """Return the same by the table of words, cut as pypinyin cuts a text: the longest word at each place."""
    read: list[str] = []
    at = 0
    while at < len(text):
        words = _words_from(text[at : at + 2])
        word = next((word for word in words if text.startswith(word, at)), text[at])
        read.append(words.get(word) or usual_readings(word))
        at += len(word)
    return "".join(read)


@cache
def _words_from(beginning: str) -> dict[str, str]:
    """Return the words that the table has with these two characters in front, the longest first, with their readings."""
    words = _opened[-1].phrases_from(beginning) if len(beginning) > 1 else {}
    return {word: words[word] for word in sorted(words, key=len, reverse=True)}


def simplify(text: str) -> str:
    """Return `text` in simplified characters, one for one: 進 gives 进, the Japanese 歩 gives 步."""
    if text.isascii():
        return text
    return text.translate(_simplified)


def _simplify_mark(mark: str) -> str:
    simplified = _traditional().convert(mark)
    if simplified == mark and not mark.encode("gb2312", errors="ignore"):  # 沪 is Chinese, whatever it is in Japanese
        simplified = _traditional().convert(_japanese().convert(mark))
    return simplified if len(simplified) == 1 else mark


_simplified = LearntTable(_simplify_mark)


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
_MOST_WAYS = 16  # four characters that are written in two ways


@cache
def _japanese() -> opencc.OpenCC:
    return opencc.OpenCC("jp2t")


def lookalikes() -> dict[str, str]:
    """Return for each character its look-alikes; what looks alike does so both ways."""
    table = files("kouhao.index").joinpath("lookalikes.tsv")
    rows = (row.split("\t") for row in table.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    near: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for mark, looks in rows:
        for other in looks:
            one, two = (each if each in AMBIGUOUS else fold(each) or each for each in (mark, other))  # 两 is 二
            near[one][two] = near[two][one] = None
    return {mark: "".join(others) for mark, others in near.items()}
