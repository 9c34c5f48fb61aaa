"""The bot's first words in a group."""

from __future__ import annotations

GREETING = (
    "各位邻居好，我是{name}。\n"
    "问政策、报修、查进度，@我一声就行；平时我不插话。\n"
    "着火、受伤、闻到煤气味，先打 119、120、110。\n"
    "我不收验证码，不要银行卡号，也不催人转账。"
)
