"""`[database]`: where the neighbourhood's records are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr, field_validator

from bot.settings.secrets import SecretSection

if TYPE_CHECKING:
    from pathlib import Path

FILE = "linli.db"
"""The SQLite file in the data folder, used unless another database is named."""

MISWRITTEN = "地址写得不对：要像 postgresql+psycopg://用户名:密码@主机/库名 这样"


class DatabaseSection(SecretSection):
    """A SQLAlchemy address; it holds a password, so it hides itself."""

    url: SecretStr = Field(
        SecretStr(""),
        description="数据库地址，如 postgresql+psycopg://…；不写就用资料夹里的 linli.db",
    )

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: SecretStr) -> SecretStr:
        written = url.get_secret_value()
        if not re.match(r"$|sqlite:|postgresql(\+psycopg)?:", written):
            message = "数据库只能是 SQLite（sqlite:///文件）或 PostgreSQL（postgresql+psycopg://…）"
            raise ValueError(message)
        if written:
            _parse(written)
        return url

    def address(self, folder: Path) -> str:
        """Return the database's address; by default the SQLite file in the data folder."""
        return self.url.get_secret_value() or f"sqlite:///{folder / FILE}"


def _parse(url: str) -> None:
    from sqlalchemy.engine import make_url  # costs every command that needs no database
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(MISWRITTEN) from None
