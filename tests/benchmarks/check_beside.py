"""How well the rules hear that judge what stands beside a slogan, or its number alone, and how silent they are.

    python tests/benchmarks/check_beside.py [FOLDER]

1. companion: where two slogans stand in one clause of a real text, each with a word that belongs to it, these words change places;
2. known-number: a quoted slogan without an expansion has another number;
3. superseded-reading: a wording whose years are over stands in a text of the year after, and in one of its own last year;
4. count-mismatch: an item is left out or put in behind a slogan that the glossary has not, in a bracket.

Entries whose term's checksum is odd were left out of all work on the rules and have their own line. The texts are the corpus in
FOLDER (KOUHAO_EVAL, or ../shared/eval beside the project) and the evidence beside that folder; every finding of the first three rules in
them is printed, to be judged. It fails nothing.

On 2026-11-27 (738 entries, 14.4 million characters), left out | worked on: companions exchanged in one sentence 100 | 100 % before
the slogan, 100 | 98.8 % behind it, 1 finding, which is false; other numbers 81.6 | 82.4 %, 140 findings, nearly all of them other slogans, which is
why known-number is off by default; superseded wordings 5 of 5 | 1 of 1, each silent in its own years, 0 findings; lists of unknown
slogans too short 47 | 51 %, too long 25 | 25 %, of the right ones 1 and 2 are told.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal
from zlib import crc32

from kouhao.check.checker import Checker
from kouhao.check.context import KnownSlogan
from kouhao.check.reader import PageReader
from kouhao.documents.document import Document
from kouhao.documents.reading import read_document
from kouhao.index.patterns import Vocabulary
from kouhao.language.numerals import count_groups
from kouhao.lookup.engine import Lookup, open_lookup
from kouhao.records import EntryRecord

ROOT = Path(__file__).parent.parent.parent
NATIONAL = str(ROOT / "glossary" / "national")
NEXT = dict(zip("两二三四五六七八九十", "三三四五六七八九八九", strict=True))
RULES = ("companion", "known-number", "superseded-reading")
Side = Literal["before", "after"]
SIDES: tuple[Side, ...] = ("before", "after")
NEAR = 40  # characters between two slogans of one clause
AROUND = 60  # characters of a real text that are kept on each side

Table = Counter[tuple[str, str, bool]]


def main() -> None:
    """Print how many mistakes each rule hears, and its findings in real texts."""
    folder = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KOUHAO_EVAL", "") or ROOT.parent / "shared" / "eval"
    )
    with open_lookup([NATIONAL], builtin=False) as lookup:
        checkers = {rule: Checker(lookup, [rule]) for rule in RULES}
        table: Table = Counter()
        count_numbers(checkers["known-number"], [record["term"] for record in lookup.records()], table)
        count_superseded(lookup, list(lookup.records()), table)
        count_unknown(list(lookup.records()), table)
        texts = dict(real_texts(folder))
        count_exchanged(lookup, checkers["companion"], texts.values(), table)
        for what, split in sorted({key[:2] for key in table}):
            heard, missed = table[what, split, True], table[what, split, False]
            print(f"{what:40}{split:12}{100 * heard / (heard + missed):6.1f} % of {heard + missed}")
        print_findings(checkers, texts)


def split_of(*terms: str) -> str:
    """Return to which half of the entries terms belong; all of them must be left out for that."""
    return "left out" if all(crc32(term.encode()) % 2 for term in terms) else "worked on"


def is_heard(checker: Checker, text: str) -> bool:
    """Return whether anything is found in a text."""
    return bool(checker.check(Document("-", text, "utf-8", "txt")).findings)


def count_numbers(checker: Checker, terms: Sequence[str], table: Table) -> None:
    """Count wrong numbers of quoted slogans, and right ones that are taken for wrong."""
    known = frozenset(terms)
    for term in terms:
        at = next((nth for nth, mark in enumerate(term) if mark in NEXT), -1)
        changed = term[:at] + NEXT[term[at]] + term[at + 1 :] if at >= 0 else term
        if changed not in known:
            table["known-number, heard", split_of(term), is_heard(checker, f"我们要落实“{changed}”，取得成效。")] += 1
        table[
            "known-number, silent on right ones",
            split_of(term),
            not is_heard(checker, f"我们要落实“{term}”，取得成效。"),
        ] += 1


def count_superseded(lookup: Lookup, records: Sequence[EntryRecord], table: Table) -> None:
    """Count wordings of former years that are heard afterwards, and not in their own."""
    for record in records:
        for reading in record["readings"]:
            items = [item for part in reading["parts"] for item in part["items"]]
            current = any(one["parts"] and not one["valid_to"] for one in record["readings"])
            if not reading["valid_to"] or len(items) < 2 or not current:
                continue
            year = int(reading["valid_to"][:4])
            text = f"落实“{record['term']}”（{'、'.join(items)}），取得成效。"
            for what, as_of in (("heard", year + 1), ("silent in its own year", year - 1)):
                found = is_heard(Checker(lookup, ["superseded-reading"], str(as_of)), text)
                table[f"superseded-reading, {what}", split_of(record["term"]), found == (what == "heard")] += 1


def count_unknown(records: Sequence[EntryRecord], table: Table) -> None:
    """Count lists that are too short or too long behind slogans that the glossary has not, and right ones that are left alone."""
    lists = {record["term"]: [item for part in record["parts"] for item in part["items"]] for record in records}
    lists = {term: items for term, items in lists.items() if len(items) > 1 and count_groups(term)}
    with open_lookup([], builtin=["putuo-2021"]) as lookup:
        checker = Checker(lookup, ["count-mismatch"])
        for term, items in lists.items():
            kinds = {
                "too short heard": items[:-1],
                "too long heard": [*items, "环境优美"],
                "right ones left alone": items,
            }
            for what, listed in kinds.items():
                found = is_heard(checker, f"落实“{term}”（{'、'.join(listed)}），取得成效。")
                table[f"count-mismatch, {what}", split_of(term), found == what.endswith("heard")] += 1


def real_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield names and texts of the corpus and of the evidence beside it."""
    for path in sorted((folder / "corpus").iterdir()) if (folder / "corpus").is_dir() else ():
        yield path.name, read_document(str(path)).text
    for path in sorted((folder.parent / "evidence").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield f"{record['title']} {record['date']}", record["text"]


def count_exchanged(lookup: Lookup, checker: Checker, texts: Iterable[str], table: Table) -> None:
    """Count companions of two slogans of one clause that changed places, a wording once."""
    reader = PageReader(Vocabulary(lookup.indexes), lookup.characters)
    done: set[str] = set()
    for text in texts:
        page = reader.read(Document("-", text, "utf-8", "txt"))
        for one, other in pairwise(page.mentions):
            between = page.text[one.outer_end : other.outer_start]
            if one.term == other.term or len(between) > NEAR or "。" in between or "\n" in between:
                continue
            for side in SIDES:
                changed = exchange(page.text, (one, other), side)
                if changed and changed not in done:
                    done.add(changed)
                    table[f"companion {side}, heard", split_of(one.term, other.term), is_heard(checker, changed)] += 1


def exchange(plain: str, pair: tuple[KnownSlogan, KnownSlogan], side: Side) -> str:
    """Return a clause with the companions of two slogans in each other's place; empty where one has none, or both the same."""
    spans = [span for mention in pair if (span := beside(plain, mention, side))]
    if len(spans) < len(pair):
        return ""
    (a, b), (c, d) = spans
    words = [word for mention in pair for word in own(mention, side)]
    if plain[a:b] == plain[c:d] or any(words.count(plain[start:end]) > 1 for start, end in spans):
        return ""
    return plain[max(0, a - AROUND) : a] + plain[c:d] + plain[b:c] + plain[a:b] + plain[d : d + AROUND]


def own(mention: KnownSlogan, side: Side) -> list[str]:
    """Return the words that belong to a slogan on one side of it."""
    return [word for meaning in mention.meanings for word in meaning.record.get("companions", {}).get(side, ())]


def beside(plain: str, mention: KnownSlogan, side: Side) -> tuple[int, int] | None:
    """Return where a word of a slogan's own stands right beside it."""
    for word in sorted(own(mention, side), key=len, reverse=True):
        start = mention.outer_end if side == "after" else mention.outer_start - len(word)
        if start >= 0 and plain.startswith(word, start):
            return start, start + len(word)
    return None


def print_findings(checkers: dict[str, Checker], texts: dict[str, str]) -> None:
    """Print every finding in real texts, and their number for each rule."""
    characters = sum(map(len, texts.values()))
    for rule, checker in checkers.items():
        found = 0
        for name, text in texts.items():
            for finding in checker.check(Document("-", text, "utf-8", "txt")).findings:
                found += 1
                beside_it = text[max(0, finding.start - 20) : finding.end + 20]
                print(f"  {rule} {name[-40:]}:{finding.line} {finding.message} {beside_it!r}")
        print(f"{rule}: {found} findings in {characters:,} characters")


if __name__ == "__main__":
    main()
