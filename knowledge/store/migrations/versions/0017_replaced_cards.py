"""Which message of a chat another one takes the place of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("outbox", sa.Column("replaces", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("outbox", "replaces")
