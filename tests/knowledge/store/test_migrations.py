"""Migrations and tables agree, both ways."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from knowledge.store import migrate
from knowledge.store.database import make_engine
from knowledge.store.schema import METADATA


def differences(url: str) -> list[object]:
    """What autogenerate would write to reach the tables."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    return list(found)


def test_a_migrated_database_has_exactly_the_tables_of_the_code(bare_url: str) -> None:
    engine = make_engine(bare_url)
    migrate.upgrade_engine(engine)
    engine.dispose()

    assert differences(bare_url) == []
    assert migrate.current(bare_url) == migrate.HEAD


def test_a_fresh_database_has_them_without_alembic_and_says_its_version(bare_url: str) -> None:
    migrate.upgrade(bare_url)

    assert differences(bare_url) == []
    assert migrate.current(bare_url) == migrate.HEAD


def test_the_head_in_the_code_is_the_newest_script() -> None:
    folder = ScriptDirectory("knowledge/store/migrations")

    assert folder.get_heads() == [migrate.HEAD]


def test_a_database_can_be_emptied_and_filled_again(bare_url: str) -> None:
    migrate.upgrade(bare_url)

    migrate.downgrade(bare_url, "base")
    assert migrate.current(bare_url) is None
    migrate.upgrade(bare_url)

    assert differences(bare_url) == []
