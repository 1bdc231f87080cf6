"""How silent the draft checker is on real documents, and how many made mistakes it hears: two tables.

    python tests/benchmarks/check_accuracy.py [FOLDER] [--misses]

reads corpus/ and harvest-gold.jsonl in FOLDER, KOUHAO_EVAL, or ../shared/eval beside the project, and the built-in glossary.
Real expansions get one mistake each: an item dropped, added, altered, exchanged; another numeral; a misspelt term; in full and
half width, with a line broken inside, and as Word documents in short runs. A mistake is heard when the right rule names the right item at the right place.
It prints and fails nothing.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import docx

from kouhao.check.checker import Checker
from kouhao.check.rules import RULES
from kouhao.documents.document import Document
from kouhao.documents.reading import read_bytes, read_document
from kouhao.lookup.engine import open_lookup
from kouhao.model import Finding

LONGEST_RUN = 3
ROOT = Path(__file__).parent.parent.parent
SELECTED = [name for name, rule in RULES.items() if rule.DEFAULT]
HALF = str.maketrans("，；：（）", ",;:()")
WIDE = str.maketrans(",;:()", "，；：（）")
HOMOPHONES = {
    "进": "近",
    "好": "号",
    "到": "道",
    "办": "半",
    "心": "新",
    "大": "打",
    "个": "各",
    "同": "童",
}
HOMOPHONES |= {
    "建": "健",
    "公": "工",
    "作": "做",
    "用": "勇",
    "化": "画",
    "有": "友",
    "网": "往",
    "重": "种",
    "治": "制",
}
HOMOPHONES |= {
    "城": "成",
    "保": "宝",
    "障": "帐",
    "结": "节",
    "合": "和",
    "早": "枣",
    "农": "浓",
    "村": "存",
    "实": "时",
}
OTHER_NUMERAL = {
    "两": "三",
    "二": "三",
    "三": "四",
    "四": "五",
    "五": "六",
    "六": "七",
    "七": "八",
    "八": "九",
    "九": "八",
    "十": "九",
}


@dataclass(frozen=True)
class Place:
    """An expansion in a real text: the text around it, the quote's offset in it, the term and its items."""

    text: str
    start: int
    quote: str
    term: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """A text with a mistake: the rule that should hear it, what it should expect, and where."""

    text: str
    rule: str
    expected: str
    start: int
    end: int


def main() -> None:
    """Print the tables."""
    named = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(named[0] if named else os.environ.get("KOUHAO_EVAL", "") or ROOT.parent / "shared" / "eval")
    if not (folder / "harvest-gold.jsonl").is_file():
        print("harvest-gold.jsonl: not here, left out")
        return
    places = list(gold_places(folder))
    with tempfile.TemporaryDirectory() as scratch:
        pack = Path(scratch) / "gold.jsonl"
        write_pack(pack, places)
        with open_lookup([]) as builtin, open_lookup([str(pack)], builtin=False) as gold:
            for title, lookup in (("built-in glossary", builtin), ("glossary of the gold places", gold)):
                silence(title, Checker(lookup, SELECTED), folder / "corpus")
            hearing("built-in entries", Checker(builtin, SELECTED), list(seed_places()))
            hearing("gold places", Checker(gold, SELECTED), places)


def gold_places(folder: Path) -> Iterator[Place]:
    """Yield the gold places, each with its paragraph."""
    for line in (folder / "harvest-gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = (folder / "corpus" / record["file"]).read_bytes().decode()
        start, end = record["start"], record["start"] + len(record["quote"])
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = last if last >= 0 else len(text)
        yield Place(text[first:last], start - first, record["quote"], record["term"], tuple(record["items"]))


def seed_places() -> Iterator[Place]:
    """Yield the stated entries of the built-in glossary."""
    with open_lookup([]) as lookup:
        for record in lookup.records():
            if record["basis"] == "stated":
                items = tuple(item for part in record["parts"] for item in part["items"])
                yield Place(record["quote"], 0, record["quote"], record["term"], items)


def write_pack(path: Path, places: list[Place]) -> None:
    """Write a glossary of the places."""
    lines: list[dict[str, object]] = [{"source": {"id": "gold", "title": "gold"}}]
    known: dict[tuple[str, tuple[str, ...]], None] = {}
    for place in places:
        if (place.term, place.items) not in known:
            known[place.term, place.items] = None
            part = {"name": place.term, "items": place.items, "exception": "as found"}
            entry = {"id": f"gold/{len(known)}", "term": place.term, "basis": "stated", "quote": place.quote}
            lines.append(entry | {"full": "、".join(place.items), "parts": [part]})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def silence(title: str, checker: Checker, corpus: Path) -> None:
    """Print what a checker says of real documents."""
    rules: Counter[str] = Counter()
    characters = 0
    for path in sorted(corpus.iterdir()):
        document = read_document(str(path))
        characters += len(document.text)
        for finding in checker.check(document).findings:
            rules[finding.rule] += 1
            print(f"  {path.name}:{finding.line}:{finding.column} {finding.rule} {finding.message[:60]}")
    print(f"silence, {title}: {rules.total()} findings in {characters} characters {dict(rules)}\n")


def hearing(title: str, checker: Checker, places: list[Place]) -> None:
    """Print how many mistakes are heard, by kind."""
    total: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    rng = Random(5)  # noqa: S311  mistakes, not secrets
    for place in places:
        if checker.check(Document("-", place.text, "utf-8")).findings:
            continue
        for kind, mistake in mistakes(place, rng):
            for form, document in forms(mistake):
                total[kind] += 1
                findings = checker.check(document).findings
                if any(is_heard(finding, mistake) for finding in findings):
                    heard[kind] += 1
                elif "--misses" in sys.argv:
                    told = [(finding.rule, finding.expected) for finding in findings]
                    print(
                        f"  {kind} {form} {place.term} wants {mistake.rule} {mistake.expected}: {told}\n    {document.text[-200:]!r}"
                    )
    print(f"{'mistake, ' + title:44}{'made':>6}{'heard':>7}{'%':>7}")
    for kind in sorted(total):
        print(f"{kind:44}{total[kind]:>6}{heard[kind]:>7}{100 * heard[kind] / total[kind]:>7.1f}")
    print(f"{'all':44}{total.total():>6}{heard.total():>7}{100 * heard.total() / max(1, total.total()):>7.1f}\n")


def is_heard(finding: Finding, mistake: Mistake) -> bool:
    """Tell whether a finding names the mistake: its rule, its item and (a broken line moves it by one) its place."""
    near = finding.start <= mistake.end + 1 and mistake.start <= finding.end
    return finding.rule == mistake.rule and mistake.expected in (finding.expected, finding.found, "") and near


def forms(mistake: Mistake) -> Iterator[tuple[str, Document]]:
    """Yield the text in full and in half width, with a line broken in the middle of the mistake's quote, and as a Word document."""
    yield "full", Document("-", mistake.text.translate(WIDE), "utf-8")
    yield "half", Document("-", mistake.text.translate(HALF), "utf-8")
    middle = (mistake.start + mistake.end) // 2
    if mistake.text[middle : middle + 1] not in ("", " ", "\n"):
        yield "broken", Document("-", mistake.text[:middle] + "\n" + mistake.text[middle:], "utf-8")
    yield "runs", read_bytes(word_document(mistake.text), "-", ".docx")


def word_document(text: str) -> bytes:
    """Return a Word document whose paragraphs are broken into runs of a few characters, as editing leaves them."""
    document = docx.Document()
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        for at in range(0, len(line), LONGEST_RUN):
            paragraph.add_run(line[at : at + LONGEST_RUN]).bold = at % 2 == 0
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def mistakes(place: Place, rng: Random) -> Iterator[tuple[str, Mistake]]:
    """Yield the text of a place with one mistake of each kind."""
    spans = item_spans(place)
    if spans:
        yield from item_mistakes(place, spans, rng)
    at = place.quote.find(place.term)
    if at < 0:
        return
    numeral = next((nth for nth, mark in enumerate(place.term) if mark in OTHER_NUMERAL), -1)
    if numeral >= 0 and spans:
        other = place.term[:numeral] + OTHER_NUMERAL[place.term[numeral]] + place.term[numeral + 1 :]
        yield "other numeral", replaced(place, at, at + len(place.term), other, "count-mismatch", "")
    slip = next((nth for nth, mark in enumerate(place.term) if mark in HOMOPHONES), -1)
    if slip >= 0:
        other = place.term[:slip] + HOMOPHONES[place.term[slip]] + place.term[slip + 1 :]
        yield "misspelt term", replaced(place, at, at + len(place.term), other, "term-misspelt", place.term)


def item_mistakes(place: Place, spans: list[tuple[int, int]], rng: Random) -> Iterator[tuple[str, Mistake]]:
    """Yield the mistakes inside the list."""
    chosen = rng.randrange(len(spans))
    start, end = spans[chosen]
    item = place.items[chosen]
    if len(spans) > 2:
        before, behind = spans[max(0, chosen - 1)], spans[min(len(spans) - 1, chosen + 1)]
        cut = (before[1], end) if chosen else (start, behind[0])
        yield "item dropped", replaced(place, *cut, "", "expansion-item-missing", item)
        wrong = len(item) // 2
        altered = item[:wrong] + ("强" if item[wrong] != "强" else "高") + item[wrong + 1 :]
        yield "item altered", replaced(place, start, end, altered, "expansion-item-altered", item)
        left, right = sorted(rng.sample(range(len(spans)), 2))
        (a, b), (c, d) = spans[left], spans[right]
        quote = place.quote
        exchanged = quote[c:d] + quote[b:c] + quote[a:b]
        if quote[a:b] != quote[c:d]:
            yield "items exchanged", replaced(place, a, d, exchanged, "expansion-item-order", "")
    mark = place.quote[spans[0][1]] if len(spans) > 1 and spans[1][0] > spans[0][1] else "、"
    mark = mark if mark in "、，；,;" else "、"
    if chosen < len(spans) - 1:
        yield "item added", replaced(place, end, end, f"{mark}环境卫生优", "expansion-item-extra", "环境卫生优")


def item_spans(place: Place) -> list[tuple[int, int]]:
    """Return where the items stand in the quote, or nothing unless all do, in order, outside of the term."""
    spans: list[tuple[int, int]] = []
    behind = place.quote.find(place.term) + len(place.term) if place.quote.startswith(("“", '"', place.term)) else 0
    at = behind
    for item in place.items:
        found = place.quote.find(item, at)
        if found < 0:
            return []
        at = found + len(item)
        spans.append((found, at))
    return spans


def replaced(place: Place, start: int, end: int, by: str, rule: str, expected: str) -> Mistake:  # noqa: PLR0917
    """Return the text with a stretch of the quote replaced."""
    quote = place.quote[:start] + by + place.quote[end:]
    text = place.text[: place.start] + quote + place.text[place.start + len(place.quote) :]
    return Mistake(text, rule, expected, place.start, place.start + len(quote))


if __name__ == "__main__":
    main()
