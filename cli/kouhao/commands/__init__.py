"""The commands: what stands between a person and the use cases. Only here and in `door` is anything printed."""

NAMES = frozenset(
    [
        "lookup",
        "list",
        "show",
        "cite",
        "sources",
        "check",
        "expand",
        "scan",
        "harvest",
        "add",
        "edit",
        "validate",
        "fmt",
        "diff",
        "export",
        "import",
    ]
)
"""The subcommands; any other first word is a query."""
