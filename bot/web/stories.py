"""演一遍: the stories that a visitor of the demo watches on the three phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

RESIDENT, NEIGHBOUR, LEADER = "resident", "neighbour", "leader"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS = 7
NIGHT = ((time(23, 40), time(23, 59)),)
AWAKE = ((time(9), time(12)), (time(14, 30), time(20, 30)))
"""Hours in which nobody's rest holds an ordinary message back."""
MORNING = ((time(9), time(10)),)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the visitor is told, who says what, or how much time passes first.

    `text` and `caption` may name {resident}, {neighbour}, {leader}, {bot}, {building} and {no},
    the number of the resident's newest ticket.
    """

    caption: str
    who: str = ""
    text: str = ""
    lapse: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its end; `in_private` plays on the resident's private chat, not in the group."""

    title: str
    steps: tuple[Step, ...]
    end: str
    in_private: bool = False
    desk: bool = False
    """Whether the leader's phone shows the desk instead of the chat."""
    office: str = "/admin"
    """What the admin's phone shows."""
    hours: tuple[tuple[time, time], ...] = ()
    """When it can happen; at another time the demo's clock goes on until then."""
    weekday: int | None = None

    def begins(self, now: datetime) -> datetime:
        """Return the first moment from now on at which it can happen."""
        for days in range(DAYS + 1):
            day = now.date() + timedelta(days=days)
            if self.weekday not in (None, day.weekday()):
                continue
            for first, last in self.hours:
                opens, ends = (datetime.combine(day, one, now.tzinfo) for one in (first, last))
                if now < ends:
                    return max(now, opens)
        return now


LIGHT = Story(
    "楼道灯",
    (
        Step("{resident}在群里说一句：楼道灯坏了", RESIDENT, "@{bot} 我们单元楼道灯坏了"),
        Step("小助手复述一遍，{resident}回一个 1", RESIDENT, "1"),
        Step("单子到了邻长{leader}手上，他接单", LEADER, "接{no}"),
        Step("{leader}换好了灯，写一句就办结", LEADER, "完{no} 换了新灯"),
        Step("真好了没有，由{resident}说了算", RESIDENT, "好了"),
        Step("最后打个分", RESIDENT, "满意"),
    ),
    "演完了：从一句话到打分，{resident}没填过一张表。",
    desk=True,
    hours=AWAKE,
)
LEAK = Story(
    "漏水夜",
    (
        Step("夜里水管爆了，{resident}在群里喊", RESIDENT, "我家厨房水管爆哒，水往楼下灌！"),
        Step("急事不用确认：先教关阀，同时叫{leader}，他接单", LEADER, "接{no}"),
        Step("十分钟后他到了，回两个字就行", LEADER, "到了", timedelta(minutes=10)),
        Step("报一声进展，群里都看得到", LEADER, "进展{no} 总阀关了，正在换管子"),
        Step("过了一个小时，修好了", LEADER, "完{no} 换了一段水管，不漏了", HOUR),
        Step("{resident}说好了，才算完", RESIDENT, "好了"),
    ),
    "演完了：没人接单的话，10 分钟后就找组长，再往上找。",
    office="/board?days=1",
    hours=NIGHT,
)
OUTAGE = Story(
    "停电",
    (
        Step("{resident}在群里说停电了", RESIDENT, "{building}停电了"),
        Step("{leader}接单", LEADER, "接{no}"),
        Step("邻居{neighbour}也来报：并成一件，只计户数", NEIGHBOUR, "停电哒，{building}"),
        Step("{leader}到楼下看过了，回两个字", LEADER, "到了"),
        Step("他打听到了消息，一次告诉大家", LEADER, "进展{no} 供电公司说 40 分钟内来电"),
        Step("过了一个小时，来电了", LEADER, "完{no} 来电了", HOUR),
        Step("{resident}说好了", RESIDENT, "好了"),
    ),
    "演完了：报的人再多也是一张单，一条消息所有人都知道。",
    office="/board?days=1",
)
FRAUD = Story(
    "反诈",
    (
        Step(
            "{resident}把可疑的短信转给小助手",
            RESIDENT,
            "【医保中心】您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？",
        ),
        Step("小助手指出可疑之处；{resident}回 1，请邻长帮着看", RESIDENT, "1"),
    ),
    "演完了：{leader}收到了，会打电话给{resident}。",
    in_private=True,
    hours=AWAKE,
)

WEEK = Story(
    "周报",
    (
        Step("周一，{resident}报了楼道灯", RESIDENT, "@{bot} 我们单元楼道灯坏了"),
        Step("对一遍，登记好了：右边看板的“今天新增”马上变", RESIDENT, "1"),
        Step("{leader}接单", LEADER, "接{no}"),
        Step("两个小时后修好了", LEADER, "完{no} 换了新灯", 2 * HOUR),
        Step("{resident}说好了：解决率从这里来，沉默的不算", RESIDENT, "好了"),
        Step("再打个分：满意率从这里来", RESIDENT, "满意"),
        Step(
            "第二天，{neighbour}报了垃圾没人收", NEIGHBOUR, "@{bot} {building}垃圾桶满了没人收", DAY
        ),
        Step("{neighbour}也对一遍", NEIGHBOUR, "1"),
        Step("三天过去，没有人接：一级一级往上报，看板上变红", lapse=3 * DAY),
    ),
    "演完了：这一周的账都在看板上，点一个数，看是哪几件；下面就是月报。",
    desk=True,
    office="/board?days=7",
    hours=MORNING,
    weekday=MONDAY,
)

STORIES = {"leak": LEAK, "outage": OUTAGE, "fraud": FRAUD, "week": WEEK, "light": LIGHT}
