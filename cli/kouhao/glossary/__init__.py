"""Glossary files and their meaning: guarded YAML and JSON Lines in, a `Glossary` out."""

from kouhao.glossary.load import builtin_files, collect_files, digest_files, load_files, parse_glossary
from kouhao.glossary.write import (
    append_entries,
    append_sources,
    dump_yaml,
    file_sources,
    format_yaml,
    load_round_trip,
    part_data,
)

__all__ = [
    "append_entries",
    "append_sources",
    "builtin_files",
    "collect_files",
    "digest_files",
    "dump_yaml",
    "file_sources",
    "format_yaml",
    "load_files",
    "load_round_trip",
    "parse_glossary",
    "part_data",
]
