"""The roster: places, people and chats as kept in the three files of `roster/`."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.roster import chatsheet, peoplesheet, placesheet
from knowledge.community.roster.rostertemplate import CHATS as TEMPLATE_CHATS
from knowledge.community.roster.rostertemplate import PEOPLE as TEMPLATE_PEOPLE
from knowledge.community.roster.rostertemplate import PLACES as TEMPLATE_PLACES
from knowledge.files.csvsheets import read_csv, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knowledge.community.places.places import GroupChat, Place
    from knowledge.community.roster.people import Person
    from knowledge.files.problem import Problem
    from knowledge.files.sheets import Columns, Sheet

PLACES, PEOPLE, CHATS = "places.csv", "people.csv", "chats.csv"


@dataclass(frozen=True, slots=True)
class Roster:
    """A complete roster, in the order of its files."""

    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    chats: tuple[GroupChat, ...] = ()


class _Unknown(Container[str]):
    """Stands for the ids of a table that could not be read whole: any may be in it."""

    def __contains__(self, _: object) -> bool:
        return True


def read_roster(folder: Path) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Read and check the three files; with any error there is no roster, only findings."""
    return roster_of(
        read_csv(folder / PLACES, placesheet.COLUMNS),
        read_csv(folder / PEOPLE, peoplesheet.COLUMNS),
        read_csv(folder / CHATS, chatsheet.COLUMNS),
    )


def roster_of(
    place_sheet: Sheet, people_sheet: Sheet, chat_sheet: Sheet
) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Check the three tables; with any error there is no roster, only findings."""
    places = placesheet.places_of(place_sheet)
    ids = {row.id("编号") for row in place_sheet.rows}
    known = ids if place_sheet.whole else _Unknown()
    people = peoplesheet.people_of(people_sheet, known)
    chats = chatsheet.chats_of(chat_sheet, known)
    problems = sorted(place_sheet.problems + people_sheet.problems + chat_sheet.problems)
    if any(problem.level == "error" for problem in problems):
        return None, tuple(problems)
    return Roster(places, people, chats), tuple(problems)


def write_roster(roster: Roster, folder: Path) -> None:
    """Write the three files into the folder; what `read_roster` reads from it is the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in tables_of(roster):
        write_csv(folder / name, columns, rows)


def template() -> Roster:
    """Return a small example roster to be overwritten with one's own."""
    return Roster(TEMPLATE_PLACES, TEMPLATE_PEOPLE, TEMPLATE_CHATS)


def tables_of(roster: Roster) -> tuple[tuple[str, Columns, list[list[str]]], ...]:
    """Return the three tables as file name, columns and rows."""
    return (
        (PLACES, placesheet.COLUMNS, [_place_row(place) for place in roster.places]),
        (PEOPLE, peoplesheet.COLUMNS, list(_people_rows(roster.people))),
        (CHATS, chatsheet.COLUMNS, [_chat_row(chat) for chat in roster.chats]),
    )


def _place_row(place: Place) -> list[str]:
    aliases = "；".join(place.aliases)
    return [place.id, place.parent or "", place.kind, place.name, aliases, place.management]


def _people_rows(people: tuple[Person, ...]) -> Iterator[list[str]]:
    for person in people:
        for number, grant in enumerate(person.grants):
            cells = _own_cells(person) if number == 0 else {"姓名": person.name}
            cells |= {"编号": person.id, "角色": grant.role, "范围": "；".join(grant.scope)}
            yield [cells.get(column, "") for column in peoplesheet.COLUMNS.all]


def _own_cells(person: Person) -> dict[str, str]:
    return {
        "姓名": person.name,
        "手机": person.phone,
        "代班": person.deputy or "",
        "技能": "；".join(person.skills),
        "账号": "；".join(f"{channel}:{account}" for channel, account in person.accounts),
        "称呼": person.title,
        "门牌": person.door,
        "关怀": "；".join(person.care),
        "值班": person.duty,
    }


def _chat_row(chat: GroupChat) -> list[str]:
    return [chat.channel, chat.id, chat.name, chat.scope, chat.mode]
