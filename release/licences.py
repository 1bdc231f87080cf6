"""Write docs/licences.md: what a plain install and the extras bring along, and under which licence."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
_HEAD = """# Licences

kouhao itself is under the MIT licence. These come along with `pip install kouhao` and its extras (`release/licences.py` writes this list):

| package | licence |
|---|---|
"""


def main() -> None:
    """Write the page."""
    rows = (f"| {name} | {licence} |\n" for name, licence in sorted(licences().items()))
    PAGE.write_text(_HEAD + "".join(rows), encoding="utf-8")


def licences() -> dict[str, str]:
    """Return the licence of each package that kouhao or one of its dependencies asks for on this machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [text for several in project["optional-dependencies"].values() for text in several]
    asked = [Requirement(text) for text in (*project["dependencies"], *extras)]
    found: dict[str, str] = {}
    for requirement in asked:  # which grows
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if name in found or not wanted:
            continue
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        found[name] = _licence(name)
        asked += map(Requirement, about.get_all("Requires-Dist") or ())
    return found


def _licence(name: str) -> str:
    about = metadata(name).json
    classifiers = [text.rpartition(" :: ")[2] for text in about.get("classifier", ()) if text.startswith("License")]
    told = about.get("license_expression") or "; ".join(classifiers) or about.get("license") or "see its package"
    return str(told).partition("\n")[0]


if __name__ == "__main__":
    main()
