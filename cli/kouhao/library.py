"""kouhao as a library: open glossaries, ask them, and get plain values that outlive them.

Offsets count characters (code points) of the text that was given, from 0; an end is the offset behind the last character.
Whatever is wrong with the input is a `KouhaoError`; a value of another type than is wanted is a TypeError, and a glossary that is
closed a ValueError, as with files. An open glossary may be used by several threads, one call at a time each;
other processes open their own (`kouhao.batch`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike, fsdecode
from typing import TYPE_CHECKING, Literal, NoReturn

from kouhao.entry import Entry
from kouhao.errors import KouhaoError, near_hint, require_names, require_text
from kouhao.lookup.engine import DEFAULT_LIMIT, open_lookup, refusal
from kouhao.records import read_entry

if TYPE_CHECKING:
    from typing import Self

    from kouhao.check.checker import Checker
    from kouhao.check.reader import PageReader
    from kouhao.harvest import Candidate
    from kouhao.index.matcher import Matcher
    from kouhao.index.patterns import Vocabulary
    from kouhao.lookup.answer import Hit
    from kouhao.lookup.engine import Lookup
    from kouhao.model import Finding

StyleName = Literal["brackets", "replace", "footnotes"]


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text, from `start` to `end`, and the entries that it stands for; `form` is what of their wording it matches.

    `how` tells the evidence: exact, form, pinyin, initials, or a guess (homophone, look-alike, slip, phrase, part, item, expansion,
    context). `score` is the chance that the entry is meant, in percent. A lookup's match has one entry; one in a running
    text has several where entries share their spelling.
    """

    entries: tuple[Entry, ...]
    how: str
    score: int
    form: str
    start: int
    end: int

    @property
    def entry(self) -> Entry:
        """The first of the entries."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: matches, best first, when its status is `found`; else terms that may have been meant.

    It is true where something was found.
    """

    query: str
    matches: tuple[Match, ...]
    suggestions: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.matches)

    @property
    def status(self) -> Literal["found", "not_found"]:
        """Whether the answer is confident."""
        return "found" if self.matches else "not_found"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the matches, best first."""
        return tuple(match.entry for match in self.matches)


def open(  # noqa: A001  read as kouhao.open
    *paths: str | PathLike[str], builtin: bool | str | Sequence[str] = True
) -> OpenGlossary:
    """Open the built-in glossaries and those in the files and folders `paths`; use it in a `with` statement, or close it.

    `builtin` may be False, or the names of the built-in glossaries that are wanted (`putuo-2021`). What is not compiled yet is
    compiled into the cache folder. Raises KouhaoError E_NOT_FOUND for a path that is not there, E_USAGE for an unknown name, and
    KouhaoErrors with every fault of a glossary that is broken: nothing is answered from half of one.

    >>> with open(builtin=["putuo-2021"]) as glossary:
    ...     glossary.lookup("wuhao").entries[0].items[:2]
    ('班子建设好', '党员队伍好')
    """
    chosen = builtin if isinstance(builtin, bool) else require_names(builtin)
    return OpenGlossary(open_lookup([fsdecode(path) for path in paths], builtin=chosen))


class OpenGlossary:
    """Open glossaries, asked together; made by `kouhao.open`."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._is_open = True
        self._checkers: dict[tuple[frozenset[str], str], Checker] = {}
        self._known: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        told = f"of {sum(index.entries for index in self._lookup.indexes)} entries" if self._is_open else "closed"
        return f"<{type(self).__name__} {told}>"

    def __reduce__(self) -> NoReturn:
        """Refuse to be sent to another process, which cannot use the open files."""
        message = "an open glossary cannot be pickled: open it in each process, as kouhao.batch does"
        raise TypeError(message)

    def close(self) -> None:
        """Release the files; what was answered stays valid, and nothing more is."""
        self._is_open = False
        self._lookup.close()

    def _require(self, text: object = "") -> None:
        """Raise ValueError where the glossary is closed, TypeError for what is no text."""
        if not self._is_open:
            message = "the glossary is closed"
            raise ValueError(message)
        require_text(text)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of the glossaries."""
        self._require()
        return tuple(map(read_entry, self._lookup.records()))

    def lookup(self, text: str, *, exact: bool = False, limit: int = DEFAULT_LIMIT) -> Answer:
        """Return the answer to a query, at most `limit` matches; with `exact` nothing is guessed.

        Raises KouhaoError E_LIMIT for more than 200 characters, which are no query, and E_USAGE for a limit below 1.

        >>> with open() as glossary:
        ...     glossary.lookup("五好").entries[0].full
        '班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好'
        """
        self._require(text)
        if not isinstance(limit, int):
            message = f"limit must be int, not {type(limit).__name__}"
            raise TypeError(message)
        if limit < 1:
            raise KouhaoError(
                "E_USAGE", f"limit 须是不小于 1 的整数，现在是 {limit}", hint=f"例如 limit={DEFAULT_LIMIT}。"
            )
        if text and (refused := refusal(text)):
            raise refused
        answer = self._lookup.answer(text, exact=exact, limit=limit)
        matches = tuple(self._match(hit) for hit in answer.hits)
        return Answer(text, matches, tuple(near.term for near in answer.suggestions))

    def complete(self, prefix: str) -> list[str]:
        """Return terms that begin with `prefix`, in hanzi, pinyin or initials.

        >>> with open() as glossary:
        ...     glossary.complete("wuh")
        ['五好']
        """
        self._require(prefix)
        return list(self._lookup.complete(prefix))

    def scan(self, text: str) -> list[Match]:
        """Return every slogan in a text, in order; none overlaps another, the longer one wins.

        >>> with open() as glossary:
        ...     [(found.start, found.end, found.entry.term) for found in glossary.scan("推行“五好”建设。")]
        [(3, 5, '五好')]
        """
        self._require(text)
        matches = []
        for found in self._terms.find(text):
            entries = tuple(self._entry(meaning.record_json) for meaning in self._vocabulary.meanings(found))
            how = "exact" if found.text == entries[0].term else "form"
            matches.append(Match(entries, how, 100, found.text, found.start, found.end))
        return matches

    def expand(self, text: str, *, style: StyleName = "brackets", every: bool = False) -> str:
        """Return a text with its slogans expanded, the first of each, or with `every` all.

        The expansion stands in brackets, in the slogan's place (`replace`), or at the end (`footnotes`). What the text explains
        itself stays as it is, so that a second run changes nothing; so does a slogan of which it is not clear that the text means the entry's,
        and one without which its sentence would not read on.

        >>> with open() as glossary:
        ...     glossary.expand("增强“四个意识”，担当作为。", style="replace")
        '增强政治意识、大局意识、核心意识、看齐意识，担当作为。'
        """
        from kouhao.expand.expander import Expander  # noqa: PLC0415  a lookup expands nothing
        from kouhao.expand.writing import Style  # noqa: PLC0415  likewise

        self._require(text)
        if style not in (styles := [style.value for style in Style]):
            raise KouhaoError("E_USAGE", f"没有写法“{style}”", hint=f"可以是 {'、'.join(styles)}。")
        expander = Expander(self._reader, style=Style(style), every=every)
        expanded = expander.expand(text)
        notes = expander.footnotes()
        return f"{expanded}\n{notes}" if notes and not expanded.endswith("\n") else expanded + notes

    def check(self, text: str, *, rules: Iterable[str] | None = None, as_of: str = "") -> list[Finding]:
        """Return what the rules with the ids `rules` find in a document, in order; None stands for those that are on by default.

        `as_of` is the date of which slogans are to be right (YYYY-MM-DD, or its beginning), the document's own by default.
        A finding whose `edit` is set has one right correction. `kouhao: ignore` in the text silences a line.
        Raises KouhaoError E_USAGE for an unknown rule or what is no date, E_RULE for one that fails, since what it would find is not known.

        >>> document = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"
        >>> with open() as glossary:
        ...     [(found.rule, found.expected) for found in glossary.check(document)]
        [('expansion-item-missing', '工作业绩好')]
        """
        from kouhao.documents.document import Document  # noqa: PLC0415  a lookup checks nothing

        self._require(text)
        report = self._checker(rules, as_of).check(Document("", text, "utf-8"))
        if report.broken:
            raise KouhaoError("E_RULE", f"规则 {'、'.join(report.broken)} 出错，没有查完")
        return list(report.findings)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from kouhao.index.patterns import Vocabulary  # noqa: PLC0415  a lookup searches no texts

        return Vocabulary(self._lookup.indexes)

    @cached_property
    def _terms(self) -> Matcher:
        return self._vocabulary.term_matcher()

    @cached_property
    def _reader(self) -> PageReader:
        from kouhao.check.reader import PageReader  # noqa: PLC0415  a lookup reads no texts

        return PageReader(self._vocabulary, self._lookup.characters, self._vocabulary.expansion_matcher())

    def _checker(self, rules: Iterable[str] | None, as_of: str) -> Checker:
        from kouhao.check.checker import Checker  # noqa: PLC0415  as in `check`
        from kouhao.check.rules import DEFAULTS, RULES  # noqa: PLC0415
        from kouhao.language.dates import DATE_HINT, is_date  # noqa: PLC0415

        require_text(as_of)
        chosen = frozenset(DEFAULTS if rules is None else require_names(rules))
        if as_of and not is_date(as_of):
            raise KouhaoError("E_USAGE", f"“{as_of}”不是日期", hint=DATE_HINT)
        for name in chosen - RULES.keys():
            raise KouhaoError("E_USAGE", f"没有规则“{name}”", hint=near_hint(name, RULES, f"有：{'、'.join(RULES)}。"))
        if (chosen, as_of) not in self._checkers:
            self._checkers[chosen, as_of] = Checker(self._lookup, sorted(chosen), as_of)
        return self._checkers[chosen, as_of]

    def _match(self, hit: Hit) -> Match:
        return Match((self._entry(hit.record_json),), hit.how, hit.score, hit.form, *hit.span)

    def _entry(self, record_json: str) -> Entry:
        """Return the entry of a record, each once: a text says its slogans again and again."""
        if record_json not in self._known:
            self._known[record_json] = read_entry(json.loads(record_json))
        return self._known[record_json]


def harvest(text: str) -> list[Candidate]:
    """Return the places where a text itself expands a slogan, in order; the installed glossaries tell how items are worded.

    `quote` is verbatim and begins at `start`; `score` is the chance that the entry is meant, in percent.

    >>> [(found.term, found.items) for found in harvest("落实人员、场地、经费、制度“四到位”。")]
    [('四到位', ('人员', '场地', '经费', '制度'))]
    """
    from kouhao.harvest import harvest as find_candidates  # noqa: PLC0415  a lookup reads no documents

    require_text(text)
    return find_candidates(text)
