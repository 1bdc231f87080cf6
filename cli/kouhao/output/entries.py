"""Answers and entries as text for machines: stable fields, no decoration, the same whether a terminal reads them or not.

Part of the start-up path: compiled JSON is spliced, not parsed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouhao.lookup.answer import Answer, Hit
    from kouhao.records import Record

FORMATS = ("text", "plain", "json", "jsonl", "tsv", "markdown")
TSV_HEADER = "query\tterm\tfull\thow\tscore\tform\tid\n"
LIST_HEADER = "term\tfull\ttopic\tbasis\tid\n"


def plain(answers: Iterable[Answer]) -> str:
    """Return `term<TAB>full expansion`, a line per entry; the expansion is empty where the source gives none."""
    return "".join([f"{cell(hit.term)}\t{cell(hit.full)}\n" for answer in answers for hit in answer.hits])


def tsv(answers: Iterable[Answer]) -> str:
    """Return a row per entry; see TSV_HEADER."""
    return "".join(
        f"{cell(answer.query)}\t{cell(hit.term)}\t{cell(hit.full)}\t{hit.how}\t{hit.score}\t{cell(hit.form)}\t{cell(hit.id)}\n"
        for answer in answers
        for hit in answer.hits
    )


def json_object(answer: Answer) -> str:
    """Return the answer as one JSON object on one line, without a line end."""
    from _json import encode_basestring as quote_json  # noqa: PLC0415  json's C function; all of json costs a third more

    matches = ",".join(_match(hit, quote_json(hit.form)) for hit in answer.hits)
    suggestions = ",".join(f'{{"term":{quote_json(near.term)},"score":{near.score}}}' for near in answer.suggestions)
    status = "found" if answer.found else "not_found"
    query = quote_json(answer.query)
    return f'{{"schema":1,"query":{query},"status":"{status}","matches":[{matches}],"suggestions":[{suggestions}]}}'


def _match(hit: Hit, form: str) -> str:
    head, _, tail = hit.record_json.partition(',"topic":')
    return f'{head},"how":"{hit.how}","score":{hit.score},"form":{form},"topic":{tail}'


def cell(text: str) -> str:
    """Return `text` on one line and in one column."""
    return " ".join(text.split()) if "\t" in text or "\n" in text or "\r" in text else text


def markdown(answers: Iterable[Answer]) -> str:
    """Return the entries as Markdown sections."""
    return "".join("\n".join(markdown_entry(hit.record) for hit in answer.hits) for answer in answers)


def markdown_entry(record: Record) -> str:
    """Return one entry as a Markdown section: heading, numbered items by part, the sentence, the source."""
    lines = [f"## {_escaped(record['term'])}", ""]
    lines += _markdown_parts(record)
    if not record["full"]:
        lines += ["文件未解释。", ""]
    for reading in record["elsewhere"]:
        cited = citation(reading) or reading["note"]
        lines += [f"- {_escaped(reading['full'])}（{_escaped(cited)}）", ""]
    lines += [f"> {_escaped(record['quote'])}", "", f"——{citation(record['source'])}", ""]
    return "\n".join(lines)


def _markdown_parts(record: Record) -> Iterator[str]:
    if record["full"] and not record["parts"]:
        yield from (_escaped(record["full"]), "")
    for part in record["parts"]:
        title = "，".join(text for text in (part["name"], part["lead"]) if text)
        if (title and len(record["parts"]) > 1) or part["lead"]:
            yield from (f"**{_escaped(title)}**", "")
        yield from (f"{number}. {_escaped(item)}" for number, item in enumerate(part["items"], 1))
        yield ""


def citation(source: Record) -> str:
    """Return a source as documents cite it: issuer, title in book marks, date."""
    title = f"《{source['title']}》" if source["title"] else ""
    return "，".join(text for text in (source["publisher"] + title, source["published"]) if text)


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<>#":
        text = text.replace(mark, "\\" + mark)
    return text


def list_row(record: Record) -> str:
    """Return a TSV row of a list; see LIST_HEADER."""
    return "\t".join(cell(record[name]) for name in ("term", "full", "topic", "basis", "id")) + "\n"
