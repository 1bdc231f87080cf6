"""Make a program that needs neither Python nor a network: a folder, zipped, and as a Debian package where dpkg-deb is there.

`python release/bundle.py [PYTHON]`: PYTHON is what goes into it. The program runs where glibc is at least what its parts ask for,
which is told at the end; a portable Python (python-build-standalone, as `uv python install` has it) asks for 2.17, the system's own for what
the system has.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "bundle"
DIST = ROOT / "dist"
PROGRAM = BUILD / "dist" / "kouhao"
DRAFT = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}
_LINKS = ("kouhao", "kh")
_SLOWEST = 0.1
"""Seconds of a lookup; what Python and its loader take is two thirds of it."""


def main(python: str) -> None:
    """Build, try and pack it."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    inside = install(python)
    freeze(inside)
    smoke_test()
    version = run([inside, "-c", "import kouhao; print(kouhao.__version__)"]).strip()
    name = f"kouhao-{version}-{sys.platform}-{platform.machine().lower()}"
    DIST.mkdir(exist_ok=True)
    print(shutil.make_archive(str(DIST / name), "zip", PROGRAM.parent, PROGRAM.name))
    if shutil.which("dpkg-deb"):
        print(debian_package(version))
    if sys.platform == "linux":
        print(f"needs glibc {needed_glibc(PROGRAM)} or newer")


def install(python: str) -> Path:
    """Return the Python of a new environment that has kouhao and PyInstaller."""
    run([python, "-m", "venv", BUILD / "env"])
    inside = BUILD / "env" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run([inside, "-m", "pip", "install", "-q", ROOT, "pyinstaller>=6"])
    return inside


def freeze(inside: Path) -> None:
    """Put the program into one folder, with the package's files, whose states tell whether its index is sound."""
    package = Path(run([inside, "-c", "import kouhao; print(kouhao.__path__[0])"]).strip())
    options = ["--noconfirm", "--log-level=ERROR", "--name=kouhao", "--console", "--copy-metadata=kouhao"]
    options += ["--collect-submodules=kouhao", "--collect-submodules=rich._unicode_data", "--hidden-import=_sqlite3"]
    options += [f"--collect-data={name}" for name in ("opencc", "pypinyin", "docx")]
    options += [f"--collect-all={name}" for name in ("pypdfium2", "pypdfium2_raw")]
    options += [f"--add-data={package}:kouhao", f"--distpath={PROGRAM.parent}", f"--workpath={BUILD / 'work'}"]
    run([inside, "-m", "PyInstaller", *options, f"--specpath={BUILD}", ROOT / "release" / "entry.py"])


def smoke_test() -> None:
    """Look up, check and validate with the program alone; raise where an answer is not what it must be, or a lookup is slow."""
    draft = BUILD / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    program = PROGRAM / "kouhao"
    answers = {
        "五好": "班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好",
        "三近三铜步": "三进三同步",
        f"check --exit-zero {draft}": "工作业绩好",
        f"check --diff {draft}": "工作业绩好",
        f"scan {draft}": "五好",
        f"validate {ROOT / 'glossary' / 'putuo-2021.yaml'} --evidence {ROOT}": "",
        "--version": "kouhao",
        "--help": "kouhao",
    }
    for words, expected in answers.items():
        done = subprocess.run([program, *words.split()], capture_output=True, text=True, check=False, encoding="utf-8")
        if "error[" in done.stderr or expected not in done.stdout:
            raise SystemExit(f"{words}: {done.stdout}{done.stderr}")
    started = []
    for _ in range(10):
        begin = time.perf_counter()
        run([program, "五好"])
        started.append(time.perf_counter() - begin)
    print(
        f"lookup: {min(started) * 1000:.0f} ms",
        "" if min(started) < _SLOWEST else f"(slower than {_SLOWEST * 1000:.0f} ms)",
    )


def debian_package(version: str) -> Path:
    """Return the package of the folder: /usr/lib/kouhao, and the two commands."""
    tree = BUILD / "deb"
    architecture = _ARCHITECTURES.get(platform.machine(), platform.machine())
    shutil.copytree(PROGRAM, tree / "usr/lib/kouhao", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    for link in _LINKS:
        (tree / "usr/bin" / link).symlink_to("../lib/kouhao/kouhao")
    (tree / "DEBIAN").mkdir()
    fields = {
        "Package": "kouhao",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": "kouhao",
        "Depends": f"libc6 (>= {needed_glibc(PROGRAM)})",
        "Description": "glossary of the compound slogans of Chinese official documents",
    }
    control = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    package = DIST / f"kouhao_{version}_{architecture}.deb"
    run(["dpkg-deb", "--root-owner-group", "--build", tree, package])
    return package


def needed_glibc(folder: Path) -> str:
    """Return the newest version of glibc that the programs and libraries in a folder ask for."""
    minors = [0]
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if content.startswith(b"\x7fELF"):
                minors += map(int, re.findall(rb"\0GLIBC_2\.(\d+)", content))
    return f"2.{max(minors)}"


def run(command: list[str | Path]) -> str:
    """Return what a command prints; raise SystemExit with what it says where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else sys.executable)
