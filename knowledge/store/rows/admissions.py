"""Invites that hang in a hall or are shown on a screen, and the neighbours who came by them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class InviteRow(Model):
    """An invite to a place; its token is signed from the id, so a poster can be printed again."""

    __tablename__ = "invite"
    __table_args__ = (
        # Two phones at once never share the last place.
        CheckConstraint("used <= most", name="not_overused"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    place_id: Mapped[str | None] = mapped_column(ForeignKey("place.id"))
    """The estate to which it invites; None = whoever comes says which."""
    made_by: Mapped[str]
    """Person id; "" = the terminal of `linli run --lan`."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    most: Mapped[int] = mapped_column(default=1)
    used: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    """Why it was ended, where nobody ended it."""


class AdmissionRow(Model):
    """Somebody who came by an invite: a resident of their own making until a leader knows them."""

    __tablename__ = "admission"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    invite_id: Mapped[int] = mapped_column(ForeignKey("invite.id"), index=True)
    once: Mapped[str] = mapped_column(unique=True)
    """Hash of the form's one-time word: the same form sent twice is one person."""
    admitted_at: Mapped[datetime]
    """They read what was said since."""
    vouched_by: Mapped[str] = mapped_column(default="")
    vouched_at: Mapped[datetime | None]
    known: Mapped[bool | None]
    """What the leader said: None = nobody has said anything yet."""
