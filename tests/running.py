"""How a session of tests runs: nothing is made by each worker that one can make, and what is long begins first."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.engines import (
    compile_a_share,
    hold_the_collector,
    keep_what_is_compiled,
    spare_the_collector,
)

TESTS = Path(__file__).parent
EARLY = ("chaos", "browser", "postgres", "long")
"""Marks of what comes first: one worker has the processes and the browser, and nothing long is last."""


def pytest_configure() -> None:
    keep_what_is_compiled()
    hold_the_collector()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: some always wait for a browser, a disk or a process just started."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Where all tests are read by several workers, each first reads what the others do not."""
    worker: dict[str, Any] | None = getattr(session.config, "workerinput", None)
    if worker and [Path(one).resolve() for one in session.config.args] == [TESTS]:
        compile_a_share(TESTS, int(worker["workerid"][2:]), worker["workercount"])


def pytest_collection_finish() -> None:
    """Before the first test: what was read to find them stays until the end."""
    spare_the_collector()


def lane(item: pytest.Item) -> int:
    """Place in the order of tests: the random order stays within each."""
    return next((at for at, mark in enumerate(EARLY) if item.get_closest_marker(mark)), len(EARLY))
