"""Search or check many texts from an engine's worker: functions that can be sent to other processes.

Each process opens its glossaries once, at its first call, and keeps them open. Answers are plain dicts and lists, as engines
pass them on: the `matches` of `kouhao scan --jsonl-in` and the `findings` of `kouhao check --jsonl-in`.

>>> [[match["term"] for match in matches] for matches in scan(["推行“五好”建设。", "无。"])]
[['五好'], []]
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kouhao.documents.document import Document, LineColumn
from kouhao.errors import require_names, require_text
from kouhao.index.patterns import Vocabulary
from kouhao.lookup.engine import open_lookup

if TYPE_CHECKING:
    from kouhao.index.matcher import Occurrence, Spelling
    from kouhao.library import OpenGlossary
    from kouhao.records import FindingRecord, MatchRecord, TermRecord

Names = tuple[str, ...]

_KEPT = 8
"""So many sets of glossaries a process keeps open."""

_TOGETHER = 64
"""So many texts are searched as one."""


def scan(
    texts: Iterable[str],
    glossaries: Sequence[str] = (),
    *,
    builtin: bool | Sequence[str] = True,
    terms: Sequence[str] = (),
) -> list[list[MatchRecord]]:
    """Return the slogans of each text, in order: line, column, term, id, ids, form, start and end of each.

    Lines and columns count from 1, offsets from 0, in characters. `glossaries` are paths of further glossaries; with `terms`
    only these are looked for. Raises KouhaoError as `kouhao.open` does, and TypeError where `texts` is one text.
    """
    texts = _require_several(texts)
    search = _searcher(os.getpid(), tuple(require_names(glossaries)), _hashable(builtin), tuple(require_names(terms)))
    return [
        matches
        for begin in range(0, len(texts), _TOGETHER)
        for matches in search.each(texts[begin : begin + _TOGETHER])
    ]


def check(
    texts: Iterable[str],
    glossaries: Sequence[str] = (),
    *,
    builtin: bool | Sequence[str] = True,
    rules: Sequence[str] | None = None,
    as_of: str = "",
) -> list[list[FindingRecord]]:
    """Return the findings in each text, in order, each as `kouhao check --format jsonl` prints it, with an empty path.

    `rules` and `as_of` are those of `OpenGlossary.check`. Raises KouhaoError as `kouhao.open` does,
    and E_RULE where a rule fails.

    >>> [found["rule"] for found in check(["推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。"])[0]]
    ['expansion-item-missing']
    """
    from kouhao.records import finding_record  # noqa: PLC0415  a scan checks nothing

    texts = _require_several(texts)
    glossary = _glossary(os.getpid(), tuple(require_names(glossaries)), _hashable(builtin))
    return [[finding_record(finding) for finding in glossary.check(text, rules=rules, as_of=as_of)] for text in texts]


def _hashable(builtin: bool | Sequence[str]) -> bool | Names:  # noqa: FBT001  as it was given
    return builtin if isinstance(builtin, bool) else tuple(require_names(builtin))


def _require_several(texts: Iterable[str]) -> list[str]:
    """Return the texts; raise TypeError for one text, and for what is none."""
    if isinstance(texts, str | bytes):
        message = "texts must be an iterable of texts, not one text"
        raise TypeError(message)
    listed = list(texts)
    for text in listed:
        require_text(text)
    return listed


class _Searcher:
    """What finds the terms of open glossaries."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._matcher = vocabulary.term_matcher()
        self._terms: dict[tuple[Spelling, ...], TermRecord] = {}

    def each(self, texts: Sequence[str]) -> Iterator[list[MatchRecord]]:
        """Yield the occurrences in each text."""
        for text, found in zip(texts, self._matcher.find_each(texts), strict=True):
            document = Document("", text, "utf-8") if found else None
            yield [self._record(one, document.locate(one.start)) for one in found] if document else []

    def _record(self, found: Occurrence, place: LineColumn) -> MatchRecord:
        term = self._terms.get(found.meanings)
        if term is None:
            term = self._terms[found.meanings] = self.vocabulary.term_record(found)
        return {
            "line": place.line,
            "column": place.column,
            **term,
            "ids": [*term["ids"]],
            "start": found.start,
            "end": found.end,
        }


@lru_cache(_KEPT)
def _searcher(process: int, glossaries: Names, builtin: bool | Names, terms: Names) -> _Searcher:  # noqa: ARG001, FBT001
    """Return what a process searches with; it is asked with its number, since an open file is not for its forks."""
    return _Searcher(Vocabulary(open_lookup([*glossaries], builtin=builtin).indexes, terms))


@lru_cache(_KEPT)
def _glossary(process: int, glossaries: Names, builtin: bool | Names) -> OpenGlossary:  # noqa: ARG001, FBT001
    """Return what a process checks with."""
    from kouhao.library import OpenGlossary  # noqa: PLC0415  a scan needs none of it

    return OpenGlossary(open_lookup([*glossaries], builtin=builtin))
