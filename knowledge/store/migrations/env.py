"""Runs migrations on the connection that the caller hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from alembic import context

from knowledge.store.base import UtcDateTime
from knowledge.store.schema import METADATA

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column type as plain SQLAlchemy, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=render_item,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
