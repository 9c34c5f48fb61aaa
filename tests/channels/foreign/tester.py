"""A request by text and button through aiogram-bot-tester: its session stands for the platform.

`pip install --no-deps --target FOLDER aiogram-bot-tester`, then
`PYTHONPATH=FOLDER python -m tests.channels.foreign.tester`. It has no HTTP of its own.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from aiogram import Dispatcher

from bot.channels.telegram.adapter import Telegram
from tests.channels.conftest import rigged
from tests.channels.rigs.telegram import WebhookRig
from tests.channels.test_contract import LAMP
from tests.channels.town import NUMBERS

LI = int(NUMBERS["li"])
ITS_OWN: Any = {"message": {"bot"}, "callback_query": {"bot": True, "message": {"bot"}}}
"""What the tester writes into an update and no platform does."""


def carrier(rig: WebhookRig) -> Dispatcher:
    """A dispatcher that posts each update to the application's webhook, as the platform would."""
    dispatcher = Dispatcher()

    async def carry(_handler: Any, update: Any, _data: dict[str, Any]) -> None:
        told = update.model_dump_json(by_alias=True, exclude_none=True, exclude=ITS_OWN)
        status, _ = await rig.post(_with_date(json.loads(told), rig))
        assert status == 200, status
        await rig.settle()

    dispatcher.update.outer_middleware(carry)
    return dispatcher


def _with_date(update: dict[str, Any], rig: WebhookRig) -> dict[str, Any]:
    """Seconds instead of a written date, at the application's moment."""
    message = update.get("message") or update["callback_query"]["message"]
    message["date"] = int(rig.clock.now().timestamp())
    return update


async def main() -> None:
    foreign = importlib.import_module("aiogram_bot_tester")
    async with rigged(WebhookRig, Path(tempfile.mkdtemp())) as rig:
        assert isinstance(rig, WebhookRig)
        channel = rig.channel
        assert isinstance(channel, Telegram)
        tester = foreign.BotTester.from_dispatcher(carrier(rig), chat_id=LI, user_id=LI)
        session: Any = channel._bot.session
        session.make_request = tester.bot_conversation.bot.session.make_request
        answer = await tester.send_message(LAMP)
        assert "对不对" in answer.text, answer
        assert [button.label for button in answer.buttons] == ["对"]
        await tester.tap_button("对")
        said = [one.text for one in tester.bot_conversation.bot_messages if one.text]
        assert any("登记好了" in text for text in said), said
        await tester.start()
    sys.stdout.write(f"ok: {len(said)} messages, one button, one command\n")


if __name__ == "__main__":
    asyncio.run(main())
