"""kouhao (口号): a terminal glossary that expands the compound slogans of Chinese official documents."""

__version__ = "0.1.0"
