"""The neighbourhood of the stories, with an account and a group on every channel."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

DATA = Path(__file__).parent.parent / "stories/data"
GROUPS = {"g-hy": "-1001", "g-at": "-1002", "g-mute": "-1003", "g-xy": "-1004"}
"""Groups of the stories and what Telegram calls them."""
ROOMS = {group: number.removeprefix("-") for group, number in GROUPS.items()}
"""What QQ calls them."""
NAMED = {"telegram": GROUPS, "onebot": ROOMS}
PARTNER = "partner"
"""Name of the generic channel."""


def _rows(name):
    with (DATA / "roster" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


NUMBERS = {
    person: str(5001 + nth)
    for nth, person in enumerate({row["编号"]: 0 for row in _rows("people.csv")})
}
"""Telegram's and QQ's numbers of the people."""
NAMES = {row["编号"]: row["姓名"] for row in _rows("people.csv")}


def settle_town(folder: Path) -> None:
    """Copy the data of the stories and enter everybody on every channel."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    people, chats = _rows("people.csv"), _rows("chats.csv")
    for row in people:
        person = row["编号"]
        others = (f"{channel}:{person}" for channel in (PARTNER, "wecom_bot", "wecom_app", "mp"))
        numbered = (f"{channel}:{NUMBERS[person]}" for channel in NAMED)
        row["账号"] = "；".join((*numbered, f"kf:wm{person}", *others))
    twins = [
        row | {"渠道": channel, "群号": NAMED.get(channel, {}).get(row["群号"], row["群号"])}
        for row in chats
        for channel in ("web", *NAMED, "wecom_webhook", "wecom_group", "wecom_bot", PARTNER)
    ]
    _write(folder / "roster/people.csv", people)
    _write(folder / "roster/chats.csv", chats + twins)


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
