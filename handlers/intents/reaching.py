"""When and how somebody wants to be told: 修好了给我打电话. It says nothing of the matter."""

from __future__ import annotations

from knowledge.files.expression import Expression

_DONE = "(?:等|要是|如果)?(?:人家|师傅|你们)*(?:修|弄|搞|换|通|清|处理|解决|办)?(?:好|完)(?:了|哒)?(?:以后|之后|后|的话|的时候|就)?"
_TELL = "(?:给|跟|和|告诉|通知|联系|回复?)我|打(?:个|一?下)?(?:我|电话)|电话(?:通知|告诉|联系)|[说讲回吱](?:一?声|一?下)|在?群里[说讲]|(?:发|来)个?(?:短信|消息|信息|微信|语音|电话)"
_TOLD_THEN = Expression(
    rf"(?<=[,，。.;；!！]){_DONE}(?:麻烦|请|记得|帮忙|再|就|你们?|您)*(?:{_TELL})[^,，。.;；!！?？]{{0,20}}$"
)


def without_reaching(text: str) -> str:
    """What plain `text` tells before it says how its sender is to hear of the end."""
    found = _TOLD_THEN.search(text) if "好" in text or "完" in text else None
    return text[: found.start()].rstrip(",，。.;；!！") if found else text
