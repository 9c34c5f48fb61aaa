"""INSERT that leaves alone what stands there already, in the engine's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import insert as insert_sqlite

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.orm import Session


def insert_once(session: Session, table: Table, *unique: str) -> Any:
    """Return an INSERT for SQLite or PostgreSQL that skips a row whose `unique` columns exist."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        return insert_postgresql(table).on_conflict_do_nothing(index_elements=unique)
    return insert_sqlite(table).on_conflict_do_nothing(index_elements=unique)
