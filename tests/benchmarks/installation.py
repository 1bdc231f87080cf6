"""An installation and packs to measure, in a scratch folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks.processes import Command, run
from tests.evaluation.slogans import slogans, write_pack

ROOT = Path(__file__).parent.parent.parent
TERMS = 100
"""So many terms of a pack are asked for, from all over it."""


@dataclass(frozen=True)
class Pack:
    """A glossary of `entries` entries, and some of its terms."""

    path: Path
    entries: int
    terms: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The options of a lookup in it."""
        return "--no-builtin", "-g", str(self.path)

    @property
    def long_terms(self) -> tuple[str, ...]:
        """Those of more than four characters, which few others are like."""
        return tuple(term for term in self.terms if len(term) > 4)


@dataclass(frozen=True)
class Bench:
    """The installed program and the packs that the rows need."""

    kouhao: str
    python: str
    scratch: Path
    few: Pack
    small: Pack
    middle: Pack
    large: Pack


def prepare(scratch: Path, largest: int) -> Bench:
    """Install kouhao, write packs of 50, 10,000, 100,000 and `largest` entries, and tell how long their indexes take."""
    os.environ["KOUHAO_CACHE"] = str(scratch / "cache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, "-m", "venv", scratch / "venv"], **quiet)  # type: ignore[call-overload]  # noqa: PLW1510  it is in quiet
    python = str(scratch / "venv" / "bin" / "python")
    newer = [python, "-m", "pip", "install", "-q", "--upgrade", "pip>=25.1"]  # older ones write scripts that import re
    subprocess.run(newer, **quiet)  # type: ignore[call-overload]  # noqa: PLW1510  it is in quiet
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT)], **quiet)  # type: ignore[call-overload]  # noqa: PLW1510  it is in quiet
    subprocess.run([python, "-m", "pip", "install", "-q", "tldr"], check=False, stderr=subprocess.DEVNULL)
    subprocess.run([python, "-m", "compileall", "-q", scratch / "venv" / "lib"], check=False)
    kouhao = str(scratch / "venv" / "bin" / "kouhao")
    return Bench(kouhao, python, scratch, *(_pack(scratch, kouhao, size) for size in (50, 10_000, 100_000, largest)))


def _pack(scratch: Path, kouhao: str, entries: int) -> Pack:
    terms = tuple(entry.term for entry in islice(slogans(entries), 0, None, max(1, entries // TERMS)))
    pack = Pack(scratch / f"{entries}.jsonl", entries, terms)
    write_pack(pack.path, entries)
    started = time.perf_counter()
    run(Command((kouhao, *pack.options, "五好")))
    print(f"index of {entries} entries: {time.perf_counter() - started:.1f} s", flush=True)
    return pack
