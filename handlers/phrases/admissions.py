"""What is said to and about neighbours who come by an invite."""

from __future__ import annotations

SPENT = "这个邀请的名额用完了。请向社区或邻长再要一张二维码，扫一下就能进。"
EXPIRED = "这个邀请过期了。请向社区或邻长再要一张二维码，扫一下就能进。"
REVOKED = "这个邀请停用了。请向社区或邻长再要一张二维码，扫一下就能进。"
UNKNOWN = "这个地址不全或写错了。请把手机对准二维码再扫一次；还不行就向社区要一张新的。"
CROWDED = "现在加入的人很多。请过十分钟再扫一次，这个邀请还能用。"
NO_SUCH_PLACE = "这个地方不在邀请里。请返回，从列出来的里面选。"
NO_PLACES = "花名册里还没有小区，现在还进不来。请告诉社区先导入花名册。"
STALE = "这一页放得太久了，还没有加入。请再扫一次二维码。"
NAME_TOO_LONG = "称呼最多 {most} 个字，例如：李阿姨。"
NAME_OFFICIAL = "这个称呼容易让人当成办事的人或机器人，请换一个，例如：3栋李阿姨。"
NAME_TAKEN = "已经有邻居叫这个名字了，请加上楼栋或换一个，例如：3栋李阿姨。"
PHONE_WRONG = "电话号码不对：手机是 11 位，座机带区号。也可以不填。"
NAMELESS = "{place}邻居"

TOO_MANY_STRANGERS = "邻长说不认识的人太多，自动停用"
ENDED = (
    "给{place}的二维码停用了：用它进来的人里，有 {count} 个邻长说不认识。\n"
    "请看看是不是贴到外面去了；要接着用就再做一张。"
)
KNOWN = "好的，记下了：{name}是{place}的邻居。"
STRANGER = "好的，已经请{name}出去，等社区核实；弄错了请管理员在“邀请邻居”里改回来。"
LEFT = "已退出的邻居"
NOT_THERE = "没有找到这位新邻居，可能已经有人认过了。"


def card(name: str, place: str) -> str:
    """To the leader of the building: who has come, and whether they are known."""
    return (
        f"【新邻居】{name}扫码加入了{place}，已经能在群里说话。\n"
        "您认识吗？不认识的我先请出去。\n"
        "回复 1 认识　2 不认识"
    )
