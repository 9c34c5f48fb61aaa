"""What can be wrong with the form of any entry, whichever list it stands in."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from knowledge.files.dates import HOW_TO_WRITE, parse_date
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from knowledge.files.blocks import Block, Field
    from knowledge.files.problem import Level

SOON = timedelta(days=30)
"""How long before its end an entry is reported as ending (research/ux.md §3.4)."""

STALE = timedelta(days=365)
"""Age of 核对 from which an entry counts as unchecked (CONTRACT §3.1)."""

_ID = re.compile(r"[a-z0-9-]+")
LONGEST_ID: Final = 80
"""It stands in addresses and in buttons."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a list: those that may repeat, and what people write instead of them."""

    fields: tuple[str, ...]
    repeated: frozenset[str]
    aliases: Mapping[str, str]


@dataclass(slots=True)
class Findings:
    """The findings about one entry, each at a line of its file."""

    block: Block
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: str, level: Level, what: str, fix: str) -> None:
        """Note one finding, said with the entry's heading."""
        message = f"《{self.block.title}》{what}" if self.block.title else what
        self.problems.append(Problem(self.block.file, line, column, level, message, fix))

    @property
    def broken(self) -> bool:
        """Whether the entry must be left out."""
        return any(problem.level == "error" for problem in self.problems)


def check_form(found: Findings, form: Form) -> None:
    """Find unknown, doubled, empty and colonless fields, and a blank line too early.

    Where fields were read before the blank line the rest may be meant as text: a warning.
    """
    block = found.block
    if not block.title:
        what, fix = "“##”后面没有标题", "在“##”后面写上标题，如“## 老年卡怎么办？”"
        found.add(block.line, "标题", "error", what, fix)
    if early := _early(block, form):
        level: Level = "warning" if block.fields else "error"
        what, fix = "栏目前面多了一个空行，没有读到", "删掉前面的空行"
        found.add(block.body_line, early, level, what, fix)
    seen: set[str] = set()
    for one in block.fields:
        _check_field(found, one, form, seen)
        seen.add(one.name)


def _check_field(found: Findings, one: Field, form: Form, seen: Collection[str]) -> None:
    """Find what is wrong with one field behind those that were seen before it."""
    name = one.name[:_SHOWN]
    if not one.name:
        what = f"“{_brief(one.value)}”这一行没有冒号"
        found.add(one.line, "栏目", "error", what, f"写成“栏目：值”；{_BODY}")
    elif one.name not in form.fields:
        found.add(one.line, name, "error", f"不认识的栏目“{name}”", _meant(one.name, form))
    elif one.name in seen and one.name not in form.repeated:
        found.add(one.line, one.name, "error", f"“{one.name}”写了两次", "只留一行")
    elif not one.value:
        what, fix = f"“{one.name}”后面是空的", "写上内容，或者删掉这一行"
        found.add(one.line, one.name, "warning", what, fix)


_SHOWN = 16
_BODY = "如果这是正文，请先空一行再写"


def _early(block: Block, form: Form) -> str:
    """Return the field name with which the body begins."""
    name = re.split("[:：]", block.body.split("\n", 1)[0])[0].strip()
    return name if name in form.fields else ""


def _meant(name: str, form: Form) -> str:
    """Return how to mend an unknown field name: the likeliest one, and all there are."""
    near = form.aliases.get(name) or next(
        iter(difflib.get_close_matches(name, form.fields, 1, 0.5)), ""
    )
    guess = f"是不是想写“{near}：”？" if near else ""
    return f"{guess}可用的栏目：{'、'.join(form.fields)}。{_BODY}"


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def read_id(found: Findings) -> str:
    """Return the 编号, or an empty text where it is missing or not usable."""
    block = found.block
    one = block.first("编号")
    if one is None or not one.value:
        line = one.line if one else block.line
        found.add(
            line,
            "编号",
            "warning",
            "没有编号",
            "运行时会自动补上；也可以自己写，如 编号：elderly-card",
        )
    elif not is_id(one.value):
        found.add(
            one.line,
            "编号",
            "error",
            f"编号“{one.value[:_SHOWN]}”不能用",
            f"编号只用小写字母、数字和减号，最多 {LONGEST_ID} 个，如 elderly-card",
        )
    else:
        return one.value
    return ""


def is_id(said: str) -> bool:
    """Whether a text can be a 编号."""
    return len(said) <= LONGEST_ID and _ID.fullmatch(said) is not None


def check_value(found: Findings, name: str, allowed: Collection[str]) -> None:
    """Find a field that says none of the few things that it may say."""
    one = found.block.first(name)
    if one is not None and one.value and one.value not in allowed:
        said = " 或 ".join(allowed)
        fix = f"只能写 {said}；不要这一栏就删掉这一行"
        found.add(one.line, name, "error", f"不认识的{name}“{_brief(one.value)}”", fix)


def read_date(found: Findings, name: str) -> date | None:
    """Return the date of that field; None where it is missing, 长期 or wrong."""
    one = found.block.first(name)
    if one is None or not one.value:
        return None
    try:
        return parse_date(one.value)
    except ValueError as wrong:
        found.add(one.line, name, "error", f"{wrong}", HOW_TO_WRITE)
    return None


def check_age(found: Findings, checked: date | None, until: date | None, today: date) -> None:
    """Find what has ended, ends soon, or was not checked for a year, or soon was not."""
    end, check = found.block.first("有效期"), found.block.first("核对")
    if until and end and (aged := _ended(until, today)):
        found.add(end.line, "有效期", "warning", *aged)
    if checked and check and (aged := _aged(checked, today)):
        found.add(check.line, "核对", "warning", *aged)
    elif not check:
        mend = "加一行“核对：”，写最近核对的日期"
        found.add(found.block.line, "核对", "warning", "没有写核对日期", mend)


def _ended(until: date, today: date) -> tuple[str, str] | None:
    """What is wrong with the last day of an entry, and how to mend it."""
    if until < today:
        return f"{until} 已过期，不再使用", "核实新规定后改正文和有效期"
    if until <= today + SOON:
        return f"{until} 就要到期", "到期前核实一次，改好有效期"
    return None


def _aged(checked: date, today: date) -> tuple[str, str] | None:
    """What is wrong with the day on which an entry was checked last, and how to mend it."""
    if checked > today:
        return f"核对日期 {checked} 还没到", "写真正核对的那一天"
    if checked < today - STALE:
        return f"{checked} 以后没有再核对，超过一年了", "再核对一次，改成今天的日期"
    if checked < today - STALE + SOON:
        return f"{checked} 核对的，快满一年了", "满一年前再核对一次"
    return None


def check_source(found: Findings) -> None:
    """Find an entry that does not say where it comes from."""
    one = found.block.first("来源")
    if one is None:
        found.add(
            found.block.line, "来源", "warning", "没有写来源", "加一行“来源：”，写文件名和文号"
        )
