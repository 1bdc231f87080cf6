"""What a query may mean that is written as no term is: the candidates, how likely each is, and which of them may be claimed."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.language.word_boundary import FOLLOWING
from kouhao.lookup import decision
from kouhao.lookup import edit_distance as ed
from kouhao.lookup.answer import Hit, Ranking, Suggestion, explained_first
from kouhao.lookup.candidates import find_candidates
from kouhao.lookup.features import count_documents, measure
from kouhao.lookup.judged import Judged, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.index.reader import Index, Stored
    from kouhao.lookup.candidates import NearEntry
    from kouhao.lookup.query import Query

MOST_SUGGESTED = 3  # lines that a person reads
_MOST_WEIGHED = 8  # entries, the nearest first
_LEAST_SUGGESTED = 0.005  # one in two hundred
_NEAR = 0.4
"""What is as near as this, a character of its form, is shown even if it is hardly meant: one slip in three characters."""

_HOWS = (
    (ed.SWAPPED, "slip"), (ed.MISSING, "slip"), (ed.EXTRA, "slip"), (ed.OTHER, "slip"), (ed.LETTER, "slip"), (ed.LOOK_ALIKE, "look-alike"),
    (ed.HOMOPHONE, "homophone"), (ed.NEAR_SOUND, "homophone"), (ed.TYPED, "pinyin"), (ed.INITIAL, "initials"),
)  # fmt: skip
"""The kinds of differences, the gravest first, and what each is called in an answer."""


def recognize(asked: Query, indexes: list[Index], limit: int, least: float) -> Ranking:
    """Return the entries that `asked` means, at most `limit`, or else suggestions.

    What has the chance `least` is claimed, or where it is 0 what has the chance that glossaries of this size ask for.
    """
    candidates, together, numbers = weigh(asked, indexes)
    renumbered = any(one.is_renumbered for one in candidates)
    judged = [
        Judged(asked, one, together, decision.chance(row, kind_of(asked, one, together)), renumbered=renumbered)
        for one, row in zip(candidates, numbers, strict=True)
    ]
    inside = _find_inside(candidates)
    judged.sort(key=lambda one: (one.candidate in inside, -round(one.chance, 2), one.candidate.alignment.distance))
    entries = _entries(indexes)
    shared = _share(judged)
    forms = {
        one.candidate.form.folded
        for one in judged
        if max(one.chance, shared.get(one.candidate.form.folded, 0.0))
        >= (least or decision.claimable(entries, kind_of(asked, one.candidate, together)))
        and one.candidate not in inside
        and one.claimable
    }
    named = [one for one in judged if one.candidate.form.folded in forms and one.candidate not in inside]
    claimed = sorted((one for one in named if one.claimable), key=_standing)
    if any(one.candidate in together for one in claimed):
        claimed = sorted(
            (one for one in judged if one.candidate in together), key=lambda one: one.candidate.alignment.start
        )
    if claimed and limit:
        return Ranking(asked.raw, explained_first([_hit(asked, one) for one in claimed])[:limit])
    return Ranking(asked.raw, [], _suggestions(judged, indexes))


def kind_of(asked: Query, one: NearEntry, together: list[NearEntry]) -> str:
    """Return which decision a candidate is for: a term with something beside it that is no other term, or anything else."""
    if asked.letters:
        return decision.LETTERS
    return decision.BESIDE if one.stands and one not in together else decision.HAN


def _share(judged: list[Judged]) -> dict[str, float]:
    """Return for each form that is the whole query the chance that one of the entries is meant which have it: all of them answer."""
    chances: dict[str, float] = {}
    for one in judged:
        if one.is_whole and not one.candidate.alignment.steps:
            chances[one.candidate.form.folded] = chances.get(one.candidate.form.folded, 0.0) + one.chance
    return chances


def _suggestions(judged: list[Judged], indexes: list[Index]) -> list[Suggestion]:
    """Return what is near the query: it with other numbers, what has a chance, and what is one slip away; each term once, of the first index that lists it."""
    near = [one for one in judged if one.chance >= _LEAST_SUGGESTED or _is_near(one.candidate)]
    near.sort(key=lambda one: not (one.candidate.is_renumbered and one.candidate.form.level == schema.TERM))
    terms = dict.fromkeys(one.candidate.shape.term for one in near)
    by_index = sorted(near, key=lambda one: (not _stored(one)[2], indexes.index(one.candidate.index)))
    first = {one.candidate.shape.term: one for one in reversed(by_index)}
    return [_suggestion(first[term]) for term in terms][:MOST_SUGGESTED]


def weigh(asked: Query, indexes: list[Index]) -> tuple[list[NearEntry], list[NearEntry], list[list[float]]]:
    """Return the likeliest candidates, those of them that stand side by side, and the numbers of each candidate."""
    found = find_candidates(asked, indexes)
    candidates = found[:_MOST_WEIGHED]
    candidates += [one for one in found[_MOST_WEIGHED:] if one.is_renumbered][:MOST_SUGGESTED]
    together = side_by_side(candidates)
    return candidates, together, measure(asked, candidates, _entries(indexes), together)


def _entries(indexes: list[Index]) -> int:
    return sum(index.entries for index in indexes)


def side_by_side(candidates: list[NearEntry]) -> list[NearEntry]:
    """Return the terms that stand in the query as they are, side by side, the longest first; none where there are not two."""
    whole = [one for one in candidates if one.form.level == schema.TERM and one.complete and _is_plain(one)]
    chosen: list[NearEntry] = []
    for one in sorted(whole, key=lambda one: -len(one.form.folded)):
        found = one.alignment
        if all(found.end <= other.alignment.start or found.start >= other.alignment.end for other in chosen):
            chosen.append(one)
    return chosen if len(chosen) > 1 else []


def _standing(one: Judged) -> tuple[bool, bool, float]:
    """Return what orders those that are claimed: the term itself before other wordings, and of the terms that have the item asked for the commonest."""
    term, form = one.candidate.shape.forms[0].folded, one.candidate.form
    is_item = form.level == schema.ITEM and one.is_whole
    return form.folded != term, is_item, -count_documents(term) if is_item else 0.0


def _find_inside(candidates: list[NearEntry]) -> set[NearEntry]:
    """Return those of which what was matched is but a stretch of another term that stands in the query, or names that one: 一个中国 is 一个中国原则."""
    terms = {one.shape.term for one in candidates}
    standing = [one for one in candidates if one.form.level == schema.TERM and one.complete and _is_plain(one)]
    return {
        one
        for one in candidates
        if (one.form.level != schema.TERM and any(_heads(one.form.folded, term) for term in terms))
        or any(other is not one and _holds(other, one) for other in standing)
    }


def _heads(text: str, term: str) -> bool:
    return term.startswith(text) and term[len(text) :] in FOLLOWING


def _is_plain(one: NearEntry) -> bool:
    return not one.alignment.steps and not one.alignment.clash


def _holds(other: NearEntry, one: NearEntry) -> bool:
    found, around = one.alignment, other.alignment
    longer = around.end - around.start > found.end - found.start or one.form.level != schema.TERM
    return longer and around.start <= found.start and found.end <= around.end


def _is_near(one: NearEntry) -> bool:
    """Tell whether a candidate is one slip away, of whatever kind, the same but for its numbers, or a term that stands in the query."""
    if one.complete and one.form.level == schema.TERM and not one.alignment.steps:
        return True
    alike = len(one.typed) - len(one.alignment.steps) - len(one.outside)
    mistyped = any(kind == ed.LETTER for kind, _, _ in one.alignment.steps)
    return one.is_renumbered or ((alike > 0 or mistyped) and one.alignment.distance <= _NEAR * len(one.form.folded))


def _hit(asked: Query, one: Judged) -> Hit:
    found = one.candidate.alignment
    span = span_of(asked, one.candidate)
    score = 100 * one.chance
    return Hit(
        one.candidate.index,
        one.candidate.number,
        _stored(one),
        score,
        _how(one.candidate),
        one.candidate.form.display,
        found.steps,
        span,
    )


def _suggestion(one: Judged) -> Suggestion:
    return Suggestion(_stored(one), _how(one.candidate), round(100 * one.chance))


def _stored(one: Judged) -> Stored:
    return one.candidate.index.stored([one.candidate.number])[one.candidate.number]


def _how(one: NearEntry) -> str:
    """Name the gravest difference, else what of the entry was typed."""
    kinds = {kind for kind, _, _ in one.alignment.steps}
    named = next((name for kind, name in _HOWS if kind in kinds), "")
    if named or one.form.level == schema.CONTEXT:
        return named or "context"
    if one.form.level == schema.ITEM:
        return "item"
    return "phrase" if one.complete and one.form.level == schema.TERM else "part"
