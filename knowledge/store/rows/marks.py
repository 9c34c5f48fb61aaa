"""Facts about this database itself."""

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class MarkRow(Model):
    """A fact about this database, such as "demo" or its shifted clock."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
