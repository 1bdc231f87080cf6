"""Answers, findings and whole glossaries as text for people and machines."""
