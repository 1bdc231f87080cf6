"""Glossary files and their meaning: guarded YAML and JSON Lines in, a `Glossary` out."""

from kouhao.store.load import builtin_files, collect_files, digest_files, load_files
from kouhao.store.writing import dump_yaml, format_yaml, load_round_trip

__all__ = [
    "builtin_files",
    "collect_files",
    "digest_files",
    "dump_yaml",
    "format_yaml",
    "load_files",
    "load_round_trip",
]
