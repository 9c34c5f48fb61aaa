"""The language model, where one is set up: whether it answers, and tells two easy things apart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.doctor.finding import ill, well
from bot.semantic.endpoint import NoOpinion
from bot.semantic.models import model_of
from knowledge.faq.opinion import Doubtful, Offer

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.settings.semantic import SemanticSection

NAME = "语言模型"
POWER = "power"
TRIAL = Doubtful(
    "停电了打哪个电话",
    (
        Offer("water", "停水打哪个电话？", "家里没水了找谁"),
        Offer(POWER, "停电打哪个电话？", "家里没电了找谁"),
    ),
)
MENDS = {
    "timeout": "把 timeout 放大一些，或者换一个快一点的模型",
    "garbage": "看 kind 写得对不对：向量写 embedding，对话写 chat",
    "status_401": "密钥不对：看 key_file 指的文件",
    "status_404": "地址或模型的名字不对：url 写到 /v1 为止",
}


def look_at_model(settings: Settings) -> list[Finding]:
    """Ask the model one easy thing; nothing to look at where there is none."""
    return [asyncio.run(_tried(settings.semantic))] if settings.semantic else []


async def _tried(section: SemanticSection) -> Finding:
    model, endpoint = model_of(section)
    try:
        picked = await model.pick(TRIAL)
    except NoOpinion as reason:
        mend = MENDS.get(str(reason), "看 url 和网络；它不在的时候照没有模型的办法答")
        return ill(NAME, f"没有答（{reason}）", mend)
    finally:
        await endpoint.close()
    if picked != POWER:
        return ill(NAME, "答了，但停电、停水都分不清", "换一个认得中文的模型")
    return well(NAME, "答了，分得清停电和停水")
