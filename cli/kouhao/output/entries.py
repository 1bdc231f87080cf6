"""Answers and entries as text for machines: stable fields, no decoration, the same whether a terminal reads them or not.

Part of the start-up path: compiled JSON is spliced, not parsed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from kouhao.lookup.answer import Hit, Ranking
    from kouhao.records import CitedRecord, EntryRecord, ReadingRecord

    Plain = TypeVar("Plain")

_JOINTS = "和与及以即"
"""What may join the items of an expansion without saying anything."""

_FIELDS = "term full items ready citation topic basis quote id query form how score"
FIELDS = tuple(_FIELDS.split())
"""What a script may take from an entry; `ready` is the line that goes into a document."""

EXPANSIONS = ("full", "items", "ready")
"""Of these what says what a term stands for."""

TSV_HEADER = "query\tterm\tfull\thow\tscore\tform\tid\tscope\tvalid_from\tvalid_to\tstatus\n"
LIST_HEADER = "term\tfull\ttopic\tbasis\tid\n"


HOWS = {
    "exact": "原词",
    "form": "同一词的另一写法",
    "pinyin": "拼音",
    "initials": "拼音首字母",
    "homophone": "读音相近",
    "look-alike": "字形相近",
    "slip": "个别字有出入",
    "phrase": "句中的词",
    "part": "词的一部分",
    "item": "展开的一项",
    "expansion": "展开的内容",
    "context": "原文语句",
}
"""What each kind of evidence is called."""

_STEPS = {
    "homophone": "音同",
    "near-sound": "音近",
    "look-alike": "形近",
    "pinyin": "拼音",
    "initial": "首字母",
    "letter": "字母有误",
    "swapped": "次序",
    "other": "另一字",
}


INNER_QUOTES = str.maketrans("“”", "‘’")
_TITLE_IN_TITLE = str.maketrans("《》", "〈〉")
"""A title within a title, as GB/T 15834-2011 marks it."""


def plain(answers: Iterable[Ranking]) -> str:
    """Return `term<TAB>full expansion`, a line per entry and reading.

    What is defined and not listed has its definition there, marked 释义; what no source explains has nothing.
    """
    return "".join(
        [f"{cell(hit.term)}\t{told}\n" for answer in answers for hit in answer.telling for told in _told(hit)]
    )


def _told(hit: Hit) -> list[str]:
    if hit.full and len(hit.fulls) == 1:
        return [cell(hit.full)]
    return told(hit.record) if hit.is_explained else [""]


def told(record: EntryRecord) -> list[str]:
    """Return what each reading of an entry says, in one line and column; one empty text where no source explains it."""
    return [cell(explanation(reading)) for reading in record["readings"]] or [""]


def explanation(reading: ReadingRecord) -> str:
    """Return what a reading says in one line: the full expansion, or the definition as what it is."""
    return reading["full"] or f"释义：{reading['definition']}"


def ready_lines(record: EntryRecord) -> list[str]:
    """Return what goes into a document as it stands, 五好（班子建设好、…）, a line for each reading that is an expansion."""
    return [f"{record['term']}（{reading['full']}）" for reading in record["readings"] if reading["full"]]


def tsv(answers: Iterable[Ranking], *, explain: bool = False) -> str:
    """Return a row per entry; see TSV_HEADER. With `explain` a row has one cell more, which tells how the entry was found."""
    return "".join(
        f"{cell(answer.query)}\t{cell(hit.term)}\t{full}\t{hit.how}\t{hit.score}\t{cell(hit.form)}\t{cell(hit.id)}\t{told}"
        f"{chr(9) + cell(reasons(hit)) if explain else ''}\n"
        for answer in answers
        for hit in answer.hits
        for full, told in _reading_cells(hit)
    )


def _reading_cells(hit: Hit) -> list[tuple[str, str]]:
    """Return for each reading its expansion, and its scope and years as the last cells of a row."""
    return [
        (
            cell(explanation(reading)),
            f"{cell(reading['scope'])}\t{cell(reading['valid_from'])}\t{cell(reading['valid_to'])}\tfound",
        )
        for reading in hit.record["readings"]
    ] or [("", "\t\t\tfound")]


def tsv_without_entry(query: str, status: str) -> str:
    """Return the row of a query that has no entry: nothing but the query and the status."""
    return cell(query) + "\t" * TSV_HEADER.count("\t") + status + "\n"


def json_object(answer: Ranking, *, explain: bool = False) -> str:
    """Return the answer as one JSON object on one line, without a line end; with `explain` matches tell how they were found."""
    from _json import encode_basestring as quote_json  # noqa: PLC0415  json's C function; all of json costs a third more

    matches = ",".join(
        _match(hit, quote_json(hit.form), quote_json(reasons(hit)) if explain else "") for hit in answer.hits
    )
    suggestions = ",".join(
        f'{{"term":{quote_json(near.term)},"full":{quote_json(near.full)},"how":"{near.how}","score":{near.score}}}'
        for near in answer.suggestions
    )
    status = "found" if answer.found else "not_found"
    query = quote_json(answer.query)
    return f'{{"schema":2,"query":{query},"status":"{status}","matches":[{matches}],"suggestions":[{suggestions}]}}'


def _match(hit: Hit, form: str, told: str) -> str:
    head, _, tail = hit.record_json.partition(',"topic":')
    start, end = hit.span
    found = f'"how":"{hit.how}","score":{hit.score},"form":{form},"span":[{start},{end}]'
    if told:
        found += f',"explanation":{told}'
    return f'{head},{found},"topic":{tail}'


def guess(query: str, hit: Hit) -> str:
    """Return the line that tells that `hit` is a guess, and of what kind; empty where it is none."""
    if not hit.guessed:
        return ""
    typed = f"（您输入的是“{inside(query)}”）"
    if hit.how == "part":
        part = query if hit.form == hit.term else hit.form
        return f"“{inside(part)}”是“{inside(hit.term)}”的一部分" + (typed if part != query else "")
    if hit.how == "item":
        return f"“{hit.form}”是“{inside(hit.term)}”中的一项" + (typed if hit.form != query else "")
    if hit.how == "expansion":
        return f"“{inside(query)}”是“{inside(hit.term)}”的内容"
    if hit.how == "phrase":
        return f"按其中的“{hit.form}”查到{typed}"
    return f"按{HOWS[hit.how]}查到{typed}"


def inside(query: str) -> str:
    """Return a query as it is quoted: quotes in quotes are single ones."""
    return query.translate(INNER_QUOTES)


def reasons(hit: Hit) -> str:
    """Return how an entry was found: what kind of evidence, which of its forms, the chance, and the differences."""
    form = f"“{hit.form}”" if hit.form != hit.term else ""
    steps = "；".join(_step(*step) for step in hit.steps)
    return f"{HOWS[hit.how]}{form}，把握 {hit.score}%" + (f"：{steps}" if steps else "")


def _step(kind: str, typed: str, meant: str) -> str:
    if not typed:
        return f"少了“{meant}”"
    if not meant:
        return f"多了“{typed}”"
    return f"“{typed}”当作“{meant}”（{_STEPS[kind]}）"


def cell(text: str) -> str:
    """Return `text` on one line and in one column."""
    return " ".join(text.split()) if "\t" in text or "\n" in text or "\r" in text else text


def markdown(answers: Iterable[Ranking], *, explain: bool = False) -> str:
    """Return the entries as Markdown sections; with `explain` each ends with how it was found."""
    sections = [
        markdown_entry(hit.record) + (f"\n匹配：{as_markdown(reasons(hit))}\n" if explain else "")
        for answer in answers
        for hit in answer.hits
    ]
    return "\n".join(sections)


def markdown_entry(record: EntryRecord) -> str:
    """Return one entry as a Markdown section: heading, each reading with its numbered items by part, the sentence, the source."""
    record = as_markdown(record)
    lines = [f"## {record['term']}", ""]
    for reading in record["readings"]:
        heading = reading_heading(reading)
        lines += [f"### {heading}", ""] if heading and len(record["readings"]) > 1 else []
        lines += _markdown_reading(reading, record["term"])
        lines += [f"——{citation(reading['source'], reading['where'])}", ""] if not record["quote"] else []
    if not record["readings"]:
        lines += ["文件未解释。", ""]
    for other in record["elsewhere"]:
        lines += [f"- {other['full']}（{citation(other) or other['note']}）", ""]
    if record["quote"]:
        lines += [f"> {record['quote']}", ""]
    if record["quote"] or not record["readings"]:
        lines += [f"——{citation(record['source'])}", ""]
    return "\n".join(lines)


def _markdown_reading(reading: ReadingRecord, term: str) -> Iterator[str]:
    if not adds_up(reading):
        yield from (explanation(reading), "")
    for part in reading["parts"]:
        title = "，".join(text for text in (part["name"], part["lead"]) if text)
        if (part["name"] != term and len(reading["parts"]) > 1) or part["lead"]:
            yield from (f"**{title}**", "")
        yield from (f"{number}. {item}" for number, item in enumerate(part["items"], 1))
        yield ""


def adds_up(reading: ReadingRecord) -> bool:
    """Return whether the leads and items of a reading, which stand in a list, say all that its full expansion says."""
    texts = [text for part in reading["parts"] for text in (part["lead"], *part["items"]) if text]
    left = reading["full"]
    for text in texts:
        left = left.replace(text, "", 1)
    return bool(texts) and not any(mark.isalnum() and mark not in _JOINTS for mark in left)


def reading_heading(reading: ReadingRecord) -> str:
    """Return what tells a reading from others: its scope and its years."""
    first, last = reading["valid_from"], reading["valid_to"]
    years = f"{first}至{last}" if first and last else f"{first}起" if first else f"至{last}" if last else ""
    return "，".join(text for text in (reading["scope"], years) if text)


def citation(source: CitedRecord, where: str = "") -> str:
    """Return a source as documents cite it: issuer, title in book marks with the place in it, number, date."""
    title = f"《{source['title'].translate(_TITLE_IN_TITLE)}》{where}" if source["title"] else where
    number = source.get("number", "")
    return "，".join(text for text in (source["publisher"] + title, number, source["published"]) if text)


def as_markdown(data: Plain) -> Plain:
    """Return plain data, such as a record or a text, with each text in it as Markdown shows it, on one line and as nothing but text."""
    from kouhao.documents.document import written_in  # noqa: PLC0415  off the start-up path

    made: object = data
    if isinstance(data, str):
        made = ("\\" if data.startswith(("-", "+")) else "") + written_in("md", data)
    elif isinstance(data, dict):
        made = {name: as_markdown(value) for name, value in data.items()}
    elif isinstance(data, list | tuple):
        made = [*map(as_markdown, data)]
    return made  # type: ignore[return-value]  # of the same type


def list_row(record: EntryRecord) -> str:
    """Return a TSV row of a list; see LIST_HEADER."""
    return "\t".join(cell(record[name]) for name in ("term", "full", "topic", "basis", "id")) + "\n"
