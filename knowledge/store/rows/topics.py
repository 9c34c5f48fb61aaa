"""Topics of the residents' meeting: raised, decided, done."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model, RowId


class TopicRow(Model):
    """One matter for the meeting of an estate, a community or the street (议-0007).

    Waiting without a `decision`; decided with `held_on`; dropped with a decision but no meeting.
    """

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    place_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    told: Mapped[str]
    raised_by: Mapped[str] = mapped_column(index=True)
    """Party; empty = collected by the office, or erased."""
    raised_at: Mapped[datetime] = mapped_column(index=True)
    held_on: Mapped[date | None] = mapped_column(index=True)
    """Day of the meeting that decided."""
    decision: Mapped[str | None]
    responsible: Mapped[str | None]
    """Person id."""
    due: Mapped[date | None]
    done_on: Mapped[date | None] = mapped_column(index=True)
    done_words: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[str]
    """Person id of who wrote it in; empty = erased."""

    @property
    def waiting(self) -> bool:
        """Whether no meeting has spoken of it yet."""
        return self.decision is None

    @property
    def dropped(self) -> bool:
        """Whether it will not be spoken of."""
        return self.decision is not None and self.held_on is None

    @property
    def under_way(self) -> bool:
        """Whether it is decided and not done."""
        return self.held_on is not None and self.done_on is None
