"""Who takes back in the same breath what they told: 电梯不动了？哦动了，当我没说."""

from __future__ import annotations

from knowledge.files.expression import Expression

_END = "[,，。.!！~了啦哈嘿呵的咯哒呀啊嘛吧呢]*$"
_TAKEN_BACK = Expression(
    "(?:(?<![别莫])(?<!不[要能])当我(?:[没冇]|什么都没|啥[都也]?没)有?(?:说|讲|问|发|提)过?"
    "|[哦噢咦喔诶哎][,，]?(?:又|现在)?(?:动|通|亮|好|开|有[水电气]|来[水电气])了"
    "|好吧[,，]?(?:又|现在)?(?:有[水电气]|来[水电气]|动|通|亮|好)了?"
    "|(?P<joke>[讲说]着玩的?|开(?:个|句)?玩笑的|逗(?:你们?|大家)(?:玩|笑|乐)?的))" + _END
)
"""At the end: what comes behind such words may be the matter after all."""
_NO_JOKE = Expression(
    "[不没冇别莫非谁哪](?:[是有要在能会敢得个]|[跟和同给与](?:[你您我]们?|大家|别人))*$"
)
"""Before a word of joking: 不是说着玩的, 没跟你们开玩笑的, 哪个逗你的."""
_DECLINED = Expression(
    f"(?:不(?:用|麻烦|喊|叫|惊动)你们了|不用(?:管|麻烦|喊|叫)(?:我们?|你们)了){_END}"
)
MEANT = frozenset({"suicide", "violence", "sos"})
"""What is believed all the same: who says so may be frightened, or not alone."""


def is_taken_back(text: str) -> bool:
    """Whether the last words of plain `text` take back all that stands before."""
    found = _TAKEN_BACK.search(text)
    if found is None or not found["joke"]:
        return found is not None
    return _NO_JOKE.search(text[: found.start()]) is None


def without_declining(text: str) -> str:
    """What plain `text` tells before it wants no help any more; all of it where it does not say so."""
    told = _DECLINED.sub("", text)
    return text if told == text else told.strip(",")
