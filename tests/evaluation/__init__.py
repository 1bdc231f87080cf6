"""Evaluation data for the matcher: other slogans than the glossary's, everyday words, and a generator of slips."""
