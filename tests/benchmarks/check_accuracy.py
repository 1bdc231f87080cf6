"""How silent the draft checker is on real documents, how many made mistakes it hears, and whether a fix harms.

    python tests/benchmarks/check_accuracy.py [FOLDER] [--misses] [--silence]

1. composed sentences: ways of writing x kinds of mistake x number of items, with the entries of the national glossary; those whose
   term's checksum is odd were left out of all work on the rules, and have their own line;
2. mistakes seeded into expansions as real texts write them: the corpus in FOLDER (KOUHAO_EVAL, or ../shared/eval beside the project)
   is searched for clean expansions of the glossary's slogans;
3. with --silence: every finding in the corpus, to be judged, and whether a fix changes a clean text.

A mistake is heard when the right rule names the right item. It prints and fails nothing.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path
from random import Random
from zlib import crc32

from kouhao.check.checker import Checker, fixes
from kouhao.check.item_diff import Item, Piece
from kouhao.check.reader import PageReader
from kouhao.check.rules import DEFAULTS
from kouhao.documents.document import Document
from kouhao.documents.reading import read_document
from kouhao.index.patterns import Vocabulary
from kouhao.lookup.engine import open_lookup
from kouhao.model import apply_edits
from kouhao.records import EntryRecord

ROOT = Path(__file__).parent.parent.parent
NATIONAL = str(ROOT / "glossary" / "national")
NEXT = dict(zip("两二三四五六七八九十", "三三四五六七八九八九", strict=True))
WRONG = "强高新优民业法安工实"
ALIKE = {
    "进": "近",
    "好": "号",
    "到": "道",
    "心": "新",
    "大": "打",
    "个": "各",
    "同": "童",
    "建": "健",
    "作": "做",
    "化": "画",
}
ALIKE |= {
    "有": "友",
    "治": "制",
    "保": "宝",
    "障": "帐",
    "合": "和",
    "农": "浓",
    "村": "存",
    "实": "时",
    "意": "义",
    "识": "式",
}
ALIKE |= {
    "自": "字",
    "信": "性",
    "稳": "问",
    "体": "题",
    "位": "为",
    "发": "罚",
    "理": "里",
    "新": "心",
    "会": "汇",
    "重": "众",
}
ORDINALS = "一二三四五六七八九十"
JOIN = "、".join
LINES = "；\n".join

Way = Callable[[str, Sequence[str]], str]


def _numbered(items: Sequence[str], form: str, joint: str) -> str:
    numbers = [*ORDINALS, *(f"十{number}" for number in ORDINALS)]
    return joint.join(form.format(number=numbers[at], item=item, digit=at + 1) for at, item in enumerate(items))


ANNOUNCED: dict[str, Way] = {
    "bracket": lambda term, items: f"落实“{term}”（{JOIN(items)}）工作，取得成效。",
    "bare bracket": lambda term, items: f"落实{term}（{JOIN(items)}），取得成效。",
    "half width": lambda term, items: f'落实"{term}"({JOIN(items)})工作,取得成效。',
    "bracket behind a word": lambda term, items: f"落实“{term}”工作要求（{JOIN(items)}），取得成效。",
    "bracket with 即": lambda term, items: f"落实“{term}”（即{JOIN(items)}），取得成效。",
    "bracket with ；": lambda term, items: f"落实“{term}”（{'；'.join(items)}），取得成效。",
    "circled": lambda term, items: (
        f"落实“{term}”（{''.join(chr(0x2460 + at) + one for at, one in enumerate(items))}）。"
    ),
    "items in quotes": lambda term, items: f"落实“{term}”（{''.join(f'“{item}”' for item in items)}），取得成效。",
    "即": lambda term, items: f"坚持“{term}”，即{JOIN(items)}。下一步继续推进。",
    "是指": lambda term, items: f"“{term}”是指{JOIN(items)}。下一步继续推进。",
    "就是": lambda term, items: f"“{term}”就是{JOIN(items)}。下一步继续推进。",
    "包括": lambda term, items: f"“{term}”包括{JOIN(items)}。下一步继续推进。",
    "note": lambda term, items: f"27、{term}。是指{JOIN(items)}。\n28、另一条。是指别的。",
    "colon": lambda term, items: f"落实“{term}”：{JOIN(items)}。",
    "dash": lambda term, items: f"落实“{term}”——{JOIN(items)}。",
    "ordinals": lambda term, items: f"落实“{term}”。{_numbered(items, '{number}是{item}', '；')}。",
    "lines": lambda term, items: f"落实“{term}”：\n{LINES(items)}。\n\n下一步继续推进。\n",
    "（一）": lambda term, items: (
        f"落实“{term}”：\n{_numbered(items, '（{number}）{item}。要抓好落实。', chr(10))}\n下一步。\n"
    ),
    "Markdown list": lambda term, items: (
        f"落实“{term}”：\n\n{_numbered(items, '- {item}', chr(10))}\n\n下一步继续推进。\n"
    ),
    "Markdown numbers": lambda term, items: (
        f"落实“{term}”：\n\n{_numbered(items, '{digit}. {item}', chr(10))}\n\n下一步。\n"
    ),
    "table": lambda term, items: f"名词\t解释\n{term}\t{JOIN(items)}\n其他\t别的\n",
    "Markdown table": lambda term, items: f"| 名词 | 解释 |\n| --- | --- |\n| {term} | {JOIN(items)} |\n",
    "cells": lambda term, items: f"名词\n解释\n{term}\n{JOIN(items)}\n其他\n别的\n",
}
BEFORE: dict[str, Way] = {
    "before": lambda term, items: f"我们要坚持{JOIN(items)}“{term}”，取得成效。",
    "before 的": lambda term, items: f"按照{JOIN(items)}的“{term}”要求，取得成效。",
    "before 和": lambda term, items: (
        f"按照{'和'.join(filter(None, (JOIN(items[:-1]), items[-1])))}“{term}”要求，取得成效。"
    ),
    "before 这": lambda term, items: f"坚持{JOIN(items)}这“{term}”，取得成效。",
}


@dataclass(frozen=True)
class Mistake:
    """A kind of mistake with the rule that should hear it and the item or term that it should name."""

    kind: str
    rule: str
    named: str


def main() -> None:
    """Print the tables."""
    named = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(named[0] if named else os.environ.get("KOUHAO_EVAL", "") or ROOT.parent / "shared" / "eval")
    with open_lookup([NATIONAL], builtin=False) as lookup:
        checker = Checker(lookup, DEFAULTS)
        slogans = [(record["term"], items_of(record), orders_of(record)) for record in lookup.records()]
        slogans = [(term, items, orders) for term, items, orders in slogans if len(items) > 1]
        composed(checker, slogans)
        if not (folder / "corpus").is_dir():
            print("corpus: not here, left out")
            return
        reader = PageReader(Vocabulary(lookup.indexes), lookup.characters)
        seeded(checker, reader, folder / "corpus")
        if "--silence" in sys.argv:
            silence(checker, folder / "corpus")


def items_of(record: EntryRecord) -> list[str]:
    """Return the items of an entry's first reading."""
    return [item for part in record["parts"] for item in part["items"]]


def orders_of(record: EntryRecord) -> list[list[str]]:
    """Return the other orders of an entry's items that its readings accept."""
    parts = (reading["parts"] for reading in record["readings"])
    orders = (product(*([part["items"], *part.get("orders", ())] for part in one)) for one in parts)
    return [items for one in orders for order in one if (items := [*chain(*order)])]


def composed(checker: Checker, slogans: list[tuple[str, list[str], list[list[str]]]]) -> None:
    """Print how many mistakes in composed sentences are heard, by kind, and of clean sentences how many are not."""
    made: Counter[tuple[str, str, str]] = Counter()
    heard: Counter[tuple[str, str, str]] = Counter()
    rng = Random(5)  # noqa: S311  mistakes, not secrets
    pool = [item for _, items, _ in slogans for item in items if len(item) in range(2, 9)]
    terms = frozenset(term for term, *_ in slogans)
    for term, items, orders in slogans:
        split = "left out" if crc32(term.encode()) % 2 else "worked on"
        for place, ways in (("announced", ANNOUNCED), ("before", BEFORE)):
            for name, way in ways.items():
                clean = check(checker, way(term, items), name)
                made[split, place, "clean"] += 1
                heard[split, place, "clean"] += bool(clean)
                for mistake, text in mistakes(term, items, way, rng, pool, terms=terms) if not clean else ():
                    size = "two" if len(items) == 2 else "three and more"
                    if mistake.kind == "swap" and any(text == way(term, order) for order in orders):
                        continue
                    ok = is_heard(check(checker, text, name), mistake)
                    for key in ((split, f"{place}, {size}", mistake.kind), (split, name, mistake.kind)):
                        made[key] += 1
                        heard[key] += ok
                    if not ok and "--misses" in sys.argv:
                        print(f"  {name} {mistake.kind} {term}: {text[:120]!r}")
    print_table("composed sentences", made, heard)


def check(checker: Checker, text: str, way: str) -> list[tuple[str, str, str]]:
    """Return rule, expectation and what was found of each finding."""
    document = Document("-", text, "utf-8", "md" if way.startswith("Markdown") else "txt")
    return [(finding.rule, finding.expected, finding.found) for finding in checker.check(document).findings]


def mistakes(
    term: str, items: list[str], way: Way, rng: Random, pool: list[str], *, terms: frozenset[str]
) -> Iterator[tuple[Mistake, str]]:
    """Yield a sentence with one mistake of each kind; `pool` are items of any slogan, `terms` all slogans."""
    at = rng.randrange(len(items))
    yield Mistake("drop", "expansion-item-missing", items[at]), way(term, [*items[:at], *items[at + 1 :]] or items)
    other = rng.choice(pool)
    if other not in items:
        place = rng.randrange(len(items) + 1)
        yield Mistake("add", "expansion-item-extra", other), way(term, [*items[:place], other, *items[place:]])
    left, right = sorted(rng.sample(range(len(items)), 2))
    swapped = [items[right] if nth == left else items[left] if nth == right else one for nth, one in enumerate(items)]
    yield Mistake("swap", "expansion-item-order", ""), way(term, swapped)
    wrong, mark = rng.randrange(len(items[at])), rng.choice(WRONG)
    if items[at][wrong].isalpha() and mark != items[at][wrong]:
        changed = items[at][:wrong] + mark + items[at][wrong + 1 :]
        yield Mistake("change", "expansion-item-altered", items[at]), way(term, _with(items, at, changed))
        lost = items[at][:wrong] + items[at][wrong + 1 :]
        if len(lost) > 1:
            yield Mistake("lose", "expansion-item-altered", items[at]), way(term, _with(items, at, lost))
        doubled = items[at][:wrong] + items[at][wrong] + items[at][wrong:]
        yield Mistake("double", "expansion-item-altered", items[at]), way(term, _with(items, at, doubled))
    if other not in items:
        yield Mistake("replace", "", items[at]), way(term, _with(items, at, other))
    numeral = next((nth for nth, one in enumerate(term) if one in NEXT), -1)
    if numeral >= 0:
        changed = term[:numeral] + NEXT[term[numeral]] + term[numeral + 1 :]
        known = changed in terms  # what is missing of another slogan is told as that
        yield Mistake("numeral", "" if known else "count-mismatch", "" if known else term), way(changed, items)
    alike = next((nth for nth, one in enumerate(term) if one in ALIKE), -1)
    if alike >= 0:
        changed = term[:alike] + ALIKE[term[alike]] + term[alike + 1 :]
        yield Mistake("misspelt", "term-misspelt", term), way(changed, items)


def _with(items: list[str], at: int, item: str) -> list[str]:
    return [*items[:at], item, *items[at + 1 :]]


def is_heard(findings: list[tuple[str, str, str]], mistake: Mistake) -> bool:
    """Tell whether a finding names the mistake; an item may be told as missing or as altered where another stands in its place.

    Words may lead to what is found: 坚持环境优美、….
    """
    return any(
        mistake.rule in {"", rule} and (expected == mistake.named or found.endswith(mistake.named))
        for rule, expected, found in findings
    )


def seeded(checker: Checker, reader: PageReader, corpus: Path) -> None:
    """Print how many mistakes are heard that are made in the expansions of real documents, a document's sentences left as they are."""
    made: Counter[tuple[str, str, str]] = Counter()
    heard: Counter[tuple[str, str, str]] = Counter()
    rng = Random(5)  # noqa: S311  mistakes, not secrets
    documents = [read_document(str(path)) for path in sorted(corpus.iterdir())]
    prose = "".join(document.text for document in documents)
    for document in documents:
        page = reader.read(document)
        for mention, claim in page.claims:
            pieces = claim.alignment.pieces[claim.alignment.first : claim.alignment.last]
            if not claim.clean or not claim.arrangement.whole or len(pieces) != len(claim.arrangement.items):
                continue
            first, last = max(0, mention.start - 400), min(len(page.text), mention.end + 400)
            spans = [
                own_span(page.plain, piece, item, first)
                for piece, item in zip(pieces, claim.arrangement.items, strict=True)
            ]
            size = "two" if len(spans) == 2 else "three and more"
            for mistake, text in real_mistakes(page.text[first:last], spans, rng):
                if mistake.kind == "swap" and mistake.named in prose:
                    continue
                key = (size, claim.stretch.grade.name.lower(), mistake.kind)
                ok = any(rule == mistake.rule for rule, *_ in check(checker, text, ""))
                made[key] += 1
                heard[key] += ok
                if not ok and "--misses" in sys.argv:
                    print(f"  {document.path} {mistake.kind} {mention.term}: {text[350:480]!r}")
    print_table("seeded into real expansions", made, heard)


def own_span(plain: str, piece: Piece, item: Item, first: int) -> tuple[int, int]:
    """Return where an item itself stands in its piece, from `first` on; the piece where it is worded otherwise."""
    at = plain.find(item.text, piece.start, piece.end)
    start, end = (at, at + len(item.text)) if at >= 0 else (piece.start, piece.end)
    return start - first, end - first


def real_mistakes(text: str, spans: list[tuple[int, int]], rng: Random) -> Iterator[tuple[Mistake, str]]:
    """Yield a text with one mistake of each kind among the items that stand at `spans`; a swap names the new wording."""
    at = rng.randrange(len(spans))
    start, end = spans[at]
    if min(start for start, _ in spans) < 0 or spans[-1][1] > len(text):
        return
    cut = (spans[at - 1][1], end) if at else (start, spans[1][0])
    yield Mistake("drop", "expansion-item-missing", ""), text[: cut[0]] + text[cut[1] :]
    if at < len(spans) - 1:
        mark = "" if text[end] in "、，；和与及" else "、"
        yield Mistake("add", "expansion-item-extra", ""), f"{text[:end]}、环境优美{mark}{text[end:]}"
    (a, b), (c, d) = (spans[nth] for nth in sorted(rng.sample(range(len(spans)), 2)))
    swapped = text[c:d] + text[b:c] + text[a:b]
    yield Mistake("swap", "expansion-item-order", swapped), text[:a] + swapped + text[d:]
    wrong, mark = rng.randrange(start, end), rng.choice(WRONG)
    if text[wrong].isalpha() and text[wrong] != mark:
        yield Mistake("change", "expansion-item-altered", ""), text[:wrong] + mark + text[wrong + 1 :]


def silence(checker: Checker, corpus: Path) -> None:
    """Print every finding in real documents, and how many of their fixes leave other findings behind."""
    characters = 0
    rules: Counter[str] = Counter()
    for path in sorted(corpus.iterdir()):
        document = read_document(str(path))
        characters += len(document.text)
        findings = checker.check(document).findings
        for finding in findings:
            rules[finding.rule] += 1
            place = document.text[max(0, finding.start - 20) : finding.end + 20].replace("\n", " ")
            print(f"  {path.name}:{finding.line} {finding.rule} {finding.message[:50]} | {place}")
        fixed = apply_edits(document.text, fixes(findings))
        again = checker.check(Document("-", fixed, "utf-8", document.kind)).findings if fixed != document.text else ()
        if any(finding.edit for finding in again):
            print(f"  {path.name}: a fix leaves another one")
    print(f"silence: {rules.total()} findings in {characters} characters {dict(rules)}")


def print_table(title: str, made: Counter[tuple[str, str, str]], heard: Counter[tuple[str, str, str]]) -> None:
    """Print how many of the made mistakes were heard, a row a way of writing, a column a kind."""
    kinds = list(dict.fromkeys(kind for _, _, kind in made))
    print(f"{title:38}" + "".join(f"{kind:>14}" for kind in kinds))
    for split, way in dict.fromkeys((split, way) for split, way, _ in made):
        counts = [(heard[split, way, kind], made[split, way, kind]) for kind in kinds]
        cells = [f"{100 * few / many:8.1f} ({many})" if many else "" for few, many in counts]
        print(f"{split + ': ' + way:38}" + "".join(f"{one:>14}" for one in cells))
    print()


if __name__ == "__main__":
    main()
