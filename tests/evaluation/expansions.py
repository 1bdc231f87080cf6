"""Places where documents expand a slogan, read by people: what the harvest learns from and is measured on.

Four kinds of marks, told apart by what they promise of the rest of the document: gold places and look-alikes (nothing), mentions read one
by one (nothing), whole documents (every expansion is marked, so that any other hit is wrong), drafts (all that an earlier harvest found in
a document was read, right or wrong; what it did not find is not marked).
"""

from __future__ import annotations

import html
import json
import lzma
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kouhao.glossary.load import builtin_files, load_files
from kouhao.harvest.known import Known, known_readings
from kouhao.language.normalize import fold
from kouhao.records import EntryRecord, entry_record

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NO_TEXTS = not (SHARED / "eval" / "harvest-gold.jsonl").is_file()
PUBLIC = ROOT.parent / "public"
COMMITS = {
    "tangyixiao/Shaoxingyizhong": "a73197e4a216b404e2b864f258c4c9b653dba4c8",
    "greeedyboy/hugowebs": "6a204cf76aa7c384a9807e8457a1b33725017e49",
    "HuangFaShengH/ZhengCeWenBenWaJue": "c1a1533635d1f766dcdbd88a11fb270723ccb3c6",
    "InsaneLife/ChineseNLPCorpus": "65fc49b20af96c9f1ae159bef7f04b9e56157fda",
    "GarfieldTheOldCat/NLP_final": "e78e7acd4a5efd304983d39fd4e62e26210405e3",
    "Terminus2049/Terminus2049.github.io": "0961c777265ca90fcd19939742e3714883c0d597",
    "shiwuooo/qiushi-shenlun": "a6ddbb6404a7819a6f5494b8c046916cc11b7900",
    "FanZDStar/Xisixiang": "de54529e329a62f9c348b7b3f7f0918cadc39e93",
    "TankLiu05/gongwuyuan": "f8108a062bb76cbc790a3efcd3e5b71c2c961938",
    "CSCode2/china-policy-analyze-skill": "5da2a31a5d983c7dc86a4fffd9351cfffbcf34db",
    "Liatos233/renminwansui": "30f277a9eb1da6a76967fd7e52afe6892a9a8750",
    "OnlineMo/DeepResearch-Archive": "40eca84448a5cf8a017e631aee727a1d7968ac08",
    "SiriusFHJ/ShangAnNotes": "79cb922828e13bf8aaa44b9716e14a668400ef41",
    "billowsand/gongwen": "697b3bd2db9f51c99802712c743d2fe0f8f9bfe6",
    "billysince/GongwenAssistant": "4533fc3da2fdcb982438530bfeecf61bb9f88ad2",
    "dangjian/dangjian.github.io": "4f4fb5b28e417f887008d27d69b4964412e11c3f",
    "hamhuo-hub/Xingce_Shenlun": "dcd6922ba217818158eeed80d4f1e440471722b0",
    "johncodes404/china-provincial-gov-reports-2026": "ad4c815c4acefe47240a3afaece74e1eb2011dd3",
    "mpbfx/gongkao": "71e9dd7e7bd2689014c7a8af18fdb62556a860c3",
    "passwordgloo/deer": "9f978d42132a94a61979b7959a1eea6b11d30b9a",
    "rgj0617/yangtze_delta_development": "9e2b58e52eae1c09433f912c114bade08c2da650",
    "rsy56640/Assignment-in-WHUISS": "d09ee19b2bd018d154bb4ee33321eb0a10192669",
    "troses3/zhengzhi-fuxi": "d83e8d7ea1184a714a22fc73632fc84e926b82c0",
    "wangziyu1231/SCU": "3c659229e8b3aa0173873143cd305be242978ad5",
    "wocessade/gongwen-writing-skill": "ac74cee2733935c41f5d107e6d503e9c8f3a1109",
    "xuxiaobang/jinlingzhongxue": "a9e7324173591db256708387033edee5ada0c44c",
}
"""The versions of the public repositories whose texts were read; a clone of each is looked for in ../public (OWNER+NAME)."""
_NEAR = 25
_NO_TEXT = re.compile(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->")
_LINE = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>")
_TAG = re.compile("<[^>]+>")
_ENTITY = re.compile(r"\{\{\w+:([^{}]*)\}\}")
_SLICE = 20_000  # characters of a collection that are a document
_ARTICLE = re.compile("点击数：(.*?)(?:【打印正文】|$)", re.DOTALL)
_NOTHING = re.compile(r"[^\w+]+")

Items = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A mention as people read it: its accepted readings, none where it is not expanded.

    `start` is an offset in the document, near the mention or at it; `size` the length of the marked stretch. An `optional` place is
    neither right nor wrong to find.
    """

    document: str
    term: str
    start: int
    size: int
    readings: tuple[Items, ...]
    split: str
    kind: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document that was read from end to end."""

    document: str
    split: str
    places: tuple[Place, ...]


def bare(text: str) -> str:
    """Return a text without marks and white space, as items are compared."""
    return _NOTHING.sub("", text)


def bare_items(items: list[str] | tuple[str, ...]) -> Items:
    """Return items without marks and white space."""
    return tuple(bare(item) for item in items)


def gold() -> list[Place]:
    """Return the gold places and the look-alikes."""
    lookalikes = [
        _place(row, row["why"] and "look-alike") for row in _rows(SHARED / "eval" / "harvest-lookalikes.jsonl")
    ]
    return [_place(row, row["pattern"]) for row in _rows(SHARED / "eval" / "harvest-gold.jsonl")] + lookalikes


def mentions_read() -> list[Place]:
    """Return the mentions that were read one by one, all of them for work."""
    rows = [*_rows(SHARED / "eval" / "harvest-more.jsonl"), *_rows(Path(__file__).with_name("judged-mentions.jsonl"))]
    return [_place(row, "mention") for row in rows]


def whole_documents() -> list[WholeDocument]:
    """Return the documents that were read from end to end, their gold places and expansions read one by one among the places."""
    known: dict[str, list[Place]] = {}
    for place in (*gold(), *mentions_read()):
        if place.readings:
            known.setdefault(place.document, []).append(place)
    documents: list[WholeDocument] = []
    for row in _rows(Path(__file__).with_name("whole-documents.jsonl")):
        name, split = _document(row), row["split"]
        places = [_place({**place, "file": name, "split": split}, "whole") for place in row["places"]]
        for other in known.get(name, ()):
            if not any(_is_same(place, other) for place in places):
                places.append(other)
        documents.append(WholeDocument(name, split, tuple(places)))
    return documents


def drafts_read() -> list[WholeDocument]:
    """Return the documents of public repositories whose drafts were read, as far as a clone of theirs is here."""
    documents: list[WholeDocument] = []
    for row in _rows(Path(__file__).with_name("judged-drafts.jsonl")):
        name, split = row["public"], row["split"]
        if _clone(name).is_dir():
            places = tuple(_place({**place, "file": name, "split": split}, "draft") for place in row["places"])
            documents.append(WholeDocument(name, split, places))
    return documents


def _is_same(place: Place, other: Place) -> bool:
    """Tell whether two marks are of one mention: terms that begin alike and have as many items, the second's stretch holds the first."""
    return (
        bare(place.term)[:2] == bare(other.term)[:2]
        and {*map(len, place.readings)} & {*map(len, other.readings)} != set()
        and other.start - _NEAR <= place.start <= other.start + other.size + _NEAR
    )


@cache
def text_of(document: str) -> str:
    """Return the text of a file of the corpus, of a broadcast by its address, of a statute by its title and date, or of a public file."""
    if document.partition(":")[0] in COMMITS:
        return _public_text(document)
    if document.endswith(".txt"):
        return (SHARED / "eval" / "corpus" / document).read_bytes().decode()
    return evidence()[document]


def _clone(document: str) -> Path:
    return PUBLIC / document.partition(":")[0].replace("/", "+")


def _public_text(document: str) -> str:
    """Return the text of a page of a public repository, without tags and what stands around its article, or a slice of a collection."""
    path, _, number = document.partition("#")
    page = _public_page(path)
    at = int(number or 0) * _SLICE
    return page[at : at + _SLICE] if number else page


@cache
def _public_page(document: str) -> str:
    repository, _, path = document.partition(":")
    command = ["git", "-C", str(_clone(document)), "show", f"{COMMITS[repository]}:{path}"]
    page = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")
    if "</" in page:
        page = html.unescape(_TAG.sub("", _LINE.sub("\n", _NO_TEXT.sub("", page))))
    page = _ENTITY.sub(r"\1", page.replace("\\n", "\n"))
    page = re.sub(r"\n\s*", "\n", re.sub(r"[ \t\r\u3000\xa0]+", " ", page))
    article = _ARTICLE.search(page)
    return article[1] if article else page


@cache
def evidence() -> dict[str, str]:
    """Return the texts of the broadcasts by their addresses, and of the statutes by their titles and dates."""
    texts = {row["url"]: row["text"] for row in _packed("broadcasts")}
    return texts | {f"{row['title']}（{row['date']}）": row["text"] for row in _packed("statutes")}


def known_elsewhere(document: str) -> Known:
    """Return what the installed glossaries have, but for the entries whose evidence is this document."""
    text = fold(text_of(document))
    entries = [
        entry
        for entry, quote in _installed_entries()
        if entry["source"]["url"] != document and not (quote and quote in text)
    ]
    return known_readings(entries)


@cache
def _installed_entries() -> list[tuple[EntryRecord, str]]:
    return [(entry_record(entry), fold(entry.quote)) for entry in load_files(builtin_files()).entries]


def test_documents() -> set[str]:
    """Return the documents that nothing is learned from."""
    marked = {place.document for place in gold() if place.split == "test"}
    return marked | {read.document for read in (*whole_documents(), *drafts_read()) if read.split == "test"}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _packed(name: str) -> Iterator[dict[str, Any]]:
    with lzma.open(SHARED / "evidence" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(row: dict[str, Any]) -> str:
    return str(row.get("file") or row.get("broadcast") or row["statute"])


def _place(row: dict[str, Any], kind: str) -> Place:
    items = row.get("items")
    readings = [items, *row.get("alt_items", [])] if items else []
    size = row["end"] - row["start"] if "end" in row else len(row.get("quote", row["term"]))
    return Place(
        _document(row),
        row["term"],
        row["start"],
        size,
        tuple(map(bare_items, readings)),
        row.get("split", "calibrate"),
        kind,
        bool(row.get("optional")),
    )
