"""What a leader's budget of messages held back: told together, a few times a day."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class DigestRow(Model):
    """One piece of ordinary news that waits for the person's next digest."""

    __tablename__ = "digest"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    due_at: Mapped[datetime] = mapped_column(index=True)
