"""Slogans in a document written out: which of them, whether they may be, and how."""
