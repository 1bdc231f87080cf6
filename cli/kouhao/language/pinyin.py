"""Sounds: Mandarin syllables as single characters, so that sound is compared, searched and keyed as strings are.

A *reading* is a character of a private plane that holds a syllable and its tone; its *sound* is a character of the
private use area in which the confusions of southern speakers (zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in) fall
together. A text of n characters has a reading string of n characters and a sound string of n characters.
"""

from __future__ import annotations

from _operator import add  # operator itself takes longer to load than a lookup to answer

from kouhao.language.normalize import NUMERALS, LearntTable

_READING_BASE = 0xF0000  # the beginning of a private plane
_SOUND_BASE = 0xE000  # the beginning of the private use area
_PER_SOUND = 128  # sixteen syllables of one sound, eight tones of each
_PER_SYLLABLE = 8  # six are used, and divisions are shifts
UNKNOWN = "\uf8ff"
"""The sound of a chunk of letters that is no syllable."""

_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_LONGEST = 6  # letters of a syllable (zhuang)
_LONGEST_STRAY = 2  # letters: sh, or two of a slip


def fold_syllable(syllable: str) -> str:
    """Return the spelling in which near sounds agree: zhang, zhan, zang and zan are all zan; niu is liu."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    elif syllable[0] == "n":
        syllable = "l" + syllable[1:]
    if syllable[-3:] in ("ang", "eng", "ing"):
        syllable = syllable[:-1]
    return syllable


def _number_syllables() -> dict[str, int]:
    numbers: dict[str, int] = {}
    members: dict[str, int] = {}
    for syllable in sorted(initial + final for initial, finals in _FINALS.items() for final in finals.split()):
        folded = fold_syllable(syllable)
        sound = members.setdefault(folded, 0)
        members[folded] = sound + 1
        numbers[syllable] = sound
    order = {folded: index for index, folded in enumerate(sorted(members))}
    return {
        syllable: order[fold_syllable(syllable)] * _PER_SOUND + variant * _PER_SYLLABLE
        for syllable, variant in numbers.items()
    }


_numbers: dict[str, int] = {}


def syllable_numbers() -> dict[str, int]:
    """Return the number of each syllable, computed when it is first needed: a lookup in hanzi never needs it."""
    if not _numbers:
        _numbers.update(_number_syllables())
    return _numbers


def reading(syllable: str, tone: int = 0) -> str:
    """Return the reading of a syllable such as `hao` with its tone (1 to 4, 5 neutral, 0 unknown)."""
    return chr(_READING_BASE + typed_syllables()[syllable] + tone)


def sound_of(readings: str) -> str:
    """Return the sound string of a reading string; what is no reading stands for itself."""
    return readings.translate(_sounds)


def _sound(mark: str) -> str:
    return chr(_SOUND_BASE + (ord(mark) - _READING_BASE) // _PER_SOUND) if mark >= "\U000f0000" else mark


_sounds = LearntTable(_sound)


def plain_sound(mark: str, readings: str) -> str:
    """Return the sound of a character by the first of its readings; a numeral, and what has no reading, stands for itself."""
    return mark if mark in NUMERALS or not readings else sound_of(readings[0])


def same_syllable(one: str, other: str) -> bool:
    """Return whether two readings are the same syllable, whatever their tones."""
    return ord(one) // _PER_SYLLABLE == ord(other) // _PER_SYLLABLE


def same_sound(one: str, other: str) -> bool:
    """Return whether two readings are the same syllable to a southern ear."""
    return ord(one) // _PER_SOUND == ord(other) // _PER_SOUND and one >= "\U000f0000" <= other


_TONE_MARKS = {
    "a": "āáǎà",
    "e": "ēéěè",
    "i": "īíǐì",
    "o": "ōóǒò",
    "u": "ūúǔù",
    "v": "üǖǘǚǜ",
    "n": "ńňǹ",
    "m": "ḿ",
}
_PLAIN = {ord(mark): letter for letter, marks in _TONE_MARKS.items() for mark in marks}
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").union(*_TONE_MARKS.values())


def has_letters(text: str) -> bool:
    """Return whether pinyin is written in `text`, with or without tone marks."""
    return not _LETTERS.isdisjoint(text)


def strip_tones(text: str) -> str:
    """Return pinyin without tone marks, ü as v: wǔhǎo gives wuhao."""
    plain = text.translate(_PLAIN)
    return "".join([mark for mark in plain if not "\u0300" <= mark <= "\u036f"])


def segment(letters: str, *, most: int = 4) -> list[list[str]]:
    """Cut joined pinyin into syllables, in every way that needs few of them; at most `most` cuts, best first.

    Letters that belong to no syllable stand as chunks of their own, so that a slip costs one chunk and not
    the whole reading: `sigedaito` gives si, ge, dai, to. Best is: fewest chunks, a stray one counted twice.
    """
    known = typed_syllables()
    best: list[list[tuple[int, list[str]]]] = [[(0, [])]]
    for end in range(1, len(letters) + 1):
        cuts: list[tuple[int, list[str]]] = []
        for start in range(max(0, end - _LONGEST), end):
            chunk = letters[start:end]
            price = 1 if chunk in known else 2
            if price == 1 or len(chunk) <= _LONGEST_STRAY:
                cuts.extend((cost + price, [*chunks, chunk]) for cost, chunks in best[start])
        cuts.sort(key=_price)
        best.append(cuts[:most])
    fewest = best[-1][0][0] if best[-1] else 0
    return [chunks for cost, chunks in best[-1] if cost <= fewest + 1]


def segment_initials(letters: str) -> list[list[str]]:
    """Return the ways to take `letters` for initials: each by itself, and zh, ch, sh as one where they stand."""
    single = list(letters)
    joined: list[str] = []
    for letter in letters:
        if letter == "h" and joined and joined[-1] in ("z", "c", "s"):
            joined[-1] += letter
        else:
            joined.append(letter)
    return [single] if joined == single else [single, joined]


def _price(cut: tuple[int, list[str]]) -> int:
    return cut[0]


def initial_of(syllable: str) -> str:
    """Return the initial with which people abbreviate a syllable: zh of zhao, w of wu, the vowel where none is."""
    return syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else syllable[0]


def deletions(text: str) -> list[str]:
    """Return `text` with each of its characters left out in turn: one slip away, they meet those of the right text.

    Symmetric deletion (W. Garbe, SymSpell): a wrong, missing, extra or swapped character leaves a common deletion.
    """
    return [text[:at] + text[at + 1 :] for at in range(len(text))]


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters."""
    return [*map(add, text, text[1:])]


_heard: dict[str, int] = {}


def typed_syllables() -> dict[str, int]:
    """Return the number of each syllable that people type: also those that only a southern ear knows, such as suang for shuang."""
    if not _heard:
        for syllable, number in syllable_numbers().items():
            _heard.setdefault(syllable[0] + syllable[2:] if syllable[1:2] == "h" else syllable, number)
        _heard.update(syllable_numbers())
    return _heard


_spellings: dict[int, str] = {}


def syllable_of(mark: str) -> str:
    """Return the syllable of a reading, without its tone; a mark that is no reading stands for itself."""
    if mark < "\U000f0000":
        return mark
    if not _spellings:
        _spellings.update({number: syllable for syllable, number in syllable_numbers().items()})
    return _spellings[(ord(mark) - _READING_BASE) // _PER_SYLLABLE * _PER_SYLLABLE]


_letters = LearntTable(syllable_of)


def letters_of(readings: str) -> str:
    """Return the joined syllables of a reading string, without their tones; what is no reading stands for itself."""
    return readings.translate(_letters)
