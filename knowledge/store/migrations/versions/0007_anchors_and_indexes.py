"""Seals, daily anchors, and indexes for the desk and the report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from knowledge.store.rows.tickets import TicketRow, seal_of

revision = "0007"
down_revision = "0006"
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
    # Plain statements: a table that others point to cannot be made anew on SQLite.
    op.add_column("ticket", sa.Column("seal", sa.String(), nullable=False, server_default=""))
    op.drop_index("ix_ticket_owner_id", table_name="ticket")
    op.create_index("ix_ticket_owner", "ticket", ["owner_id", "state"])
    op.create_index("ix_ticket_state", "ticket", ["state"])
    op.create_index("ix_ticket_filed", "ticket", ["filed_at"])
    op.drop_index("ix_ticket_event_ticket_id", table_name="ticket_event")
    op.create_index("ix_ticket_event_at", "ticket_event", ["at"])
    _seal_all()


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_ticket_event_at", table_name="ticket_event")
    op.create_index("ix_ticket_event_ticket_id", "ticket_event", ["ticket_id"])
    op.drop_index("ix_ticket_filed", table_name="ticket")
    op.drop_index("ix_ticket_state", table_name="ticket")
    op.drop_index("ix_ticket_owner", table_name="ticket")
    op.create_index("ix_ticket_owner_id", "ticket", ["owner_id"])
    op.drop_column("ticket", "seal")
    op.drop_table("anchor")


def _seal_all() -> None:
    """Give every ticket that is there its seal; columns of later migrations are not there yet."""
    bind, table = op.get_bind(), TicketRow.metadata.tables["ticket"]
    present = {column["name"] for column in sa.inspect(bind).get_columns("ticket")}
    columns = [column for column in table.columns if column.name in present]
    rows = Session(bind).execute(sa.select(*columns)).mappings().all()
    for begin in range(0, len(rows), AT_ONCE):
        sealed = [
            {"row": row["id"], "mark": seal_of({k: v for k, v in row.items() if v is not None})}
            for row in rows[begin : begin + AT_ONCE]
        ]
        bind.execute(
            sa.update(table)
            .where(table.c.id == sa.bindparam("row"))
            .values(seal=sa.bindparam("mark")),
            sealed,
        )
