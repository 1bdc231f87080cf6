"""Glossary files and their meaning: guarded YAML and JSON Lines in, a `Glossary` out."""
