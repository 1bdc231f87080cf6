"""What a lookup returns. Plain slotted classes: dataclasses would cost the start-up path a third of its time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kouhao.records import Record


class Hit:
    """One entry that answers a query.

    `how` names the strongest evidence (exact, form, pinyin, initials, homophone, look-alike, slip, part, item,
    context); `score` is 0 to 100; `form` is the written form of the entry that matched; `steps` are the differences
    as (kind, typed, meant); `record_json` is the entry's record as compiled JSON text; `full` its expansion, empty
    where the source gives none.
    """

    __slots__ = ("form", "full", "how", "id", "record_json", "score", "steps", "term")

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  the field's name
        term: str,
        full: str,
        record_json: str,
        how: str,
        score: int,
        form: str,
        steps: list[tuple[str, str, str]],
    ) -> None:
        self.id = id
        self.term = term
        self.full = full
        self.record_json = record_json
        self.how = how
        self.score = score
        self.form = form
        self.steps = steps

    @property
    def record(self) -> Record:
        """The entry's record (`kouhao.records.entry_record`), parsed on demand."""
        import json  # noqa: PLC0415  a plain lookup prints the compiled text and never parses it

        parsed: Record = json.loads(self.record_json)
        return parsed


class Suggestion:
    """A term near a query that found nothing; `score` is 0 to 100."""

    __slots__ = ("score", "term")

    def __init__(self, term: str, score: int) -> None:
        self.term = term
        self.score = score


class Answer:
    """The answer to one query: hits in order of fit when it is `found`, else suggestions."""

    __slots__ = ("hits", "query", "suggestions")

    def __init__(self, query: str, hits: list[Hit], suggestions: list[Suggestion]) -> None:
        self.query = query
        self.hits = hits
        self.suggestions = suggestions

    @property
    def found(self) -> bool:
        """Whether the answer is confident."""
        return bool(self.hits)
