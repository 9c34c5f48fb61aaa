"""An index that alone tells how often an entry was the answer, and how sure that was."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.drop_index("ix_answer_given_faq_id", table_name="answer_given")
    op.create_index("ix_answer_given_used", "answer_given", ["faq_id", "score"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_answer_given_used", table_name="answer_given")
    op.create_index("ix_answer_given_faq_id", "answer_given", ["faq_id"])
