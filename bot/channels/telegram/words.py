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

_READABLE = (ContentType.TEXT, ContentType.PHOTO, ContentType.DOCUMENT)


def clean(text: str) -> str:
    """Return the text without half characters and zero bytes, which no database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def words_of(message: Message, me: User) -> str:
    """Return the text or caption; our name is left out, a command becomes the words it means."""
    text = message.text or message.caption or ""
    for entity in reversed(_entities(message)):
        part = entity.extract_from(text)
        if entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0:
            text = text.replace(part, _command(part, me), 1)
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


def readable(message: Message) -> bool:
    """Tell whether there is anything in it that we can take in."""
    return message.content_type in _READABLE and bool(
        message.text or message.caption or picture_of(message)
    )


def _entities(message: Message) -> list[MessageEntity]:
    return message.entities or message.caption_entities or []


def _means(entity: MessageEntity, part: str, me: User) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    name = f"@{me.username}".lower()
    if entity.type == MessageEntityType.MENTION:
        return part.lower() == name
    return entity.type == MessageEntityType.BOT_COMMAND and part.lower().endswith(name)


def _command(part: str, me: User) -> str:
    name, _, whose = part[1:].partition("@")
    if whose and whose.lower() != (me.username or "").lower():
        return part
    return COMMANDS.get(name.lower(), part)
