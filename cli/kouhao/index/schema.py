"""The layout of index files, shared by their builder and their readers."""

from __future__ import annotations

# A key is a kind's letter and the key's text. The kinds, in order of certainty:
EXACT = "f"  # folded written form
PINYIN = "p"  # joined pinyin
INITIALS = "i"  # initials of the syllables
SOUND = "s"  # sound string, also with one sound left out
ANAGRAM = "a"  # sorted characters of a form: parts or words in another order

# A form's level says what of an entry it is:
TERM = "T"  # the term and its other spellings
PART = "P"  # a counted group or a clause of the term
ITEM = "I"  # an item, its clauses, a lead
CONTEXT = "C"  # the quote and the topic

LEVELS = TERM + PART + ITEM + CONTEXT
"""All levels, the nearest to the term first."""

MOST_POSTINGS = 4096
"""Grams that stand in more entries than this tell nothing, and are not kept: a query in an index of any size reads no more of them."""

FIELD = "\t"
LINE = "\n"

# What is looked for in running text, as the names under which its automaton is kept:
TERMS = "terms"  # the spellings of terms
OPENINGS = "openings"  # the beginnings of full expansions
SOUNDS = "sounds"  # how terms sound
BEGINNING = 5
"""Characters of a term that its automaton looks for: the ends of long terms took three quarters of the memory, and tell little."""

AUTOMATA = {
    TERMS: f"substr(text, 1, {BEGINNING}) FROM spelling",
    OPENINGS: "text FROM opening",
    SOUNDS: "text FROM sounding",
}
"""Where the texts of each automaton stand."""

# An entry's full expansions stand a line each, in the order of its readings.
# A form that is no term may be had by many entries, which are kept in one row: `entry` is the first of them, and `entries` all as a
# posting list (32-bit numbers in ascending order), or NULL. Its `text` is empty for the term itself. `gram` has the same kind of lists.
DDL = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT, term TEXT, fulls TEXT);
CREATE TABLE shape (number INTEGER PRIMARY KEY, forms TEXT);
CREATE TABLE record (number INTEGER PRIMARY KEY, json TEXT);
CREATE TABLE form (number INTEGER PRIMARY KEY, text TEXT, level TEXT, entry INTEGER, entries BLOB);
CREATE TABLE key (key TEXT, form INTEGER, PRIMARY KEY (key, form)) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT PRIMARY KEY, count INTEGER, entries BLOB) WITHOUT ROWID;
CREATE TABLE phrase (phrase TEXT PRIMARY KEY, readings TEXT) WITHOUT ROWID;
CREATE TABLE glyph (glyph TEXT PRIMARY KEY, folded TEXT, readings TEXT, looks TEXT) WITHOUT ROWID;
"""

TEXTS_DDL = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE spelling (text TEXT, entry INTEGER, own INTEGER, PRIMARY KEY (text, entry)) WITHOUT ROWID;
CREATE TABLE opening (text TEXT, entry INTEGER, PRIMARY KEY (text, entry)) WITHOUT ROWID;
CREATE TABLE sounding (text TEXT, entry INTEGER, term TEXT, PRIMARY KEY (text, entry, term)) WITHOUT ROWID;
CREATE TABLE deletion (text TEXT, entry INTEGER, term TEXT, PRIMARY KEY (text, entry, term)) WITHOUT ROWID;
CREATE TABLE automaton (finds TEXT PRIMARY KEY, compiled BLOB);
"""
"""The layout of a text index, which stands in a file of its own: a lookup never asks it."""
