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


class DatabaseSection(SecretSection):
    """A SQLAlchemy address; it holds a password, so it hides itself."""

    url: SecretStr = Field(
        SecretStr(""),
        description="数据库地址，如 postgresql+psycopg://…；不写就用资料夹里的 linli.db",
    )

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: SecretStr) -> SecretStr:
        if not re.match(r"$|sqlite:|postgresql(\+psycopg)?:", url.get_secret_value()):
            message = "数据库只能是 SQLite（sqlite:///文件）或 PostgreSQL（postgresql+psycopg://…）"
            raise ValueError(message)
        return url

    def address(self, folder: Path) -> str:
        """Return the database's address; by default the SQLite file in the data folder."""
        return self.url.get_secret_value() or f"sqlite:///{folder / FILE}"
