"""Which of our tickets were cases of another system before."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class TicketSourceRow(Model):
    """A case of another system and the ticket that it became: taken over once."""

    __tablename__ = "ticket_source"

    source: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    """Its number over there."""
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
