"""What a query holds word for word: several terms (三农与双减, a sentence with slogans), or the items of an entry, typed instead of its name.

No likelihood is asked for here: everything that stands in such a query is accounted for, or it is a sentence, which nobody types who
means another slogan by it.
"""

from __future__ import annotations

from itertools import pairwise

from kouhao.index import schema
from kouhao.language.background import is_word
from kouhao.language.lexicon import (
    ARABIC,
    CONNECTIVES,
    NUMBER_CHARACTERS,
    ORDINAL,
    QUOTES,
)
from kouhao.language.normalize import fold
from kouhao.language.word_boundary import stands_alone
from kouhao.lookup.answer import IN_PHRASE, Hit
from kouhao.lookup.beside import counts, is_quantity
from kouhao.lookup.candidates import find_candidates, stretch_keys
from kouhao.lookup.query import Query
from kouhao.lookup.question import asks, find_question, links

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouhao.index.reader import FormHit, Index

    Place = tuple[int, int]
    """Where something stands in the folded query, in characters."""

_SHORTEST_LIST = 5
"""The characters of two terms and what joins them."""

_SHORTEST_SENTENCE = 10
"""The characters beside its terms from which a query is a sentence, which names no slogan of its own."""

_SHORTEST_EXPANSION = 6
"""The characters from which an expansion tells its slogan: 政府和市场 is common prose, 碳达峰碳中和 is not."""

_LONG_EXPANSION = 10
"""The characters from which several items of an expansion tell it without the rest: 新技术、新业态、新模式 is common prose."""

_COUNTS = frozenset((*NUMBER_CHARACTERS, "双"))
_PLUS, _QUOTES = "+＋", frozenset((*QUOTES, *QUOTES.values()))
_NUMBERS = frozenset(ARABIC + NUMBER_CHARACTERS + ORDINAL)


def name_terms(asked: Query, indexes: list[Index]) -> list[Hit]:
    """Return the entries whose terms or items `asked` consists of, or whose terms stand in it where it is a sentence."""
    if asked.letters or not (len(asked.folded) >= _SHORTEST_LIST or asked.pieces > 1):
        return []
    found = [(index, hit) for index in indexes for hit in index.find(stretch_keys(asked.folded))]
    terms = _apart(_places(asked.folded, [(index, hit) for index, hit in found if hit.level == schema.TERM]))
    rest = _without(asked.folded, list(terms))
    listed = _are_apart(asked, list(terms)) and all(map(links, rest))
    if not listed:
        terms = {place: hits for place, hits in terms.items() if _is_meant(asked, place)}
        listed = sum(map(len, rest)) >= _SHORTEST_SENTENCE or _are_apart(asked, list(terms))
    if (
        listed
        and terms
        and not _is_another(asked, indexes)
        and not any(_is_renumbered(piece, asked, indexes) for piece in rest)
    ):
        hits: dict[tuple[Index, int], Hit] = {}
        for hit in (hit for place in sorted(terms) for hit in _hits(asked, terms[place], place)):
            hits.setdefault((hit.index, hit.number), hit)
        return list(hits.values())
    return _spelled_out(asked, [(index, hit) for index, hit in found if hit.level == schema.ITEM])


def _is_another(asked: Query, indexes: list[Index]) -> bool:
    """Return whether the whole query is a term with other numbers, or with a slip in it."""
    return any(one.is_renumbered or one.is_misspelt for one in find_candidates(asked, indexes))


def _is_renumbered(text: str, asked: Query, indexes: list[Index]) -> bool:
    """Return whether what a query has between terms is one with other numbers, which is told and not left out: 五个自信."""
    if not counts(text):
        return False
    piece = Query(text.strip("".join(CONNECTIVES)), asked.glyphs_of)
    piece.simplify()
    return any(one.is_renumbered for one in find_candidates(piece, indexes))


def find_bare_line(asked: Query, indexes: list[Index]) -> list[int]:
    """Return the places in the query as typed of what it says without the question for its terms; none where it asks for none."""
    text = asked.folded
    if asked.letters or not asks(text):
        return []
    found = [(index, hit) for index in indexes for hit in index.find(stretch_keys(text))]
    if any(hit.key[1:] == text for _, hit in found):  # an item that asks: 如何始终不忘初心
        return []
    named = [one for one in found if one[1].level == schema.TERM]
    counted = [one for one in found if one[1].level == schema.PART and not _COUNTS.isdisjoint(one[1].key)]
    places = {
        text[start:end]: (start, end) for start, end in sorted(_apart(_places(text, named or counted)), reverse=True)
    }
    if not places:
        return []
    start, end = min(places.values())[0], max(places.values())[1]
    head, *tails = find_question(text[:start], text[end:], text[start:end]) or [(0, 0)]
    left_out = [asked.span(*head)] if head[1] else []
    for first, last in tails:
        if first < last:
            whole = asked.span(end + first, end + last)
            left_out.append((whole[0], whole[1] if end + last < len(text) else len(asked.raw)))
    kept = [at for at in range(len(asked.raw)) if not any(first <= at < last for first, last in left_out)]
    return _trimmed(asked.raw, kept) if left_out else []


def _trimmed(raw: str, places: list[int]) -> list[int]:
    """Return `places` without the marks at both ends, unless quotes stand within."""
    told = [at for at in places if fold(raw[at]) or raw[at] in _PLUS]
    inner = [at for at in places if told[0] <= at <= told[-1]]
    return inner if all(raw[at] not in _QUOTES for at in inner) else places


def _places(text: str, found: list[tuple[Index, FormHit]]) -> Iterator[tuple[Place, tuple[Index, FormHit]]]:
    for index, hit in found:
        stretch = hit.key[1:]
        at = text.find(stretch)
        while at >= 0:
            yield (at, at + len(stretch)), (index, hit)
            at = text.find(stretch, at + 1)


def _apart(places: Iterator[tuple[Place, tuple[Index, FormHit]]]) -> dict[Place, list[tuple[Index, FormHit]]]:
    """Return what stands at places of which none overlaps another: the first ones, of those the longest.

    Two forms of one entry that overlap are one: 统筹推进五位一体 and 五位一体总体布局.
    """
    chosen: dict[Place, list[tuple[Index, FormHit]]] = {}
    last = 0, 0
    for place, (index, hit) in sorted(places, key=lambda one: (one[0][0], -one[0][1])):
        if place == last and place in chosen:
            chosen[place].append((index, hit))
        elif place[0] >= last[1]:
            last = place
            chosen[place] = [(index, hit)]
        elif place[1] > last[1] and any(one is index and own.numbers == hit.numbers for one, own in chosen[last]):
            kept = chosen.pop(last)
            last = last[0], place[1]
            chosen[last] = kept
    return chosen


def _without(text: str, places: list[Place]) -> list[str]:
    """Return what is left of `text` before, between and behind `places`."""
    ends = [0, *(end for _, end in sorted(places))]
    starts = [*(start for start, _ in sorted(places)), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _are_apart(asked: Query, places: list[Place]) -> bool:
    """Return whether different texts stand at `places`, and something between all neighbours: 五基四化 is a name of its own, perhaps."""
    spans = [asked.span(*place) for place in sorted(places)]
    return len({asked.folded[slice(*place)] for place in places}) > 1 and all(
        end < start for (_, end), (start, _) in pairwise(spans)
    )


def _is_meant(asked: Query, place: Place) -> bool:
    """Return whether a term in a sentence stands in quotes by itself or as a word of its own."""
    start, end = asked.span(*place)
    before, behind = asked.raw[start - 1 : start], asked.raw[end : end + 1]
    if QUOTES.get(before) == behind != "":
        return True
    numbered = (before in _NUMBERS and asked.raw[start] in _NUMBERS) or is_quantity(asked.raw[start:end])
    return not numbered and not is_word(asked.folded[slice(*place)]) and stands_alone(asked.raw, start, end)


def _hits(asked: Query, found: list[tuple[Index, FormHit]], place: Place) -> Iterator[Hit]:
    """Yield the entries that are called so, or where there are none those of which it is another form."""
    for index, hit in [one for one in found if not one[1].form] or found:
        for number, stored in sorted(index.stored(hit.numbers).items()):
            yield Hit(index, number, stored, IN_PHRASE, "phrase", hit.form, span=asked.span(*place))


def _spelled_out(asked: Query, found: list[tuple[Index, FormHit]]) -> list[Hit]:
    """Return the entries of which `asked` is the expansion, or a stretch of it with several items."""
    several: dict[tuple[Index, int], set[str]] = {}
    for index, hit in found:
        for number in hit.numbers:
            several.setdefault((index, number), set()).add(_bare(hit.key[1:]))
    typed, hits = _bare(asked.folded), []
    for (index, number), items in several.items() if len(asked.folded) >= _SHORTEST_EXPANSION else ():
        stored = index.stored([number])[number]
        fulls = [_bare(fold(full)) for full in stored[2].split("\n")]
        told = len(items) > 1 and len(asked.folded) >= _LONG_EXPANSION
        if any(full.endswith(typed) for full in fulls) or (
            told and (any(typed in full for full in fulls) or _consists_of(typed, items))
        ):
            hits.append(Hit(index, number, stored, IN_PHRASE, "expansion", asked.raw, span=(0, len(asked.raw))))
    return sorted(hits, key=lambda hit: not any(_bare(fold(full)).endswith(typed) for full in hit.fulls))


def _consists_of(text: str, items: set[str]) -> bool:
    for item in sorted(items, key=len, reverse=True):
        text = text.replace(item, "")
    return not text


def _bare(folded: str) -> str:
    """Return a text without connectives, which stand in one wording of a list and not in another."""
    for word in CONNECTIVES:
        folded = folded.replace(word, "")
    return folded
