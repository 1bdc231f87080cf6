"""The rules of the draft checker, one a module: `ID`, `SEVERITY`, `DEFAULT`, `check()`, and a docstring that is its manual page."""

from __future__ import annotations

from types import ModuleType

from kouhao.check.rules import (
    count_mismatch,
    expansion_item_altered,
    expansion_item_extra,
    expansion_item_missing,
    expansion_item_order,
    inconsistent,
    quote_style,
    term_misspelt,
    term_superseded,
    term_variant,
    unexplained_first_use,
)

RULES: dict[str, ModuleType] = {
    rule.ID: rule
    for rule in (
        expansion_item_missing,
        expansion_item_extra,
        expansion_item_altered,
        expansion_item_order,
        count_mismatch,
        term_misspelt,
        term_superseded,
        term_variant,
        term_superseded,
        inconsistent,
        unexplained_first_use,
        quote_style,
    )
}
"""By id, in the order in which they are listed."""
