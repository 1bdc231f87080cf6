"""Entries in other people's formats, a module a kind: each is loaded for itself, since some bring in much."""
