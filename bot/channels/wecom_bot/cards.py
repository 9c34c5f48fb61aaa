"""What a message looks like: Markdown that shows plain words, or a card with buttons."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from bot.wechat.words import shortened

if TYPE_CHECKING:
    from handlers.messages import Outgoing

TITLE, REST = 26, 112
"""Characters that a card shows of its title and of the words below (page 101032)."""
BUTTONS = 6
LABEL = 10
TEXT_BYTES = 20480
"""Bytes of a Markdown message (page 101031)."""
PRESSED = "已点"

_MARKS = str.maketrans({"<": "＜", "`": "｀", "*": "＊"})
_LINK = re.compile(r"\](?=\()")
_LEAD = re.compile(r"^(\s*)([#>])", re.MULTILINE)
_WIDE = {"#": "＃", ">": "＞"}


def message_of(out: Outgoing) -> dict[str, Any]:
    """Return `msgtype` and its part; what does not fit on a card goes as text with its digits."""
    card = card_of(out)
    if card is None:
        return {"msgtype": "markdown", "markdown": {"content": plain(out.text)}}
    return {"msgtype": "template_card", "template_card": card}


def reply_of(out: Outgoing) -> dict[str, Any]:
    """Return the same as an answer to a message: words are a stream that ends at once."""
    card = card_of(out)
    if card is not None:
        return {"msgtype": "template_card", "template_card": card}
    stream = {"id": task_id(out.key), "finish": True, "content": plain(out.text)}
    return {"msgtype": "stream", "stream": stream}


def card_of(out: Outgoing) -> dict[str, Any] | None:
    """Return the card of a message with buttons, or None when it would not show everything."""
    title, _, rest = out.text.partition("\n")
    if len(title) > TITLE:
        title, rest = "", out.text
    many = len(out.buttons) > BUTTONS or any(len(one.label) > LABEL for one in out.buttons)
    if not out.buttons or many or len(rest) > REST:
        return None
    words: dict[str, Any] = {"main_title": {"title": title}} if title else {}
    return words | {
        "card_type": "button_interaction",
        "sub_title_text": rest,
        "task_id": task_id(out.key),
        "button_list": [
            {"text": one.label, "style": 1 if nth == 0 else 2, "key": one.token}
            for nth, one in enumerate(out.buttons)
        ],
    }


def pressed_card(card: dict[str, Any], token: str) -> dict[str, Any]:
    """Return the card with the pressed button marked: what came of it is said in words."""
    marked = [
        one | {"text": (PRESSED + one["text"])[:LABEL], "style": 2} if one["key"] == token else one
        for one in card["button_list"]
    ]
    return card | {"button_list": marked}


def task_id(key: str) -> str:
    """Return the id of a message, one for each, in the letters that the platform allows."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def plain(text: str) -> str:
    """Return Markdown that shows the text: what residents wrote makes no link and no mention."""
    text = _LEAD.sub(lambda found: found[1] + _WIDE[found[2]], text.translate(_MARKS))
    return shortened(_LINK.sub("] ", text), TEXT_BYTES)
