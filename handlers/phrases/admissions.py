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
FORM_SPENT = "这一页已经用过了。还要加入的话，请再扫一次二维码。"
NAME_TOO_LONG = "称呼最多 {most} 个字，例如：李阿姨。"
NAME_OFFICIAL = "这个称呼容易让人当成办事的人或机器人，请换一个，例如：3栋李阿姨。"
NAME_TAKEN = "已经有邻居叫这个名字了。就是您本人，请点“社区早就登记过我”；不是，请加上楼栋或换一个，例如：3栋李阿姨。"
NAME_OF_ROSTER = "您的称呼是社区花名册上的，要改请告诉社区。"
RENAMED_OFTEN = "今天改了好几次了，明天再改。"
LISTED = (
    "这个电话社区早就登记过。是您本人就不用再登记，请点“社区早就登记过我”；不是，请换一个或不填。"
)
CODE_WRONG = "这 6 位数字不对或过期了。请在您用着的那一边再发一次“绑定”，拿一个新的。"
CODE_OFTEN = "试得太多了，先停一小时。也可以请社区给您一个登录链接。"
NAME_NEEDED = "请写上您的称呼，社区才好在花名册里找到您。"
ASKED_OFTEN = "来要登录链接的人很多。请过一小时再试，或直接去社区。"
ASKED = "告诉社区了。核对是您本人，会把登录链接送到您登记的电话上，或当面给您扫。"
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


def renamed(old: str, name: str, place: str) -> str:
    """To the leader of the building: a neighbour who came by an invite is called differently."""
    return f"{place}的新邻居“{old}”改叫“{name}”了，已经说过的话上也改了。要是冒用别人的名字，请告诉社区。"


def asks_for_link(name: str, place: str) -> str:
    """To the administrators: somebody of the roster stands before a poster and cannot get in."""
    return (
        f"“{name}”（{place}）扫码时说花名册里早就有自己，要登录链接。\n"
        "先打花名册上的电话，或当面，核对是本人；再到“管理”→“人员”里给一次性登录地址。"
    )
