"""Bad inputs, by the names that `table.tsv` gives them."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.documents import test_documents
from tests.fuzz import seeds
from tests.store import test_faults

GOOD = "source:\n  id: own\n  title: 甲\nentries:\n  - term: 三个能\n    basis: mentioned\n    quote: 三个能\n"
FAULTY = f"工作要求。\n{seeds.FAULTY}\n"
CLEAN = "天气很好。\n"

QUERIES: dict[str, str | bytes] = {
    "nothing": "",
    "blank": "\u3000 ",
    "zero-width": "\u200b",
    "byte-order-mark": "\ufeff\u2060",
    "absent": "没有这词",
    "markup": "[/x]",
    "emoji-name": ":100:",
    "escape": "\x1b[2J五好",
    "not-utf-8": b"\xff\xfe",
    "huge": "五" * 40_000,
    "option-like": "-x",
    "pattern": "五.*(",
}
LINE_ENDS = {"crlf": "\r\n", "cr": "\r", "line-separator": "\u2028", "lf": "\n"}
ENCODINGS = {"byte-order-mark": "utf-8-sig", "utf-16": "utf-16", "gb18030": "gb18030"}
TEXTS: dict[str, bytes] = {
    "empty": b"",
    **{name: FAULTY.encode(encoding) for name, encoding in ENCODINGS.items()},
    **{name: FAULTY.replace("\n", end).encode() for name, end in LINE_ENDS.items()},
    "undecodable": FAULTY.encode() + b"\xff\xff\xff",
    "nul": FAULTY.encode() + b"\0",
    "split": FAULTY.replace("五好", "五\n好").encode(),
}
"""Documents; the sentence in them has a slogan, and an item of its expansion is missing."""

GLOSSARIES = {name: text for name, (text, _, _) in test_faults.FAULTS.items()}
PACKAGES = {name: content for name, (content, _) in test_documents.FAULTS.items()}
PACKAGES["text"] = FAULTY.encode()

FILES: dict[str, bytes] = {
    "empty": b"",
    "nul": b"a\0b\0c",
    "random": random.Random(1).randbytes(4096),  # noqa: S311  the same each time
    "undecodable": "落实三个能。".encode() + b"\xff\xfe\xfd",
    "utf-32": "落实三个能。".encode("utf-32"),
    "brackets": b"[" * 50_000,
    "deep": GLOSSARIES["deep-mapping"].encode(),
    "bomb": GLOSSARIES["nine-level-bomb"].encode(),
    "python": GLOSSARIES["python-object"].encode(),
    "complex-keys": b"source: {id: own, title: a}\nentries:\n  - {[a]: b, ? {c: d} : [e]}\n",
    "escapes": (GOOD + '    note: "甲\\e[2J\\e]0;x\\a"\n').encode() + "落实\x1b[2J三个能".encode(),
    "truncated-zip": b"PK\x03\x04" + bytes(100),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "markup": b"<!DOCTYPE html><html><body>" + b"<a " * 2000 + b"<!--",
    "pack": b'{"source": {"id": "own", "title": "\xe7\x94\xb2"}}\n\xff\xfe\n[1]\n{"term": 1}\n',
}
SUFFIXES = {"zip": ".docx", "truncated-zip": ".docx", "ole": ".doc", "markup": ".html", "pack": ".jsonl"}
NAMES = {"bad-name": os.fsdecode(b"x\xff"), "odd-name": "甲\n乙\x1b[2J\r\u202e", "too-long": "长" * 90}

SETTINGS = {
    "dotted-toml": b"a" + b".a" * 300_000 + b" = 1",
    "deep-toml": b"x = " + b"[" * 5000,
    "huge-number": b"x = " + b"9" * 5000,
    "nul-path": b'glossary = ["a\\u0000b"]',
    "no-toml": b"\xff\xff",
    "unknown-key": b'glosary = "a.yaml"\n',
    "no-such-user": b'glossary = ["~nobody-at-all/a.yaml"]',
    "everywhere": b'glossary = ["**a/[*.yaml", "/**none/*"]',
    "missing-glossary": b'glossary = ["none.yaml"]\n',
}
RECORDS: dict[str, bytes] = {
    "no-json": b"nonsense",
    "no-text": b'{"id": 1}',
    "no-object": b"[1]",
    "number-as-text": b'{"id": 1, "text": 5}',
    "not-utf-8": b'{"id": 1, "text": "\xff"}',
    "half-a-character": b'{"id": "\\ud800", "text": "\\udfff"}',
    "deep": b"[" * 100_000,
    "huge-number": b'{"id": ' + b"9" * 5000 + b', "text": "a"}',
}
SURROUNDINGS = {
    "c-locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "one-column": {"COLUMNS": "1"},
    "twenty-columns": {"COLUMNS": "20"},
}


def _archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")


def _unreadable(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


_MADE: dict[str, Callable[[Path], object]] = {
    "missing": lambda _: None,
    "too-long": lambda _: None,
    "loop": lambda path: path.symlink_to(path.name),
    "broken-link": lambda path: path.symlink_to("nowhere"),
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "zip": _archive,
    "unreadable": _unreadable,
    "huge": lambda path: _sparse(path, 65 * 2**20),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


_SYSTEM = {"device": "/dev/zero", "endless": "/proc/kmsg" if sys.platform == "linux" else "/dev/zero"}


def make(name: str, folder: Path) -> str:
    """Make a bad file in a folder, and return its path."""
    folder.mkdir(exist_ok=True)
    if name in _SYSTEM:
        return _SYSTEM[name]
    path = folder / (NAMES.get(name, name) + SUFFIXES.get(name, ".yaml"))
    put(name, path)
    return str(path)


def put(name: str, path: Path) -> None:
    """Make a bad file of this name's kind at a path."""
    if name in _MADE:
        _MADE[name](path)
    else:
        path.write_bytes(SETTINGS.get(name) or FILES.get(name, GOOD.encode()))
