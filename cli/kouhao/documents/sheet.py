"""A sheet of a spreadsheet, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Cell = tuple[int, int]
"""A row and a column, from 0."""

MOST_CELLS = 4_000_000  # cells that are read, empty ones too, by hand
_LETTERS = 26  # of the alphabet in which columns are counted


@dataclass(slots=True)
class Sheet:
    """A sheet: the rows from the first one of the file on, with merged ranges filled with the value that is shown in them.

    `merged` has the cells that show another cell's value, each with that cell, `uncomputed` those with a formula whose value was never worked out;
    `texts` stand around the cells, with labels that say where. `numbers` are those of the rows in a file that is no spreadsheet.
    """

    name: str
    rows: list[list[str]]
    hidden: bool = False
    merged: dict[Cell, Cell] = field(default_factory=dict)
    uncomputed: set[Cell] = field(default_factory=set)
    texts: list[tuple[str, str]] = field(default_factory=list)
    numbers: Sequence[int] = ()

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not blank, with their numbers in the file, from 1."""
        uncomputed = {row for row, _ in self.uncomputed}
        for number, row in zip(self.numbers or range(1, len(self.rows) + 1), self.rows, strict=True):
            if number - 1 in uncomputed or any(cell.strip() for cell in row):
                yield number, row

    def put(self, cell: Cell, text: str) -> None:
        """Write a text into a cell, which may lie beyond the rows that there are."""
        row, column = cell
        self.rows += [[] for _ in range(row + 1 - len(self.rows))]
        self.rows[row] += [""] * (column + 1 - len(self.rows[row]))
        self.rows[row][column] = text

    def merge(self, first: Cell, last: Cell) -> None:
        """Show the value of the first cell of a range in the others."""
        (top, left), (bottom, right) = first, last
        if top >= len(self.rows) or left >= len(self.rows[top]):
            return
        for row in range(top, min(bottom + 1, len(self.rows))):
            for column in range(left, min(right + 1, max(len(self.rows[row]), len(self.rows[top])))):
                if (row, column) != first:
                    self.put((row, column), self.rows[top][left])
                    self.merged[row, column] = first

    def cut(self) -> None:
        """Drop what is empty at the end of each row and behind the last row."""
        for row in self.rows:
            while row and not row[-1]:
                row.pop()
        while self.rows and not self.rows[-1]:
            self.rows.pop()


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell (B3), counted from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def column_number(letters: bytes) -> int:
    """Return the number of a column (B), counted from 0."""
    column = 0
    for letter in letters:
        column = column * _LETTERS + letter - ord("A") + 1
    return column - 1
