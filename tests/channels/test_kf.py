"""微信客服: nudged, it pulls once what is new; a greeting, a sending that failed, odd messages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.channels.conftest import rigged
from tests.channels.rigs.kf import KfRig
from tests.channels.test_contract import QUESTION


@pytest.fixture
async def desk(tmp_path):
    async with rigged(KfRig, tmp_path) as rig:
        yield rig


async def test_all_pages_are_pulled_and_the_cursor_outlives_the_process(desk):
    desk.page = 2
    desk.said += [desk.pulled("li", "text", text={"content": f"第{nth}句"}) for nth in range(5)]
    assert await desk.nudge()
    assert [row.payload["text"] for row in await desk.inbox()] == [f"第{nth}句" for nth in range(5)]
    cursor = await desk.app.look(
        lambda session: (
            session.connection().exec_driver_sql("SELECT value FROM mark").scalars().all()
        )
    )
    assert "5" in cursor


async def test_while_the_platform_is_down_a_nudge_is_not_acknowledged(desk):
    desk.said.append(desk.pulled("li", "text", text={"content": QUESTION}))
    desk.fake.down = True
    assert not await desk.nudge()
    desk.fake.down = False
    assert await desk.nudge()
    assert len(await desk.inbox()) == 1


async def test_who_comes_in_is_greeted_with_the_code(desk):
    desk.codes.add("once")
    arrival = {"event_type": "enter_session", "external_userid": "wmnew", "welcome_code": "once"}
    desk.said.append(desk.pulled("new", "event", origin=4, event=arrival))
    assert await desk.nudge()
    await desk.settle()
    assert ["您好" in one.text for one in await desk.arrivals()] == [True]
    assert desk.codes == set()


async def test_a_sending_that_failed_later_is_written_down(desk):
    await desk.tells("@li", "今晚停水")
    await desk.settle()
    row = await desk.sending("今晚停水")
    assert row.state == "sent"
    failure = {
        "event_type": "msg_send_fail",
        "external_userid": "wmli",
        "fail_msgid": row.receipt,
        "fail_type": 10,
    }
    desk.said.append(desk.pulled("li", "event", origin=4, event=failure))
    assert await desk.nudge()
    row = await desk.sending("今晚停水")
    assert (row.state, row.detail) == ("failed", "fail_type 10")


async def test_what_staff_write_and_what_is_odd_does_no_harm(desk):
    desk.said += [
        desk.pulled("li", "text", origin=5, text={"content": "我来处理"}),
        desk.pulled("li", "text", text="odd"),
        desk.pulled("li", "text", send_time="gestern", text={"content": "x"}),
        "odd",
        desk.pulled("li", "event", origin=4, event={"event_type": "session_status_change"}),
        desk.pulled("li", "voice", voice={"media_id": "v"}),
        desk.pulled("li", "text", text={"content": QUESTION}),
    ]
    assert await desk.nudge()
    states = [(row.state, row.payload.get("text")) for row in await desk.inbox()]
    assert [state for state, _ in states] == ["quarantined", "quarantined", "new"]
    assert states[-1][1] == QUESTION


async def test_what_was_said_long_before_we_came_is_not_answered(tmp_path):
    class LateRig(KfRig):
        async def ready(self):
            self.clock.move_to(self.clock.now() + timedelta(hours=5))
            await self.says("li", QUESTION)

        async def says(self, who, text, chat="", **more):
            old = {"send_time": int((self.clock.now() - timedelta(hours=1)).timestamp())}
            self.said.append(self.pulled(who, "text", text={"content": text}, **old))
            return await self.nudge()

    async with rigged(LateRig, tmp_path) as rig:
        assert await rig.inbox() == []
        rig.back = 0
        assert await rig.says("li", QUESTION)
        assert len(await rig.inbox()) == 1
