"""Every setting with what it means, what is in force, and where that comes from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot.settings.findings import label, models_in
from bot.settings.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    Path = tuple[str, ...]
    Lines = dict[Path, int]

HIDDEN_SET, HIDDEN_UNSET = "已设置（不显示）", "没有设置"
UNSET = "没写"
DEFAULT = "默认值"
FILE = "linli.toml"
_FILE = "_file"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key; `value` as it is written in the file, a secret never."""

    path: Path
    means: str
    value: str
    default: str
    source: str
    secret: bool
    required: bool

    @property
    def name(self) -> str:
        """How a person calls it."""
        return label(self.path)

    @property
    def key(self) -> str:
        """The key in its table."""
        return self.path[-1]

    @property
    def variable(self) -> str:
        """The environment variable that overrules it."""
        return "LINLI_" + "__".join(self.path).upper()

    @property
    def example(self) -> str:
        """The lines to write."""
        value = self.value if self.value not in ("", UNSET) else '"…"'
        line = f'{self.key}{_FILE} = "/run/secrets/{self.key}"' if self.secret else ""
        return f"[{'.'.join(self.path[:-1])}]\n{line or f'{self.key} = {value}'}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file; `on` = whether it is there, for those that may be absent."""

    name: str
    title: str
    on: bool
    settings: tuple[Setting, ...]


def tables(settings: BaseModel, text: str) -> list[Table]:
    """Return all tables but the channels' in the order of the file; `text` is the file's own."""
    found, lines = [], lines_of(text)
    for name, field in type(settings).model_fields.items():
        if name != "channels":
            section = getattr(settings, name)
            found.append(_table((name,), field, section, lines))
    return [*found, *_channels(settings, lines)]


def offered_channels(settings: BaseModel) -> list[Table]:
    """Return the channels that are not switched on, with what each of them needs."""
    return [table for table in _channels(settings, {}) if not table.on]


def values(settings: BaseModel) -> dict[str, str]:
    """Return what is in force by name: to see what has changed since; secrets only as set or not."""
    return {one.name: one.value for table in tables(settings, "") for one in table.settings}


def _channels(settings: BaseModel, lines: Lines) -> Iterator[Table]:
    section = getattr(settings, "channels")  # noqa: B009 -- the root is declared a layer above.
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if not isinstance(value, dict):
            yield _table(("channels", name), field, value, lines)
            continue
        for one, inner in (value or {"名字": None}).items():
            yield _table(("channels", name, one), field, inner, lines)


def _table(path: Path, field: FieldInfo, section: BaseModel | None, lines: Lines) -> Table:
    model = models_in(field.annotation)
    keys = model.model_fields if model else {}
    told = tuple(_setting((*path, key), one, section, lines) for key, one in keys.items())
    return Table(".".join(path), field.description or path[-1], section is not None, told)


def _setting(path: Path, field: FieldInfo, section: BaseModel | None, lines: Lines) -> Setting:
    kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
    secret = SecretStr in kinds
    value = getattr(section, path[-1], None) if section is not None else None
    unset = field.default is PydanticUndefined
    return Setting(
        path,
        field.description or "",
        _shown(value, secret=secret),
        "" if unset or secret else written(field.default),
        _source(path, lines),
        secret,
        unset,
    )


def _shown(value: Any, *, secret: bool) -> str:
    if secret:
        given = value.get_secret_value() if isinstance(value, SecretStr) else ""
        return HIDDEN_SET if given else HIDDEN_UNSET
    return written(value)


def _source(path: Path, lines: Lines) -> str:
    variable = "LINLI_" + "__".join(path).upper()
    if variable in os.environ or variable + _FILE.upper() in os.environ:
        return f"环境变量 {variable}"
    for one in (path, (*path[:-1], path[-1] + _FILE)):
        if one in lines:
            return f"{FILE} 第 {lines[one]} 行"
    return DEFAULT


def written(value: Any) -> str:
    """Return a value as it is written in the file."""
    if value is None:
        return UNSET
    if isinstance(value, tuple):
        span = bool(value) and all(isinstance(one, time) for one in value)
        if span:
            return f'"{value[0]:%H:%M}-{value[1]:%H:%M}"'
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    said = f"{value:%H:%M}" if isinstance(value, time) else str(value)
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
