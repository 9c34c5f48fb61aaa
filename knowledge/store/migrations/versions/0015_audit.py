"""Who did what in the office, how the roster stood, and what of the outbox is seen to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "audit",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("who", "kind", "deed", "subject", "detail", "prev", "hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    for name in ("kind", "who", "subject"):
        op.create_index(f"ix_audit_{name}", "audit", [name, "at"])
    op.create_table(
        "roster_change",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_change")),
    )
    op.create_index("ix_roster_change_at", "roster_change", ["at"])
    op.add_column("outbox", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_ticket_event_actor", "ticket_event", ["actor", "at"])
    op.create_index("ix_faq_change_at", "faq_change", ["at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_faq_change_at", "faq_change")
    op.drop_index("ix_ticket_event_actor", "ticket_event")
    op.drop_column("outbox", "settled_at")
    op.drop_table("roster_change")
    op.drop_table("audit")
