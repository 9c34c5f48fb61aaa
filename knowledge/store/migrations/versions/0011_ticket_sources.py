"""Which tickets were cases of another system before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "ticket_source",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_source_ticket_id")
        ),
        sa.PrimaryKeyConstraint("source", "reference", name=op.f("pk_ticket_source")),
    )
    with op.batch_alter_table("ticket_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_source_ticket_id"), ["ticket_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("ticket_source")
