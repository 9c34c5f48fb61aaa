"""未诉先办: the same matter in the same building again and again, found before anybody asks."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId

STANDING = "open"
"""`slot` of a finding that nobody has settled: a building has one of a category."""


class FindingRow(Model):
    """A category that keeps coming back in a building, with the numbers that show it."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("category", "place_id", "slot", name="uq_finding_standing"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    category: Mapped[str]
    place_id: Mapped[str]
    slot: Mapped[str] = mapped_column(default=STANDING)
    """`open`, or once it is settled its own number."""
    numbers: Mapped[list[str]]
    """Ticket numbers, oldest first."""
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
