"""The rules of the checker, one a module: `ID`, `SEVERITY`, `DEFAULT`, `check()`, and a docstring that is its manual page."""

from __future__ import annotations

from types import ModuleType

from kouhao.check.rules import (
    companion,
    count_mismatch,
    expansion_item_altered,
    expansion_item_extra,
    expansion_item_missing,
    expansion_item_order,
    inconsistent,
    known_number,
    quote_style,
    superseded_reading,
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
        companion,
        superseded_reading,
        term_superseded,
        term_variant,
        inconsistent,
        unexplained_first_use,
        known_number,
        quote_style,
    )
}
"""By id, in the order in which they are listed."""

DEFAULTS = tuple(name for name, rule in RULES.items() if rule.DEFAULT)
"""Those that are on unless somebody chooses."""
