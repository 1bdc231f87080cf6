"""A document as the checker sees it: its slogans, its expansions, and how these compare with the glossary."""
