"""What every table shares: naming of constraints and a column type that keeps the zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Integer,
    MetaData,
    String,
    func,
    literal_column,
    type_coerce,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from knowledge.community.days.zone import local, to_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Dialect

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: stored in UTC, given back in the neighbourhood's zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Any:
        return _write_utc if dialect.name == "sqlite" else super().bind_processor(dialect)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name == "sqlite":
            return _read_local
        return super().result_processor(dialect, coltype)

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = to_utc(value)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return local(value if value.tzinfo else value.replace(tzinfo=UTC))


class UtcMoment(UtcDateTime):
    """The same moment given back in UTC: for those who read half a million of them."""

    cache_ok = True

    @override
    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        return None if dialect.name == "postgresql" else _read_stored


def _write_utc(moment: datetime | None) -> str | None:
    return None if moment is None else to_stored(moment)


def to_stored(moment: datetime) -> str:
    """Return what SQLite stores, in one step: a report has thirty moments."""
    return to_utc(moment).replace(tzinfo=None).isoformat(" ", "microseconds")


def _read_local(stored: str | None) -> datetime | None:
    return None if stored is None else local(datetime.fromisoformat(stored + "+00:00"))


def _read_stored(stored: str | None) -> datetime | None:
    return None if stored is None else read_utc(stored)


def read_utc(stored: str) -> datetime:
    """The moment, in UTC, that SQLite stores as this text and `written` gives."""
    return datetime.fromisoformat(stored + "+00:00")


def written(column: ColumnElement[datetime], dialect: str) -> ColumnElement[str]:
    """A moment as text, alike on both databases; earlier is less."""
    if dialect == "sqlite":
        return type_coerce(column, String)
    return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")


RowId = BigInteger().with_variant(Integer, "sqlite")
"""Type of surrogate keys: 64 bit everywhere (SQLite's INTEGER is 64 bit already)."""


def spelt(words: Iterable[str]) -> list[ColumnElement[str]]:
    """Return words of the program as they stand in a statement: nothing is bound at each asking."""
    return [literal_column(f"'{word}'") for word in sorted(words)]


class Model(DeclarativeBase):
    """Base of every row class.

    The files in `rows` do without `from __future__ import annotations`: SQLAlchemy would compile
    each annotation again from its text, a sixtieth of a start.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        list[str]: JSON(),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
        list[list[Any]]: JSON(),
    }
