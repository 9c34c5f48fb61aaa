"""How often each entry was the answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "answer_given",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("faq_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_given")),
    )
    with op.batch_alter_table("answer_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_given_faq_id"), ["faq_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("answer_given")
