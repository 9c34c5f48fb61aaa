"""What the cells of `people.csv` may say, and what must fit between people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.community.roster.chatsheet import CHANNEL
from knowledge.community.roster.people import IMPLICIT_CHANNELS, LADDER, UNSCOPED, Grant, Role
from knowledge.files.expression import Expression
from knowledge.files.sheets import damaged_by_excel

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from knowledge.community.roster.people import Person
    from knowledge.files.sheets import Row, Sheet

_PHONE = Expression(r"1\d{10}|(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,5})?|\d{3,6}")
"""Mobile, landline with or without area code, short service number."""
_LOST_ZERO = Expression(r"(?![48]00)[2-9]\d{9,10}")
"""A landline with its area code after Excel took it for a number."""
_ROLES = " ".join(Role)


def grant_of(sheet: Sheet, row: Row, places: Container[str]) -> Grant | None:
    """The role of one row with the known places of its 范围."""
    try:
        role = Role(row["角色"])
    except ValueError:
        what = f"不认识的角色“{row['角色'][:20]}”" if row["角色"] else "没有写角色"
        sheet.error(row, "角色", what, f"一行写一个角色（两个角色写两行）：{_ROLES}")
        return None
    scope = row.ids("范围")
    for unknown in [place for place in scope if place not in places]:
        fix = "写 places 表里的编号，几个地点用“；”隔开"
        sheet.error(row, "范围", f"找不到编号为“{unknown[:40]}”的地点", fix)
    if not scope and role in LADDER:
        sheet.error(row, "范围", f"{role}没有写范围", "写上他管的地点编号，几个用“；”隔开")
    elif not scope and role not in UNSCOPED:
        sheet.warn(row, "范围", f"{role}没有写范围，不知道他在哪里", "写上地点编号")
    return Grant(role, scope)


def phone_of(sheet: Sheet, row: Row) -> str:
    """The phone number without blanks and country code."""
    written = row.id("手机")
    if damaged_by_excel(written):
        fix = "先把手机这一列设成“文本”格式，再重新填写号码"
        sheet.error(row, "手机", f"“{written}”被 Excel 改坏了，后面几位已经丢了", fix)
        return ""
    phone = re.sub(r"\s|(?<=\d)\.0+$|^(?:\+|00)86-?", "", written)
    if phone.startswith("1"):
        phone = phone.replace("-", "")
    if _LOST_ZERO.fullmatch(phone):
        sheet.warn(row, "手机", f"座机“{phone}”少了前面的 0，已补上", "把这一列设成“文本”格式")
        return f"0{phone}"
    if phone and not _PHONE.fullmatch(phone):
        sheet.warn(row, "手机", "号码的位数或写法不对", "手机 11 位；座机写成 0731-00000000")
    return phone


def accounts_of(sheet: Sheet, row: Row) -> tuple[tuple[str, str], ...]:
    """The (channel, account id) pairs of a person, sorted."""
    accounts: dict[tuple[str, str], None] = {}
    for pair in row.ids("账号"):
        channel, colon, account = pair.partition(":")
        channel, account = channel.strip().lower(), account.strip()
        if not colon or not account or not CHANNEL.fullmatch(channel):
            what = f"“{pair[:40]}”不是“渠道:账号”"
            sheet.error(row, "账号", what, "写成 telegram:12345，几个账号用“；”隔开")
        elif damaged_by_excel(account):
            sheet.error(row, "账号", f"“{pair}”被 Excel 改坏了", "先设成“文本”格式，再重新填写")
        else:
            accounts[channel, account] = None
    return tuple(sorted(accounts))


def check_deputies(sheet: Sheet, rows: Mapping[str, Row], people: Mapping[str, Person]) -> None:
    """Note deputies who are unknown or stand in for themselves."""
    for person in people.values():
        if person.deputy == person.id:
            sheet.error(rows[person.id], "代班", "自己给自己代班", "写另一个人的编号，或留空")
        elif person.deputy is not None and person.deputy not in people:
            what = f"找不到编号为“{person.deputy[:40]}”的代班人"
            sheet.error(rows[person.id], "代班", what, "写这张表里另一个人的编号，或留空")


def check_accounts(sheet: Sheet, rows: Mapping[str, Row], people: Mapping[str, Person]) -> None:
    """Note accounts that would belong to two people, those that go without saying included."""
    owners: dict[tuple[str, str], str] = {}
    for person in people.values():
        channels = {channel for channel, _ in person.accounts}
        implicit = [(name, person.id) for name in IMPLICIT_CHANNELS if name not in channels]
        for account in (*person.accounts, *implicit):
            owner = owners.setdefault(account, person.id)
            if owner != person.id:
                what = f"账号“{':'.join(account)}”和“{owner}”的账号一样"
                sheet.error(rows[person.id], "账号", what, "一个账号只能是一个人的，改掉一个")
