"""Rounds of notices, and who goes first in the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "round",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["corrects"], ["round.id"], name=op.f("fk_round_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("notice_id", "planned", name="uq_round_once"),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_code"), ["code"], unique=False)
    op.execute(
        "INSERT INTO round (notice_id, planned, code, title, begun_at) "
        "SELECT notice_id, planned, max(code), max(title), min(at) FROM sending "
        "WHERE at IS NOT NULL GROUP BY notice_id, planned"
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_outbox_round_id"), "round", ["round_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_outbox_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_outbox_queue", ["state", "channel", "rank", "id"], unique=False)
        batch_op.create_index("ix_outbox_tried", ["state", "channel", "attempts"], unique=False)
        batch_op.drop_index("ix_outbox_waiting")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_waiting", ["state", "not_before"], unique=False)
        batch_op.drop_index("ix_outbox_tried")
        batch_op.drop_index("ix_outbox_queue")
        batch_op.drop_index(batch_op.f("ix_outbox_round_id"))
        batch_op.drop_constraint(batch_op.f("fk_outbox_round_id"), type_="foreignkey")
        batch_op.drop_column("rank")
        batch_op.drop_column("round_id")
    op.drop_table("round")
