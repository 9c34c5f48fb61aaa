"""Pictures, re-encoded, and voices, all named at random."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class MediaRow(Model):
    """A picture as re-encoded by us, or a voice, named by a random id that alone opens nothing."""

    __tablename__ = "media"

    id: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str]
    sha256: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[datetime]
