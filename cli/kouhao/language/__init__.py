"""The Chinese of official documents: written forms, sounds, numerals, lists and the edges of words."""
