"""What a lookup returns. Plain slotted classes: dataclasses would cost the start-up path a third of its time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouhao.index.reader import Index, Stored
    from kouhao.records import Record

    Steps = Sequence[tuple[str, str, str]]


class Hit:
    """An entry of one index that answers a query; what is printed of it is read when it is asked for.

    `how` names the strongest evidence (exact, form, pinyin, initials, homophone, look-alike, slip, part, item,
    context); `fit` is 0 to 100; `steps` are the differences as (kind, typed, meant).
    """

    __slots__ = ("_form", "_stored", "fit", "how", "index", "number", "steps")

    def __init__(  # noqa: PLR0917  a record
        self,
        index: Index,
        number: int,
        fit: float,
        how: str,
        form: str,
        steps: Steps = (),
        stored: Stored | None = None,
    ) -> None:
        self.index = index
        self.number = number
        self.fit = fit
        self.how = how
        self.steps = steps
        self._form = form
        self._stored = stored

    @property
    def score(self) -> int:
        """The fit as it is printed."""
        return round(self.fit)

    @property
    def form(self) -> str:
        """The written form of the entry that matched."""
        return self._form or self.stored.term

    @property
    def stored(self) -> Stored:
        """What the index keeps of the entry."""
        if self._stored is None:
            self._stored = self.index.stored(self.number)
        return self._stored

    @property
    def id(self) -> str:
        """The entry's name."""
        return self.stored.id

    @property
    def term(self) -> str:
        """The slogan."""
        return self.stored.term

    @property
    def full(self) -> str:
        """Its expansion, empty where the source gives none."""
        return self.stored.full

    @property
    def record_json(self) -> str:
        """The entry's record as compiled JSON text."""
        return self.stored.record

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

    def __init__(self, query: str, hits: list[Hit], suggestions: Sequence[Suggestion] = ()) -> None:
        self.query = query
        self.hits = hits
        self.suggestions = suggestions

    @property
    def found(self) -> bool:
        """Whether the answer is confident."""
        return bool(self.hits)
