"""The curated glossary as installed data: `importlib.resources.files("kouhao.data")` finds it in every install."""
