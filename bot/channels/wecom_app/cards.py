"""What a message looks like in a WeCom application: plain text, or a template card."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from bot.wechat.words import link_last, shortened

if TYPE_CHECKING:
    from handlers.messages import Outgoing

TITLE, REST = 36, 160
"""Characters that a card shows of its title and of the words below (page 90236)."""
BUTTONS = 6
TAKEN = "已有人接单"
LABEL = 10
"""Characters that a button shows."""


def message_of(out: Outgoing) -> dict[str, Any]:
    """Return `msgtype` and its part; what does not fit on a card goes as text with its digits."""
    if out.buttons:
        card = _buttons(out)
        return _text(out.text) if card is None else _card(card)
    return _link(out.text) or _text(out.text)


def taken_card(out: Outgoing) -> dict[str, Any] | None:
    """Return a card that takes the place of another: its button is grey; None = no room."""
    words = _words(out.text)
    if words is None:
        return None
    return words | {
        "card_type": "button_interaction",
        "button_list": [{"text": TAKEN, "style": 1, "key": "taken"}],
        "replace_text": TAKEN,
    }


def task_id(out: Outgoing) -> str:
    """Return the id of a card, in the letters that the platform allows; a 补发 has its own."""
    return hashlib.sha256(f"{out.key}\n{out.text}".encode()).hexdigest()[:32]


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": shortened(text)}}


def _card(card: dict[str, Any]) -> dict[str, Any]:
    return {"msgtype": "template_card", "template_card": card}


def _buttons(out: Outgoing) -> dict[str, Any] | None:
    words = _words(out.text)
    many = len(out.buttons) > BUTTONS or any(len(one.label) > LABEL for one in out.buttons)
    if words is None or many:
        return None
    return words | {
        "card_type": "button_interaction",
        "task_id": task_id(out),
        "button_list": [
            {"text": one.label, "style": 1 if nth == 0 else 2, "key": one.token}
            for nth, one in enumerate(out.buttons)
        ],
    }


def _link(text: str) -> dict[str, Any] | None:
    found = link_last(text)
    words = _words(found[0]) if found else None
    if found is None or words is None:
        return None
    target = {"type": 1, "url": found[1]}
    jump = target | {"title": "打开"}
    return _card(words | {"card_type": "text_notice", "card_action": target, "jump_list": [jump]})


def _words(text: str) -> dict[str, Any] | None:
    """Return title and words below, or None when a card would not show all of them."""
    title, _, rest = text.partition("\n")
    if len(title) > TITLE:
        title, rest = "", text
    if len(rest) > REST:
        return None
    return {"main_title": {"title": title}} | ({"sub_title_text": rest} if rest else {})
