"""企业群发: notices to residents' WeChat groups, which a member of staff has to confirm by a tap.

The only way that the platform allows into such groups. What several groups are to get at the same
moment becomes one task, so that it is one tap.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.house import Health, House
from bot.wechat.api import ApiTrouble
from bot.wechat.channel import GRACE, NOT_NOW
from bot.wechat.corporation import api_of
from bot.wechat.words import shortened
from handlers.messages import Capabilities, ChatKind, Outcome, Receipt, Window
from handlers.phrases.channels import CONFIRM
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.settings.channels import WecomAppSection
    from handlers.messages import Event, Outgoing

NAME = "wecom_group"
TEXT_BYTES = 4000
DAY = 24 * 3600
CAPABILITIES = Capabilities(
    hears="none",
    pushes=True,
    buttons=0,
    edits=False,
    images=False,
    text_bytes=TEXT_BYTES,
    windows=(Window(1, DAY, per_chat=True),),
    by_hand=True,
)
"""Limits of the platform's page 92135: a group gets one a day, and 4,000 bytes of text."""
ADD = "/cgi-bin/externalcontact/add_msg_template"
RESULT = "/cgi-bin/externalcontact/get_groupmsg_send_result"
GROUPS = "/cgi-bin/externalcontact/groupchat/list"
GATHER = 0.2
"""Seconds in which groups that are to get the same words are gathered into one task."""
LOOK_AGAIN = 300.0
"""Seconds between two looks at what was confirmed."""
PAGE = 500
RECEIPTS = {
    1: Receipt(Outcome.SENT, detail="confirmed"),
    2: Receipt(Outcome.GONE, detail="no customer"),
    3: Receipt(Outcome.UNSUPPORTED, detail="had another today"),
}
"""What became of a group, by its `status`; 0 = nobody has confirmed it yet."""

log = Logbook()


@dataclass(slots=True)
class Task:
    """Groups that get the same words, and what became of the task."""

    groups: list[str] = field(default_factory=list)
    made: asyncio.Future[dict[str, Any]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class WecomGroup:
    """Group sendings in the name of one member of staff."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: WecomAppSection) -> None:
        self._api = api_of(section)
        self._sender = section.group_sender
        self._house: House | None = None
        self._gathering: dict[str, Task] = {}
        self._busy: set[asyncio.Task[Any]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._trouble = ""

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Get ready to speak, and look now and then at what was confirmed."""
        del hear
        self._api.open()
        self._watch = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Let what is being handed over arrive, then let go."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            await asyncio.wait([watch], timeout=GRACE)
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        await self._api.close()

    def stir(self) -> None:
        """Nobody has a page open."""

    def health(self) -> Health:
        """Return how the last call went."""
        return Health(not self._trouble, self._trouble)

    async def shake_hands(self) -> None:
        """Ask the platform whether the application may see customers' groups; raises ApiTrouble."""
        self._api.open()
        try:
            await self._api.call(GROUPS, {"limit": 1})
        finally:
            await self._api.close()

    async def send(self, out: Outgoing) -> Receipt:
        """Hand a message over; it goes out when it was confirmed."""
        if out.chat.kind is ChatKind.DIRECT:
            return Receipt(Outcome.UNSUPPORTED, detail="no private chats")
        if self._watch is None or self._house is None:
            return NOT_NOW
        try:
            made = await asyncio.shield(self._join(self._house, out))
        except ApiTrouble as trouble:
            self._trouble = trouble.receipt.detail
            return trouble.receipt
        self._trouble = ""
        if out.chat.id in (made.get("fail_list") or ()):
            return Receipt(Outcome.GONE, detail="fail_list")
        return Receipt(Outcome.NEEDS_HUMAN, reference=f"{made.get('msgid')}:{out.chat.id}")

    async def look(self) -> None:
        """Ask what was confirmed, and write it down; raises ApiTrouble."""
        house = self._house
        if house is None:
            return
        for task in dict.fromkeys(one.split(":", 1)[0] for one in await house.awaiting(NAME)):
            for group, status in await self._confirmed(task):
                if status in RECEIPTS:
                    await house.settle(NAME, f"{task}:{group}", RECEIPTS[status])

    # Inside.

    def _join(self, house: House, out: Outgoing) -> asyncio.Future[dict[str, Any]]:
        text = shortened(out.text, TEXT_BYTES)
        task = self._gathering.get(text)
        if task is None:
            task = self._gathering[text] = Task()
            made = asyncio.create_task(self._make(house, text, task))
            self._busy.add(made)
            made.add_done_callback(self._busy.discard)
        task.groups.append(out.chat.id)
        return task.made

    async def _make(self, house: House, text: str, task: Task) -> None:
        await asyncio.sleep(GATHER)
        del self._gathering[text]
        body = {
            "chat_type": "group",
            "sender": self._sender,
            "chat_id_list": task.groups,
            "text": {"content": text},
        }
        try:
            made = await self._api.call(ADD, body)
        except ApiTrouble as trouble:
            task.made.set_exception(trouble)
            return
        task.made.set_result(made)
        sentence = CONFIRM.format(sender=self._sender, groups=len(task.groups), text=text[:20])
        await house.report(f"{NAME}.{made.get('msgid')}", sentence)

    async def _confirmed(self, task: str) -> list[tuple[str, int]]:
        """Return each group of a task with its status."""
        found: list[tuple[str, int]] = []
        cursor, more = "", True
        while more:
            body = {"msgid": task, "userid": self._sender, "limit": PAGE, "cursor": cursor}
            answer = await self._api.call(RESULT, body)
            sent = [one for one in answer.get("send_list") or () if isinstance(one, dict)]
            found += [(str(one.get("chat_id")), one.get("status") or 0) for one in sent]
            cursor = str(answer.get("next_cursor") or "")
            more = bool(cursor)
        return found

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as fault:  # noqa: BLE001 -- an edge: the next look asks the same.
                self._trouble = str(fault) if isinstance(fault, ApiTrouble) else "look"
                log.warning("Nothing was seen.", action="wecom_group.look", why=self._trouble)
            await asyncio.sleep(LOOK_AGAIN)
