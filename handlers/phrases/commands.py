"""What commands are answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from collections.abc import Sequence

IN_PRIVATE = "这个不方便在群里说。请私聊我，再发一次。"
NOT_FOR_YOU = "这句话我接不上。报修、问政策直接说就行；查进度请说：进度"
OLD_BUTTON = "这个按钮已经用过或过期了。请发“进度”或“任务”看办到哪一步。"
FOREIGN_BUTTON = "刚才那个按钮是给别人按的，没有起作用。您有事直接跟我说就行。"
NOTHING_TO_CHOOSE = (
    "现在没有等您选的。有事直接说，例如：3栋2单元楼道灯不亮。\n查进度请说：进度；要找人回复 0。"
)
NOTED = "好的。有事直接说就行。"
HOW_TO_HANDLE = "请这样发：接127　完127 说明　进展127 说明　转127 姓名\n看手上的事请发：任务"
NOTHING_MORE = "前面没有可以展开的答案。请直接再问一次。"
SURE_TO_ERASE = (
    "删除后，您报过的事里您写的话、照片、语音、称呼都会抹掉，没办完的会撤回，不能恢复。{leaving}\n"
    "确定请回复 1；不删回复 2。"
)
AND_LEAVE = "您也会退出邻里，要再来得重新扫码。"
KEPT = "好的，没有删，都还在。"
ERASED = "已经删了。办事记录只留编号、类别和经过。"
HELP = (
    "我能做这些，直接说就行：\n"
    "报修、投诉：3栋2单元楼道灯不亮\n"
    "问政策：满80岁有什么补贴\n"
    "查进度：进度　催一催：催一下\n"
    "可疑短信转给我看；要找人回复 0"
)
HELP_AT_WORK = (
    "看手上的事：任务\n"
    "接单、办完：接127　完127 换了新灯\n"
    "报进展：进展127 到了\n"
    "约时间：约期127 明天上午\n"
    "转走、退回：转127 姓名　不归我管127\n"
    "请假、回来：请假 3天　销假\n"
    "自己要报修、问政策，直接说就行。"
)
"""To who handles requests, in private."""


def no_such(no: int) -> str:
    """Return that this number is nobody's, or not theirs: both look alike."""
    return f"没有找到 {ticket_number(no)}。请发“进度”或“任务”看看。"


def take_it(no: int) -> str:
    """Return that 收到 takes no task."""
    return f"“收到”还不算接单。要接单请发：接{no}，我好告诉居民。"


def which(numbers: Sequence[int], example: str) -> str:
    """Return that several are open and the number is needed, as in `example`: 催{no}."""
    shown = "、".join(ticket_number(no) for no in numbers[:5])
    return f"有 {len(numbers)} 件（{shown}），请带上编号，例如：{example.format(no=numbers[0])}"


def which_to_take(numbers: Sequence[int]) -> str:
    """Return that several tasks wait to be taken."""
    shown = "、".join(ticket_number(no) for no in numbers[:5])
    return f"有 {len(numbers)} 件等人接（{shown}），请带上编号，例如：接{numbers[0]}"
