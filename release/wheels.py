"""Resolve kouhao's dependencies from wheels alone on every machine that an office may have; exit with 1 where one is lost.

pip reads markers (`sys_platform == …`) for the machine that it runs on, so they are read here, for the machine that is meant.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of machine: what pip calls it, and what markers say of it."""

    name: str
    tags: tuple[str, ...]
    system: str
    processor: str


def _linux(processor: str, glibc: int) -> Machine:
    """Return a Linux whose glibc is 2.`glibc`, which takes the wheels for all older ones."""
    names = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}
    tags = [f"manylinux_2_{minor}" for minor in range(glibc, 4, -1)]
    tags += [name for minor, name in names.items() if minor <= glibc]
    return Machine(
        f"Linux {processor}, glibc 2.{glibc}", tuple(f"{tag}_{processor}" for tag in tags), "linux", processor
    )


def machines(python: str) -> list[Machine]:
    """Return the machines that a version of Python is promised on: for 3.14 the libraries begin at glibc 2.28."""
    glibc = 28 if python == "3.14" else 17
    return [
        _linux("x86_64", glibc),
        _linux("aarch64", glibc),
        Machine("Windows x64", ("win_amd64",), "win32", "AMD64"),
        Machine("macOS ARM", ("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64"), "darwin", "arm64"),
        Machine("macOS Intel", ("macosx_10_13_x86_64", "macosx_11_0_x86_64", "macosx_12_0_x86_64"), "darwin", "x86_64"),
    ]


def requirements(machine: Machine, python: str) -> Iterator[str]:
    """Yield what a plain install needs on a machine."""
    surroundings = {"sys_platform": machine.system, "platform_machine": machine.processor, "python_version": python}
    for text in tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(surroundings):
            requirement.marker = None
            yield str(requirement)


def pip_options(machine: Machine, python: str) -> list[str]:
    """Return the options with which pip takes wheels for another machine."""
    options = ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    return [*options, *(f"--platform={tag}" for tag in machine.tags)]


def fault(machine: Machine, python: str) -> str:
    """Return why the dependencies cannot be had from wheels, or nothing."""
    with tempfile.TemporaryDirectory() as nowhere:
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-q", "--target", nowhere]
        command += [*pip_options(machine, python), *requirements(machine, python)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def main(pythons: Sequence[str]) -> int:
    """Print a line for each machine and Python."""
    lost = 0
    for python in pythons or PYTHONS:
        for machine in machines(python):
            why = fault(machine, python)
            lost += bool(why)
            print(f"{'lost' if why else 'ok':5}Python {python}  {machine.name}  {why}", flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
