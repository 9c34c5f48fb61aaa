"""The settings that stand in the environment: `LINLI_SECTION__KEY`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

PREFIX = "LINLI_"
BELOW = "__"
"""What stands between a section and its key."""


class Unreadable(ValueError):
    """A variable should hold JSON and does not; the text names its field."""


def read_environment(root: type[BaseModel]) -> dict[str, Any]:
    """Return the tables that variables speak of, each value as JSON or as text.

    Few machines set one, so that what reads them is imported only then.

    Raises:
        Unreadable: a list or a table is not written as JSON.
    """
    if not any(_section(name) in root.model_fields for name in os.environ):
        return {}
    from pydantic_settings import EnvSettingsSource, SettingsError

    source = EnvSettingsSource(
        cast("Any", root),  # it asks for nothing but the fields
        env_prefix=PREFIX,
        env_nested_delimiter=BELOW,
    )
    try:
        return source()
    except SettingsError as trouble:
        raise Unreadable(str(trouble)) from trouble


def overruled(table: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return the table with what stands above it in the place of its own, key by key."""
    merged = dict(table)
    for key, value in above.items():
        own = merged.get(key)
        if isinstance(own, dict) and isinstance(value, dict):
            merged[key] = overruled(own, value)
        else:
            merged[key] = value
    return merged


def _section(name: str) -> str:
    """Return the section of which a variable speaks; empty if it is none of ours."""
    upper = name.upper()
    return upper.removeprefix(PREFIX).split(BELOW)[0].lower() if upper.startswith(PREFIX) else ""
