"""What kouhao is built of: allowed versions, public names alone, listed licences, and names that stand for one thing."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import import_module
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = [
    requirement
    for text in (
        *PROJECT["dependencies"],
        *(one for extra in PROJECT["optional-dependencies"].values() for one in extra),
    )
    if (requirement := Requirement(text)).marker is None or Requirement(text).marker.evaluate()  # type: ignore[union-attr]
]
SOURCES = sorted((ROOT / "cli").rglob("*.py"))


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def foreign_private_names(source: str) -> list[str]:
    """Return the names with a leading underscore that a module takes from other people's packages."""
    found: list[str] = []
    foreign: set[str] = set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            modules = names if isinstance(node, ast.Import) else [f"{node.module}.{name}" for name in names]
            others = [name for name in modules if name.partition(".")[0] not in {*sys.stdlib_module_names, "kouhao"}]
            found += [name for name in others if re.search(r"(^|\.)_(?!_)", name)]
            foreign |= {alias.asname or alias.name.partition(".")[0] for alias in node.names if others}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in foreign:
            found += [f"{node.value.id}.{node.attr}"] if re.match("_(?!_)", node.attr) else []
    return found


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_the_newest_version_that_is_allowed_can_be_imported(requirement: Requirement) -> None:
    """CI installs afresh, so that what is installed there is the newest."""
    assert requirement.specifier.contains(version(requirement.name), prereleases=True)
    wanted = normalized(requirement.name)
    modules = [name for name, owners in packages_distributions().items() if wanted in map(normalized, owners)]
    modules = [name for name in modules if name.isidentifier() and not name.startswith("_")]
    assert modules
    for module in modules:
        import_module(module)


@pytest.mark.parametrize("module", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_private_of_others_is_used(module: Path) -> None:
    assert not foreign_private_names(module.read_text(encoding="utf-8"))


def test_what_is_private_is_seen() -> None:
    for source in (
        "from typer import _click",
        "import typer._click",
        "import typer\ntyper._click.x",
        "from a._b import c",
    ):
        assert foreign_private_names(source)
    for source in ("import _sqlite3", "from kouhao.x import _y", "import typer\ntyper.__version__", "self._x"):
        assert not foreign_private_names(source)


def test_every_dependency_has_its_licence_on_the_page() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"(?m)^\| ([a-z0-9-]+) \| (.+) \|$", page))
    needed = {normalized(requirement.name) for requirement in REQUIREMENTS}
    assert needed <= listed.keys()
    assert not [name for name, licence in listed.items() if re.search(r"\bA?GPL", licence)]


def test_no_class_name_stands_for_two_things() -> None:
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
