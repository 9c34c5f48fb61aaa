"""企业群发: nothing reaches a residents' group before a member of staff has confirmed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.actions.notices.progress import progress
from handlers.actions.notices.reach import reach_of
from handlers.actions.notices.sending import send_now
from knowledge.store.rows.messages import OutboxRow
from tests.channels.conftest import rigged
from tests.channels.rigs.wecom_group import WecomGroupRig
from tests.channels.test_hook import FIRE


@pytest.fixture
async def groups(tmp_path):
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices/events.md").write_text(FIRE, "utf-8")
    async with rigged(WecomGroupRig, tmp_path) as rig:
        rig.idle = True
        yield rig


async def states(rig):
    return [row.state for row in await rig.outbox()]


async def test_several_groups_are_one_tap_and_wait_for_it(groups):
    await groups.tells("g-hy", "防火提醒")
    await groups.tells("g-xy", "防火提醒")
    await groups.settle()
    assert list(groups.tasks.values()) == [(["g-hy", "g-xy"], "防火提醒")]
    assert await states(groups) == ["needs_human", "needs_human"]
    assert await groups.arrivals() == []
    groups.taps("msgGCAAA1")
    await groups.look()
    assert await states(groups) == ["sent", "sent"]
    assert [one.chat for one in await groups.arrivals()] == ["g-hy", "g-xy"]


@pytest.mark.parametrize("status", [2, 3])
async def test_what_the_platform_did_not_let_through_has_failed(groups, status):
    await groups.tells("g-hy", "防火提醒")
    await groups.settle()
    groups.taps("msgGCAAA1", status)
    await groups.look()
    assert await states(groups) == ["failed"]


async def test_whoever_looks_at_the_notice_sees_how_many_groups_wait_for_the_tap(groups):
    notice = next(one for one in groups.app.papers.notices if one.id == "red-alert")
    await groups.app.act("test", lambda work: send_now(work, notice))
    await groups.settle()

    async def waiting():
        now = groups.clock.now()
        (found,) = await groups.app.look(lambda session: progress(session, now - timedelta(days=1)))
        reach = await groups.app.act("test", lambda work: reach_of(work, notice.id))
        assert found.by_hand == reach.by_hand
        return found.by_hand, found.failed

    (task,) = groups.tasks
    assert await waiting() == (len(groups.tasks[task][0]), 0)
    groups.taps(task)
    await groups.look()
    assert await waiting() == (0, 0)


async def test_a_group_gets_one_a_day(groups):
    await groups.tells("g-hy", "第一条")
    await groups.tells("g-hy", "第二条")
    await groups.pass_time(groups.clock.now() + timedelta(hours=23))
    assert len(groups.tasks) == 1
    await groups.pass_time(groups.clock.now() + timedelta(hours=2))
    assert [text for _, text in groups.tasks.values()] == ["第一条", "第二条"]


async def test_the_administrators_are_told_whom_to_remind(groups):
    await groups.tells("g-hy", "今晚八点停水，请大家先把水存好，明早六点来水")
    await groups.settle()
    query = select(OutboxRow.text).where(OutboxRow.text.contains("群发助手"))
    told = await groups.app.look(lambda session: session.scalars(query).all())
    assert told
    assert all("请 wang 打开企业微信" in text for text in told)
