"""What a session of tests takes over from one test to the next: statements, and what lives for ever.

A test has a database of its own, and with it an engine that would put every statement together
anew; a service does that once in its life. That, and collecting what was never garbage, was a
third of the time of most tests.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from sqlalchemy import Dialect
    from sqlalchemy.engine.interfaces import CompiledCacheType

COLLECT_AFTER = 20_000
"""Objects made after which the youngest are looked through; Python's own number is 700."""


def share_statements(patch: pytest.MonkeyPatch) -> None:
    """Let the engines made from now on speak one dialect, with the statements it has made.

    One for all files of SQLite; a dialect of PostgreSQL belongs to its database, so there it is
    that of the one before, if that had the same address: most tests stand on one slate.
    """
    spoken: dict[str, tuple[str, Dialect, CompiledCacheType | None]] = {}

    def share(url: str, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        name = engine.dialect.name
        place = "" if name == "sqlite" else url
        if spoken.get(name, ("-",))[0] != place:
            spoken[name] = place, engine.dialect, engine._compiled_cache
        _, engine.dialect, engine._compiled_cache = spoken[name]
        return engine

    patch.setattr("knowledge.store.database.create_engine", share)


def keep_what_is_compiled() -> None:
    """Let pytest write down the tests as it rewrites them, even where Python is told to keep nothing.

    Rewriting all of them takes each worker as long as a hundred tests.
    """
    sys.dont_write_bytecode = False


def compile_a_share(tests: Path, nth: int, workers: int) -> None:
    """Read a share of the files that are not written down yet: each by one worker, not by all."""
    found = sorted(tests.rglob("test_*.py"))
    new = [one for one in found if not any(one.parent.glob(f"__pycache__/{one.stem}.*-pytest-*"))]
    for path in new[nth::workers]:
        import_module(".".join(path.relative_to(tests.parent).with_suffix("").parts))


def hold_the_collector() -> None:
    """Collect nothing while tests are read: a quarter of that time, and hardly anything is garbage."""
    gc.disable()


def spare_the_collector() -> None:
    """Leave alone what was made before the first test, and look through the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 10, 5)
    gc.enable()


def forget_applications() -> None:
    """Take from aiohttp the web applications that it keeps: up to a thousand, with all they hold."""
    if aiohttp := sys.modules.get("aiohttp.web_app"):
        aiohttp._cached_build_middleware.cache_clear()
