"""Two databases of PostgreSQL, and a life in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.archive.telling import run
from tests.postgres import database_of
from tests.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database with all tables and nothing in them."""
    with database_of(postgres_server, postgres_template) as made:
        yield made


@pytest.fixture
def empty(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database without a table, to restore into."""
    with database_of(postgres_server) as made:
        yield made


@pytest.fixture
async def lived(tmp_path: Path, url: str) -> Path:
    """A data folder with a life in its database, and JSON that somebody has spelt by hand."""
    async with open_world(tmp_path, url) as world:
        await world["李娭毑"].says("小助手 1栋2单元停电了\n\\.\n真的\t停了")
    spelt = """UPDATE outbox SET buttons = '[ {"b" :1, "a": "\\u597d"} ]'"""
    assert run(url, spelt), "there is something told"
    return tmp_path / "world"
