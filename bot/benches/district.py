"""A district that nobody lives in: its roster in three files, and what is said there in a day."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.benches.groups import ASKED_FIRST, CALLED
from bot.benches.talk import ASKED, chatter, question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILDINGS = 3
"""Of each estate: a group belongs to an estate."""
ESTATES = 50
"""Of each community."""
PER_RESIDENT = 5
"""Messages of a resident in a day (assumed, research/perf.md §6c)."""
RHYTHM = (1, 0.5, 0.3, 0.3, 0.3, 1, 3, 7, 8, 6, 5, 5, 6, 5, 4, 4, 5, 6, 8, 10, 10, 7, 4, 2)
"""Weight of each hour of the day: a peak at breakfast, a higher one after supper (assumed)."""
QUESTION_SHARE, REPORT_SHARE = 0.04, 0.01
"""Of all messages: 5 % are meant for the bot (assumed, research/perf.md §6c)."""
FIRST, SECOND = "兰竹梅桂松柳荷枫杏桃樱榆槐桐柏橘枣梨椿", "亭苑园庭里坊台轩阁岸溪湾洲汀岭坪桥泉"


@dataclass(frozen=True, slots=True)
class District:
    """So many residents in so many groups."""

    residents: int
    groups: int

    @property
    def messages(self) -> int:
        """Messages of a day."""
        return self.residents * PER_RESIDENT

    @property
    def peak(self) -> float:
        """Messages a second in the busiest hour."""
        return self.messages * max(RHYTHM) / sum(RHYTHM) / 3600

    def settle(self, folder: Path) -> None:
        """Write the roster of the district into a data folder in the place of the old one."""
        roster = folder / "roster"
        _write(roster / "places.csv", "编号,上级,类型,名称,别名,管理方式", self._places())
        people = "编号,姓名,手机,角色,范围,代班,技能,账号"
        _write(roster / "people.csv", people, self._people())
        groups = (("web", f"g-{n}", f"{name(n)}群", f"e{n}", "仅@") for n in range(self.groups))
        _write(roster / "chats.csv", "渠道,群号,名称,范围,模式", groups)

    def day(self, one_in: int) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield each hour with group and words of every message, of `one_in` of which one is said."""
        chance = random.Random(self.residents)  # noqa: S311 -- the same day every time.
        talk = chatter(chance)
        for hour, weight in enumerate(RHYTHM):
            count = round(self.messages * weight / sum(RHYTHM) / one_in)
            yield hour, [(chance.randrange(self.groups), _said(chance, talk)) for _ in range(count)]

    def _places(self) -> Iterator[tuple[str, ...]]:
        yield "d", "", "街道", "新区街道", "", ""
        for n in range(0, self.groups, ESTATES):
            yield f"c{n}", "d", "社区", f"{name(n)}社区", "", ""
        for n in range(self.groups):
            yield f"e{n}", f"c{n - n % ESTATES}", "小区", f"{name(n)}小区", "", "物管"
            yield f"g{n}", f"e{n}", "网格", f"{name(n)}网格", "", ""
            for building in range(1, BUILDINGS + 1):
                yield f"e{n}-{building}", f"g{n}", "楼栋", f"{building}栋", "", ""

    def _people(self) -> Iterator[tuple[str, ...]]:
        yield "office", "新小街", "", "街道", "d", "", "", "web:office"
        for n in range(0, self.groups, ESTATES):
            yield f"community{n}", f"社{name(n)}", "", "社区", f"c{n}", "", "", f"web:community{n}"
        for n in range(self.groups):
            for role, letter, place in (
                ("邻长", "a", f"g{n}"),
                ("组长", "b", f"g{n}"),
                ("片长", "c", f"e{n}"),
            ):
                yield (
                    f"{letter}{n}",
                    f"{role[0]}{name(n)}",
                    "",
                    role,
                    place,
                    "",
                    "",
                    f"web:{letter}{n}",
                )


def name(number: int) -> str:
    """How an estate is called: 兰亭, 竹亭 …"""
    rest, first = divmod(number, len(FIRST))
    further, second = divmod(rest, len(SECOND))
    return FIRST[first] + SECOND[second] + (str(further + 1) if further else "")


def _said(chance: random.Random, talk: list[str]) -> str:
    drawn = chance.random()
    if drawn < REPORT_SHARE:
        return f"{CALLED}{chance.randint(1, BUILDINGS)}栋{chance.choice(ASKED_FIRST)}"
    if drawn < REPORT_SHARE + QUESTION_SHARE:
        return CALLED + question(chance.randrange(ASKED))
    return chance.choice(talk)


def _write(path: Path, head: str, rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)
