"""A message that one channel cannot deliver takes the person's next one."""

from __future__ import annotations

import pytest

from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.roster import AccountRow, PersonRow
from scheduler.detours import detour
from tests.conftest import MONDAY

ORDER = ("wecom_bot", "wecom_app", "web")


def _message(channel: str, chat: str) -> OutboxRow:
    return OutboxRow(
        key=f"{channel}:{chat}",
        channel=channel,
        chat_id=chat,
        kind="direct" if chat.startswith("@") else "group",
        text="新任务",
        buttons=[],
        images=[],
        not_before=MONDAY,
        created_at=MONDAY,
        attempts=3,
        state="failed",
    )


@pytest.fixture
def session(database):
    with database.transaction() as opened:
        opened.add(PersonRow(id="zhang", name="张", title="张师傅", skills=[], care=[]))
        opened.flush()
        opened.add(AccountRow(channel="wecom", account="ZhangSan", person_id="zhang"))
        opened.flush()
        yield opened


def test_one_account_of_the_company_serves_both_its_channels_and_then_comes_the_page(session):
    row = _message("wecom_bot", "@ZhangSan")
    session.add(row)
    assert detour(session, row, ORDER)
    assert (row.channel, row.chat_id, row.state, row.attempts) == (
        *("wecom_app", "@ZhangSan"),
        *("pending", 0),
    )
    assert detour(session, row, ORDER)
    assert (row.channel, row.chat_id) == ("web", "@zhang")
    assert not detour(session, row, ORDER)


def test_a_group_and_somebody_unknown_have_no_other_way(session):
    assert not detour(session, _message("wecom_bot", "g-1"), ORDER)
    assert not detour(session, _message("wecom_bot", "@nobody"), ORDER)
