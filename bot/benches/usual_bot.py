"""What a resident would get elsewhere: a usual aiogram bot, as its documentation shows one.

Handlers with `F` filters, jieba and rank_bm25 for questions, SQLAlchemy's asynchronous ORM with a
commit for each message that it acts upon (SQLite, WAL and FULL). Only for measuring beside it.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.benches.stage import MONDAY, shipped_entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Say = Callable[[str, int, str], Awaitable[None]]

NEEDS = ("aiosqlite", "rank_bm25")
MENU = (
    *("帮助", "菜单", "绑定", "任务", "进度", "接单", "办结", "转给", "请假"),
    *("收到", "更多", "我的数据", "天气", "电话", "投票", "活动", "志愿者", "公告"),
)
BROKEN = "坏|漏|堵|停水|停电|爆|塌"
NAME = "小助手"
OWN_ID = 1


class Usual(DeclarativeBase):
    """The tables of the usual bot: its own, never the neighbourhood's."""


class Kept(Usual):
    """One message that it acted upon."""

    __tablename__ = "kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    kind: Mapped[str] = mapped_column(index=True)


def installed() -> bool:
    """Whether what it is made of is there."""
    return all(map(find_spec, NEEDS))


@asynccontextmanager
async def usual_bot() -> AsyncIterator[Say]:
    """Yield what feeds it one message of a chat; it comes back when the reply was stored and sent."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as scratch:
        keep, close = await _records(Path(scratch) / "usual.db")
        dispatcher = _dispatcher(_search(), keep)
        bot = silent_bot()
        update = import_module("aiogram.types").Update

        async def say(chat: str, number: int, text: str) -> None:
            payload = update_of(int(chat.removeprefix("g-road-")), number, text)
            await dispatcher.feed_update(bot, update.model_validate(payload, context={"bot": bot}))

        try:
            yield say
        finally:
            await close()


def _dispatcher(search: Callable[[str], str], keep: Callable[..., Awaitable[None]]) -> Any:
    aiogram = import_module("aiogram")
    dispatcher, asked = aiogram.Dispatcher(), aiogram.F

    async def menu(message: Any) -> None:
        await keep(message.chat.id, message.text, "menu")
        await message.answer("好的")

    async def report(message: Any) -> None:
        await keep(message.chat.id, message.text, "report")
        await message.answer("已登记，会有人联系您。")

    async def question(message: Any) -> None:
        answer = search(message.text)
        await keep(message.chat.id, message.text, "question")
        await message.answer(answer)

    for word in MENU:
        dispatcher.message.register(menu, asked.text == word)
    called = asked.text.contains(NAME)
    dispatcher.message.register(report, called & asked.text.regexp(f".*({BROKEN})"))
    dispatcher.message.register(question, called)
    return dispatcher


def _search() -> Callable[[str], str]:
    jieba = import_module("jieba")
    entries = shipped_entries()
    texts = [jieba.lcut(" ".join((*one.wordings, one.short))) for one in entries]
    index = import_module("rank_bm25").BM25Okapi(texts)
    answers = [one.short for one in entries]
    return lambda question: str(index.get_top_n(jieba.lcut(question), answers, 1)[0])


async def _records(
    path: Path,
) -> tuple[Callable[..., Awaitable[None]], Callable[[], Awaitable[None]]]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    @event.listens_for(engine.sync_engine, "connect")
    def _(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    async with engine.begin() as connection:
        await connection.run_sync(Usual.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def keep(chat: int, text: str, kind: str) -> None:
        async with sessions() as session:
            session.add(Kept(chat=chat, text=text, kind=kind))
            await session.commit()

    return keep, engine.dispose


def silent_bot() -> Any:
    """Return a bot whose platform answers at once; only the answer has to be read."""
    aiogram = import_module("aiogram")
    session = import_module("aiogram.client.session.base").BaseSession

    class AtOnce(session):  # type: ignore[misc, valid-type]  # a class that is imported when measured
        async def close(self) -> None:
            pass

        async def stream_content(self, *_: object, **__: object) -> None:
            raise NotImplementedError

        async def make_request(self, bot: Any, method: Any, **_: object) -> Any:
            sent = update_of(method.chat_id, 1, method.text)["message"]
            content = json.dumps({"ok": True, "result": sent})
            return self.check_response(bot, method, 200, content).result

    return aiogram.Bot(f"{OWN_ID}:{'x' * 35}", session=AtOnce())


def update_of(chat: int, number: int, text: str) -> dict[str, Any]:
    """Return a group message as Telegram sends it."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(MONDAY.timestamp()),
            "chat": {"id": chat, "type": "group", "title": "群"},
            "from": {"id": chat + 1000, "is_bot": False, "first_name": "邻居"},
            "text": text,
        },
    }
