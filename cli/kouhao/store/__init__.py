"""Glossary files and their meaning: guarded YAML and JSON Lines in, a `Glossary` out."""

from kouhao.store.load import builtin_files, collect_files, digest_files, load_files

__all__ = ["builtin_files", "collect_files", "digest_files", "load_files"]
