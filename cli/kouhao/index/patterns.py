"""The open glossaries as words to look for in texts, and what each of them means. Part of the start-up path of a scan."""

from __future__ import annotations

from kouhao.index import schema
from kouhao.index.automaton import Automaton, compile_texts
from kouhao.index.matcher import Matcher, Spelling, SpellingSource
from kouhao.language.normalize import fold, half_width, widen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kouhao.index.matcher import Occurrence
    from kouhao.index.reader import Index
    from kouhao.records import EntryRecord, TermRecord


class Meaning:
    """One entry as texts need it; `builtin` tells whether its glossary came with the program."""

    __slots__ = ("_record", "builtin", "full", "id", "record_json", "term")

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        term: str,
        full: str,
        record_json: str,
        *,
        builtin: bool = False,
    ) -> None:
        self.builtin = builtin
        self.id = id
        self.term = term
        self.full = full
        self.record_json = record_json
        self._record: EntryRecord | None = None

    @property
    def record(self) -> EntryRecord:
        """The entry's record, see `kouhao.records`."""
        if self._record is None:
            import json  # noqa: PLC0415  a list of places needs none

            record: EntryRecord = json.loads(self.record_json)
            self._record = record
        return self._record


class Vocabulary:
    """The terms of open indexes; with `only`, those of them that one of these texts spells."""

    def __init__(self, indexes: Sequence[Index], only: Sequence[str] = ()) -> None:
        self._indexes = indexes
        self._meanings: dict[tuple[int, int], Meaning] = {}
        self._asked = {term: self._places(term, schema.TERM) for term in only}
        self._wanted = frozenset(place for places in self._asked.values() for place in places)

    @property
    def digest(self) -> str:
        """The digests of the glossaries: the version of every answer."""
        return "+".join(index.meta["digest"] for index in self._indexes)

    @property
    def unknown(self) -> list[str]:
        """Those of `only` that spell no term."""
        return [term for term, places in self._asked.items() if not places]

    def term_matcher(self) -> Matcher:
        """Return what finds the terms in texts."""
        return Matcher(self._sources(schema.TERMS, self._spelled), words=True)

    def expansion_matcher(self) -> Matcher:
        """Return what finds the full expansions too, so that a slogan inside of one is not taken for its own."""
        return Matcher([*self._sources(schema.TERMS, self._spelled), *self._sources(schema.OPENINGS, self._expanded)])

    def sound_matcher(self) -> Matcher:
        """Return what finds, in the sounds of a text, what sounds like a term; `text` of a spelling is the sounds."""
        return Matcher(self._sources(schema.SOUNDS, self._sounding))

    def near(self, texts: list[str]) -> list[Spelling]:
        """Return the terms of which one of `texts` is the rest with a character left out."""
        return self._named(lambda index: index.texts.near(texts))

    def sounding(self, text: str) -> list[Spelling]:
        """Return the terms that sound so."""
        return self._named(lambda index: index.texts.sounding(text))

    def _named(self, ask: Callable[[Index], list[tuple[int, str]]]) -> list[Spelling]:
        """Return the terms that each index answers with."""
        return [
            Spelling(term, pack, number, own=True)
            for pack, index in enumerate(self._indexes)
            for number, term in ask(index)
        ]

    def is_term(self, text: str) -> bool:
        """Return whether a text is a term, of whatever width."""
        return bool(self._places(text, schema.TERM))

    def with_item(self, text: str) -> list[Meaning]:
        """Return the entries that have an item of this wording, of whatever width and marks."""
        places = dict.fromkeys(self._places(text, schema.ITEM))
        return [self.meaning(Spelling(text, pack, number, own=True)) for pack, number in places]

    def _sources(self, finds: str, resolve: Callable[[str], Iterable[Spelling]]) -> list[SpellingSource]:
        return [SpellingSource(_load(index, finds), resolve) for index in self._indexes]

    def _spelled(self, beginning: str) -> Iterator[Spelling]:
        for pack, index in enumerate(self._indexes):
            for text, number, own in index.texts.spelled(beginning):
                if self._is_wanted(pack, number):
                    yield Spelling(text, pack, number, own=bool(own & 1), quoted=own > 1)

    def _sounding(self, text: str) -> Iterator[Spelling]:
        yield from (Spelling(text, one.pack, one.number, own=True) for one in self.sounding(text))

    def _expanded(self, opening: str) -> Iterator[Spelling]:
        """Yield the full expansions that begin so, in both widths."""
        for pack, index in enumerate(self._indexes):
            wanted = [number for number in index.texts.opened(opening) if self._is_wanted(pack, number)]
            for number, (_, _, fulls) in index.stored(wanted).items():
                told = filter(None, fulls.split(schema.LINE))
                for spelled in {spell(full) for full in told for spell in (half_width, widen)}:
                    yield Spelling(spelled, pack, number, own=True)

    def _is_wanted(self, pack: int, number: int) -> bool:
        return not self._asked or (pack, number) in self._wanted

    def _places(self, text: str, level: str) -> list[tuple[int, int]]:
        """Return the entries that have a form of this level and wording."""
        key = schema.EXACT + fold(text)
        return [
            (pack, number)
            for pack, index in enumerate(self._indexes)
            for hit in index.find([key])
            if hit.level == level
            for number in hit.numbers
        ]

    def meaning(self, spelling: Spelling) -> Meaning:
        """Return the entry that a spelling means."""
        key = spelling.pack, spelling.number
        if key not in self._meanings:
            index = self._indexes[spelling.pack]
            identity, term, fulls = index.stored([spelling.number])[spelling.number]
            full = fulls.partition(schema.LINE)[0]
            record = index.record(spelling.number)
            self._meanings[key] = Meaning(identity, term, full, record, builtin=index.builtin)
        return self._meanings[key]

    def meanings(self, found: Occurrence) -> list[Meaning]:
        """Return the entries that an occurrence can mean."""
        return [self.meaning(spelling) for spelling in found.meanings]

    def term_record(self, found: Occurrence) -> TermRecord:
        """Return what an occurrence stands for, as every JSON output shows it."""
        meanings = self.meanings(found)
        return {
            "term": meanings[0].term,
            "id": meanings[0].id,
            "ids": [meaning.id for meaning in meanings],
            "form": found.text,
        }


def held(meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """Return the meanings less the built-in ones of a term that one's own glossary explains: its reading is the one to write."""
    own = {fold(one.term) for one in meanings if not one.builtin and one.record["readings"]}
    return tuple(one for one in meanings if not one.builtin or fold(one.term) not in own)


def _load(index: Index, finds: str) -> Automaton:
    """Return an automaton of an index, made anew where it was compiled by another version of its library."""
    try:
        return Automaton(index.texts.automaton(finds))
    except ValueError:
        return Automaton(compile_texts(index.texts.all(finds)))
