"""企业微信 自建应用: a twin that calls back in sealed XML and shows cards to members."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.channels.rigs.rig import Arrived
from tests.channels.rigs.wechat import WechatRig

AGENT = "1000002"
CORP = "ww0123456789abcdef"


class WecomAppRig(WechatRig):
    name = "wecom_app"
    path = f"/wecom/{AGENT}"
    receiver = CORP
    send = "/cgi-bin/message/send"
    table = f'[channels.wecom_app]\ncorp_id = "{CORP}"\nagent_id = "{AGENT}"'

    async def set_up(self):
        await super().set_up()
        self.cards: dict[str, dict[str, Any]] = {}
        self.msgids, self.task_ids = count(1), set[str]()
        self.fake.methods["/cgi-bin/message/update_template_card"] = self._change

    def message(self, who: str, kind: str, **more: Any) -> dict[str, Any]:
        return super().message(who, kind, **more) | {"AgentID": int(AGENT)}

    def _show(self, body):
        assert body["agentid"] == int(AGENT)
        kind, chat = body["msgtype"], f"@{body['touser']}"
        answer = {"invaliduser": "", "msgid": f"msg{next(self.msgids)}"}
        if body["touser"] == "nobody":
            return {"errcode": 0, "invaliduser": "nobody"}
        if kind == "image":
            last = self.seen[-1]
            self.seen[-1] = Arrived(last.at, last.chat, last.text, last.buttons, last.photos + 1)
            return answer
        text, buttons = self._card(body["template_card"]) if kind == "template_card" else ("", ())
        if kind == "text":
            text = body["text"]["content"]
            assert len(text.encode()) <= 2048
        if buttons:
            answer["response_code"] = code = f"code{answer['msgid']}"
            self.cards[code] = body
        self.seen.append(Arrived(self.clock.now(), chat, text, buttons))
        return answer

    def _change(self, body: dict[str, Any]) -> dict[str, Any]:
        """Show other words on a card; its code is good for once."""
        self.cards.pop(body["response_code"])
        assert body["template_card"].pop("replace_text")
        text, _ = self._card(body["template_card"] | {"task_id": body["response_code"]})
        changed = Arrived(self.clock.now(), f"@{body['userids'][0]}", text)
        if changed not in self.seen:
            self.seen.append(changed)
        return {"invaliduser": []}

    def _card(self, card: dict[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The words of a card, refused where the platform would cut or refuse them."""
        title, rest = card["main_title"]["title"], card.get("sub_title_text", "")
        assert title or rest
        assert len(title) <= 36
        assert len(rest) <= 160
        text = "\n".join(filter(None, (title, rest)))
        if card["card_type"] == "text_notice":
            return f"{text}\n{card['card_action']['url']}", ()
        assert card["card_type"] == "button_interaction"
        assert 0 < len(card["task_id"].encode()) <= 128
        assert card["task_id"] not in self.task_ids, "a task id is good for once"
        self.task_ids.add(card["task_id"])
        buttons = tuple((one["text"], one["key"]) for one in card["button_list"])
        assert 1 <= len(buttons) <= 6
        return text, buttons

    async def presses(self, who, label, chat=""):
        token = await self.token(chat or self.home, label)
        event = {
            "Event": "template_card_event",
            "EventKey": token,
            "TaskId": f"task{next(self.ids)}",
            "CardType": "button_interaction",
            "ResponseCode": "used-once",
        }
        return await self.deliver(self.message(who, "event", **event))
