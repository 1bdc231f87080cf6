"""Glossary files and their meaning: guarded YAML and JSON Lines in, a `Glossary` out."""

from kouhao.store.load import builtin_files, collect_files, digest_files, load_files, parse_glossary
from kouhao.store.writing import append_entries, dump_yaml, format_yaml, load_round_trip, on_one_line

__all__ = [
    "append_entries",
    "builtin_files",
    "collect_files",
    "digest_files",
    "dump_yaml",
    "format_yaml",
    "load_files",
    "load_round_trip",
    "on_one_line",
    "parse_glossary",
]
