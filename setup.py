"""Compile the built-in glossary into the wheel, so that the first lookup after installing is as fast as the second."""

import sys
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithIndex(build_py):
    """Copy the packages, then write each glossary's index beside its YAML; editable installs compile at first use."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:
            self._write_indexes(Path(self.build_lib, "kouhao", "data"))

    def _write_indexes(self, folder: Path) -> None:
        sys.path.insert(0, str(ROOT / "cli"))
        from kouhao.glossary.load import collect_files, digest_files, load_files  # noqa: PLC0415  importable only now
        from kouhao.index.build import build_index, build_text_index  # noqa: PLC0415  likewise
        from kouhao.index.cache import BUILTIN  # noqa: PLC0415  likewise
        from kouhao.index.characters import glyphs, phrases  # noqa: PLC0415  likewise
        from kouhao.index.compile import ship  # noqa: PLC0415  likewise
        from kouhao.index.reader import Index  # noqa: PLC0415  likewise

        for name in BUILTIN:
            source = ROOT / "glossary" / name
            files = collect_files([source if source.is_dir() else source.with_suffix(".yaml")])
            target, texts = folder / f"{name}.sqlite", folder / f"{name}.texts.sqlite"
            target.unlink(missing_ok=True)
            texts.unlink(missing_ok=True)
            tables = (glyphs(), phrases()) if name == BUILTIN[0] else ((), ())
            build_index(load_files(files), target, digest=digest_files(files), characters=tables[0], phrases=tables[1])
            index = Index(str(target))
            build_text_index(index, texts)
            index.close()
            ship(target)
            ship(texts)


def write_manual_page() -> str:
    """Write the manual page, which is made from the table of options, and return its path in the source folder."""
    sys.path.insert(0, str(ROOT / "cli"))
    from kouhao.commands.help import manual_page  # noqa: PLC0415  importable only now

    page = ROOT / "build" / "kouhao.1"
    page.parent.mkdir(exist_ok=True)
    page.write_text(manual_page(), encoding="utf-8")
    return str(page.relative_to(ROOT))


setup(
    packages=[*find_packages(str(ROOT / "cli")), "kouhao.data"],
    cmdclass={"build_py": BuildWithIndex},
    data_files=[("share/man/man1", [write_manual_page()])],
)
