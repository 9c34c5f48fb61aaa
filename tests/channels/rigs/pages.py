"""The built-in web chat, used through its pages."""

from __future__ import annotations

from typing import Any

import aiohttp
from sqlalchemy import select

from bot.channels.web import BOT
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.stage import Stage
from tests.bot.web.visitor import Visitor
from tests.channels.rigs.rig import Arrived, Rig


class WebRig(Rig):
    name = "web"
    demo = True

    def channels(self):
        return ()

    async def ready(self):
        self.session = aiohttp.ClientSession()
        self.stage = Stage(self.app, self.runner, self.address)
        self.first = 0

    async def tear_down(self):
        await self.session.close()

    def visitor(self, who):
        return Visitor(self.stage, self.session, who)

    async def says(self, who, text, chat="g-hy", **more: Any):
        fields: dict[str, str | bytes] = {"text": text, "uuid": next(self.keys)}
        if more.get("called"):
            fields["text"] = f"@社区小助手 {text}"
        if more.get("photo"):
            fields["photo"] = more["photo"]
        if more.get("quote"):
            fields["quote"] = more["quote"]
        self.last = (who, f"/chat/{chat}/post", fields)
        return await self.again()

    async def presses(self, who, label, chat="g-hy"):
        fields: dict[str, str | bytes] = {
            "token": await self.token(chat, label),
            "uuid": next(self.keys),
        }
        self.last = (who, f"/chat/{chat}/press", fields)
        return await self.again()

    async def again(self):
        who, path, fields = self.last
        answer = await self.visitor(who).post(path, fields)
        return answer.status < 400

    async def forget(self):
        self.first = max((row.id for row in await self._rows()), default=0)

    async def arrivals(self):
        return [
            Arrived(
                row.at,
                row.chat_id,
                row.text,
                tuple((one["label"], one["token"]) for one in row.buttons),
                len(row.images),
            )
            for row in await self._rows()
            if row.id > self.first
        ]

    async def _rows(self):
        query = select(WebMessageRow).where(WebMessageRow.sender == BOT).order_by(WebMessageRow.id)
        return await self.app.look(lambda session: list(session.scalars(query)))
