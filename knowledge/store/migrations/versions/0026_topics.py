"""Topics of the residents' meeting; how often proof codes were asked about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LOOKED_UP = ("place_id", "raised_by", "raised_at", "held_on", "done_on")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "topic",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_words", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    for column in LOOKED_UP:
        op.create_index(op.f(f"ix_topic_{column}"), "topic", [column])
    op.create_table(
        "verified",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "day", name=op.f("pk_verified")),
    )


def downgrade() -> None:
    """Take the change back; topics and counts are lost."""
    op.drop_table("verified")
    op.drop_table("topic")
