"""How long lookups, completions, batches and scans take, whole processes, as ratios to a peer measured in turn with them.

    python -m tests.benchmarks.speed [--entries 1000000]

kouhao is built and installed as a user installs it, with its bytecode compiled, into a scratch folder. Every figure is the median
of paired ratios of 15 runs, and of a hundred queries from all over the pack where it has as many; every answer is checked. Peers
search the same entries as `kouhao export` writes them: rg and fzf the table, sdcv the dictionary. Those that are not on the
machine (sdcv, fzf, rg, tldr) are left out with a note. It prints one table and fails nothing. A million entries take a quarter of an
hour and 6 GB of disk; `--entries` makes the largest pack smaller.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.installation import ROOT, Bench, Pack, prepare
from tests.benchmarks.live import first_paint, slowest_key
from tests.benchmarks.processes import Command, median_ratio, peak, ratio, run, timed
from tests.benchmarks.writings import AS_IS, IN_INITIALS, IN_PINYIN, WITH_DIGITS, WITH_SLIP, Writing
from tests.evaluation.slogans import slogans

from kouhao.glossary.write import dump_yaml
from kouhao.language.numerals import count_groups
from kouhao.output.exports.stardict import stardict_files
from kouhao.output.exports.tables import csv_table
from kouhao.records import entry_record

PANEL = ("--format", "text", "--color", "always")
COMPLETION = {"_KOUHAO_COMPLETE": "bash", "_KOUHAO_LINE": "kouhao 三进"}

COMMANDS = (
    ("--version", "kouhao", 2),
    ("--help", "用法", 2),
    ("check --help", "用法", 8),
    ("export --help", "用法", 8),
    ("list", "五好", 8),
    ("show 五好", "班子建设好", 8),
    ("cite 五好", "班子建设好", 8),
    ("sources", "putuo-2021", 8),
    ("topics", "人才工作", 8),
)
"""Command lines that need no search, what each prints, and how many times a bare interpreter each may take."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as scratch:
        bench = prepare(Path(scratch), entries)
        print(f"{'work':58}{'ratio':>9}{'bound':>9}")
        for rows in (start_up, at_size, live_search, peers, bulk, memory, scans, curating):
            for title, figure, bound in rows(bench):
                mark = "" if figure <= bound or (bound < 0 and figure >= -bound) else "  missed"
                print(f"{title:58}{figure:>9.2f}{abs(bound):>9.2f}{mark}", flush=True)


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
    panel = Command((bench.kouhao, *PANEL, "五好"), full)
    yield "panel", ratio(panel, nothing), 6
    for shell in ("bash", "zsh", "fish", "powershell"):
        surroundings = tuple((COMPLETION | {"_KOUHAO_COMPLETE": shell}).items())
        yield f"completion, {shell}", ratio(Command((bench.kouhao,), "三进三同步", surroundings), nothing), 2
    for words, holds, bound in COMMANDS:
        yield f"kouhao {words}", ratio(Command((bench.kouhao, *words.split()), holds), nothing), bound


def ask(bench: Bench, pack: Pack, term: str, writing: Writing, *options: str) -> Command:
    """Return the lookup of a term of a pack."""
    return Command((bench.kouhao, *pack.options, *options, writing.query(term)), writing.holds(term))


def at_size(bench: Bench) -> Iterator[Row]:
    """Yield the rows that compare a large glossary with the built-in one."""
    every = bench.large.terms
    counted = tuple(term for term in every if len(count_groups(term)) == 1)
    for title, writing, terms, builtin, options, bound in (
        ("exact", AS_IS, every, "五好", (), 1.15),
        ("another form", WITH_DIGITS, counted, "5好", (), 1.15),
        ("pinyin", IN_PINYIN, counted, "wuhao", (), 1.15),
        ("initials", IN_INITIALS, counted, "sjstb", (), 1.15),
        ("panel", AS_IS, every, "五好", PANEL, 1.15),
        ("slip", WITH_SLIP, bench.large.long_terms, "三近三同步", (), 1.5),
    ):
        small = Command((bench.kouhao, *options, builtin))
        pairs = [(ask(bench, bench.large, term, writing, *options), small) for term in terms]
        yield f"{title}, {bench.large.entries} entries ÷ built-in", median_ratio(pairs), bound
    small = Command((bench.kouhao,), "三进三同步", tuple(COMPLETION.items()))
    pairs = [(complete(bench, term[:4]), small) for term in every]
    yield f"completion, {bench.large.entries} entries ÷ built-in", median_ratio(pairs), 1.15


def live_search(bench: Bench) -> Iterator[Row]:
    """Yield the rows of the live search among a hundred thousand entries, as shares of what people do not notice."""
    surroundings = {"KOUHAO_GLOSSARY": str(bench.middle.path)}
    typed = [*bench.middle.terms[:3], "wuhaoo", "天气预报", "123"]
    yield "live search, first paint ÷ 400 ms", first_paint(bench.kouhao, surroundings) / 0.4, 1.0
    yield "live search, slowest key ÷ 50 ms", slowest_key(bench.kouhao, surroundings, typed) / 0.05, 1.0


def complete(bench: Bench, prefix: str) -> Command:
    """Return the completion of the beginning of a term of the large pack."""
    words = {"KOUHAO_GLOSSARY": str(bench.large.path), "_KOUHAO_LINE": f"kouhao {prefix}"}
    return Command((bench.kouhao,), prefix, tuple((COMPLETION | words).items()))


Peer = tuple[str, Pack, tuple[str, ...], Writing, Callable[[str], Command], float]
"""A program, the pack and the terms that it and kouhao are asked for, how they are written, its command line and the bound."""


def peers(bench: Bench) -> Iterator[Row]:
    """Yield the rows that compare with other programs on the same entries."""
    middle, large = bench.middle, bench.large
    search = ("sdcv", "-n", "--data-dir", str(write_dictionary(large)))
    table, shorter = write_table(large), write_table(middle)
    others: tuple[Peer, ...] = (
        (
            "sdcv",
            large,
            large.long_terms,
            WITH_SLIP,
            lambda term: Command((*search, WITH_SLIP.query(term)), term[2:]),
            0.15,
        ),
        ("rg", large, large.terms, AS_IS, lambda term: Command(("rg", f"^{re.escape(term)},", str(table)), term), 0.6),
        ("fzf", middle, middle.terms, AS_IS, lambda term: Command(("fzf", "--filter", term), term, (), shorter), 0.1),
    )
    for name, pack, terms, writing, peer, bound in others:
        if shutil.which(name) is None:
            print(f"{name}: not on this machine, left out")
        else:
            pairs = [(ask(bench, pack, term, writing), peer(term)) for term in terms]
            yield f"ours ÷ {name}, {pack.entries} entries", median_ratio(pairs), bound
    page = tldr(bench)
    if shutil.which(page.words[0]) is None:
        print("tldr: not on this machine, left out")
    else:
        yield "ours ÷ tldr", ratio(Command((bench.kouhao, "五好"), "班子建设好"), page), 0.3


def write_table(pack: Pack) -> Path:
    """Write the table that `kouhao export` makes of a pack."""
    table = pack.path.with_suffix(".csv")
    table.write_text(csv_table(map(entry_record, slogans(pack.entries))), encoding="utf-8")
    return table


def write_dictionary(pack: Pack) -> Path:
    """Write the folder of the dictionary that `kouhao export` makes of a pack."""
    folder = pack.path.with_suffix(".stardict")
    folder.mkdir()
    for name, content in stardict_files(map(entry_record, slogans(pack.entries))).items():
        (folder / name).write_bytes(content)
    return folder


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
    large = [entry.term for entry in slogans(50_000)]
    for title, options, terms in (
        ("built-in", (), builtin * (50_000 // len(builtin))),
        (f"{bench.middle.entries} entries", bench.middle.options, large),
    ):
        yield f"exact queries a second, thousands, {title}", rate(bench, options, terms, terms), -100
        few = [term for term in terms[:4000] if len(term) > 4]
        slips = [WITH_SLIP.query(term) for term in few]
        yield f"queries with a slip a second, thousands, {title}", rate(bench, options, slips, few), -5


def rate(bench: Bench, options: tuple[str, ...], queries: list[str], terms: list[str]) -> float:
    """Return thousands of queries a second, without the time of starting; tell which of `terms` are not among the answers."""
    path = bench.scratch / "queries.txt"
    work = Command((bench.kouhao, *options, "-"), "", (), path)

    def seconds(lines: list[str]) -> float:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return min(timed(work) for _ in range(3))

    start = seconds(queries[:1])
    whole = seconds(queries)
    missing = set(terms) - {line.partition("\t")[0] for line in run(work).splitlines()}
    if missing:
        print(f"{len(missing)} of {len(terms)} terms are not among the answers")
    return len(queries) / max(1e-9, whole - start) / 1000


def memory(bench: Bench) -> Iterator[Row]:
    """Yield the largest memory of a lookup, MiB."""
    for title, options, bound in (("plain", (), 30), ("panel", PANEL, 60)):
        yield f"memory of a lookup, MiB, {title}", peak(bench.kouhao, *options, "五好"), bound


def scans(bench: Bench) -> Iterator[Row]:
    """Yield scans of 100 MB of the seed's prose without its slogans, against grep with the same terms."""
    text = bench.scratch / "text.txt"
    prose = next((ROOT / "seeds").iterdir()).read_text(encoding="utf-8-sig")
    text.write_text(prose * (100_000_000 // len(prose.encode())), encoding="utf-8")
    for pack, bound in ((bench.few, 0.5), (bench.small, 1.2), (bench.middle, 1.2)):
        terms = pack.path.with_suffix(".txt")
        terms.write_text("".join(f"{entry.term}\n" for entry in slogans(pack.entries)), encoding="utf-8")
        ours = Command((bench.kouhao, "scan", *pack.options, str(text)))
        run(ours)
        grep = Command(("grep", "-F", "-o", "-f", str(terms), str(text)))
        yield f"scan of 100 MB, {pack.entries} terms ÷ grep -F -o -f", ratio(ours, grep, runs=5), bound
    yield "memory of the last, MiB", peak(*ours.words), 300


def curating(bench: Bench) -> Iterator[Row]:
    """Yield the health checks of a glossary of 10,000 entries in YAML, against one round-trip load of it."""
    path = bench.small.path.with_suffix(".yaml")
    source, *entries = [json.loads(line) for line in bench.small.path.read_text(encoding="utf-8").splitlines()]
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


if __name__ == "__main__":
    main()
