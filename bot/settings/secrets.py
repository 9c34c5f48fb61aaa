"""Secrets: `token_file` reads `token` from a file; one that stands in the TOML is a warning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.findings import label
from bot.settings.lines import line_of
from bot.settings.section import Section
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDING = "_file"


class SecretSection(Section):
    """A section whose every secret `x` may be written as `x_file`: the path of a file with it."""

    @model_validator(mode="before")
    @classmethod
    def _read_files(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        given = dict(values)
        for name in _secrets(cls):
            source = given.pop(name + _ENDING, None)
            if source is not None and name in given:
                message = f"{name} 和 {name}{_ENDING} 只能写一个"
                raise ValueError(message)
            if source is not None:
                given[name] = _content(name + _ENDING, Path(str(source)))
        return given


def anchored(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the table with every relative path of a secret's file beginning at the folder."""
    return {
        key: anchored(value, folder)
        if isinstance(value, dict)
        else str(folder / value)
        if key.endswith(_ENDING) and isinstance(value, str)
        else value
        for key, value in table.items()
    }


def shown_secrets(settings: BaseModel, table: dict[str, Any], text: str) -> Iterator[Problem]:
    """Yield a warning for every secret that stands in the file itself.

    `table` is what the file says, `settings` what became of it.
    """
    return _shown(settings, table, text, ())


def _shown(section: Any, table: Any, text: str, path: tuple[str, ...]) -> Iterator[Problem]:
    for key, value in table.items() if isinstance(table, dict) else ():
        inner = section.get(key) if isinstance(section, dict) else getattr(section, key, None)
        if isinstance(inner, SecretStr) and value:
            yield _warning((*path, key), text)
        yield from _shown(inner, value, text, (*path, key))


def _warning(path: tuple[str, ...], text: str) -> Problem:
    variable = "LINLI_" + "__".join(path).upper()
    fix = f'改成 {path[-1]}{_ENDING} = "文件路径"，或用环境变量 {variable}'
    line = line_of(text, path) or 1
    return Problem("linli.toml", line, label(path), "warning", "密钥写在了设置文件里", fix)


def _secrets(section: type[Section]) -> Iterator[str]:
    for name, field in section.model_fields.items():
        kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
        if SecretStr in kinds:
            yield name


def _content(key: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        found = {"key": key, "path": str(path)}
        raise PydanticCustomError("unreadable", "{key} {path}", found) from None
