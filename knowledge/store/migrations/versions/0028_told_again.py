"""What has stood on the 督办 list since before it was told daily is told again, too."""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change: the mark of the next round, long due, where nothing has set it."""
    op.execute(
        "INSERT INTO mark (name, value) SELECT 'supervised.again', '2026-01-01T00:00:00+08:00'"
        " WHERE EXISTS (SELECT 1 FROM ticket_event WHERE step = 'supervised')"
        " AND NOT EXISTS (SELECT 1 FROM mark WHERE name = 'supervised.again')"
    )


def downgrade() -> None:
    """Leave the mark: a program that does not know it does not read it."""
