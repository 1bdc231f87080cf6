"""How frequent a short text is in official prose, and whether it is a word: the background against which a slogan stands out.

`background.bin`, made by `tests/fit/count_background.py`, is a hash table with ordered linear probing (O. Amble, D. Knuth), which
finds soon that it lacks a text, and is mapped into memory when it is first asked. A slot is a little-endian number of 48 bits:
16 of a second hash, and the logarithms of the number of occurrences, of documents, of names that hold the text, and of its
frequency as a word, 8 bits each. A text that was not counted is taken for another one once in some twenty thousand times.

Texts are folded before they are counted and asked for (`normalize.fold`): 两个, 2个 and 二个 are one.
"""

from __future__ import annotations

import os
from functools import lru_cache
from math import log2
from mmap import ACCESS_READ, mmap
from zlib import crc32

from kouhao.files import open_file
from kouhao.language.normalize import fold

PATH = os.path.join(os.path.dirname(__file__), "background.bin")  # noqa: PTH118, PTH120  a lookup does without pathlib
LONGEST = 4
"""The longest text that is counted, in characters; words are known up to any length."""
SLOT_BYTES = 6  # two for the fingerprint and one for each count
STEPS_PER_OCTAVE = 10  # counts are kept to seven percent
_FINGERPRINT_SHIFT, _NAMES_SHIFT, _WORD_SHIFT, _COUNT_SHIFT, _CODE_MASK = 32, 24, 16, 8, 0xFF
"""Where each stands in a slot."""

_FINGERPRINT_MASK = 0xFFFF  # two bytes: one in 65,536 strange texts is taken for a known one
_COUNTS = (0, *(round(2 ** (code / STEPS_PER_OCTAVE)) for code in range(_CODE_MASK)))

_BACKED_OFF_BITS = 1.3
"""What a shorter history costs: T. Brants' factor of 0.4 for stupid backoff."""

_REMEMBERED = 1 << 16  # texts, some ten megabytes

_opened: list[mmap] = []


def count(text: str) -> int:
    """Return the number of occurrences of `text` in the counted prose, to 4 %.

    0 where it stands in fewer than five documents or is too long. The empty text counts all characters.
    """
    return _COUNTS[_stored(text) >> _COUNT_SHIFT & _CODE_MASK]


def documents(text: str) -> int:
    """Return the number of counted documents that hold `text`, to 4 %.

    0 where they are fewer than five or it is too long. The empty text counts all documents.
    """
    return _COUNTS[_stored(text) & _CODE_MASK]


def names(text: str) -> int:
    """Return in how many different names, namely stretches in quotes, of the counted prose `text` stands, to 4 %.

    What names are made of (行动, 企业, 新) adds to a name; what stands in none (怎么, 出处) says something about it.
    """
    return _COUNTS[_stored(text) >> _NAMES_SHIFT & _CODE_MASK]


def ends_in_word(text: str) -> bool:
    """Return whether a text ends in a word of two characters: 等 of 权利平等 is no “and so on”."""
    return word_frequency(text[-2:]) > 0


def word_frequency(text: str) -> int:
    """Return the frequency of the word `text` in the general dictionary (jieba's, per 60 million words); 0 for what is no word."""
    return _COUNTS[_stored(text) >> _WORD_SHIFT & _CODE_MASK]


def is_word(text: str) -> bool:
    """Return whether `text` is a word of the general dictionary."""
    return word_frequency(text) > 0


@lru_cache(_REMEMBERED)
def information(text: str) -> float:
    """Return the information of `text` in bits: how surprising it is in official prose, by an n-gram model with stupid backoff."""
    folded = fold(text)
    return sum(_surprise(folded[max(0, end - LONGEST) : end]) for end in range(1, len(folded) + 1))


def _surprise(gram: str) -> float:
    """Return the bits of the last character of `gram` after those before it."""
    backed_off = 0.0
    while gram:
        seen = count(gram)
        if seen:
            return backed_off + log2(max(1.0, count(gram[:-1]) / seen))
        gram = gram[1:]
        backed_off += _BACKED_OFF_BITS
    return backed_off + log2(count(""))


def encode_slot(text: str, occurrences: int, in_documents: int, in_names: int, as_word: int) -> tuple[int, int]:
    """Return the hash of a folded text, from which its place follows, and the number that is kept there."""
    place, fingerprint = _hashes(text)
    codes = _code(in_names) << _NAMES_SHIFT | _code(as_word) << _WORD_SHIFT
    codes |= _code(occurrences) << _COUNT_SHIFT | _code(in_documents)
    return place, fingerprint << _FINGERPRINT_SHIFT | codes


def _code(number: int) -> int:
    return min(_CODE_MASK, 1 + round(STEPS_PER_OCTAVE * log2(number))) if number else 0


def _hashes(text: str) -> tuple[int, int]:
    spelled = text.encode("utf-16-le", "surrogatepass")
    return crc32(spelled), crc32(spelled[::-1]) & _FINGERPRINT_MASK


@lru_cache(_REMEMBERED)
def _stored(text: str) -> int:
    table = _opened[0] if _opened else _open()
    place, fingerprint = _hashes(fold(text))
    at = place % (len(table) // SLOT_BYTES) * SLOT_BYTES
    while (found := table[at + 5] << 8 | table[at + 4]) > fingerprint:  # the upper two bytes
        at = (at + SLOT_BYTES) % len(table)
    return int.from_bytes(table[at : at + SLOT_BYTES], "little") if found == fingerprint else 0


def _open() -> mmap:
    with open_file(PATH) as file:
        _opened.append(mmap(file.fileno(), 0, access=ACCESS_READ))
    return _opened[0]
