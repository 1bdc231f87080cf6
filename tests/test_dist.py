"""The wheel carries the glossary and its compiled index, and works where there is no checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.timeout(600)
def test_wheel_has_the_glossary_and_answers_from_its_own_index(tmp_path: Path) -> None:
    """Build once: two builds of one folder at a time are in each other's way."""
    subprocess.run([sys.executable, "-m", "build", "--outdir", tmp_path, ROOT], check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as content:
        packed = {
            name.removeprefix("kouhao/data/"): content.read(name)
            for name in content.namelist()
            if name.endswith(".yaml")
        }
    assert packed == {
        str(path.relative_to(ROOT / "glossary")): path.read_bytes() for path in (ROOT / "glossary").rglob("*.yaml")
    }
    venv.create(tmp_path / "env", with_pip=False, system_site_packages=False)
    python = tmp_path / "env" / "bin" / "python"
    site = next((tmp_path / "env" / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as content:
        content.extractall(site)
    done = subprocess.run(
        [python, "-m", "kouhao", "三近三同步"],
        capture_output=True,
        cwd=tmp_path,
        env={"KOUHAO_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)},
        text=True,
        check=False,
    )
    told = "按读音相近查到（您输入的是“三近三同步”）\n"
    assert (done.returncode, done.stdout.split("\t")[0], done.stderr) == (0, "三进三同步", told)
    asked = "import kouhao; print(kouhao.open().lookup('五好').entries[0].full)"
    done = subprocess.run(
        [python, "-c", asked], capture_output=True, cwd=tmp_path, env={"HOME": str(tmp_path)}, text=True, check=True
    )
    assert done.stdout == "班子建设好、党员队伍好、工作机制好、工作业绩好、群众反映好\n"
    assert not (tmp_path / "cache").exists()
