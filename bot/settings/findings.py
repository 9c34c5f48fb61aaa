"""Say in Chinese what pydantic found wrong with a setting, where, and how to mend it."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from bot.settings.lines import line_of
from knowledge.files.conduct import breach_of_setting
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from knowledge.files.conduct import Breach

Path = tuple[str, ...]

_WANTED = {
    "bool": "要写 true 或 false（不加引号）",
    "date": '要写成 "2028-01-24" 这样的日期',
    "dict": "要写成一张表，例如 [web] 下面一行一个设置",
    "float": "要写一个数，例如 0.6",
    "greater": "太小了，至少 {least}",
    "int": "要写一个整数，不加引号",
    "less": "太大了，最多 {most}",
    "list": '要写成一列，例如 ["小助手", "助手"]',
    "literal": "只能写 {expected}",
    "missing": "缺了这一项",
    "model": "要写成一张表，例如 [web] 下面一行一个设置",
    "path": "要写一个文件的路径，加英文引号",
    "string": "要写文字，加英文引号",
    "time": "要写成 08:30 这样的时间",
    "tuple": '要写成一列，例如 ["小助手", "助手"]',
    "unreadable": "密钥文件 {path} 读不了",
    "value": "{error}",
}
"""First word of pydantic's stable error type → what to say."""

_SPECIAL = {
    "string_pattern_mismatch": "要写以 http:// 或 https:// 开头的网址，末尾不加 /",
    "string_too_short": "不能空着",
    "too_short": "不能空着",
}


def findings_of(
    trouble: ValidationError, text: str, root: type[BaseModel], file: str
) -> tuple[Problem, ...]:
    """Return one finding per error; a wrong environment variable is named instead of the file."""
    return tuple(_finding(error, text, root, file) for error in trouble.errors(include_url=False))


def stray_variables(root: type[BaseModel]) -> tuple[Problem, ...]:
    """Return the environment variables that look like settings of a section that is not there."""
    names = sorted(name for name in os.environ if name.startswith("LINLI_") and "__" in name)
    return tuple(
        _stray(name, section, root)
        for name in names
        if (section := name.removeprefix("LINLI_").split("__")[0].lower()) not in root.model_fields
    )


def _stray(name: str, section: str, root: type[BaseModel]) -> Problem:
    breach = breach_of_setting(name.removeprefix("LINLI_"))
    if breach is not None:
        return Problem(name, 1, "环境变量", "error", str(breach), breach.fix)
    return Problem(name, 1, "环境变量", "error", "没有这个设置项", _known(root, section))


def label(path: Path) -> str:
    """Return how a person calls a setting: `[web] port`."""
    *table, key = path
    return f"[{'.'.join(table)}] {key}" if table else f"[{key}]"


def _finding(error: ErrorDetails, text: str, root: type[BaseModel], file: str) -> Problem:
    loc = (*error["loc"], *_unread(error))
    path = tuple(part for part in loc if isinstance(part, str))
    line = line_of(text, path)
    variable = "LINLI_" + "__".join(path).upper()
    if variable in os.environ or line is None:
        file, line = variable, 1
    breach, named = _breach(path, error) if error["type"] == "extra_forbidden" else (None, path)
    if breach is not None:
        path, line = named, line_of(text, named) or line or 1
        message, fix = str(breach), breach.fix
    elif error["type"] == "extra_forbidden":
        message, fix = "没有这个设置项，可能写错了名字", _known(_table(root, path[:-1]), path[-1])
    else:
        message, fix = _message(error), _mend(error, root, path)
    return Problem(file, line, label(path), "error", message, fix)


def _unread(error: ErrorDetails) -> Path:
    """Return the name of the setting that points to a file which cannot be read."""
    return (error["ctx"]["key"],) if error["type"] == "unreadable" else ()


def _breach(path: Path, error: ErrorDetails) -> tuple[Breach | None, Path]:
    """Return the rule that an unknown setting, or one in an unknown table, would break."""
    inside = error.get("input")
    pairs = inside.items() if isinstance(inside, dict) else [("", inside)]
    for key, value in pairs:
        named = (*path, str(key)) if key else path
        breach = breach_of_setting(*named, value if isinstance(value, str) else "")
        if breach is not None:
            return breach, named
    return None, path


def _message(error: ErrorDetails) -> str:
    kind = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    template = _SPECIAL.get(kind) or _WANTED.get(kind.split("_")[0], "填得不对")
    least, most = context.get("ge", context.get("gt")), context.get("le", context.get("lt"))
    choices = str(context.get("expected", "")).replace(" or ", " 或 ")
    return template.format_map({**context, "least": least, "most": most, "expected": choices})


def _known(table: type[BaseModel] | None, wrong: str) -> str:
    names = list(table.model_fields) if table else []
    if close := get_close_matches(wrong, names, n=1):
        return f"是不是 {close[0]}？"
    return f"删掉它；能写的有：{'、'.join(names)}"


def _mend(error: ErrorDetails, root: type[BaseModel], path: Path) -> str:
    if error["type"] == "unreadable":
        return "看看文件在不在、程序能不能读；写相对的路径就从资料夹算起"
    return _meaning(root, path)


def _meaning(root: type[BaseModel], path: Path) -> str:
    table = _table(root, path[:-1])
    field = table.model_fields.get(path[-1]) if table else None
    return f"这一项是：{field.description}" if field else "对照 linli init 给的样本改"


def _table(root: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model behind a table's path; a named table such as hook.NAME counts as one."""
    table = root
    for part in path:
        field = table.model_fields.get(part)
        if field is None:
            continue
        inner = models_in(field.annotation)
        if inner is None:
            return None
        table = inner
    return table


def models_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside `Model`, `Model | None` or `dict[str, Model]`."""
    for kind in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None
