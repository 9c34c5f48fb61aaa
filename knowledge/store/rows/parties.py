"""Names by which unregistered people are known on their platform."""

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.base import Model


class PartyNameRow(Model):
    """The newest display name of somebody who is not in the roster; erased with their data."""

    __tablename__ = "party_name"

    who: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
