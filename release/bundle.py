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
from zipfile import ZipFile

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "bundle"
DIST = ROOT / "dist"
PROGRAM = BUILD / "dist" / "kouhao"
DRAFT = "推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n"
NEWS = "落实人员、场地、经费、制度“四到位”。\n"
_PDF = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 7 0 R/Resources<</Font<</F 4 0 R>>>>>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>",
    (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/FontDescriptor 6 0 R>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80>>"
    ),
)
"""The objects of a PDF of one page, all but what stands on it."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = {
    "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/a.xml"/></Relationships>',
    "xl/worksheets/a.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{DRAFT.strip()}</t></is></c></row>'
    "</sheetData></worksheet>",
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
}
"""The parts of a workbook with the draft in its first cell."""

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
    """Try the program alone on a line of each kind; raise where an answer is not what it must be, and tell a slow lookup."""
    draft, page, book, news = (BUILD / name for name in ("draft.txt", "draft.pdf", "draft.xlsx", "news.txt"))
    news.write_text(NEWS, encoding="utf-8")
    draft.write_text(DRAFT, encoding="utf-8")
    page.write_bytes(pdf(DRAFT.strip()))
    with ZipFile(book, "w") as package:
        for name, part in _WORKBOOK.items():
            package.writestr(name, part)
    item = "工作业绩好"
    answers = {
        "五好": "班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好",
        "三近三铜步": "三进三同步",
        f"check --exit-zero {draft}": item,
        f"check --exit-zero {page}": item,
        f"check --exit-zero {book}": item,
        f"check --exit-zero -j 2 {draft} {page} {book}": item,
        f"check --diff {draft}": item,
        f"scan {draft}": "五好",
        f"validate {ROOT / 'glossary' / 'putuo-2021.yaml'} --evidence {ROOT}": "",
        "export --format csv": "五好",
        f"harvest {news}": "四到位",
        "completion show bash": "complete",
        "--version": "kouhao",
        "--help": "kouhao",
    }
    for words, expected in answers.items():
        command: list[str | Path] = [PROGRAM / "kouhao", *words.split()]
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
        if "error[" in done.stderr or "Traceback" in done.stderr or expected not in done.stdout:
            raise SystemExit(f"{words}: {done.stdout}{done.stderr}")
    started = []
    for _ in range(10):
        begin = time.perf_counter()
        run([PROGRAM / "kouhao", "五好"])
        started.append(time.perf_counter() - begin)
    slow = "" if min(started) < _SLOWEST else f" (slower than {_SLOWEST * 1000:.0f} ms)"
    print(f"lookup: {min(started) * 1000:.0f} ms{slow}")


def pdf(text: str) -> bytes:
    """Return a PDF file with one line, in a font that every reader has the characters of."""
    shown = b"BT /F 12 Tf 50 500 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()
    objects = [*_PDF, b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown)]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


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
