"""Every run of the tests has a cache folder of its own, in which the glossary is compiled once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from tests.program import Program

settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes says how busy the machine is; tests that bound time do it themselves."""
settings.register_profile("ci", settings.get_profile("any"), derandomize=True)
"""The same examples at each run: what is red is red because of the change. Elsewhere each run looks for new ones."""
settings.load_profile("ci" if os.environ.get("CI") else "any")


def pytest_configure(config: pytest.Config) -> None:
    """Make the cache before any worker starts; what the developer has in theirs is neither used nor changed."""
    if not hasattr(config, "workerinput"):
        os.environ["KOUHAO_CACHE"] = tempfile.mkdtemp(prefix="kouhao-tests-")
        from kouhao.lookup.engine import open_lookup  # noqa: PLC0415  the cache is found when it is opened

        with open_lookup([]) as lookup:
            assert all(index.texts for index in lookup.indexes)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the cache."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("KOUHAO_CACHE"), ignore_errors=True)


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """Give the program, warm."""
    started = Program()
    yield started
    started.close()
