"""回访: who calls the reporter after the end, why, and what was said."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class CallbackRow(Model):
    """One call to make about one end of a ticket, by somebody who did not handle it."""

    __tablename__ = "callback"
    __table_args__ = (UniqueConstraint("ticket_id", "redone", name="uq_callback_end"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    redone: Mapped[int]
    """How often the ticket had been opened again before this end."""
    why: Mapped[str]
    """急件, 不满意 or 抽查."""
    caller_id: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """满意, 一般, 没好 or 没联系上; None while nobody has called."""
