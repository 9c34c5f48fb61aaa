"""The files `notices/*.md`: the usable notices, and all that is wrong with their form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.community.notices.notice_fields import read_notice
from knowledge.files.checks import Findings
from knowledge.files.folder import read_folder
from knowledge.files.lastgood import Broken

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from knowledge.community.notices.notice import Notice
    from knowledge.files.blocks import Block
    from knowledge.files.problem import Problem


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A read folder: usable notices with their blocks, findings, and what could not be used."""

    notices: tuple[Notice, ...]
    blocks: dict[str, Block]
    problems: tuple[Problem, ...]
    broken: tuple[Broken, ...]
    unreadable: frozenset[str]


def read_notices(folder: Path) -> tuple[tuple[Notice, ...], tuple[Problem, ...]]:
    """Return the usable notices of a folder and all findings about their form, in file order."""
    sheet = read_notice_sheet(folder)
    return sheet.notices, sheet.problems


def read_notice_sheet(
    folder: Path, *, today: date | None = None, links: Collection[str] = ()
) -> NoticeSheet:
    """Read and check a folder; `links` are the allowed domains, no `today` leaves ages alone."""
    reading = read_folder(folder)
    notices: dict[str, Notice] = {}
    blocks: dict[str, Block] = {}
    broken: list[Broken] = []
    problems = list(reading.problems)
    for block in reading.blocks:
        found = Findings(block)
        notice = read_notice(found, today, links)
        taken = notices.get(notice.id)
        if taken:
            _add_double(found, taken)
        problems += found.problems
        if found.broken:
            broken.append(
                Broken("" if taken or not block.first("编号") else notice.id, block.title)
            )
        else:
            notices[notice.id], blocks[notice.id] = notice, block
    return NoticeSheet(
        tuple(notices.values()), blocks, tuple(problems), tuple(broken), reading.unreadable
    )


def of_its_series(sheet: NoticeSheet, notice: Notice) -> NoticeSheet:
    """Return the sheet with that notice and those that take turns with it, and no others."""
    series = {one.series for one in notice.triggers if one.series}
    kept = tuple(
        one
        for one in sheet.notices
        if one.id == notice.id or any(trigger.series in series for trigger in one.triggers)
    )
    return replace(sheet, notices=kept)


def findings_about(
    sheet: NoticeSheet, notice: Notice, today: date, links: Collection[str]
) -> list[Problem]:
    """Return what is wrong with the form of one notice, its age included."""
    problems = list(sheet.problems)
    block = sheet.blocks.get(notice.id)
    if block is not None:
        found = Findings(block)
        read_notice(found, today, links)
        problems += (one for one in found.problems if one not in sheet.problems)
    return [one for one in problems if f"《{notice.title}》" in one.message]


def notice_of(block: Block) -> Notice:
    """Return the notice of a block that was good before, whatever today's checks would say."""
    return read_notice(Findings(block), None, ())


def _add_double(found: Findings, other: Notice) -> None:
    one = found.block.first("编号")
    line = one.line if one else found.block.line
    found.add(
        line,
        "编号",
        "error",
        f"编号“{other.id}”已经用过（{other.file} 第 {other.line} 行）",
        "换一个编号；同一条通知要发几次，就在一条里写几行“触发：”",
    )
