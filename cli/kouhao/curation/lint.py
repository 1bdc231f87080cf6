"""The health of a glossary: each promise that an entry makes is held against its source and against the program.

Every check is a function from one entry to its findings, so that all errors come at once and each can be read alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from kouhao.check.rules import RULES
from kouhao.curation.new_entries import lost_number
from kouhao.entry import Entry, Glossary, Source, told_orders
from kouhao.glossary.characters import control_error, texts_of
from kouhao.glossary.load import entry_sources
from kouhao.language.dates import DATE_HINT, is_date
from kouhao.language.lexicon import NUMBER_CHARACTERS, QUOTES, TITLES
from kouhao.language.normalize import fold, half_width
from kouhao.language.numerals import promise
from kouhao.model import Basis, Finding, Severity
from kouhao.records import entry_record

_APART = 400
"""Characters between two items of one list: a report may give each a paragraph."""

_QUOTES = {ord(mark): None for pair in (QUOTES | TITLES).items() for mark in pair} | {ord("'"): None}
_SHORTEST_NEAR = 3
"""Characters of a term from which one that differs tells something: of two, most pairs differ by one."""

_FIRST = 3  # answers that a person reads: what is asked for has to be among them

Find = Callable[[str], list[str]]
"""Returns the ids of the entries that a query finds, or of those that it is shown, best first."""

Hear = Callable[[str], set[str]]
"""Returns the ids of the rules that the checker raises on a sentence."""


def validate(  # noqa: PLR0917  what it asks of others
    glossary: Glossary,
    evidence: Mapping[Source, str],
    find: Find,
    show: Find,
    hear: Hear,
    progress: Callable[[int], None],
) -> list[Finding]:
    """Return what is wrong with `glossary`, in the order of its files.

    `evidence` has the texts of sources; `progress` hears how many entries are done.
    """
    terms = {entry.term for entry in glossary.entries} | {entry.id for entry in glossary.entries}
    findings = [finding for source in glossary.sources for finding in check_source(source, glossary, evidence)]
    for done, entry in enumerate(glossary.entries, 1):
        findings += check_entry(entry, evidence)
        findings += check_link(entry, terms)
        findings += check_searches(entry, find, show)
        findings += check_examples(entry, hear)
        progress(done)
    findings += check_forms_apart(glossary)
    findings += check_terms_apart(glossary)
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.column, finding.rule))


def check_entry(entry: Entry, evidence: Mapping[Source, str]) -> list[Finding]:
    """Return what is wrong with an entry by itself, held against its source."""
    return [
        *check_characters(entry),
        *check_dates(entry),
        *check_named_source(entry),
        *check_quote(entry, evidence),
        *check_items(entry),
        *check_citations(entry, evidence),
        *check_counts(entry),
        *check_forms(entry),
    ]


def check_source(source: Source, glossary: Glossary, evidence: Mapping[Source, str]) -> Iterator[Finding]:
    """A source names its issuer and its date, and its text is at hand."""
    first = next(entry for entry in glossary.entries if source in entry_sources(entry))
    if not source.publisher or not source.published:
        yield _finding(first, "source-undated", f"来源“{source.id}”缺少发布机构或日期", Severity.WARNING)
    if source.published and not is_date(source.published):
        message = f"来源“{source.id}”的日期“{source.published}”写法不对，请{DATE_HINT}"
        yield _finding(first, "source-undated", message, Severity.WARNING)
    if source.file and source not in evidence:
        yield _finding(first, "evidence-missing", f"找不到来源的原文 {source.file}，引文没有核对", Severity.NOTE)


def check_dates(entry: Entry) -> Iterator[Finding]:
    """What an entry holds for dates are some, and no term ends before it begins: the checker decides by them."""
    terms = [(entry.valid_from, entry.valid_to), *((one.valid_from, one.valid_to) for one in entry.readings)]
    for date in (*(date for term in terms for date in term), *(other.published for other in entry.elsewhere)):
        if date and not is_date(date):
            yield _finding(entry, "date-invalid", f"“{date}”不是日期，请{DATE_HINT}")
    for first, last in terms:
        known = min(len(first), len(last))
        if first[:known] > last[:known]:
            yield _finding(entry, "date-invalid", f"适用时间的起止颠倒：{first}—{last}")


def check_named_source(entry: Entry) -> Iterator[Finding]:
    """An entry of a file with several sources says which is its own: the first of them may be another tomorrow."""
    if entry.assumed:
        message = f"文件有几个来源，没有写 source，算作第一个“{entry.source.id}”"
        yield _finding(entry, "source-unnamed", message, Severity.WARNING)


def check_characters(entry: Entry) -> Iterator[Finding]:
    """No text of an entry, nor of its source, holds a control character."""
    for text in texts_of(entry_record(entry)):
        error = control_error(text, "", 1, 1)
        if error is not None:
            yield _finding(entry, "control-character", error.message)


def check_quote(entry: Entry, evidence: Mapping[Source, str]) -> Iterator[Finding]:
    """The quote stands in the source word for word, its lines joined by blanks, and names the term."""
    if not entry.quote:
        return
    text = evidence.get(entry.source)
    if text is not None and entry.quote not in text:
        quote, joined = (" ".join(one.split()) for one in (entry.quote, text))
        if quote not in joined:
            yield _finding(entry, "quote-not-verbatim", f"引文不是原文的原样：{_first_difference(quote, joined)}")
    spellings = [fold(term) for term in (entry.term, *entry.also)]
    if not any(spelling in fold(entry.quote) for spelling in spellings):
        yield _finding(entry, "term-not-in-quote", f"引文里没有“{entry.term}”")


def _first_difference(quote: str, text: str) -> str:
    size = len(quote)
    while size and quote[:size] not in text:
        size -= 1
    return f"从“{quote[size : size + 12]}”起对不上"


def check_items(entry: Entry) -> Iterator[Finding]:
    """Leads and items stand in the expansion and in the quote, in order; a stated expansion stands in the quote as a whole."""
    cited = entry.basis is Basis.CITED
    for reading in entry.readings:
        for name, held in (*(() if cited else (("引文", entry.quote),)), ("展开", reading.full)):
            misplaced = min((_misplaced(held, texts) for texts in told_orders(reading.parts)), key=len)
            for text in misplaced:
                why = "写了两次" if reading.items.count(text) > 1 else "顺序不对" if text in held else f"{name}里没有"
                yield _finding(entry, "item-not-in-quote", f"“{text}”{why}")
            if misplaced:
                break
    if cited:
        return
    if entry.basis is Basis.MENTIONED and (entry.full or entry.parts):
        yield _finding(
            entry, "unexplained-expanded", "文件没有解释的词不能有展开；别处的解释请写在 elsewhere 里并注明出处"
        )
    if entry.basis in (Basis.STATED, Basis.EXPLAINED):
        clauses = [entry.full] if entry.basis is Basis.STATED else entry.full.split(";")
        missing = next((clause for clause in clauses if clause not in entry.quote), None)
        if missing is not None or not entry.full:
            message = f"展开不是引文里的原话：“{missing}”" if missing else "解释了的词要写展开（full）"
            yield _finding(entry, "expansion-not-verbatim", message)
        elif lost := lost_number(entry.quote, entry.full):
            yield _finding(entry, "expansion-not-verbatim", f"展开里有后面各项的编号，缺开头的“{lost}”")


def _misplaced(quote: str, texts: Iterable[str]) -> list[str]:
    """Return those texts that do not stand in the quote behind the one before."""
    at, misplaced = 0, []
    for text in texts:
        found = quote.find(text, at)
        if found < 0:
            misplaced.append(text)
        else:
            at = found + len(text)
    return misplaced


def check_citations(entry: Entry, evidence: Mapping[Source, str]) -> Iterator[Finding]:
    """The items of a cited part stand in its source in order, near together, and the term there or in `named_in`."""
    spellings = [_bare(term) for term in (entry.term, *entry.also)]
    for reading in entry.readings if entry.basis is Basis.CITED else ():
        text = _bare(evidence.get(reading.place.source, ""))
        for part in reading.parts if text else ():
            if not _in_order(text, [_bare(item) for item in part.items]):
                yield _finding(
                    entry,
                    "items-not-in-source",
                    f"“{'、'.join(part.items)}”不是这样依次见于《{reading.place.source.title}》",
                )
        named = reading.named_in or reading.place
        text = _bare(evidence.get(named.source, ""))
        if text and not any(spelling in text for spelling in spellings):
            yield _finding(entry, "term-not-in-source", f"《{named.source.title}》里没有“{entry.term}”")


def is_proved(entry: Entry, evidence: Mapping[Source, str]) -> bool:
    """Return whether the texts of all that a cited entry cites are at hand, so that it was held against them."""
    places = [place for reading in entry.readings for place in (reading.place, reading.named_in) if place]
    return entry.basis is not Basis.CITED or all(place.source in evidence for place in places)


def _bare(text: str) -> str:
    """Return `text` without white space, quotes and what width makes of marks."""
    return "".join(half_width(text).split()).translate(_QUOTES)


def _in_order(text: str, items: list[str]) -> bool:
    """Return whether the items follow one another somewhere, each at most `_APART` characters behind the last."""
    at = text.find(items[0])
    while at >= 0:
        ends = [at + len(items[0])]
        for item in items[1:]:
            found = text.find(item, ends[-1], ends[-1] + _APART + len(item))
            if found < 0:
                break
            ends.append(found + len(item))
        if len(ends) == len(items):
            return True
        at = text.find(items[0], at + 1)
    return False


def check_counts(entry: Entry) -> Iterator[Finding]:
    """A part has a number of items that the numerals in its name may mean, or says why not."""
    for part in (part for reading in entry.readings for part in reading.parts):
        promised = promise(part.name)
        if promised and len(part.items) not in promised.readings and not part.exception:
            count = next(iter(promised.readings))
            joined = any(mark in item for item in part.items for mark in "，、；")
            why = (
                "各项之间请用半角逗号 , 分开（[甲, 乙]；--item 一次写一项）"
                if joined
                else "若有缘故，请写在 exception 里"
            )
            message = f"“{part.name}”应有 {count} 项，实有 {len(part.items)} 项；{why}"
            yield _finding(entry, "count-mismatch", message)


def check_forms(entry: Entry) -> Iterator[Finding]:
    """Every spelling can be typed: something is left of it when marks are dropped, and no blank stands around it."""
    for text in (entry.term, *entry.also, entry.topic):
        if text != text.strip():
            yield _finding(entry, "blank-around", f"“{text}”前后有空格", Severity.WARNING)
    for text in (entry.term, *entry.also):
        if not fold(text):
            yield _finding(entry, "unreachable-form", f"“{text}”去掉标点后什么也不剩，永远查不到")


def check_link(entry: Entry, terms: set[str]) -> Iterator[Finding]:
    """`see` leads to an entry, and a superseded wording says what took its place."""
    for before, after in pairwise(entry.readings):
        if before.scope == after.scope and before.valid_from == after.valid_from:
            yield _finding(entry, "readings-not-apart", "两种解释的 scope 和年份都相同，读者分不清")
    if entry.see in (entry.term, entry.id):
        yield _finding(entry, "dangling-link", "see 指向的是它自己")
    elif entry.see and entry.see not in terms:
        yield _finding(entry, "dangling-link", f"see 指向的“{entry.see}”不在词库里")
    if entry.status == "superseded" and not entry.see:
        yield _finding(entry, "dangling-link", "已被取代的提法要用 see 写明新提法", Severity.WARNING)


def check_searches(entry: Entry, find: Find, show: Find) -> Iterator[Finding]:
    """The queries in `finds` show the entry among the first, as an answer or a suggestion; those in `refuses` do not find it."""
    if entry.draft:
        return
    for query in entry.finds:
        shown = show(query)
        if entry.id not in shown[:_FIRST]:
            yield _finding(entry, "finds-failed", f"查“{query}”应当先看到它，实际是：{'、'.join(shown) or '没有找到'}")
    for query in entry.refuses:
        if entry.id in find(query):
            yield _finding(entry, "refuses-failed", f"查“{query}”不应当找到它")


def check_examples(entry: Entry, hear: Hear) -> Iterator[Finding]:
    """A sentence in `drafts` raises the rule that it names, or none where it names none."""
    if entry.draft:
        return
    for example in entry.examples:
        if example.rule and example.rule not in RULES:
            yield _finding(entry, "drafts-failed", f"没有规则“{example.rule}”")
            continue
        heard = hear(example.text)
        if heard != ({example.rule} - {""}):
            told = "、".join(sorted(heard)) or "没有提示"
            message = f"检查“{example.text[:20]}…”应当{'提示 ' + example.rule if example.rule else '没有提示'}，实际是：{told}"
            yield _finding(entry, "drafts-failed", message)


def check_forms_apart(glossary: Glossary) -> Iterator[Finding]:
    """No other form of one term is a form of another term: a lookup could not tell them apart."""
    owners: dict[str, Entry] = {}
    for entry in glossary.entries:
        owners.setdefault(fold(entry.term), entry)
    for entry in glossary.entries:
        for form in entry.also:
            other = owners.setdefault(fold(form), entry)
            if fold(other.term) != fold(entry.term):
                yield _finding(entry, "form-clash", f"写法“{form}”也是“{other.term}”的", Severity.WARNING)


def check_terms_apart(glossary: Glossary) -> Iterator[Finding]:
    """Terms that are one character apart, another one, one more or one less, are listed: a slip in one finds the other.

    A numeral is no slip: 四个自信 and 三个自信 are two slogans, and neither finds the other.
    """
    terms: dict[str, Entry] = {}
    for entry in glossary.entries:
        terms.setdefault(fold(entry.term), entry)
    patterns: dict[str, Entry] = {}
    for term, entry in terms.items():
        if len(term) < _SHORTEST_NEAR:
            continue
        parts = [(term[:at], term[at + 1 :]) for at, mark in enumerate(term) if mark not in NUMBER_CHARACTERS]
        others = {patterns.setdefault(f"{before}*{after}", entry).term for before, after in parts}
        others |= {terms[before + after].term for before, after in parts if before + after in terms}
        for other in sorted(others - {entry.term}):
            yield _finding(entry, "near-term", f"与“{other}”只差一个字", Severity.NOTE)


def _finding(entry: Entry, rule: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    place = entry.position
    text = f"“{entry.term}”：{message}"
    return Finding(place.path, place.line, place.column, rule, severity, text, term=entry.term)
