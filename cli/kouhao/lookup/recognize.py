"""What a query may mean that is written as no term is: the candidates, how likely each is, and which of them may be claimed."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language.normalize import NUMERALS
from kouhao.lookup import decision
from kouhao.lookup import edit_distance as ed
from kouhao.lookup.answer import Hit, Ranking, Suggestion
from kouhao.lookup.beside import counts, is_listed
from kouhao.lookup.candidates import find_candidates
from kouhao.lookup.features import cut_words, measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Index
    from kouhao.lookup.candidates import NearEntry
    from kouhao.lookup.query import Query

MOST_SUGGESTED = 3  # lines that a person reads
_MOST_WEIGHED = 8  # entries, the nearest first
_LEAST_SUGGESTED = 0.02  # one in fifty
_NEAR = 0.4
"""What is as near as this, a character of its form, is shown even if it is hardly meant: one slip in three characters."""

_HOWS = (
    (ed.SWAPPED, "slip"), (ed.MISSING, "slip"), (ed.EXTRA, "slip"), (ed.OTHER, "slip"), (ed.LETTER, "slip"), (ed.LOOK_ALIKE, "look-alike"),
    (ed.HOMOPHONE, "homophone"), (ed.NEAR_SOUND, "homophone"), (ed.TYPED, "pinyin"), (ed.INITIAL, "initials"),
)  # fmt: skip
"""The kinds of differences, the gravest first, and what each is called in an answer."""


class Judged:
    """A candidate and the chance, 0 to 1, that it is meant; `together` stand side by side in the query that was `asked`."""

    __slots__ = ("asked", "candidate", "chance", "how", "together")

    def __init__(self, asked: Query, candidate: NearEntry, together: list[NearEntry], chance: float) -> None:
        self.asked = asked
        self.candidate = candidate
        self.together = together
        self.chance = chance
        self.how = _how(candidate)

    @property
    def claimable(self) -> bool:
        """Whether nothing forbids to claim it: another number, one beside a mere piece, a character that is not like the right one."""
        one, found = self.candidate, self.candidate.alignment
        if (found.steps or not one.complete) and NUMERALS.issuperset(self.asked.folded):
            return False
        outside = one.outside.replace(one.form.folded, "")
        beside = one.form.level != schema.TERM and not NUMERALS.isdisjoint(outside)
        return (
            not found.clash
            and not beside
            and not _is_torn(one)
            and not self.is_another
            and all(kind != ed.OTHER for kind, _, _ in found.steps)
        )

    @property
    def is_another(self) -> bool:
        """Whether the query is another slogan, of which this one's wording is but a piece: it counts or lists something else beside it."""
        one = self.candidate
        if one.is_question or one.form.level != schema.TERM:
            return False
        others = [other for other in self.together if other is not one]
        left = [
            mark
            for at, mark in enumerate(one.typed)
            if not one.alignment.start <= at < one.alignment.end
            and not any(other.alignment.start <= at < other.alignment.end for other in others)
        ]
        if counts("".join(left)):
            return True
        return bool(left) and is_listed(
            self.asked.raw, _span(self.asked, one), [_span(self.asked, other) for other in others]
        )

    @property
    def named_part(self) -> bool:
        """Whether the query is the name of a counted group of the term: whatever else it may be, it is a part of this."""
        one = self.candidate
        found = one.alignment
        whole = one.complete and not found.steps and not found.start and found.end == len(one.typed)
        return whole and one.form.level == schema.PART and not NUMERALS.isdisjoint(one.form.folded)


def recognize(asked: Query, indexes: list[Index], limit: int, least: float) -> Ranking:
    """Return the entries that `asked` means, at most `limit`, or else suggestions.

    What has the chance `least` is claimed, or where it is 0 what has the chance that glossaries of this size ask for.
    """
    kind = decision.LETTERS if asked.letters else decision.HAN
    candidates, together, numbers = weigh(asked, indexes)
    judged = [
        Judged(asked, one, together, decision.chance(row, kind)) for one, row in zip(candidates, numbers, strict=True)
    ]
    judged.sort(
        key=lambda one: (_is_inside(one.candidate, candidates), -round(one.chance, 2), one.candidate.alignment.distance)
    )
    bound = least or decision.claimable(_entries(indexes), kind)
    renumbered = any(
        _is_renumbered(one) and len(one.form.folded) == len(asked.folded) and one.form.level != schema.ITEM
        for one in candidates
    )
    claimed = [
        one
        for one in judged
        if one.claimable
        and not (renumbered and one.candidate.outside)
        and (one.chance >= bound or ((one.named_part or one.candidate.is_question) and not least))
        and not _is_inside(one.candidate, candidates)
    ]
    forms = {one.candidate.form.folded for one in claimed}
    claimed = [one for one in judged if one in claimed or (one.claimable and one.candidate.form.folded in forms)]
    claimed = sorted(claimed, key=lambda one: not _is_own(one.candidate))[:limit]
    if any(one.candidate in together for one in claimed):
        claimed = sorted(
            (one for one in judged if one.candidate in together), key=lambda one: one.candidate.alignment.start
        )[:limit]
    if claimed:
        return Ranking(asked.raw, [_hit(asked, one) for one in claimed])
    near = [one for one in judged if one.chance >= _LEAST_SUGGESTED or _is_near(one.candidate)]
    return Ranking(asked.raw, [], [_suggestion(one) for one in near[:MOST_SUGGESTED]])


def weigh(asked: Query, indexes: list[Index]) -> tuple[list[NearEntry], list[NearEntry], list[list[float]]]:
    """Return the likeliest candidates, those of them that stand side by side, and the numbers of each candidate."""
    candidates = find_candidates(asked, indexes)[:_MOST_WEIGHED]
    together = side_by_side(candidates)
    return candidates, together, measure(asked, candidates, _entries(indexes), together)


def _entries(indexes: list[Index]) -> int:
    return sum(index.entries for index in indexes)


def side_by_side(candidates: list[NearEntry]) -> list[NearEntry]:
    """Return the terms that stand in the query as they are, side by side, the longest first; none where there are not two."""
    whole = [
        one
        for one in candidates
        if one.form.level == schema.TERM and not one.alignment.steps and not one.alignment.clash and one.complete
    ]
    chosen: list[NearEntry] = []
    for one in sorted(whole, key=lambda one: -len(one.form.folded)):
        found = one.alignment
        if all(found.end <= other.alignment.start or found.start >= other.alignment.end for other in chosen):
            chosen.append(one)
    return chosen if len(chosen) > 1 else []


def _is_own(one: NearEntry) -> bool:
    """Tell whether what was matched is the term itself rather than another wording of it."""
    return one.form.folded == one.shape.forms[0].folded


def _is_inside(one: NearEntry, candidates: list[NearEntry]) -> bool:
    """Tell whether what was matched is but a stretch of another term that stands in the query, or the name of that one."""
    found = one.alignment
    for other in candidates:
        around = other.alignment
        if other.form.level == schema.TERM and not around.steps and not around.clash and other.complete:
            longer = around.end - around.start > found.end - found.start or one.form.level != schema.TERM
            if other is not one and longer and around.start <= found.start and found.end <= around.end:
                return True
    return False


def _is_torn(one: NearEntry) -> bool:
    """Tell whether what was matched is a piece that begins or ends inside a word: 更好统, 戚与共.

    A single character that lacks at an end of a term or a part is a slip.
    """
    found = one.alignment
    lacking = len(one.form.folded) - (found.form_end - found.form_start)
    if not lacking or (lacking == 1 and one.form.level != schema.ITEM):
        return False
    edges, at = {0}, 0
    for word in cut_words(one.form.folded):
        at += len(word)
        edges.add(at)
    return not {found.form_start, found.form_end} <= edges


def _is_near(one: NearEntry) -> bool:
    """Tell whether a candidate is one slip away, of whatever kind, or the same but for its numbers."""
    return _is_renumbered(one) or one.alignment.distance <= _NEAR * len(one.form.folded)


def _is_renumbered(one: NearEntry) -> bool:
    """Tell whether the query is the form with other numbers."""
    words, numbers = _apart("".join(one.typed))
    own_words, own_numbers = _apart(one.form.folded)
    return bool(words) and words == own_words and numbers != own_numbers


def _apart(text: str) -> tuple[list[str], list[str]]:
    """Return the characters of a text that are no numerals, and those that are, each in their order."""
    return [mark for mark in text if mark not in NUMERALS], [mark for mark in text if mark in NUMERALS]


def _hit(asked: Query, one: Judged) -> Hit:
    found = one.candidate.alignment
    stored = one.candidate.index.stored([one.candidate.number])[one.candidate.number]
    span = _span(asked, one.candidate)
    score = 100 * one.chance
    return Hit(
        one.candidate.index, one.candidate.number, stored, score, one.how, one.candidate.form.display, found.steps, span
    )


def _span(asked: Query, one: NearEntry) -> tuple[int, int]:
    """Return the stretch of the raw query that was matched."""
    found = one.alignment
    before, inside = ("".join(one.typed[start:end]) for start, end in ((0, found.start), (found.start, found.end)))
    return asked.span(len(before), len(before) + len(inside))


def _suggestion(one: Judged) -> Suggestion:
    stored = one.candidate.index.stored([one.candidate.number])[one.candidate.number]
    return Suggestion(stored, one.how, round(100 * one.chance))


def _how(one: NearEntry) -> str:
    """Name the gravest difference, else what of the entry was typed."""
    kinds = {kind for kind, _, _ in one.alignment.steps}
    named = next((name for kind, name in _HOWS if kind in kinds), "")
    if named or one.form.level == schema.CONTEXT:
        return named or "context"
    if one.form.level == schema.ITEM:
        return "item"
    return "phrase" if one.complete and one.form.level == schema.TERM else "part"
