"""What is said about messages that were set aside."""

from __future__ import annotations

AGAIN = "（补发）"
"""How a message begins that may be a repetition."""
NO_LONGER = "这一条已经有人处理过了。"
UNREADABLE = "这一条连内容都读不出来，没法再试，只能写明原因、不再处理。"
CANCELLED = "这一轮通知已经取消了，不会再发。写明原因、不再处理就行。"
NEEDS_REASON = "请写一句为什么不再处理，会记下来。"
NEXT_STEP = {
    "failed": "渠道说送不到：多半是对方退了群、删了好友，或者这个渠道送不了这样的话。换个办法告诉他，再写明原因。",
    "needs_human": "渠道要人在手机上点一下才发得出去：到那个渠道的后台看看，办好了写“已经点了”。",
    "unknown": "说不准送到没有：问一问收的人；要再发一次，开头会写“（补发）”。",
}
"""What to do about a message, by its state."""
STATES = {
    "pending": "等着发",
    "sending": "正在发",
    "sent": "送到",
    "failed": "送不到",
    "needs_human": "要人点一下",
    "unknown": "说不准",
}
