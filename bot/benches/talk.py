"""What residents say in the measured groups: no sentence twice.

A group hardly ever hears the same words again; who measured with a dozen sentences would measure
what a process remembers of them.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

QUESTIONS = (
    "高龄津贴多少钱",
    "老人坐公交要钱不",
    "低保怎么申请",
    "身份证丢了怎么补办",
    "电动车能不能推进电梯",
    "居民医保怎么交",
)
LEADS = (
    *(
        "",
        "请问一下，",
        "麻烦问下，",
        "我刚搬来不清楚，",
        "帮我妈问的，",
        "替邻居打听，",
        "想了解一下，",
        "在吗，",
    ),
    *(
        "不好意思打扰了，",
        "我问个事，",
        "老人家让我问，",
        "第一次弄这个，",
        "请教一下，",
        "顺便问问，",
        "早上好，",
        "辛苦了，",
    ),
)
TAILS = ("", "，谢谢", "，急用", "，谢谢社区", "，我记一下", "，麻烦了", "，感谢", "？谢谢啊")
ASKED = len(LEADS) * len(QUESTIONS) * len(TAILS)
"""Questions that are all different."""
OPENINGS = (
    *(
        "",
        "哈哈哈",
        "早上好各位，",
        "@小梅 ",
        "老王刚才讲，",
        "我跟你们说，",
        "今天",
        "昨天晚上",
        "周末",
        "哎呀，",
        "听我姐讲",
    ),
    *(
        "是的是的，",
        "收到，",
        "好嘞，",
        "各位邻居，",
        "刚下班，",
        "说起来，",
        "我也觉得，",
        "楼下李姐说",
        "儿子讲",
        "回来路上看到",
    ),
    *(
        "@老周 你莫急，",
        "笑死我了，",
        "下午",
        "难怪，",
        "告诉你们一个好消息，",
        "不瞒你说，",
        "怪不得",
        "对头，",
        "嗯嗯，",
    ),
)
MIDDLES = (
    *(
        "菜市场的排骨蛮新鲜",
        "超市的鸡蛋比那边便宜两块",
        "我家的茉莉开了好香",
        "孩子开家长会老师表扬他了",
        "广场上跳舞的人好多",
    ),
    *(
        "电影院那个片子挺好看的",
        "我把多的那箱橙子放传达室了",
        "外面的桂花香得很",
        "楼上的小朋友钢琴弹得越来越好",
        "那家米粉店又开张了",
    ),
    *(
        "我家猫又胖了一圈",
        "你的快递我帮你拿了放门口",
        "他女儿考上了师范",
        "我妈做的剁辣椒可以送一罐给你",
        "这件毛衣织了半个月",
    ),
    *(
        "公园里的荷花谢得差不多了",
        "医保卡换成新的那种了",
        "在电梯口碰到一个老同学",
        "邻居家的狗狗生了三只",
        "晚饭吃的莴笋炒肉",
    ),
    *(
        "那个短视频我看了三遍",
        "球赛最后一分钟进的球",
        "我外孙会喊外婆了",
        "新来的理发师手艺还可以",
        "阳台的多肉爆盆了",
    ),
    *(
        "骑车去江边转了一圈",
        "我们合唱队拿了个二等奖",
        "她的广场舞跳得最齐",
        "秋裤该翻出来穿了",
        "降温了大家多穿点",
    ),
    *(
        "老年大学的书法课挺有意思",
        "把旧书都捐给图书室了",
        "路上的银杏叶黄得好看",
        "我爸钓了两条鲫鱼",
        "煲了一锅莲藕汤",
    ),
    *(
        "打麻将又输了几块钱",
        "健身房办卡打折到月底",
        "他们家的喜糖真甜",
        "孙子的作业做到九点",
        "电视里播的那个老歌好听",
    ),
    *(
        "隔壁小区的灯笼挂得漂亮",
        "出差的票已经订好了",
        "今年的腊肉自己熏的",
        "放学接孩子遇到下雨",
        "体检报告都正常",
    ),
)
ENDINGS = (
    *(
        "",
        "[呲牙]",
        "，你们也去看看",
        "😂",
        "，辛苦辛苦",
        "，明天再说",
        "，好开心",
        "，真不错",
        "[强]",
        "，谢谢啊",
        "，改天一起",
        "～",
    ),
    *(
        "，我先去做饭了",
        "，哈哈",
        "，说好了啊",
        "，晚安",
        "，值得",
        "，人家大方",
        "，羡慕",
        "，慢慢来",
        "[玫瑰]",
        "，巴适",
        "，开心得很",
    ),
)


def question(number: int) -> str:
    """Return a question by number; `ASKED` of them are all different."""
    lead, rest = divmod(number, len(QUESTIONS) * len(TAILS))
    tail, which = divmod(rest, len(QUESTIONS))
    return LEADS[lead % len(LEADS)] + QUESTIONS[which] + TAILS[tail]


def chatter(chance: random.Random) -> list[str]:
    """Return what wants nothing of us, in an order of chance: some 30,000 sentences."""
    said = ["".join(parts) for parts in itertools.product(OPENINGS, MIDDLES, ENDINGS)]
    chance.shuffle(said)
    return said
