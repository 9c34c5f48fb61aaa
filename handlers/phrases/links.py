"""What is said about one person's accounts on several networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANNELS = {
    "web": "网页",
    "telegram": "Telegram",
    "wecom_bot": "企业微信",
    "wecom_app": "企业微信",
    "mp": "公众号",
    "kf": "微信客服",
    "onebot": "QQ",
}

CODE = (
    "您的绑定码：{code}（{minutes} 分钟内有效，只能用一次）\n"
    "请在要绑定的那一边，私聊我发：绑定 {code}\n"
    "不要告诉别人：谁拿到它，谁就能用您的名义说话。"
)
NOT_REGISTERED = (
    "这个账号还没有登记。请到您已经登记的那一边（例如网页）私聊我发“绑定”，\n"
    "再把得到的 6 位数字发到这里。都没登记过，就扫社区的二维码。"
)
NOT_A_CODE = "绑定码是 6 位数字。请照着再发一次，例如：绑定 123456"
WRONG = "这个绑定码不对或过期了。请到您登记过的那一边发“绑定”，拿一个新的。"
TOO_MANY = "试得太多了，绑定先停一小时。请到您登记过的那一边发“绑定”，拿一个新的再来。"
OTHERS = "这个账号已经登记给别人了。请先让那边发“解绑”；是社区登记错的，请告诉社区。"
ALREADY = "这个账号本来就是您的，不用再绑。"
NO_LINK = "您没有自己绑定过的账号。社区登记的账号要改，请告诉社区。"


ENTERED = "有人用您的绑定码在网页上登录了。不是您本人，马上告诉社区，请他们停用您的登录。"


def name_of(channel: str) -> str:
    """Return how a network is called."""
    return CHANNELS.get(channel, channel)


def linked(name: str, channel: str) -> str:
    """To the account that has just been linked."""
    return (
        f"绑好了：您在{name_of(channel)}这边就是{name}，两边看到的是同一份。\n"
        "我回您的话会发到您最近说话的那一边。不要了就发：解绑"
    )


def linked_elsewhere(channel: str) -> str:
    """To where the code was asked for."""
    return f"您的{name_of(channel)}账号绑好了。不是您本人绑的，马上回复：解绑"


def unlinked(channels: Iterable[str]) -> str:
    """To whoever undid it, and to the other side."""
    return f"解开了：{'、'.join(name_of(one) for one in channels)}。那边以后不再算您的账号。"
