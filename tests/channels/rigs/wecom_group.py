"""企业群发: a twin that makes tasks, and a member of staff who taps when told to."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from bot.channels.wecom_group import WecomGroup
from tests.channels.fake_wecom import FakeApi
from tests.channels.rigs.rig import Arrived
from tests.channels.rigs.wechat import AES_KEY, SECRET, TOKEN, ApiRig

STAFF = "wang"
ADD = "/cgi-bin/externalcontact/add_msg_template"


class WecomGroupRig(ApiRig):
    """Staff who tap at once; `idle` = nobody taps until `taps`."""

    name = "wecom_group"
    chats = ("g-hy", "g-xy")
    most = 1
    handed = "needs_human"
    again_after = timedelta(hours=25)
    idle = False

    async def set_up(self):
        self.fake = FakeApi(SECRET)
        self.fake.sends.add(ADD)
        self.fake.methods = {
            ADD: self._add,
            "/cgi-bin/externalcontact/get_groupmsg_send_result": self._result,
            "/cgi-bin/message/send": lambda _: {"msgid": "m"},
        }
        self.tasks: dict[str, tuple[list[str], str]] = {}
        self.statuses: dict[tuple[str, str], int] = {}
        self.seen = []
        self.numbers = count(1)
        await self.fake.start()
        with (self.folder / "linli.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[channels.wecom_app]\ncorp_id = "ww1"\nagent_id = "1"\nsecret = "{SECRET}"\n'
                f'token = "{TOKEN}"\naes_key = "{AES_KEY}"\napi = "{self.fake.address}"\n'
                f'group_sender = "{STAFF}"\n'
            )

    async def tear_down(self):
        await self.fake.stop()

    def _add(self, body: dict[str, Any]) -> dict[str, Any]:
        assert (body["chat_type"], body["sender"]) == ("group", STAFF)
        assert 1 <= len(body["chat_id_list"]) <= 2000
        assert len(body["text"]["content"].encode()) <= 4000
        task = f"msgGCAAA{next(self.numbers)}"
        self.tasks[task] = (body["chat_id_list"], body["text"]["content"])
        if not self.idle:
            self.taps(task)
        return {"fail_list": [], "msgid": task}

    def taps(self, task: str, status: int = 1) -> None:
        """A member of staff confirms a task; 1 = the groups got it."""
        for chat in self.tasks[task][0]:
            self.statuses[task, chat] = status
            if status == 1:
                self.seen.append(Arrived(self.clock.now(), chat, self.tasks[task][1]))

    def _result(self, body: dict[str, Any]) -> dict[str, Any]:
        assert body["userid"] == STAFF
        groups = self.tasks[body["msgid"]][0]
        start = int(body["cursor"] or 0)
        answer = [
            {
                "chat_id": chat,
                "userid": STAFF,
                "status": self.statuses.get((body["msgid"], chat), 0),
            }
            for chat in groups[start : start + 1]
        ]
        more = str(start + 1) if start + 1 < len(groups) else ""
        return {"send_list": answer, "next_cursor": more}

    async def look(self) -> None:
        """Let the application look at what was confirmed."""
        channel = self.channel
        assert isinstance(channel, WecomGroup)
        await channel.look()

    async def settle(self):
        await super().settle()
        await self.look()
