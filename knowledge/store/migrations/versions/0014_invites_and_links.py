"""Invites and who came by them; accounts that their owners linked, and where somebody spoke last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "invite",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint("used <= most", name=op.f("ck_invite_not_overused")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_invite_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
    )
    op.create_table(
        "admission",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("invite_id", ROW_ID, nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("admitted_at", MOMENT, nullable=False),
        sa.Column("vouched_by", sa.String(), nullable=False),
        sa.Column("vouched_at", MOMENT, nullable=True),
        sa.Column("known", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["invite_id"], ["invite.id"], name=op.f("fk_admission_invite_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_admission_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_admission")),
        sa.UniqueConstraint("once", name=op.f("uq_admission_once")),
    )
    op.create_index(op.f("ix_admission_invite_id"), "admission", ["invite_id"], unique=False)
    op.create_table(
        "link_code",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_link_code")),
    )
    op.create_index(op.f("ix_link_code_code_hash"), "link_code", ["code_hash"], unique=False)
    op.create_table(
        "link_try",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_link_try")),
    )
    op.create_table(
        "spoken",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_spoken_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_spoken")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("linked_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("linked_at")
    for table in ("spoken", "link_try", "link_code", "admission", "invite"):
        op.drop_table(table)
