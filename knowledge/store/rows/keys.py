"""Keys of other systems that may hand in requests."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class ApiKeyRow(Model):
    """One system's key: only its hash is kept, and the row stays when the key is revoked."""

    __tablename__ = "api_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    window_at: Mapped[datetime | None]
    """Minute in which `used` counts."""
    used: Mapped[int] = mapped_column(default=0)
