"""What a figure of the monthly report is called, what it counts, and how it is reckoned."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """Name, unit and formula of a figure; a rate has the unit ""."""

    name: str
    unit: str
    formula: str


TITLE = "诉求办理月报"
SMALL = "样本不足 30，只作参考"
NOTHING = "没有样本"
RUNNING = "本月未完，数据到这一刻为止"
EMPTY = "这个月到现在还没有动静"
APART = "未回复的单列，不算满意也不算不满意"
NO_RANKING = "本报告不给个人排名，也不按个人计数（国办《政务移动互联网应用程序规范化管理办法》）。"
CLOSED_OFF = "只数本月发生的事；下个月才发生的回复、评价算在下个月，所以同一个月的报告不会变。"
HIDDEN = "不公开的"
ELSEWHERE = "地点待补"

SECTIONS = {
    "intake": "受理",
    "handling": "办理",
    "voice": "居民怎么说",
    "service": "问答、志愿、宣传",
    "meetings": "议事",
}

FIGURES: dict[str, Said] = {
    "filed": Said("受理总量", "件", "本月登记为诉求的，登记前放弃的不算"),
    "per_day": Said("日均受理", "件", "受理总量 ÷ 本月天数"),
    "valid": Said("有效工单", "件", "受理总量 − 撤回 − 并单 − 不予受理（到月末）"),
    "withdrawn": Said("撤回", "件", "本月受理、到月末由居民撤回的"),
    "duplicate": Said("并单", "件", "本月受理、到月末并到另一件里的"),
    "rejected": Said("不予受理", "件", "本月受理、到月末不予受理并告知归谁管的"),
    "voices": Said(
        "反映人次", "人次", "本月登记的件数 + 本月说“我家也是”的次数，同一家再说不重复数"
    ),
    "people": Said("反映人数", "人", "本月登记或说“我家也是”的不同的人"),
    "joined": Said("重复反映", "次", "本月说“我家也是”、没有另立一件的次数"),
    "open": Said("月末在办", "件", "到月末登记了还没办好的，包括以前月份的"),
    "unconfirmed": Said("已处置待确认", "件", "到月末说办好了、等居民回话的；不算办结"),
    "overdue": Said("超期", "件", "到月末过了办结时限还没办好的，挂账的不算"),
    "ended": Said("办结", "件", "本月受理、到月末办结的：居民确认 + 未回复 + 无法解决已解释"),
    "ended_confirmed": Said("办结·居民确认", "件", "办结里居民说好了的"),
    "ended_silent": Said("办结·未回复", "件", "办结里居民 72 小时没有回话的"),
    "ended_unable": Said("无法解决·已解释", "件", "办结里办不了、已经解释的"),
    "transferred": Said("转派", "次", "本月转给别人的次数"),
    "returned": Said("退单", "次", "本月说“不归我管”、交上一级改派的次数"),
    "climbed": Said("升级", "次", "本月过了时限、往上一级报的次数"),
    "supervised": Said("进督办清单", "次", "本月升到最上一级或没有人可派、列入督办的次数"),
    "urged": Said("催办", "次", "本月居民催一下的次数"),
    "redone": Said("重办", "次", "本月说没好、重新办理的次数"),
    "whistled": Said("吹哨", "件", "到月末正由几个部门一起办的"),
    "attended": Said("报到", "次", "本月被吹哨的部门到场报到的次数"),
    "attend_minutes": Said("报到时长", "分钟", "从吹哨到报到的中位数，只数本月吹的哨"),
    "parked": Said("挂账", "件", "到月末挂账的"),
    "good": Said("满意", "件", "本月最后一次评价是满意的"),
    "fair": Said("一般", "件", "本月最后一次评价是一般的"),
    "bad": Said("不满意", "件", "本月最后一次评价是不满意的"),
    "unrated": Said("未评价", "件", "本月居民确认或未回复办结、到月末没有评价的"),
    "silent": Said("未回复", "件", "本月 72 小时没有回话而办结的"),
    "called": Said("回访", "次", "本月由没有经手的人打电话回访的次数"),
    "unreached": Said("回访没联系上", "次", "回访里没有联系上居民的"),
    "answers": Said("机器人答复", "次", "本月问答直接答上的次数，不记是谁问的"),
    "handed_over": Said("转人工的提问", "件", "本月没有把握、交给人回答的"),
    "services": Said("志愿服务", "单", "本月居民点的志愿服务单"),
    "service_turns": Said("志愿服务人次", "人次", "本月做完的志愿服务单，每单算接单的一人次"),
    "service_people": Said("志愿服务人数", "人", "本月做完过志愿服务单的不同的人"),
    "notices": Said("宣传期数", "期", "本月发出的通知，同一时刻的同一条算一期"),
    "notice_chats": Said("宣传触达", "群次", "本月通知发到的群和私聊的次数"),
    "receipts": Said("回复收到", "人次", "本月对通知说“收到”的人次"),
    "receipt_people": Said("回复收到的人", "人", "本月对通知说过“收到”的不同的人"),
    "verified": Said("查验次数", "次", "本月有人查验真码、查到是真的次数，不记是谁查的"),
    "topics_raised": Said("议题提出", "个", "本月提出的议题，后来不议的也算"),
    "topics_decided": Said(
        "议题已定", "个", "本月开会议定的议题，每个有负责的人和期限；不议的不算"
    ),
    "topics_done": Said("议题办完", "个", "本月办完的议题，不管哪个月议定"),
    "recurring": Said(
        "未诉先办", "组", "到月末 90 天内同一栋、同一类有 3 件以上的：每月一题的候选"
    ),
}

RATES: dict[str, Said] = {
    "response": Said(
        "响应率", "", "在首次响应时限内有人接手的 ÷ 应响应的（接手前撤回、并单的不算）"
    ),
    "finished": Said("综合办结率", "", "办结 ÷ 有效工单"),
    "in_time": Said("按时办结率", "", "在办结时限内办好的 ÷ 办好的和已到时限的（有效工单）"),
    "solved": Said("解决率", "", "本月最后一次回话是好了的 ÷ 本月有回话的；电话回访也算回话"),
    "content": Said("满意率", "", "满意 ÷（满意 + 一般 + 不满意）；电话回访的算在居民自己点的前面"),
    "online": Said("在线办结率", "", "机器人答复 ÷（机器人答复 + 转人工的提问）"),
}

TABLES: dict[str, Said] = {
    "by_kind": Said("按诉求种类", "件", "受理总量"),
    "by_category": Said("类别前十", "件", "受理总量；占比 = 件数 ÷ 受理总量；环比与上个月比"),
    "by_lane": Said("按缓急", "件", "受理总量"),
    "by_channel": Said("按渠道", "件", "受理总量"),
    "by_estate": Said("按小区", "件", "受理总量"),
    "by_building": Said("热点楼栋", "件", "受理总量里件数最多的十栋；不公开的诉求不写楼栋"),
    "by_hour": Said("按钟点", "件", "受理总量，按登记的钟点"),
    "by_state": Said("月末状态", "件", "本月受理的到月末在哪一步"),
}

LISTS: dict[str, Said] = {
    "overdue": Said("超期清单", "", "同“超期”"),
    "parked": Said("挂账清单", "", "同“挂账”"),
    "whistled": Said("吹哨清单", "", "同“吹哨”"),
    "redone": Said("重办清单", "", "同“重办”：本月说没好、重新打开的，一件一行"),
    "recurring": Said("未诉先办清单", "", "同“未诉先办”"),
}


def hour_name(hour: int) -> str:
    """`08–09 点`."""
    return f"{hour:02d}–{hour + 1:02d} 点"


def percent(value: float | None) -> str:
    """`93.3%`; 没有样本 without one."""
    return NOTHING if value is None else f"{value * 100:.1f}%"


CHANNELS = {
    "web": "网页",
    "telegram": "Telegram",
    "wecom_bot": "企业微信机器人",
    "wecom_app": "企业微信应用",
    "wecom_webhook": "企业微信群机器人",
    "mp": "公众号",
    "kf": "微信客服",
    "hook": "通用接口",
    "open311": "Open311",
    "replay": "演练",
}


def channel_name(channel: str) -> str:
    """How a channel is called in a report; a channel of somebody's own keeps its name."""
    return CHANNELS.get(channel.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0], channel)
