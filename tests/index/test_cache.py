"""An index is used only where nothing has touched it, its glossary or the code that made it, and nobody else could have."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kouhao
from kouhao.errors import KouhaoError
from kouhao.index import cache, compile, version  # noqa: A004  the module's name
from kouhao.index.folder import Watcher, cache_folder, distrust, seal_path
from kouhao.index.patterns import Vocabulary
from kouhao.index.reader import Index
from kouhao.index.spellings import sounding
from kouhao.lookup.engine import open_lookup

OWN = "source:\n  id: own\n  title: 甲\nentries:\n" + "".join(
    f"  - term: {term}\n    basis: mentioned\n    quote: {term}\n" for term in ("三个能", "四个好", "五个到位")
)
SHARED = Path(os.environ.get("KOUHAO_CACHE", ""))
"""The cache of the whole run, where the built-in glossary is compiled."""


class Heard(Watcher):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.compiled = 0
        self.warnings: list[str] = []

    def progress(self, done: int, total: int) -> None:
        """Count a compilation once."""
        self.compiled += done == total

    def warn(self, message: str) -> None:
        """Keep a warning."""
        self.warnings.append(message)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a cache of the test's own, which does not exist yet; the tables come from the built-in index of the whole run."""
    builtin = SHARED / f"{cache._stem([cache.builtin_path(cache.BUILTIN[0])])}.sqlite"  # noqa: SLF001  where it is
    monkeypatch.setattr(cache, "open_builtin", lambda *_: Index(str(builtin)))
    path = tmp_path / "cache"
    monkeypatch.setenv("KOUHAO_CACHE", str(path))
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def heard(path: Path | str, term: str = "四个好") -> Heard:
    """Open a glossary, look a term of it up, and return what a watcher heard."""
    watcher = Heard()
    index = cache.open_pack([str(path)], watcher)
    assert [row[6] for row in index.find_stored(["f" + term])] == [term]
    index.close()
    return watcher


def only_index(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite")
    return path


def keep_times(path: Path, change: Callable[[Path], None]) -> None:
    before = path.stat()
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def zero_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(bytes(4096))


def put_a_pickle(path: Path) -> None:
    path.write_bytes(b"cos\nsystem\n(S'touch /tmp/kouhao-was-here'\ntR.")


def put_an_endless_view(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE entry")
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        database.execute(f"CREATE VIEW entry AS {endless} SELECT i AS number FROM n")  # noqa: S608
    database.close()


def rename_an_entry(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entry SET term = '骗人的'")
    database.close()


DAMAGES = [truncate, flip_a_bit, zero_a_page, put_a_pickle, put_an_endless_view, rename_an_entry]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_touched_is_made_anew(damage: Callable[[Path], None], own: Path, folder: Path) -> None:
    assert heard(own).compiled == 1
    assert heard(own).compiled == 0
    keep_times(only_index(folder), damage)
    assert (again := heard(own)).compiled == 1
    assert again.warnings == []
    assert heard(own).compiled == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("texts", [False, True])
def test_what_the_disk_has_lost_is_made_anew_in_silence(own: Path, folder: Path, *, texts: bool) -> None:
    heard(own)
    index = only_index(folder)
    if texts:
        read_all(own, Heard())
        (index,) = {*folder.glob("*.sqlite")} - {index}
    stem, sound = index.stem, index.read_bytes()
    made_anew = 0
    for page in range(1, len(sound) // 4096):
        index.write_bytes(sound[: page * 4096] + bytes(4096) + sound[(page + 1) * 4096 :])
        Path(seal_path(str(folder), stem, index.lstat())).touch(0o600)
        watcher = Heard()
        read_all(own, watcher)
        made_anew += watcher.compiled
        assert not watcher.warnings
    assert made_anew > 2
    read_all(own, Heard())
    read_all(own, watcher := Heard())
    assert watcher.compiled == 0


def read_all(own: Path, watcher: Heard) -> None:
    """Ask the index of a glossary, and that of texts, for what it has."""
    index = cache.open_pack([str(own)], watcher)
    assert [row[6] for row in index.find_stored(["f四个好"])] == ["四个好"]
    assert [json.loads(record)["term"] for record in index.records()] == ["三个能", "四个好", "五个到位"]
    vocabulary = Vocabulary([index])
    assert [found.text for found in vocabulary.term_matcher().find("建设四个好、5个到位")] == ["四个好", "5个到位"]
    assert vocabulary.near(["四个"])
    assert [*vocabulary.sound_matcher().find(sounding("四个号"))]
    index.close()


def test_a_glossary_has_one_index_however_its_path_is_spelt(
    own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(own)
    monkeypatch.chdir(own.parent)
    link = own.parent / "link.yaml"
    link.symlink_to(own)
    spellings: list[Path | str] = ["own.yaml", "./own.yaml", f"{own.parent}/../{own.parent.name}//own.yaml", link]
    assert [heard(spelling).compiled for spelling in spellings] == [0] * len(spellings)
    assert len(list(folder.iterdir())) == 2


def change_in_place(path: Path) -> None:
    with path.open("r+", encoding="utf-8") as file:
        content = file.read()
        file.seek(0)
        file.write(content.replace("三个能", "三个行"))


def replace(path: Path) -> None:
    other = path.with_suffix(".new")
    other.write_text(OWN.replace("三个能", "三个行"), encoding="utf-8")
    other.replace(path)


@pytest.mark.parametrize("change", [change_in_place, replace])
def test_a_change_of_the_same_length_and_time_is_seen(change: Callable[[Path], None], own: Path, folder: Path) -> None:
    heard(own)
    keep_times(own, change)
    assert heard(own, "三个行").compiled == 1
    assert len(list(folder.glob("*.sqlite"))) == 1


def test_a_change_in_a_folder_is_seen(own: Path, folder: Path) -> None:
    pack = own.parent / "pack"
    (pack / "deep").mkdir(parents=True)
    own.rename(pack / "deep" / "own.yaml")
    heard(pack)
    assert heard(pack).compiled == 0
    (pack / "two.yaml").write_text(OWN.replace("个", "项").replace("own", "two"), encoding="utf-8")
    assert heard(pack, "三项能").compiled == 1
    (pack / "two.yaml").unlink()
    assert heard(pack).compiled == 1
    assert folder.exists()


def test_other_code_makes_another_index(own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard(own)
    copy = own.parent / "kouhao"
    shutil.copytree(Path(kouhao.__path__[0]), copy, ignore=shutil.ignore_patterns("*.bin", "__pycache__"))
    monkeypatch.setattr(kouhao, "__path__", [str(copy)])
    digest = version.code_version()
    assert heard(own).compiled == 1
    with (copy / "index" / "forms.py").open("a") as forms:
        forms.write("#\n")
    assert heard(own).compiled == 1
    assert version.code_version() != digest
    assert len(list(folder.glob("*.sqlite"))) == 3


def test_other_libraries_make_another_index(own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard(own)
    elsewhere = own.parent / "site" / "pypinyin"
    elsewhere.mkdir(parents=True)
    (elsewhere / "__init__.py").touch()
    stem = cache._stem([str(own)])  # noqa: SLF001  what is asked of the file system
    monkeypatch.syspath_prepend(str(elsewhere.parent))
    assert cache._stem([str(own)]) != stem  # noqa: SLF001
    assert folder.exists()


def open_to_all(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)


def linked_by_another(folder: Path) -> None:
    there = folder.parent / "there"
    there.mkdir(mode=0o700)
    folder.symlink_to(there)
    os.chown(folder, 65534, 65534, follow_symlinks=False)


def given_to_another(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)


def no_folder(folder: Path) -> None:
    folder.touch()


def circular(folder: Path) -> None:
    folder.symlink_to(folder)


needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")


@pytest.mark.parametrize(
    "spoil",
    [
        open_to_all,
        no_folder,
        circular,
        pytest.param(linked_by_another, marks=needs_root),
        pytest.param(given_to_another, marks=needs_root),
    ],
)
def test_a_folder_that_others_may_write_is_not_used(spoil: Callable[[Path], None], own: Path, folder: Path) -> None:
    spoil(folder)
    watcher = heard(own)
    assert watcher.compiled == 1
    assert "不用缓存" in watcher.warnings[0]
    assert not folder.is_dir() or not list(folder.iterdir())


def test_a_file_that_others_may_write_is_not_used(own: Path, folder: Path) -> None:
    heard(own)
    only_index(folder).chmod(0o666)
    assert heard(own).compiled == 1
    assert only_index(folder).stat().st_mode & 0o777 == 0o600


def test_ones_own_link_to_the_cache_is_followed(own: Path, folder: Path) -> None:
    there = folder.parent / "there"
    there.mkdir(mode=0o700)
    folder.symlink_to(there)
    heard(own)
    assert heard(own).compiled == 0
    assert not distrust(str(folder))


@pytest.mark.parametrize("surroundings", [{}, {"HOME": ""}, {"HOME": "home"}, {"HOME": "", "XDG_CACHE_HOME": "cache"}])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems say where caches go")
def test_no_home_is_no_cache(surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KOUHAO_CACHE", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert not cache_folder()


def test_many_processes_on_a_cold_cache(own: Path) -> None:
    before = set(SHARED.glob("*"))
    command = [sys.executable, "-m", "kouhao", "--no-builtin", "-g", str(own), "三个能"]
    with ThreadPoolExecutor(6) as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, capture_output=True, check=False), range(6)))
    assert {(run.stdout, run.returncode) for run in runs} == {("三个能\t\n".encode(), 0)}
    assert heard(own).compiled == 0
    mine = cache._stem([str(own)])  # noqa: SLF001
    assert {path.name[: len(mine)] for path in set(SHARED.glob("*")) - before if path.name[:8] == mine[:8]} == {mine}


def test_what_a_killed_process_left_is_swept_up(own: Path, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    folder.mkdir(mode=0o700)
    dead, living = (folder / f".kouhao-{pid}-0123456789ab.tmp" for pid in (int(done.stdout), os.getpid()))
    strange = folder / "notes.sqlite"
    for path in (dead, living, strange):
        path.touch()
    heard(own)
    assert [path.exists() for path in (dead, living, strange)] == [False, True, True]


def test_what_nobody_uses_goes(own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [own.with_name(f"{name}.yaml") for name in "abc"]
    for other in others:
        other.write_text(OWN, encoding="utf-8")
        heard(other)
    long_ago = time.time() - 91 * 86400
    seals = {path.name[:8]: path for path in folder.glob("*.seal")}
    first, second, _ = (seals[cache._stem([str(other)])[:8]] for other in others)  # noqa: SLF001
    os.utime(first, (long_ago, long_ago))
    os.utime(second, (long_ago, long_ago))
    assert heard(others[1]).compiled == 0, "an old index that is asked for is used"
    assert time.time() - second.stat().st_mtime < 86400, "and young again"
    heard(own)
    assert [heard(other).compiled for other in others] == [1, 0, 0]
    monkeypatch.setattr(compile, "LARGEST_CACHE", 1)
    own.touch()
    heard(own)
    assert [heard(other).compiled for other in others] == [0, 0, 0], "what is in use would be made anew at once"
    for seal in folder.glob("*.seal"):
        os.utime(seal, (time.time() - 3 * 86400,) * 2)
    own.touch()
    heard(own)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("clock", [-(10**9), 10**11])
def test_no_clock_matters(clock: int, own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: clock)
    monkeypatch.setattr(cache, "time", lambda: clock)
    heard(own)
    assert heard(own).compiled == 0
    assert folder.exists()


def test_a_full_disk_is_no_obstacle(own: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compile, "write_file", full)
    watcher = heard(own)
    assert "No space left" in watcher.warnings[0]
    assert not list(folder.glob("*.tmp"))


def test_an_own_glossary_is_asked_beside_the_built_in_one(own: Path) -> None:
    with open_lookup([str(own)]) as lookup:
        assert [lookup.answer(term).found for term in ("五好", "三个能")] == [True, True]


def test_one_id_in_two_glossaries_is_told_with_both(own: Path) -> None:
    twin = own.with_name("twin.yaml")
    shutil.copyfile(own, twin)
    with pytest.raises(KouhaoError) as told:
        open_lookup([str(own), str(twin)])
    assert (told.value.code, told.value.path, str(own) in told.value.message) == ("E_DUP_ID", str(twin), True)
    with open_lookup([str(own), f"{own.parent}/./own.yaml"]) as lookup:
        assert lookup.answer("三个能").found
