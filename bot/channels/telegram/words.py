"""What was said, without the platform's own marks; and whether it was said to us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.enums import ContentType, MessageEntityType

if TYPE_CHECKING:
    from aiogram.types import Message, MessageEntity, User

HELP = "帮助"
"""What somebody means who says nothing but our name."""
COMMANDS = {
    "start": HELP,
    "help": HELP,
    "progress": "进度",
    "tasks": "任务",
    "more": "更多",
    "mydata": "我的数据",
}
"""Commands of the menu (the platform allows only Latin letters) and the words they stand for."""
DESCRIPTIONS = {
    "help": "我能帮您做什么",
    "progress": "我报的事办到哪一步了",
    "tasks": "邻长、组长、片长：我的任务",
    "more": "上一个回答的详细内容",
    "mydata": "机器人记着我的什么",
}
IN_GROUPS = frozenset({"help", "progress"})
"""Commands that are offered in groups: the others are nobody else's business."""

_UNREADABLE = {
    ContentType.VIDEO: "视频",
    ContentType.VIDEO_NOTE: "视频",
    ContentType.DOCUMENT: "文件",
    ContentType.LOCATION: "位置",
    ContentType.VENUE: "位置",
    ContentType.CONTACT: "名片",
}
"""What people send and mean something by, and we cannot take in. A sticker asks for nothing."""


def clean(text: str) -> str:
    """Return the text without half characters and zero bytes, which no database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def words_of(message: Message, me: User) -> str:
    """Return the text or caption; our name is left out, a command becomes the words it means."""
    text = message.text or message.caption or ""
    for entity in reversed(_entities(message)):
        part = entity.extract_from(text)
        if entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0:
            text = _obeyed(text, part, me)
        elif _means(entity, part, me):
            text = text.replace(part, "", 1)
    return clean(text).strip() or (HELP if _entities(message) else "")


def addressed(message: Message, me: User) -> bool | None:
    """Tell whether we are mentioned or replied to; None lets the words decide."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == me.id:
        return True
    text = message.text or message.caption or ""
    called = any(_means(entity, entity.extract_from(text), me) for entity in _entities(message))
    return True if called else None


def picture_of(message: Message) -> str | None:
    """Return the id of the largest photo, or of a picture sent as a file."""
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height).file_id
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return document.file_id
    return None


def voice_of(message: Message) -> str | None:
    """Return the id of what somebody has spoken or recorded."""
    spoken = message.voice or message.audio
    return spoken.file_id if spoken else None


def readable(message: Message) -> bool:
    """Tell whether there is anything in it that we can take in."""
    return bool(message.text or message.caption or picture_of(message) or voice_of(message))


def unreadable(message: Message) -> str:
    """Return what it is that we cannot take in, as it is called; "" for what says nothing."""
    return _UNREADABLE.get(ContentType(message.content_type), "")


def _entities(message: Message) -> list[MessageEntity]:
    return message.entities or message.caption_entities or []


def _means(entity: MessageEntity, part: str, me: User) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    name = f"@{me.username}".lower()
    if entity.type == MessageEntityType.MENTION:
        return part.lower() == name
    return entity.type == MessageEntityType.BOT_COMMAND and part.lower().endswith(name)


def _obeyed(text: str, part: str, me: User) -> str:
    """Put the words for the command; what a link brings along (`/start KEY`) is all that is said."""
    brought = text.removeprefix(part).strip()
    if part.lower().startswith("/start") and brought:
        return brought
    return text.replace(part, _command(part, me, alone=not brought), 1)


def _command(part: str, me: User, *, alone: bool) -> str:
    """The words for a command; one that we do not know asks what there is, or only begins the words."""
    name, _, whose = part[1:].partition("@")
    if whose and whose.lower() != (me.username or "").lower():
        return part
    return COMMANDS.get(name.lower(), HELP if alone else "")
