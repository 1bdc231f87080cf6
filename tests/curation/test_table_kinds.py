"""A table says the same whatever it is written as: no cell is lost or altered between CSV, Excel, Markdown and HTML."""

from __future__ import annotations

import csv
import io
import os
from html import escape

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouhao.curation.tables import read_tables

EXAMPLES = int(os.environ.get("KOUHAO_EXAMPLES", "6"))
HEAD = ["词", "展开", "说明"]
CELL = st.text(st.sampled_from("五好能学、，；,;|\"'“”（）()=+-#&<>0129.%\t \n甲乙𠮷"), max_size=9).map(
    lambda text: "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
)
"""Without what marks up a text in Markdown; blanks and blank lines count once."""

ROWS = st.lists(st.tuples(CELL.filter(bool), CELL, CELL), min_size=1, max_size=4)


def delimited(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(rows: list[list[str]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.worksheets[0].cell(number, column)
            cell.value, cell.data_type = text or None, "s" if text else "n"
    book.save(out)
    return out.getvalue()


def markdown(rows: list[list[str]]) -> bytes:
    cells = [[text.replace("|", "\\|").replace("\n", "<br>") for text in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "| --- | --- | --- |", *lines[1:]]).encode()


def page(rows: list[list[str]]) -> bytes:
    lines = ["".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row) for row in rows]
    return f"<!DOCTYPE html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_no_cell_is_lost_in_any_kind_of_table(given_rows: list[tuple[str, str, str]]) -> None:
    rows = [HEAD, *map(list, given_rows)]
    for name, content in {
        "a.csv": delimited(rows, ",", "utf-8-sig"),
        "b.csv": delimited(rows, ",", "gb18030"),
        "c.txt": delimited(rows, "\t", "utf-16"),
        "d.xlsx": workbook(rows),
        "e.md": markdown(rows),
        "f.html": page(rows),
    }.items():
        (table,) = read_tables(content, name)
        assert [[cell.strip() for cell in [*row, "", ""][:3]] for row in table.rows] == rows, name
