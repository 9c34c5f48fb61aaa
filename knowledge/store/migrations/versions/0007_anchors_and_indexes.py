"""Seals, daily anchors, and indexes for the desk and the report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from knowledge.store.rows.tickets import TicketRow, seal_of

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "anchor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("prev", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("at", name=op.f("uq_anchor_at")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seal", sa.String(), nullable=False, server_default=""))
        batch_op.drop_index(batch_op.f("ix_ticket_owner_id"))
        batch_op.create_index("ix_ticket_owner", ["owner_id", "state"], unique=False)
        batch_op.create_index("ix_ticket_state", ["state"], unique=False)
        batch_op.create_index("ix_ticket_filed", ["filed_at"], unique=False)
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.alter_column("seal", server_default=None)
    with op.batch_alter_table("ticket_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_event_ticket_id"))
        batch_op.create_index("ix_ticket_event_at", ["at"], unique=False)
    _seal_all()


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("ticket_event", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_event_at")
        batch_op.create_index(batch_op.f("ix_ticket_event_ticket_id"), ["ticket_id"], unique=False)
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_filed")
        batch_op.drop_index("ix_ticket_state")
        batch_op.drop_index("ix_ticket_owner")
        batch_op.create_index(batch_op.f("ix_ticket_owner_id"), ["owner_id"], unique=False)
        batch_op.drop_column("seal")
    op.drop_table("anchor")


def _seal_all() -> None:
    """Give every ticket that is there its seal."""
    table = TicketRow.metadata.tables["ticket"]
    session = Session(op.get_bind())
    rows = session.execute(sa.select(table)).mappings().all()
    for begin in range(0, len(rows), AT_ONCE):
        sealed = [
            {"row": row["id"], "mark": seal_of({k: v for k, v in row.items() if v is not None})}
            for row in rows[begin : begin + AT_ONCE]
        ]
        op.get_bind().execute(
            sa.update(table)
            .where(table.c.id == sa.bindparam("row"))
            .values(seal=sa.bindparam("mark")),
            sealed,
        )
