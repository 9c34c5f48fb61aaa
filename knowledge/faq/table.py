"""Entries as rows of a table, and rows as entries: the same words on both sides."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from knowledge.files.blocks import plain, split_list, split_wordings
from knowledge.files.bodies import Bodies, split_body
from knowledge.files.dates import parse_date
from knowledge.files.rewriting import Parts, restated, stated
from knowledge.files.sheets import Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.files.blocks import Block

Cells = dict[str, str]

COLUMNS: Final = Columns(
    (
        *("编号", "主题", "问题", "问法", "答案", "更多", "来源", "适用"),
        *("核对", "有效期", "负责", "关键词", "反例", "状态"),
    ),
    frozenset({"问题", "答案"}),
    {
        **dict.fromkeys(("标准问", "标准问题", "标题", "常见问题"), "问题"),
        **dict.fromkeys(("其他问法", "相似问", "相似问法", "别的问法"), "问法"),
        **dict.fromkeys(("回答", "答复", "短", "【短】"), "答案"),
        **dict.fromkeys(("详细", "详细答案", "长", "【长】"), "更多"),
        **dict.fromkeys(("分类", "类别"), "主题"),
        **dict.fromkeys(("依据", "出处"), "来源"),
        **dict.fromkeys(("适用范围", "范围"), "适用"),
        **dict.fromkeys(("核对日期",), "核对"),
        **dict.fromkeys(("有效期至", "到期", "失效"), "有效期"),
        **dict.fromkeys(("联系人", "负责人"), "负责"),
        **dict.fromkeys(("标签",), "关键词"),
        **dict.fromkeys(("id", "ID"), "编号"),
    },
    frozenset({"核对", "有效期"}),
)
_BODY: Final = ("答案", "更多")
_WORDINGS: Final = ("问法", "反例")
_FIELDS: Final = tuple(name for name in COLUMNS.all if name not in {"编号", "问题", *_BODY})
MARKED: Final = re.compile(r"^\s*(?:[#＃]{2}|【(?:短|长|長|广播|廣播)】)", re.MULTILINE)
"""A line that would begin another entry or another part of the answer."""


def row_of(entry_id: str, block: Block) -> Cells:
    """Return an entry as the cells of its row."""
    bodies = split_body(block.body)
    cells = {name: "\n".join(one.value for one in block.all(name)) for name in _FIELDS}
    cells |= {"编号": entry_id, "问题": block.title}
    cells |= {"答案": bodies.short or bodies.long, "更多": bodies.long if bodies.short else ""}
    return tidy(cells)


def tidy(cells: Mapping[str, str]) -> Cells:
    """Return the cells of all columns as one writes them."""
    return {column: _tidy(column, cells.get(column, "")) for column in COLUMNS.all}


def differing(old: Cells, new: Cells) -> tuple[str, ...]:
    """Return the columns that say something else; full-width digits and colons are equal."""
    return tuple(name for name in COLUMNS.all if _key(name, old) != _key(name, new))


def mark_of(cells: Cells) -> str:
    """Return a mark that changes with whatever a row says."""
    said = json.dumps([_key(name, cells) for name in COLUMNS.all], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def text_of(cells: Cells, block: Block | None) -> str:
    """Return the entry's text that says what the cells say; `block` is how it stands now.

    Lines that say the same already stay as they were typed.
    """
    entry_id = cells["编号"]
    old = row_of(entry_id, block) if block else tidy({})
    new = differing(old, cells)
    aloud = split_body(block.body).broadcast if block else ""
    parts = Parts(
        title=cells["问题"] if "问题" in new else None,
        fields={name: _lines(name, cells[name]) for name in _FIELDS if name in new},
        bodies=Bodies(cells["答案"], cells["更多"], aloud) if {*_BODY} & {*new} else None,
    )
    return restated(block, parts) if block else stated(entry_id, parts)


def _lines(name: str, said: str) -> tuple[str, ...]:
    """Return the values of the lines that a field has in its file."""
    return tuple(said.split("\n") if name in _WORDINGS else [said]) if said else ()


def _key(name: str, cells: Cells) -> str:
    return cells[name] if name in _BODY else plain(cells[name])


def _tidy(column: str, said: str) -> str:
    if column in _BODY:
        return "\n".join(line.rstrip() for line in said.strip().split("\n"))
    if column in _WORDINGS:
        wordings = (" ".join(one.split()) for one in split_wordings(said.replace("\n", "；")))
        return "\n".join(dict.fromkeys(wordings))
    said = " ".join(said.split())
    as_written = _AS_WRITTEN.get(column)
    return as_written(said) if as_written else said


def _id(said: str) -> str:
    return unicodedata.normalize("NFKC", said)


def _question(said: str) -> str:
    return said.lstrip("#＃ ").rstrip("#").strip()


def _list(said: str) -> str:
    return "、".join(dict.fromkeys(split_list(said)))


def _day(said: str) -> str:
    """Return a day as 2026-12-31; what is none stays for the check to tell."""
    try:
        day = parse_date(plain(said)) if said else None
    except ValueError:
        return said
    return day.isoformat() if day else said and "长期"


_AS_WRITTEN: Final[dict[str, Callable[[str], str]]] = {
    "编号": _id,
    "问题": _question,
    "关键词": _list,
    "核对": _day,
    "有效期": _day,
}
