"""Migrations and tables agree, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from knowledge.store import migrate
from knowledge.store.database import make_engine
from knowledge.store.schema import METADATA

if TYPE_CHECKING:
    from pathlib import Path


def differences(url: str) -> list[object]:
    """What autogenerate would write to reach the tables."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    return list(found)


def test_a_migrated_database_has_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine = make_engine(url)
    migrate.upgrade_engine(engine)
    engine.dispose()

    assert differences(url) == []
    assert migrate.current(url) == migrate.HEAD


def test_a_fresh_database_has_them_without_alembic_and_says_its_version(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'b.db'}"

    migrate.upgrade(url)

    assert differences(url) == []
    assert migrate.current(url) == migrate.HEAD


def test_the_head_in_the_code_is_the_newest_script() -> None:
    folder = ScriptDirectory("knowledge/store/migrations")

    assert folder.get_heads() == [migrate.HEAD]


def test_a_database_can_be_emptied_and_filled_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'c.db'}"
    migrate.upgrade(url)

    migrate.downgrade(url, "base")
    assert migrate.current(url) is None
    migrate.upgrade(url)

    assert differences(url) == []
