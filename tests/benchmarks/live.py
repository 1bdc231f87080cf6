"""How long the live search takes: to its first paint, and from a key to what is shown for it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

import pexpect

_RUNS = 5
_INVITATION = "输入汉字、拼音或首字母"
_CLEAR = "\x15"
_PAUSE = 0.1


def first_paint(program: str, surroundings: Mapping[str, str]) -> float:
    """Return the seconds, as a median, from the start to the first paint."""
    times = []
    for _ in range(_RUNS):
        begin = time.perf_counter()
        with _searching(program, surroundings):
            times.append(time.perf_counter() - begin)
    return median(times)


def slowest_key(program: str, surroundings: Mapping[str, str], texts: list[str]) -> float:
    """Return the longest of the seconds, each a median of some runs, from a key of `texts` to its echo, which comes with what is found."""
    times: dict[str, list[float]] = {}
    with _searching(program, surroundings) as child:
        for text in texts * _RUNS:
            for at, key in enumerate(text):
                while child.expect([pexpect.TIMEOUT, ".+"], timeout=_PAUSE):
                    pass  # what the key before this one showed
                begin = time.perf_counter()
                child.send(key)
                child.expect_exact(key)
                times.setdefault(text[: at + 1], []).append(time.perf_counter() - begin)
            child.send(_CLEAR)
            child.expect_exact(_INVITATION)
    return max(map(median, times.values()))


@contextmanager
def _searching(program: str, surroundings: Mapping[str, str]) -> Iterator[Any]:
    """Yield a live search that has been painted, on a terminal of its own."""
    terminal = {"TERM": "xterm", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"}
    child = pexpect.spawn(
        program, env=os.environ | terminal | dict(surroundings), encoding="utf-8", dimensions=(24, 100), timeout=300
    )
    try:
        child.delaybeforesend = None
        child.expect_exact(_INVITATION)
        yield child
    finally:
        child.close(force=True)
