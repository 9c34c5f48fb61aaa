"""Which tickets had an event in a stretch of time is told by the index alone."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.drop_index("ix_ticket_event_at", table_name="ticket_event")
    op.create_index("ix_ticket_event_at", "ticket_event", ["at", "ticket_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_ticket_event_at", table_name="ticket_event")
    op.create_index("ix_ticket_event_at", "ticket_event", ["at"])
