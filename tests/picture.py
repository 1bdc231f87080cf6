"""Make the README's picture: a real lookup, painted by rich. `make docs` runs this; `test_docs.py` holds it equal."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from kouhao.commands.console.render import panel
from kouhao.lookup.engine import open_lookup

PICTURE = Path(__file__).parent.parent / "tests" / "picture.svg"
QUERIES = ("五好", "三近三同步")
WIDTH = 76


def picture() -> str:
    """Return the SVG of a terminal in which QUERIES were looked up."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    with open_lookup([], builtin=["putuo-2021"]) as lookup:
        for query in QUERIES:
            console.print(f"[bold green]$[/] kouhao {query}", highlight=False)
            for hit in lookup.answer(query).hits:
                console.print(panel(hit.record, WIDTH))
    return console.export_svg(title="kouhao", unique_id="kouhao")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
