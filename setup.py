"""Compile the built-in glossary into the wheel, so that the first lookup after installing is as fast as the second."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithIndex(build_py):
    """Copy the packages, then write `index.sqlite` beside the glossary's YAML; editable installs compile at first use."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:
            self._write_index(Path(self.build_lib, "kouhao", "data", "index.sqlite"))

    def _write_index(self, target: Path) -> None:
        sys.path.insert(0, str(ROOT / "cli"))
        from kouhao.glossary.load import collect_files, digest_files, load_files  # noqa: PLC0415  likewise
        from kouhao.index.build import build_index  # noqa: PLC0415  importable only now
        from kouhao.index.characters import glyphs  # noqa: PLC0415  likewise

        files = collect_files([ROOT / "glossary"])
        target.unlink(missing_ok=True)
        build_index(load_files(files), target, digest=digest_files(files), characters=glyphs())


setup(cmdclass={"build_py": BuildWithIndex})
