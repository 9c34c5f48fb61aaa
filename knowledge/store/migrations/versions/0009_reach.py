"""What was sent word for word, quizzes, how much a chat wants to hear, and notices passed on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("quiz", sa.JSON(), nullable=True))
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.Integer(), nullable=True))
    op.create_table(
        "pace",
        sa.Column("id", row_id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pace")),
        sa.UniqueConstraint("channel", "chat_id", "who", name="uq_pace_who"),
    )
    op.create_table(
        "relay",
        sa.Column("id", row_id, nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
        sa.UniqueConstraint("notice_id", "planned", "place_id", name="uq_relay_once"),
    )
    with op.batch_alter_table("relay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relay_remind_at"), ["remind_at"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("relay")
    op.drop_table("pace")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_column("answer")
    with op.batch_alter_table("sending", schema=None) as batch_op:
        batch_op.drop_column("quiz")
        batch_op.drop_column("body")
