"""Words for places without a number: one's own home and stairs, and what an estate shares."""

from __future__ import annotations

import re

from knowledge.files.expression import Expression

_MINE = "[我俺咱](?:们)?"
_ROOM = "房[间里]|床|窗|阳台|雨棚|厨房|厕所|卫生间|洗手间|浴室|卧室|客厅|天花板|灶|马桶|墙|屋[顶檐面]|门(?![禁卫诊票牌店])"
"""Parts of a home, which are one's own after 我: 我床顶上, 我家窗户."""
_STAIRS = rf"{_MINE}(?:[这那])?(?:边|里)?的?(?:楼[道梯上下]|过道|门洞|单元(?:大?门|楼))"

HOME = Expression(
    rf"{_MINE}(?:自己)?(?:屋|家(?![族长]))|自己家|自家|本[栋楼]|本单元"
    rf"|{_MINE}(?:住的)?[这那]?(?:一|1|个|边的|里的|边|里)?(?:单元|[栋幢层楼])"
    r"|(?<![\d一二三四五六七八九])这(?:一|1|个)?(?:单元|[栋幢])"
    r"|(?<![国大人专老公厂商管妈爸姐妹哥弟姨叔舅婆爷奶戚友工女儿孙回他她别杂低矮老平柴])家[里中]"
    r"|(?<![妈爸姐妹哥弟姨叔舅婆爷奶嗲爹他她杂低矮老平柴])屋里"
    rf"|{_STAIRS}|家门口|{_MINE}(?:的)?(?:门口|对门|隔壁|{_ROOM})"
    r"|(?<![不没冇他她])(?<![没冇]人)在家(?![具电属族长])"
    r"|(?<![栋幢元\d])(?<![他她你]们)(?<![他她你人户家])(?:楼上|头顶)|(?<![他她你户家元栋])对门"
)
"""The speaker means where he lives, or who lives above; 娘家, 大家里, 我妹妹家里, 不在家 do not count.

Bare stairs (楼道灯不亮) do not either: in a group they may be anybody's, so the bot asks (dialogue 4).
"""

_OUTDOORS = (
    r"(?<![家元栋楼户])大门|(?<![元家])[东南西北]大?门|门[岗卫]|岗亭|保安亭"
    r"|地下(?:车库|停车场|室)|地库|车库|停车[场位坪]|车棚|充电[桩站]|道闸|消防通道"
    r"|广场(?!舞)|花坛|绿化带|草坪|凉亭|池塘|喷泉|围墙|快递柜"
    r"|垃圾[站房亭屋池]|健身(?:器材|区)|游乐(?:场|设施)|滑梯|篮球场"
)
_YARD = r"院子|大院|配电[房室间]|泵房|化粪池|[池水鱼]塘|水池|幼儿园|篮球架|乒乓球|(?<![A-Z\d])B[1-3](?![\d栋座单户])"
"""What stands outside too, but may have its like in one building: it names no place."""
SPOT = Expression(
    rf"^(?!.*(?:电梯|楼[道梯顶上下栋]|过道|单元|[栋幢])).*(?:{_OUTDOORS}|{_YARD})", re.DOTALL
)
"""One spot that the whole estate shares, and nothing inside a building: no building is missing."""

PERCEIVED = "(?:看到|看见|望见|望到|瞧见|听到|听见|闻到|发现)"
"""What comes before it is where the speaker stands, not where the matter is."""

_ALIVE = "[老孩小崽伢妹女儿爸妈爹娭爷奶公婆娘狗猫车娃毛人堂哥姐弟外侄孙舅姑姨叔伯亲客]"
_HIT = "[到进着在往向朝给把占挡堵靠贴]"
OWN = Expression(
    rf"(?:{_MINE}(?:住的)?这?(?:一|个)?(?:单元|[栋幢])|本(?:单元|栋)|{_STAIRS}|{_MINE}家的?(?:{_ROOM})"
    rf"|{_HIT}了?{_MINE}(?:屋里|家)(?!的?(?:{_ALIVE}|电动车|电瓶车)))(?![^，,。；;！!]{{0,8}}{PERCEIVED})"
)
"""One's own stairs, or what befalls one's own home: narrower than the estate that shares the thing.

In 树枝戳到我家窗户 it lies at home, in 我家孩子在滑梯上摔了 and 从我家阳台看到东门冒烟 it does not.
"""

NEXT_STAIRS = Expression(r"(?:隔壁|对面|旁边)[的那这个一1]*单元")
"""Another unit of the building that the talk is about."""
NEXT_BUILDING = Expression(
    r"(?:隔壁|对面|旁边|前面|后面)[的那这个一1]*(?:[栋幢]|楼(?![道梯上下顶层房盘]))"
)
"""A building that only its neighbours could name: the bot has to ask."""

SHARED = Expression(
    r"(?=小区|院子|大院)(?<!隔壁)(?<!别的)(?<!对面)(?<!那个)(?<!哪个)(?<!其他)(?<!人家)(?<!他们).."
    rf"|(?<!楼下)(?<!楼下的)(?:{_OUTDOORS})"
)
"""The whole estate is meant, not one building; somebody else's estate does not count."""
