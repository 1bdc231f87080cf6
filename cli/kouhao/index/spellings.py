"""The texts by which a document is searched for a slogan: how it is written, how it sounds, and how it looks with a character left out.

The document itself is never changed. A written form with a wrong, missing, extra or exchanged character shares one of the last kind
with the term (W. Garbe, SymSpell).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import ascii_letters, digits

from kouhao.entry import Entry
from kouhao.index import characters as tables
from kouhao.language import pinyin
from kouhao.language.lexicon import ARABIC, COUNTING, MEASURE_WORDS, NUMBER_CHARACTERS
from kouhao.language.normalize import half_width, is_han, same_length, widen
from kouhao.language.numerals import count_groups, parse_number
from kouhao.model import Basis

_NUMERAL = re.compile(f"双|[{ARABIC}]+|[零一{COUNTING}]+")
_ONE = re.compile(f"(?<![零一{COUNTING}双])一(?=[\u4e00-\u9fff])(?![零一{COUNTING}])")
_WIDE = {mark: mark + 0xFEE0 for mark in map(ord, f"+{ascii_letters}{digits}")}
"""Letters, digits and signs as East Asian text sets them: ５Ｇ＋."""
_CLAUSE_MARKS = re.compile("[、，,；;·• ]")
_JOINTS = ("、", "”“", "”、“", " ", "　")
_COUNTED = re.compile(f"([{COUNTING}]+[{MEASURE_WORDS}])([^，、]{{2,}})")
_DATE = re.compile(f"[{NUMBER_CHARACTERS}]{{2,}}")
_STRAIGHT = str.maketrans("“”", '""')
_SHORTEST = 2  # characters: one stands everywhere
_OWN, _QUOTED = 1, 2
_OPENING = 8  # characters: enough that few texts have them by chance
_SHORTEST_NEAR, _LONGEST_NEAR, _FEWEST_HAN = 3, 24, 2
"""Characters of a term that has near forms: in a shorter one a slip is another word, in a longer one it is rare."""


def spellings(entry: Entry) -> dict[str, int]:
    """Return the spellings of an entry's term, and of each whether it is the glossary's own (1) and counts in quotes or before a noun only (2), added up.

    The width of marks follows the text that a term stands in: it makes no variant. Variants have other numerals (5好, ５好,
    二集中二到位, 1业1证) or traditional characters (三進三同步).
    Other marks between the groups of a term make none either, nor do quotes that close before it ends (“三无”产品).
    In quotes or before a noun only (5好建设) counts a name of two characters that the source mentions in quotes (“扬帆”专项行动), for bare it is a word;
    so does a variant that is a numeral and one character: 3小 in 3小题, 二高.
    """
    terms = [term for term in (entry.term, *entry.also) if len(term) >= _SHORTEST]
    written = [*dict.fromkeys(way for term in terms for way in (term, *_other_marks(term)))]
    own = [
        spelling
        for way in written
        for spelling in (
            way,
            half_width(way),
            widen(way),
            way.replace("+", "＋"),
            way.translate(_WIDE),
            way.translate(_STRAIGHT),
        )
    ]
    short = len(entry.term) == _SHORTEST and entry.basis == Basis.MENTIONED
    found = dict.fromkeys(own, _OWN + _QUOTED * (short and f"“{entry.term}”" in entry.quote))
    for term in terms:
        for width in dict.fromkeys((term, half_width(term), widen(term))):
            for variant in _numeral_variants(width):
                found.setdefault(variant, _QUOTED * (len(variant) == _SHORTEST))
            for variant in tables.traditional(width):
                found.setdefault(variant, found[width] - _OWN)
    return found


def _other_marks(term: str) -> Iterator[str]:
    """Yield a term with other marks in it: “三进”“三同步”, 三进、三同步; 以“四到四办换四心”; “两弹一星”精神; 放、管、服; 四个“意识”; 九·一八."""
    if term.replace("+", "").isalnum():
        yield from (f"“{term[:at]}”{term[at:]}" for at in range(_SHORTEST, len(term) - 1))
    groups = count_groups(term)
    if len(groups) > 1 and "".join(group.name for group in groups) == term:
        yield from (joint.join(group.name for group in groups) for joint in _JOINTS)
    if not groups and len(term) > _SHORTEST and all(map(is_han, term)) and not _DATE.fullmatch(term):
        yield "、".join(term)
    if len(groups) == 1 and (counted := _COUNTED.fullmatch(term)):
        yield f"{counted[1]}“{counted[2]}”"
    if date := _DATE.match(term):
        yield from (f"{term[:at]}·{term[at:]}" for at in range(1, date.end()))
    clauses = _CLAUSE_MARKS.split(term)
    if len(clauses) > 1 and all(clauses):
        yield from (joint.join(clauses) for joint in ("", *_JOINTS, "，", "·", "•"))
    if term.startswith("以") and len(groups) > 1:
        yield f"以“{term[1:]}"


def openings(entry: Entry) -> list[str]:
    """Return the first characters of the entry's full expansions, in both widths; where they stand the rest is compared."""
    fulls = [full for reading in entry.readings for full in (half_width(reading.full), widen(reading.full)) if full]
    return list(dict.fromkeys(full[:_OPENING] for full in fulls))


def _numeral_variants(term: str) -> Iterator[str]:
    numerals = _respell(term, lambda value, _: str(value)) if count_groups(term) else _ONE.sub("1", term)
    if numerals != term or term.isascii():
        yield numerals
        yield numerals.translate(_WIDE)
    yield _respell(term, lambda value, numeral: "二" if value == 2 and numeral == "两" else numeral)  # noqa: PLR2004
    yield _respell(term, lambda value, numeral: "两" if value == 2 and numeral == "二" else numeral)  # noqa: PLR2004


def _respell(term: str, spell: Callable[[int, str], str]) -> str:
    """Return the term with the numerals that count its groups spelled by `spell`, which is given value and numeral."""
    pieces: list[str] = []
    at = 0
    for group in count_groups(term):
        numeral = _NUMERAL.match(term, group.start)
        if numeral and parse_number(numeral[0]):
            pieces += [term[at : group.start], spell(parse_number(numeral[0]), numeral[0])]
            at = numeral.end()
    return "".join([*pieces, term[at:]])


def soundings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield how the terms of an entry sound, and each term; one of two counted groups also with these exchanged (三同步三进).

    Every character has the sound of its commonest reading, as `pinyin.sound_of` writes it; numerals stand for themselves.
    """
    for term in _terms(entry):
        yield sounding(term), term
        groups = count_groups(term)
        if len(groups) == 2 and groups[0].name + groups[1].name == term:  # noqa: PLR2004  a pair
            yield sounding(groups[1].name + groups[0].name), term


def sounding(text: str) -> str:
    """Return the sounds of a text, character for character."""
    return "".join(pinyin.plain_sound(mark, tables.char_readings(mark)) for mark in same_length(tables.simplify(text)))


def deletions(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the terms of an entry with each character left out in turn, and each term."""
    for term in _terms(entry):
        plain = same_length(term)
        if sum(map(is_han, plain)) >= _SHORTEST_NEAR and len(plain) <= _LONGEST_NEAR:
            yield from ((shorter, term) for shorter in pinyin.deletions(plain))


def _terms(entry: Entry) -> list[str]:
    terms = map(widen, (entry.term, *entry.also))
    return [term for term in terms if len(term) >= _SHORTEST_NEAR and sum(map(is_han, term)) >= _FEWEST_HAN]
