"""Which rules hold for which document, and how much they matter: of settings, those for its path, and options, the last word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath

from kouhao.check.config import Configuration, Override
from kouhao.check.rules import DEFAULTS, RULES
from kouhao.documents.gitignore import Patterns
from kouhao.files import relative_path
from kouhao.model import Finding, Severity


class RuleChoice:
    """The choice of a project's settings, and of rule ids and severities that are given on the spot."""

    def __init__(
        self,
        settings: Configuration,
        enable: Collection[str] = (),
        disable: Collection[str] = (),
        levels: Mapping[str, Severity] | None = None,
    ) -> None:
        self._settings = settings
        self._enable, self._disable = set(enable), set(disable)
        self._levels = dict(levels or {})

    @property
    def unknown(self) -> list[str]:
        """The names that are no rule's, in the order in which they are given."""
        settings = self._settings
        overrides = [name for one in settings.overrides for name in (*one.enable, *one.disable, *one.severity)]
        names = (*settings.enable, *settings.disable, *settings.severity, *overrides, *self._enable, *self._disable)
        return [name for name in dict.fromkeys(names) if name not in RULES]

    @property
    def all(self) -> tuple[str, ...]:
        """The rules that hold for any document."""
        wanted = {name for one in self._settings.overrides for name in one.enable} - self._disable
        return tuple(sorted((self._of([]) | wanted) & RULES.keys()))

    def filter(self, findings: Iterable[Finding], path: str) -> tuple[Finding, ...]:
        """Return the findings of the rules that hold for the document at `path`, each as severe as is wanted."""
        overrides = [one for one in self._settings.overrides if self._fits(path, one)]
        chosen = self._of(overrides)
        levels = dict(self._settings.severity)
        for one in overrides:
            levels |= one.severity
        levels |= self._levels
        kept = [finding for finding in findings if finding.rule in chosen]
        return tuple(one._replace(severity=levels.get(one.rule, one.severity)) for one in kept)

    def _of(self, overrides: list[Override]) -> set[str]:
        chosen = set(DEFAULTS)
        levels: list[Configuration | Override] = [self._settings, *overrides]
        for one in levels:
            chosen = (chosen | set(one.enable)) - set(one.disable)
        return (chosen | self._enable) - self._disable

    def _fits(self, path: str, override: Override) -> bool:
        relative = PurePath(relative_path(path, self._settings.folder or ".")).as_posix()
        return bool(Patterns(override.paths).decide(relative))
