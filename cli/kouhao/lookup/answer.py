"""What a lookup returns. Plain slotted classes: dataclasses would cost the start-up path a third of its time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouhao.index.reader import Index, Stored
    from kouhao.records import EntryRecord, ReadingRecord

    Steps = Sequence[tuple[str, str, str]]
    Span = tuple[int, int]

SURE = ("exact", "form", "pinyin", "initials")
"""The kinds of evidence that are no guess."""


IN_PHRASE = 97
"""The chance, in percent, of what stands word for word in a longer query, as `make truth` measures it on pairs, sentences and questions."""


class Hit:
    """An entry of one index that answers a query: its `id`, its `term`, its `fulls`.

    These are the full expansions of its readings, and an empty one if a reading has none.

    `how` names the evidence (exact, form, pinyin, initials: sure; homophone, look-alike, slip, phrase, part, item, expansion, context: a
    guess); `fit` is the chance that the entry is meant, in percent; `form` is what of the entry's wording matched; `steps` are
    the differences as (kind, typed, meant); `span` is the stretch of the query that it answers, in characters; `beside` is what
    the query says beside the term (项目 in 两高项目) or for it (an item), which puts the reading first whose scope and expansion have
    most of it.
    """

    __slots__ = ("beside", "fit", "form", "fulls", "how", "id", "index", "number", "span", "steps", "term")

    def __init__(  # noqa: PLR0917  a record
        self,
        index: Index,
        number: int,
        stored: Stored,
        fit: float,
        how: str,
        form: str,
        steps: Steps = (),
        span: Span = (0, 0),
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
        self.span = span
        self.beside = ""

    @property
    def guessed(self) -> bool:
        """Whether the query is written as no form, pinyin or initials of the term are."""
        return self.how not in SURE

    def within(self, places: Sequence[int]) -> Hit:
        """Return the hit for a query of which this one's is what stands at `places`: a phrase, if this was no guess."""
        stored = self.id, self.term, "\n".join(self.fulls)
        start, end = self.span
        span = places[start], places[end - 1] + 1
        how, fit = (self.how, self.fit) if self.guessed else ("phrase", min(self.fit, IN_PHRASE))
        form = "" if self.form == self.term else self.form
        return Hit(self.index, self.number, stored, fit, how, form, self.steps, span)

    @property
    def suggestion(self) -> Suggestion:
        """What is told of the entry where it is only near."""
        return Suggestion((self.id, self.term, "\n".join(self.fulls)), self.how, self.score)

    @property
    def full(self) -> str:
        """The full expansion of the first reading that has one; empty where none has."""
        return self.fulls[0]

    @property
    def is_explained(self) -> bool:
        """Whether some source says what the term stands for, in items or by a definition."""
        return bool(self.full) or '"readings":[]' not in self.record_json  # what is parsed takes longer than all else

    @property
    def score(self) -> int:
        """The fit as it is printed."""
        return round(self.fit)

    @property
    def record_json(self) -> str:
        """The entry's record as compiled JSON text, which is large and read only where it is printed."""
        compiled = self.index.record(self.number)
        return self._rearranged(compiled) if any(pair in compiled for pair in _pairs(self.beside)) else compiled

    @property
    def record(self) -> EntryRecord:
        """The entry's record (`kouhao.records.entry_record`), parsed on demand."""
        import json  # noqa: PLC0415  a plain lookup prints the compiled text and never parses it

        parsed: EntryRecord = json.loads(self.record_json)
        return parsed

    def _rearranged(self, compiled: str) -> str:
        """Return a record with the readings first that the query names; `full` and `parts` are those of the first.

        What commonly stands beside the term names a reading by its scope, or where all items end with it: 两新组织, and not 三新经济
        for 新经济组织.
        """
        import json  # noqa: PLC0415  a plain lookup prints the compiled text and never parses it

        record: EntryRecord = json.loads(compiled)
        readings = record["readings"]
        pairs = _pairs(self.beside)
        companions = record.get("companions")
        common = companions is not None and self.beside in (*companions["before"], *companions["after"])
        texts = [
            reading["scope"] + ("" if common and not _all_end(reading, self.beside) else reading["full"])
            for reading in readings
        ]
        agreement = [sum(pair in text for pair in pairs) for text in texts]
        ordered = [readings[at] for at in sorted(range(len(readings)), key=lambda at: -agreement[at])]
        if ordered == readings:
            return compiled
        record["readings"], record["full"], record["parts"] = ordered, ordered[0]["full"], ordered[0]["parts"]
        return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _all_end(reading: ReadingRecord, word: str) -> bool:
    items = [item for part in reading["parts"] for item in part["items"]]
    return bool(items) and all(item.endswith(word) for item in items)


def _pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text, or its one character."""
    return [text[at : at + 2] for at in range(len(text) - 1)] or ([text] if text else [])


def explained_first(hits: list[Hit]) -> list[Hit]:
    """Return hits with those of a term in front that explain it, for one built-in glossary may only mention what another explains."""
    first = {hit.term: at for at, hit in reversed(list(enumerate(hits)))}
    if len(first) == len(hits):
        return hits
    return sorted(hits, key=lambda hit: (first[hit.term], hit.index.builtin and not hit.is_explained))


class Suggestion:
    """An entry near a query that found nothing: its id, term and full expansion, how they are alike, the chance in percent."""

    __slots__ = ("full", "how", "id", "score", "term")

    def __init__(self, stored: Stored, how: str, score: int) -> None:
        self.id, self.term, fulls = stored
        self.full = fulls.partition("\n")[0]
        self.how = how
        self.score = score


class Ranking:
    """The answer to one query: hits in order of fit when it is `found`, else suggestions."""

    __slots__ = ("hits", "query", "suggestions")

    def __init__(self, query: str, hits: list[Hit], suggestions: Sequence[Suggestion] = ()) -> None:
        self.query = query
        self.hits = hits
        self.suggestions = suggestions
        for hit in hits:
            wording = query if hit.term in query else hit.form
            hit.beside = wording.replace(hit.term, "", 1).strip() if hit.term in wording else wording

    @property
    def telling(self) -> list[Hit]:
        """The hits without those that only mention a term that another one explains."""
        explained = {hit.term for hit in self.hits if hit.is_explained}
        return [hit for hit in self.hits if hit.term not in explained or hit.is_explained]

    @property
    def shown(self) -> list[str]:
        """The ids of the entries that a reader is shown, the likeliest first: those that answer, or those that are suggested."""
        return [one.id for one in self.hits or self.suggestions]

    @property
    def found(self) -> bool:
        """Whether the answer is confident."""
        return bool(self.hits)
