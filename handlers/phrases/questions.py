"""What is said around questions that a human answers."""

from __future__ import annotations

from knowledge.community.privacy import cut

EMPTY_ANSWER = "答案是空的，没有发出去。请直接发要回给居民的话。"
NOT_AN_ANSWER = "还有居民的问题等您回。请把答案写成一句话发来，我原话转给居民。"
YOURS = "这类问题就是您来答的，我这里没有更多。要存成常见问题，请到网页上写一条。"
NO_SUCH_QUESTION = "没有找到这个问题，或者已经有人答了。"
KEEP_IT = "已回给居民。这条要存成常见问题吗？回复 1 存为草稿，回复 2 不存。"
KEPT = "好的，存为草稿了，编辑核对后上线。"
SOURCE = "{name} {day} 答复"
"""Where an answer of a person comes from."""
LEFT = "好的，不存。"
QUOTED = 60
"""Characters of a question repeated to the person who answers it."""
DAYS = ("今天", "昨天", "前天")


def task(number: str, asker: str, text: str) -> str:
    """Return the private card that asks somebody to answer."""
    short = text if len(text) <= QUOTED else f"{cut(text, QUOTED)}…"
    return (
        f"【待答 {number}】{asker or '一位居民'}问：“{short}”\n"
        "工作日一天内回。请直接回复答案，我原话转给提问的人。"
    )


def which(numbers: list[str]) -> str:
    """Return that several questions wait, and how one is named."""
    shown = "、".join(numbers[:5])
    return f"有 {len(numbers)} 个问题等您回（{shown}），请带上编号再发一次，例如：\n{numbers[0]} 您的答案"


def day_word(days: int) -> str:
    """Return how the day of asking is called."""
    return DAYS[days] if days < len(DAYS) else f"{days} 天前"


def answer(mention: str, by: str, day: str, number: str, text: str) -> str:
    """Return the human's answer as the asker reads it."""
    return f"{mention}{by}回您{day}的问题（{number}）：\n“{text}”"
