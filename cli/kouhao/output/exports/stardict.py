"""Entries as a StarDict dictionary (version 2.4.2, doc/StarDictFileFormat of the StarDict project), for GoldenDict and sdcv."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from kouhao.index.characters import readings, traditional
from kouhao.language.normalize import fold
from kouhao.language.pinyin import syllable_of
from kouhao.output.entries import citation
from kouhao.output.exports import meaning, remarks
from kouhao.records import EntryRecord

_NAME = "kouhao"


def stardict_files(records: Iterable[EntryRecord]) -> dict[str, bytes]:
    """Return the content of the dictionary's files by name; the `.syn` file leads other written forms and pinyin to a term."""
    articles: dict[str, list[str]] = {}
    forms: dict[str, set[str]] = {}
    for record in records:
        term = _headword(record["term"])
        articles.setdefault(term, []).append(_article(record))
        forms.setdefault(term, set()).update(_forms(record))
    terms = sorted((term for term in articles if term), key=_order)
    words, content = bytearray(), bytearray()
    for term in terms:
        article = "\n\n".join(articles[term]).replace("\0", "\ufffd").encode("utf-8", "replace")
        words += term.encode("utf-8", "replace") + b"\0" + struct.pack(">II", len(content), len(article))
        content += article
    others = [
        (form, number) for number, term in enumerate(terms) for form in forms[term] if form and form not in articles
    ]
    others.sort(key=lambda one: (_order(one[0]), one[1]))
    synonyms = b"".join(form.encode("utf-8", "replace") + b"\0" + struct.pack(">I", number) for form, number in others)
    fields = {
        "version": "2.4.2",
        "wordcount": len(terms),
        "synwordcount": len(others),
        "idxfilesize": len(words),
        "bookname": "口号",
    }
    info = "StarDict's dict ifo file\n" + "".join(f"{name}={value}\n" for name, value in fields.items())
    files = {
        "ifo": f"{info}sametypesequence=m\n".encode(),
        "idx": bytes(words),
        "dict": bytes(content),
        "syn": synonyms,
    }
    return {f"{_NAME}.{suffix}": content for suffix, content in files.items()}


def _order(word: str) -> tuple[bytes, bytes]:
    """Return by what the format sorts: ASCII letters without their case, then bytes."""
    written = word.encode("utf-8", "replace")
    return written.lower(), written


def _headword(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _forms(record: EntryRecord) -> Iterator[str]:
    """Yield what else a person may type: other written forms, without marks, traditional characters, pinyin."""
    for written in (record["term"], *record.get("also", ())):
        yield from map(_headword, (written, fold(written), *traditional(written)))
        syllables = [syllable for syllable in map(syllable_of, readings(written)) if syllable.isalpha()]
        yield from ("".join(syllables), " ".join(syllables))


def _article(record: EntryRecord) -> str:
    said = [meaning(reading) for reading in record["readings"]] or [record["full"] or "文件未解释"]
    told = [f"{label}：{text}" for label, text in remarks(record)]
    return "\n".join(text for text in (*said, record["quote"], citation(record["source"]), *told) if text)
