"""The compiled glossary: every key that a lookup may ask for, computed once and kept in one SQLite file.

`schema` says what the file holds, `build` writes it from a `Glossary`, `reader` asks it, `forms` and `characters` compute
what goes into it. `schema`, `reader`, `cache`, `folder` and `version` belong to the start-up path.
"""
