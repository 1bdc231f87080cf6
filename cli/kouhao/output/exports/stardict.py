"""Entries as a StarDict dictionary (version 2.4.2, doc/StarDictFileFormat of the StarDict project), for GoldenDict and sdcv."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from kouhao.output.entries import citation
from kouhao.records import Record

_NAME = "kouhao"


def stardict_files(records: Iterable[Record]) -> dict[str, bytes]:
    """Return the content of the dictionary's files by name."""
    articles: dict[str, list[str]] = {}
    for record in records:
        articles.setdefault(record["term"], []).append(_article(record))
    words, content = bytearray(), bytearray()
    for term in sorted(articles, key=lambda term: (term.encode().lower(), term.encode())):
        article = "\n\n".join(articles[term]).encode()
        words += term.encode() + b"\0" + struct.pack(">II", len(content), len(article))
        content += article
    fields = {"version": "2.4.2", "wordcount": len(articles), "idxfilesize": len(words), "bookname": "口号"}
    info = "StarDict's dict ifo file\n" + "".join(f"{name}={value}\n" for name, value in fields.items())
    files = {"ifo": f"{info}sametypesequence=m\n".encode(), "idx": bytes(words), "dict": bytes(content)}
    return {f"{_NAME}.{suffix}": content for suffix, content in files.items()}


def _article(record: Record) -> str:
    return "\n".join((record["full"] or "文件未解释", record["quote"], citation(record["source"])))
