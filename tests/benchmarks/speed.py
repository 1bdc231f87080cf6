"""How long lookups, completions, batches and scans take, whole processes, as ratios to a peer measured in turn with them.

    python -m tests.benchmarks.speed [--entries 100000]

kouhao is built and installed as a user installs it, with its bytecode compiled, into a scratch folder. Every figure is the median
of paired ratios of 15 runs; every answer is checked. Peers that are not on the machine (sdcv, fzf, rg, tldr) are left out with a
note. It prints one table and fails nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from tests.evaluation.slogans import slogans, write_pack

from kouhao.index.build import spell
from kouhao.index.tables import readings
from kouhao.numerals import count_groups
from kouhao.sound import initial_of
from kouhao.store import dump_yaml
from kouhao.text import fold

ROOT = Path(__file__).parent.parent.parent
RUNS = 15
_DIGITS = str.maketrans("二三四五六七八九", "23456789")
COMPLETION = {"_KOUHAO_COMPLETE": "complete_bash", "COMP_WORDS": "kouhao 三进", "COMP_CWORD": "1"}


@dataclass(frozen=True)
class Command:
    """A command line with what its output must hold, its surroundings and its standard input."""

    words: tuple[str, ...]
    holds: str = ""
    surroundings: tuple[tuple[str, str], ...] = ()
    stdin: Path | None = None


@dataclass(frozen=True)
class Bench:
    """The installed program and the files that the rows need."""

    kouhao: str
    python: str
    scratch: Path
    pack: Path
    entries: int
    term: str


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=100_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as scratch:
        bench = prepare(Path(scratch), entries)
        print(f"{'work':58}{'ratio':>9}{'bound':>9}")
        for rows in (start_up, at_size, peers, bulk, memory, scans, curating):
            for title, figure, bound in rows(bench):
                mark = "" if figure <= bound or (bound < 0 and figure >= -bound) else "  missed"
                print(f"{title:58}{figure:>9.2f}{abs(bound):>9.2f}{mark}", flush=True)


def prepare(scratch: Path, entries: int) -> Bench:
    """Install kouhao and write the packs; tell how long their index takes."""
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
    pack = scratch / "pack.jsonl"
    term = next(islice(slogans(entries), entries // 2, None)).term
    for size in (entries // 10, entries):
        write_pack(pack, size)
        started = time.perf_counter()
        run(Command((kouhao, "--no-builtin", "-g", str(pack), "五好")))
        print(f"index of {size} entries: {time.perf_counter() - started:.1f} s")
    return Bench(kouhao, python, scratch, pack, entries, term)


Row = tuple[str, float, float]


def start_up(bench: Bench) -> Iterator[Row]:
    """Yield the rows of single lookups in the built-in glossary."""
    nothing = Command((bench.python, "-c", "pass"))
    full = "班子建设好"
    for title, query, bound in (
        ("exact lookup ÷ python -c pass", "五好", 1.6),
        ("another form (5好)", "5好", 1.6),
        ("traditional form (五個百)", "五個百", 1.6),
        ("pinyin", "wuhao", 1.6),
        ("initials", "sjstb", 1.6),
        ("one slip (三近三同步)", "三近三同步", 2.2),
    ):
        holds = {"五個百": "百巢引才", "sjstb": "进园区", "三近三同步": "进园区"}.get(query, full)
        yield title, ratio(Command((bench.kouhao, query), holds), nothing), bound
    panel = Command((bench.kouhao, "--format", "text", "--color", "always", "五好"), full)
    yield "panel", ratio(panel, nothing), 6
    yield "completion", ratio(Command((bench.kouhao,), "三进三同步", tuple(COMPLETION.items())), nothing), 1.6


def at_size(bench: Bench) -> Iterator[Row]:
    """Yield the rows that compare a large glossary with the built-in one."""
    own = ("--no-builtin", "-g", str(bench.pack))
    colour = ("--format", "text", "--color", "always")
    counted = next(
        one.term for one in islice(slogans(bench.entries), bench.entries // 2, None) if len(count_groups(one.term)) == 1
    )
    syllables = spell(readings(fold(counted)))
    tab = (("KOUHAO_GLOSSARY", str(bench.pack)), ("_KOUHAO_COMPLETE", "complete_bash"), ("COMP_CWORD", "1"))
    complete = Command((bench.kouhao,), bench.term, (*tab, ("COMP_WORDS", f"kouhao {bench.term[:4]}")))
    builtin = Command((bench.kouhao,), "三进三同步", tuple(COMPLETION.items()))
    for title, words, query, holds, bound in (
        ("exact", (bench.term,), ("五好",), bench.term, 1.15),
        ("another form", (counted.translate(_DIGITS),), ("5好",), counted, 1.15),
        ("pinyin", ("".join(syllables),), ("wuhao",), counted, 1.15),
        ("initials", ("".join(map(initial_of, syllables)),), ("sjstb",), "", 1.15),
        ("panel", (*colour, bench.term), (*colour, "五好"), bench.term, 1.15),
        ("slip", (bench.term[0] + bench.term[2:],), ("三近三同步",), "", 1.5),
    ):
        large = Command((bench.kouhao, *own, *words), holds)
        yield f"{title}, {bench.entries} entries ÷ built-in", ratio(large, Command((bench.kouhao, *query))), bound
    yield f"completion, {bench.entries} entries ÷ built-in", ratio(complete, builtin), 1.15


def peers(bench: Bench) -> Iterator[Row]:
    """Yield the rows that compare with other programs on the same entries."""
    ours = Command((bench.kouhao, "--no-builtin", "-g", str(bench.pack), bench.term), bench.term)
    slip = Command((bench.kouhao, "--no-builtin", "-g", str(bench.pack), bench.term[0] + bench.term[2:]))
    table = bench.scratch / "pack.tsv"
    rows = [json.loads(line) for line in bench.pack.read_text(encoding="utf-8").splitlines()[1:]]
    table.write_text("".join(f"{row['term']}\t{row['full']}\n" for row in rows), encoding="utf-8")
    folder = write_stardict(bench.scratch / "stardict", [(row["term"], row["full"]) for row in rows])
    sdcv = Command(("sdcv", "-n", "--data-dir", str(folder), bench.term[0] + bench.term[2:]))
    for name, command, mine, bound in (
        ("sdcv", sdcv, slip, 0.15),
        ("rg", Command(("rg", f"^{bench.term}\t", str(table)), bench.term), ours, 0.6),
        ("fzf", Command(("fzf", "--filter", bench.term), bench.term, (), table), ours, 0.1),
        ("tldr", tldr(bench), Command((bench.kouhao, "五好"), "班子建设好"), 0.3),
    ):
        if shutil.which(command.words[0]) is None:
            print(f"{name}: not on this machine, left out")
        else:
            yield f"ours ÷ {name}, {bench.entries} entries", ratio(mine, command), bound


def tldr(bench: Bench) -> Command:
    """Return the lookup of a page that tldr has in its cache already."""
    page = bench.scratch / "tldr" / "pages" / "common" / "tar.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "# tar\n\n> Archive files.\n\n- Create an archive:\n\n`tar cf {{archive}} {{file}}`\n", encoding="utf-8"
    )
    program = str(Path(bench.python).with_name("tldr"))
    return Command((program, "tar"), "Archive files", (("XDG_CACHE_HOME", str(bench.scratch)),))


def bulk(bench: Bench) -> Iterator[Row]:
    """Yield queries a second in one process, a thousand to the unit."""
    builtin = [line.split("\t")[0] for line in run(Command((bench.kouhao, "list", "--format", "tsv"))).splitlines()[1:]]
    large = [json.loads(line)["term"] for line in bench.pack.read_text(encoding="utf-8").splitlines()[1:50_001]]
    for title, options, terms in (
        ("built-in", (), builtin * (50_000 // len(builtin))),
        (f"{bench.entries} entries", ("--no-builtin", "-g", str(bench.pack)), large),
    ):
        yield f"exact queries a second, thousands, {title}", rate(bench, options, terms), -100
        slips = [term[:2] + term[3:] for term in terms[:4000] if len(term) > 4]
        yield f"queries with a slip a second, thousands, {title}", rate(bench, options, slips), -5


def rate(bench: Bench, options: tuple[str, ...], queries: list[str]) -> float:
    """Return thousands of queries a second, without the time of starting."""
    path = bench.scratch / "queries.txt"

    def seconds(lines: list[str]) -> float:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return min(timed(Command((bench.kouhao, *options, "-"), "", (), path)) for _ in range(3))

    return len(queries) / max(1e-9, seconds(queries) - seconds(queries[:1])) / 1000


def memory(bench: Bench) -> Iterator[Row]:
    """Yield the largest memory of a lookup, MiB."""
    for title, options, bound in (("plain", (), 30), ("panel", ("--format", "text", "--color", "always"), 60)):
        yield f"memory of a lookup, MiB, {title}", peak(bench.kouhao, *options, "五好"), bound


def peak(*words: str) -> float:
    """Return the most memory that a command takes, MiB."""
    code = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=-3);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(run(Command((sys.executable, "-c", code, *words)))) / 1024


def scans(bench: Bench) -> Iterator[Row]:
    """Yield scans of 100 MB of the seed's prose without its slogans, against grep with the same terms."""
    text = bench.scratch / "text.txt"
    prose = next((ROOT / "seeds").iterdir()).read_text(encoding="utf-8-sig")
    text.write_text(prose * (100_000_000 // len(prose.encode())), encoding="utf-8")
    for size, bound in ((50, 0.5), (10_000, 1.2), (100_000, 1.2)):
        pack, terms = bench.scratch / f"{size}.jsonl", bench.scratch / f"{size}.txt"
        write_pack(pack, size)
        found = [json.loads(line)["term"] for line in pack.read_text(encoding="utf-8").splitlines()[1:]]
        terms.write_text("\n".join(found) + "\n", encoding="utf-8")
        ours = Command((bench.kouhao, "scan", "--no-builtin", "-g", str(pack), str(text)))
        run(ours)
        grep = Command(("grep", "-F", "-o", "-f", str(terms), str(text)))
        yield f"scan of 100 MB, {size} terms ÷ grep -F -o -f", ratio(ours, grep, runs=5), bound
    yield "memory of the last, MiB", peak(*ours.words), 300


def curating(bench: Bench) -> Iterator[Row]:
    """Yield the health checks of a glossary of 10,000 entries in YAML, against one round-trip load of it."""
    pack, path = bench.scratch / "10000.jsonl", bench.scratch / "10000.yaml"
    write_pack(pack, 10_000)
    source, *entries = [json.loads(line) for line in pack.read_text(encoding="utf-8").splitlines()]
    path.write_text(dump_yaml({**source, "entries": entries}), encoding="utf-8")
    load = Command(
        (bench.python, "-c", "import sys; from ruamel.yaml import YAML; YAML().load(open(sys.argv[1]))", str(path))
    )
    for work in (("fmt", "--check"), ("validate",)):
        yield (
            f"{work[0]} of 10,000 entries ÷ loading them",
            ratio(Command((bench.kouhao, *work, str(path))), load, runs=1),
            10,
        )


def ratio(ours: Command, peer: Command, runs: int = RUNS) -> float:
    """Return the median of the ratios of runs in turn, once the answers are checked."""
    for command in (ours, peer):
        if command.holds not in run(command):
            print(f"wrong answer: {' '.join(command.words)}")
    return median(timed(ours) / timed(peer) for _ in range(runs))


def run(command: Command) -> str:
    """Return what a command prints."""
    with command.stdin.open("rb") if command.stdin else open(os.devnull, "rb") as stdin:  # noqa: PTH123
        done = subprocess.run(command.words, stdin=stdin, capture_output=True, check=False, env=surroundings(command))
    return done.stdout.decode("utf-8", "replace")


def timed(command: Command) -> float:
    """Return the seconds of a run; its output is read, since grep stops at its first match where nobody reads."""
    with command.stdin.open("rb") if command.stdin else open(os.devnull, "rb") as stdin:  # noqa: PTH123
        started = time.perf_counter()
        subprocess.run(
            command.words,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            env=surroundings(command),
        )
        return time.perf_counter() - started


def surroundings(command: Command) -> dict[str, str]:
    """Return the environment of a command."""
    return os.environ | dict(command.surroundings)


def write_stardict(folder: Path, entries: list[tuple[str, str]]) -> Path:
    """Write a StarDict dictionary (its format: StarDict's doc/StarDictFileFormat) and return its folder."""
    folder.mkdir()
    words, content = bytearray(), bytearray()
    for term, full in sorted(entries, key=lambda entry: entry[0].encode()):
        meaning = full.encode()
        words += term.encode() + b"\0" + struct.pack(">II", len(content), len(meaning))
        content += meaning
    (folder / "pack.idx").write_bytes(words)
    (folder / "pack.dict").write_bytes(content)
    info = f"version=2.4.2\nwordcount={len(entries)}\nidxfilesize={len(words)}\nbookname=pack\nsametypesequence=m\n"
    (folder / "pack.ifo").write_text(f"StarDict's dict ifo file\n{info}", encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
