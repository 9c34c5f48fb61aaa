"""Numbers of tickets that no ticket has taken yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "spare_number",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_spare_number")),
    )


def downgrade() -> None:
    """Take the change back; numbers behind the last ticket's are counted once more."""
    op.execute(
        "UPDATE stamp SET value = (SELECT coalesce(max(no), 0) FROM ticket) WHERE name = 'ticket'"
    )
    op.drop_table("spare_number")
