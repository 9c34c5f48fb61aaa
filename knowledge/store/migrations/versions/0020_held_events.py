"""Parts of an album wait in the inbox for one another."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

NAME = "ck_inbox_state"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(
            op.f(NAME), "state in ('held', 'new', 'done', 'quarantined')"
        )


def downgrade() -> None:
    """Take the change back; what is still held is handled part by part."""
    op.execute("UPDATE inbox SET state = 'new' WHERE state = 'held'")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), "state in ('new', 'done', 'quarantined')")
