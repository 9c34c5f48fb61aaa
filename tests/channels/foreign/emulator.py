"""The night of the leak, and buttons, over real HTTP against @vishtar/telegram-test-api.

`npm install @vishtar/telegram-test-api` in a folder outside of this repository, then
`python -m tests.channels.foreign.emulator FOLDER`. Fails loudly when anything differs from replay.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

import aiohttp

from tests.channels.conftest import rigged
from tests.channels.fake_telegram import TOKEN
from tests.channels.rigs.replay import ReplayRig
from tests.channels.rigs.rig import Arrived
from tests.channels.rigs.telegram import CHATS, PEOPLE, TelegramRig
from tests.channels.test_contract import LAMP
from tests.channels.test_stories import play

SHIM = Path(__file__).with_name("shim.js")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class EmulatorRig(TelegramRig):
    """Long polling against the server of others; what people do goes through its client side."""

    packages: Path

    async def set_up(self):
        await super().set_up()
        await self.fake.stop()
        port = _free_port()
        self.server = await asyncio.create_subprocess_exec(
            "node", str(SHIM), str(self.packages), str(port), stdout=asyncio.subprocess.DEVNULL
        )
        self.platform = f"http://127.0.0.1:{port}"
        self.session = aiohttp.ClientSession()
        self.skip = self.heard = 0
        toml = self.folder / "linli.toml"
        told = toml.read_text("utf-8").replace(self.fake.address, self.platform)
        toml.write_text(told, "utf-8")
        while True:
            try:
                await self.ask(f"bot{TOKEN}/getMe")
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
            else:
                return

    async def tear_down(self):
        await self.session.close()
        self.server.terminate()
        await self.server.wait()

    async def ask(self, method: str, **fields: Any) -> Any:
        async with self.session.post(f"{self.platform}/{method}", json=fields) as answer:
            return (await answer.json())["result"]

    async def again(self):
        """Hand the message over to the emulator and wait until it has been stored."""
        if "message" in self.last:
            given = self.last["message"] | {"botToken": TOKEN}
            await self.ask("sendMessage", **given)
        else:
            given = self.last["callback_query"] | {"botToken": TOKEN}
            await self.ask("sendCallback", **given)
        self.heard += 1
        async with asyncio.timeout(10):
            while len(await self.inbox()) < self.heard:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.05)
        return True

    async def _history(self) -> list[dict[str, Any]]:
        told = await self.ask("getUpdatesHistory", token=TOKEN)
        return [one["message"] for one in told if "chat_id" in one.get("message", {})]

    async def forget(self):
        self.skip = len(await self._history())

    async def arrivals(self):
        return [_arrived(self.clock.now(), one) for one in (await self._history())[self.skip :]]


def _arrived(now, message):
    markup = message.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    rows = markup.get("inline_keyboard", [])
    buttons = tuple((one["text"], one["callback_data"]) for row in rows for one in row)
    chat = str(message["chat_id"])
    return Arrived(now, CHATS.get(chat) or f"@{PEOPLE.get(chat)}", message["text"], buttons)


async def main(packages: Path) -> None:
    EmulatorRig.packages = packages
    async with rigged(ReplayRig, Path(tempfile.mkdtemp())) as rig:
        expected = await play(rig)
    async with rigged(EmulatorRig, Path(tempfile.mkdtemp())) as rig:
        assert await play(rig) == expected
    async with rigged(EmulatorRig, Path(tempfile.mkdtemp())) as rig:
        await rig.says("li", LAMP)
        await rig.settle()
        await rig.presses("li", "对")
        await rig.settle()
        await rig.presses("zhang", "接单", "@zhang")
        await rig.settle()
        assert await rig.shown("@zhang", "已接单")
    said = sum(map(len, expected.values()))
    sys.stdout.write(f"ok: {said} messages as on replay; two buttons pressed\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
