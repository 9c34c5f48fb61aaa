"""Indexes for the board: which filings have grown, and how many answers were given lately."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.drop_index("ix_ticket_filed", table_name="ticket")
    op.create_index("ix_ticket_filed", "ticket", ["filed_at", "length"])
    op.drop_index("ix_ticket_state", table_name="ticket")
    op.create_index("ix_ticket_state", "ticket", ["state", "filed_at", "length"])
    op.create_index("ix_answer_given_at", "answer_given", ["at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_answer_given_at", table_name="answer_given")
    op.drop_index("ix_ticket_state", table_name="ticket")
    op.create_index("ix_ticket_state", "ticket", ["state"])
    op.drop_index("ix_ticket_filed", table_name="ticket")
    op.create_index("ix_ticket_filed", "ticket", ["filed_at"])
