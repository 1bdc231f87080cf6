"""What a lookup returns. Plain slotted classes: dataclasses would cost the start-up path a third of its time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouhao.index.reader import Index, Stored
    from kouhao.records import Record

    Steps = Sequence[tuple[str, str, str]]


class Hit:
    """An entry of one index that answers a query: its `id`, its `term`, its `fulls`, the full expansion of each reading that has one.

    `how` names the strongest evidence (exact, form, pinyin, initials, homophone, look-alike, slip, part, item,
    context); `fit` is 0 to 100; `form` is what of the entry's wording matched; `steps` are the differences as (kind, typed,
    meant).
    """

    __slots__ = ("fit", "form", "fulls", "how", "id", "index", "number", "steps", "term")

    def __init__(  # noqa: PLR0917  a record
        self, index: Index, number: int, stored: Stored, fit: float, how: str, form: str, steps: Steps = ()
    ) -> None:
        """`form` is empty where it is the term."""
        self.index = index
        self.number = number
        self.id, self.term, fulls = stored
        self.fulls = fulls.split("\n")
        self.fit = fit
        self.how = how
        self.form = form or self.term
        self.steps = steps

    @property
    def full(self) -> str:
        """The full expansion of the first reading that has one; empty where none has."""
        return self.fulls[0]

    @property
    def score(self) -> int:
        """The fit as it is printed."""
        return round(self.fit)

    @property
    def record_json(self) -> str:
        """The entry's record as compiled JSON text, which is large and read only where it is printed."""
        return self.index.record(self.number)

    @property
    def record(self) -> Record:
        """The entry's record (`kouhao.records.entry_record`), parsed on demand."""
        import json  # noqa: PLC0415  a plain lookup prints the compiled text and never parses it

        parsed: Record = json.loads(self.record_json)
        return parsed


class Match:
    """The entries of one index, by their numbers, that have a form which fits a query; see `Hit` for the rest."""

    __slots__ = ("fit", "form", "how", "index", "numbers", "steps")

    def __init__(  # noqa: PLR0917  a record
        self, index: Index, numbers: Sequence[int], fit: float, how: str, form: str, steps: Steps = ()
    ) -> None:
        self.index = index
        self.numbers = numbers
        self.fit = fit
        self.how = how
        self.form = form
        self.steps = steps


class Suggestion:
    """A term near a query that found nothing; `score` is 0 to 100."""

    __slots__ = ("score", "term")

    def __init__(self, term: str, score: int) -> None:
        self.term = term
        self.score = score


class Answer:
    """The answer to one query: hits in order of fit when it is `found`, else suggestions."""

    __slots__ = ("hits", "query", "suggestions")

    def __init__(self, query: str, hits: list[Hit], suggestions: Sequence[Suggestion] = ()) -> None:
        self.query = query
        self.hits = hits
        self.suggestions = suggestions

    @property
    def found(self) -> bool:
        """Whether the answer is confident."""
        return bool(self.hits)
