"""The README's table of channels, made from what their adapters declare.

`python -m tests.channels.table` writes it into the README.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.channels import web, wecom_group, wecom_webhook
from bot.channels.hook import adapter as hook
from bot.channels.kf import adapter as kf
from bot.channels.mp import adapter as mp
from bot.channels.onebot import adapter as onebot
from bot.channels.telegram import adapter as telegram
from bot.channels.wecom_app import adapter as wecom_app
from bot.channels.wecom_bot import adapter as wecom_bot

README = Path(__file__).parent.parent.parent / "README.md"
HEADING = "## 在哪里说话\n\n"
NAMES = ("渠道", "群里听得到", "主动发", "按钮", "改卡片", "照片", "限速", "要公网地址")
DECLARED = {
    "内置网页聊天": web.CAPABILITIES,
    "Telegram": telegram.CAPABILITIES,
    "企业微信 智能机器人": wecom_bot.CAPABILITIES,
    "企业微信 自建应用": wecom_app.CAPABILITIES,
    "企业微信 群发到居民微信群": wecom_group.CAPABILITIES,
    "公众号": mp.CAPABILITIES,
    "微信客服": kf.CAPABILITIES,
    "企业微信 消息推送（群机器人）": wecom_webhook.CAPABILITIES,
    "通用接口（签名的 HTTP）": hook.CAPABILITIES,
    "QQ（OneBot 11，账号有被封的风险）": onebot.CAPABILITIES,
}
HEARS = {"all": "所有的话", "addressed": "@它的话", "none": "听不到", "direct": "没有群，只有私聊"}


def limits(windows):
    if not windows:
        return "–"
    scope = {True: "每个聊天", False: "总共"}
    return "；".join(
        f"{scope[one.per_chat]} {one.count} 条 / {one.seconds:g} 秒" for one in windows
    )


def speaks(can):
    if can.answers is not None:
        return f"{can.answers.seconds / 3600:g} 小时内 {can.answers.count} 条"
    if can.after_contact:
        return "对方先说过话"
    if can.by_hand:
        return "员工点了才发"
    return "能" if can.pushes else "不能"


def row(name, can):
    cells = (
        name,
        HEARS[can.hears],
        speaks(can),
        f"{can.buttons} 个" if can.buttons else "没有",
        "能" if can.edits else "不能",
        "能" if can.images else "不能",
        limits(can.windows),
        "要" if can.public_address else "不要",
    )
    return f"| {' | '.join(cells)} |"


def table():
    rows = [row(name, can) for name, can in DECLARED.items()]
    return "\n".join((f"| {' | '.join(NAMES)} |", "|---" * len(NAMES) + "|", *rows))


def filled(text):
    """The README with the table as it is declared now."""
    before, rest = text.split(HEADING, 1)
    return before + HEADING + table() + rest[rest.index("\n\n") :]


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
    sys.stdout.write(table() + "\n")
