"""Slips in Latin letters: pinyin in all the ways in which people type it. See `slips`."""

from __future__ import annotations

from random import Random

from pypinyin import Style, lazy_pinyin
from tests.evaluation.slips import is_han, southern, syllables

_SHORTEST_FUZZY = 3
_SHORTEST_LETTER_SLIP = 10


def pinyin_full(rng: Random, text: str) -> str:
    """Return `text` as joined pinyin, now and then in capitals."""
    joined = "".join(syllables(text))
    return joined.upper() if rng.random() < 0.1 else joined


def pinyin_spaced(rng: Random, text: str) -> str:
    """Return `text` as pinyin with marks between the syllables, or between words."""
    chunks = syllables(text)
    mark = rng.choice((" ", " ", "'", "-"))
    if mark == " " and rng.random() < 0.4 and len(chunks) > _SHORTEST_FUZZY:
        return " ".join("".join(chunks[at : at + 2]) for at in range(0, len(chunks), 2))
    return mark.join(chunks)


def pinyin_tone(rng: Random, text: str) -> str:
    """Return `text` as pinyin with tone marks or numbers."""
    style = rng.choice((Style.TONE, Style.TONE3))
    chunks = lazy_pinyin("".join(filter(is_han, text)), style=style, v_to_u=True)
    return rng.choice((" ", "")).join(chunks)


def initials(rng: Random, text: str) -> str:
    """Return the initials of `text`; sometimes zh, ch, sh as two letters, sometimes capitals."""
    chunks = syllables(text)
    if len(chunks) < _SHORTEST_FUZZY:
        return ""
    wide = rng.random() < 0.3
    letters = "".join(chunk[:2] if wide and chunk[:2] in ("zh", "ch", "sh") else chunk[0] for chunk in chunks)
    return letters.upper() if rng.random() < 0.2 else letters


def pinyin_mixed(rng: Random, text: str) -> str:
    """Return `text` with a run of its characters as pinyin."""
    han = [at for at, mark in enumerate(text) if is_han(mark)]
    if len(han) < _SHORTEST_FUZZY or len(han) != len(text):
        return ""
    size = rng.randint(1, len(text) - 1)
    start = rng.randint(0, len(text) - size)
    return text[:start] + "".join(syllables(text)[start : start + size]) + text[start + size :]


def pinyin_fuzzy(rng: Random, text: str) -> str:
    """Return joined pinyin with one or two southern confusions, or with one slip of the fingers."""
    chunks = syllables(text)
    if len(chunks) < _SHORTEST_FUZZY:
        return ""
    joined = "".join(chunks)
    if len(joined) >= _SHORTEST_LETTER_SLIP and rng.random() < 0.4:
        return _fingers(rng, joined)
    places = [at for at, chunk in enumerate(chunks) if southern(chunk)]
    if not places:
        return ""
    for at in rng.sample(places, min(len(places), rng.randint(1, 2))):
        chunks[at] = rng.choice(southern(chunks[at]))
    return "".join(chunks)


def _fingers(rng: Random, letters: str) -> str:
    at = rng.randint(1, len(letters) - 1)
    return rng.choice(
        (
            letters[:at] + letters[at + 1 :],
            letters[:at] + letters[at - 1] + letters[at:],
            letters[: at - 1] + letters[at] + letters[at - 1] + letters[at + 1 :],
            letters[:-1],
        )
    )


def pinyin_partial(rng: Random, text: str) -> str:
    """Return the beginning of joined pinyin, at least half of its syllables, the last one perhaps unfinished."""
    chunks = syllables(text)
    if len(chunks) < _SHORTEST_FUZZY:
        return ""
    kept = rng.randint((len(chunks) + 1) // 2, len(chunks) - 1)
    return "".join(chunks[:kept]) + chunks[kept][: rng.choice((0, 0, 1, 2))]
