"""微信客服: a twin that nudges in sealed XML and hands out what was said behind a cursor."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.channels.rigs.rig import Arrived
from tests.channels.rigs.wechat import TROUBLES, AnsweringRig

CORP = "ww0123456789abcdef"
DESK = "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw"


class KfRig(AnsweringRig):
    name = "kf"
    path = f"/wecom/{DESK}"
    receiver = CORP
    send = "/cgi-bin/kf/send_msg"
    table = f'[channels.kf]\ncorp_id = "{CORP}"\nopen_kfid = "{DESK}"'
    answers = TROUBLES | {"gone": {"errcode": 40096, "errmsg": "invalid external userid"}}

    async def set_up(self):
        await super().set_up()
        self.said: list[Any] = []
        """Everything that can be pulled; a cursor is a place in it."""
        self.back, self.page = 0, 1000
        """Messages that are handed out once more; the most that one answer holds."""
        self.msgids = count(1)
        self.codes: set[str] = set()
        self.fake.methods |= {
            "/cgi-bin/kf/sync_msg": self._hand_out,
            "/cgi-bin/kf/send_msg_on_event": self._greet_back,
        }

    def account(self, person: str) -> str:
        return f"wm{person}"

    def place(self, chat):
        place = super().place(chat)
        return type(place)(self.name, f"@{self.account(chat[1:])}")

    def _hand_out(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["open_kfid"] != DESK:
            return {"errcode": 95000, "errmsg": "invalid open_kfid"}
        start = int(body.get("cursor") or 0)
        end = min(start + self.page, len(self.said))
        messages = self.said[max(0, start - self.back) : end]
        return {
            "msg_list": messages,
            "next_cursor": str(end),
            "has_more": int(end < len(self.said)),
        }

    def _greet_back(self, body: dict[str, Any]) -> dict[str, Any]:
        self.codes.remove(body["code"])
        self.seen.append(Arrived(self.clock.now(), "@new", body["text"]["content"]))
        return {"msgid": f"kf{next(self.msgids)}"}

    def _show(self, body):
        assert body["open_kfid"] == DESK
        kind, who = body["msgtype"], body["touser"].removeprefix("wm")
        buttons: tuple[tuple[str, str], ...] = ()
        if kind == "text":
            text = body["text"]["content"]
            assert len(text.encode()) <= 2048
        else:
            text = body["msgmenu"]["head_content"]
            assert len(text.encode()) <= 1024
            taps = [one["click"] for one in body["msgmenu"]["list"] if one["type"] == "click"]
            assert all(len(one["id"].encode()) <= 128 for one in taps)
            buttons = tuple((one["content"], one["id"]) for one in taps)
        self.seen.append(Arrived(self.clock.now(), f"@{who}", text, buttons))
        return {"msgid": f"kf{next(self.msgids)}"}

    def pulled(self, who: str, kind: str, origin: int = 3, **more: Any) -> dict[str, Any]:
        """A message as it is handed out."""
        return {
            "msgid": f"m{next(self.ids)}",
            "open_kfid": DESK,
            "external_userid": self.account(who),
            "send_time": int(self.clock.now().timestamp()),
            "origin": origin,
            "msgtype": kind,
        } | more

    async def says(self, who, text, chat="", **more: Any):
        assert chat in ("", f"@{who}"), "there are only private chats"
        self.said.append(self.pulled(who, "text", text={"content": text}))
        if more.get("photo"):
            name = f"media{next(self.ids)}"
            self.fake.media[name] = more["photo"]
            self.said.append(self.pulled(who, "image", image={"media_id": name}))
        return await self.nudge()

    async def presses(self, who, label, chat=""):
        token = await self.token(chat or self.home, label)
        self.said.append(self.pulled(who, "text", text={"content": label, "menu_id": token}))
        return await self.nudge()

    async def nudge(self) -> bool:
        """Say that there is something to pull."""
        return await self.deliver(
            {
                "ToUserName": CORP,
                "CreateTime": int(self.clock.now().timestamp()),
                "MsgType": "event",
                "Event": "kf_msg_or_event",
                "Token": "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR",
                "OpenKfId": DESK,
            }
        )

    async def again(self) -> bool:
        good = await super().again()
        self.back = 1  # from now on the last message is handed out twice
        return good
