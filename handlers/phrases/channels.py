"""What is said about the networks on which we speak."""

from __future__ import annotations

EDITED_LATE = "这条消息过了一会儿才改，我没有再看。要我办，请重新发一条。"
DISOWNED = (
    "{channel} 不认机器人的令牌了，收不到也发不出消息。\n"
    "请向 BotFather 要新的令牌，写进 token_file，再重启。"
)
RIVAL = (
    "有另一个程序也在用这个 {channel} 令牌收消息，谁也收不全。\n"
    "一个令牌只能给一个程序用：停掉那一个，或换一个令牌。"
)
OFFLINE = (
    "QQ 账号掉线了，多半是被平台踢下线的：QQ 里现在收不到、发不出，要说的话先排着，一条不丢。\n"
    "请到登录它的那台机器上重新登录；登录好了，自己接着发。"
)
JOINED = (
    "有人把我拉进了 {channel} 的群“{title}”（群号 {chat}）。\n"
    "要我在那里说话，请把群号写进花名册 chats.csv；不认识就不用管，我不出声。"
)
LEFT = "我被移出了 {channel} 的群“{title}”（群号 {chat}），那里发不了消息了。"
MOVED = (
    "{channel} 的群 {old} 升级了，新群号是 {new}。\n"
    "消息照常送到；请把花名册 chats.csv 里的群号改过来。"
)
WELCOME = "您好！问政策、报修、反映问题，直接打字告诉我就行；人命关天的急事请先打 110、119、120。"
CONFIRM = (
    "居民群的消息“{text}…”要人工确认，共 {groups} 个群：请 {sender} 打开企业微信，"
    "在“客户联系 > 群发助手”的通知里点“发送”。点之前，群里看不到。"
)
TAKEN_AWAY = (
    "企业微信智能机器人被别的程序接走了（同一个 BotID 又连了一次），我已经停下，不去抢。\n"
    "请看看是不是在别处也开着一份；关掉那一份，再把邻里重新启动。在那之前，企业微信里收不到也发不出。"
)


def unheard(what: str = "消息") -> str:
    """Something was meant for us that we cannot take in; `what` it is called."""
    return (
        f"这条{what}我打不开、听不了，只看得懂文字和照片。\n"
        "请打几个字再说一次：哪里、什么事。不方便打字，回复 0 找人；急事请直接打电话。"
    )
