"""What a script takes from an entry: one field, or a line made by a template."""

from __future__ import annotations

import re

from kouhao.errors import KouhaoError
from kouhao.output.entries import EXPANSIONS, FIELDS, cell, citation, explanation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kouhao.lookup.answer import Hit, Ranking
    from kouhao.records import ReadingRecord

_NAME = re.compile(r"\{(\w*)\}")
_MISWRITTEN = re.compile(rf"\{{({'|'.join(FIELDS)})(?![\w}}])")
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def field_lines(field: str) -> Callable[[list[Ranking]], str]:
    """Return what gives one field of every entry, a line for each of its values: items one a line, a reading's text each."""
    return lambda answers: _lines(
        _values(answer, hit, field)
        for answer in answers
        for hit in (answer.telling if field in EXPANSIONS else answer.hits)
    )


def template_lines(template: str) -> Callable[[list[Ranking]], str]:
    """Return what gives a line by the template for every reading of every entry; raise KouhaoError E_USAGE."""
    template = re.sub(r"\\[nt\\]", lambda escape: _ESCAPES[escape[0]], template)
    for name in _NAME.findall(template):
        if name not in FIELDS:
            raise KouhaoError("E_USAGE", f"--template 里没有字段“{name}”", hint=f"可以是 {'、'.join(FIELDS)}。")
    if miswritten := _MISWRITTEN.search(template):
        hint = f"字段写成 {{{miswritten[1]}}}，花括号里不写别的。"
        raise KouhaoError("E_USAGE", f"--template 里的“{miswritten[0]}”没有写对", hint=hint)
    return lambda answers: _lines(_filled(answer, hit, template) for answer in answers for hit in answer.hits)


def _lines(several: Iterable[list[str]]) -> str:
    return "".join(f"{line}\n" for lines in several for line in lines)


def _filled(answer: Ranking, hit: Hit, template: str) -> list[str]:
    return [
        _NAME.sub(lambda name, reading=reading: "、".join(_of_reading(answer, hit, reading, name[1])), template)  # type: ignore[misc]
        for reading in _readings(hit)
    ]


def _values(answer: Ranking, hit: Hit, field: str) -> list[str]:
    """Return the values of a field, each once, in the order of the readings; the items of the first one that lists any."""
    if field == "items":
        listing = (reading for reading in _readings(hit) if reading and reading["full"])
        values = _of_reading(answer, hit, next(listing, None), field)
    else:
        values = [value for reading in _readings(hit) for value in _of_reading(answer, hit, reading, field)]
    return [cell(value) for value in dict.fromkeys(values)]


def _readings(hit: Hit) -> list[ReadingRecord] | list[None]:
    """Return the readings of an entry, or that it has none."""
    return hit.record["readings"] or [None]


def _of_reading(answer: Ranking, hit: Hit, reading: ReadingRecord | None, field: str) -> list[str]:
    record = hit.record
    if field == "items":
        return [item for part in reading["parts"] for item in part["items"]] if reading else []
    if field == "full":
        return [explanation(reading)] if reading else [""]
    if field == "citation":
        source = reading["source"] if reading else record["source"]
        return [citation(source, reading["where"] if reading else "")]
    if field == "ready":
        return [f"{record['term']}（{reading['full']}）"] if reading and reading["full"] else [""]
    found = {"query": answer.query, "how": hit.how, "score": str(hit.score), "form": hit.form}
    found |= {name: record[name] for name in ("term", "topic", "basis", "quote", "id")}
    return [found[field]]
