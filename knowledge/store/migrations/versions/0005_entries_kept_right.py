"""History of entries, proposals, objections, who was given which answer, how questions ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ANSWER = ("score", "who", "channel", "chat_id", "corrected_at")
QUESTION = ("entry_id", "settled_by", "settled_at")


def upgrade() -> None:
    """Apply the change."""
    op.add_column("answer_given", sa.Column("score", sa.Double(), nullable=True))
    for name in ("who", "channel", "chat_id"):
        op.add_column("answer_given", sa.Column(name, sa.String(), nullable=True))
    op.add_column("answer_given", sa.Column("corrected_at", MOMENT, nullable=True))
    for name in ("entry_id", "settled_by"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("question", column)
    op.add_column("question", sa.Column("settled_at", MOMENT, nullable=True))
    op.create_index("ix_answer_given_chat", "answer_given", ["channel", "chat_id", "id"])
    op.create_table(
        "faq_change",
        sa.Column("faq_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("faq_id", "number", name=op.f("pk_faq_change")),
    )
    op.create_table(
        "faq_proposal",
        sa.Column("faq_id", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("telling", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("faq_id", name=op.f("pk_faq_proposal")),
    )
    _create_objections()


def _create_objections() -> None:
    op.create_table(
        "objection",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("faq_id", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("assignee_id", sa.String(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'corrected', 'upheld')", name=op.f("ck_objection_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_open", "objection", ["state", "faq_id"])
    op.create_index(op.f("ix_objection_who"), "objection", ["who"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("objection")
    op.drop_table("faq_proposal")
    op.drop_table("faq_change")
    op.drop_index("ix_answer_given_chat", table_name="answer_given")
    for table, columns in (("question", QUESTION), ("answer_given", ANSWER)):
        with op.batch_alter_table(table) as batch_op:
            for name in columns:
                batch_op.drop_column(name)
