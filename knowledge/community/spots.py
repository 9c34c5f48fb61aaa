"""Words for places without a number: one's own home and stairs, and what an estate shares."""

from __future__ import annotations

import re

HOME = re.compile(
    r"[我俺咱](?:们)?(?:自己)?(?:屋里|家(?![族长]))|自己家|自家|本[栋楼]|本单元"
    r"|[我咱俺](?:们)?(?:住的)?[这那]?(?:一|个|边的|里的|边|里)?(?:单元|[栋幢层楼])"
    r"|(?<![\d一二三四五六七八九])这(?:一|个)?(?:单元|[栋幢])"
    r"|(?<![国大人专老公厂商管妈爸姐妹哥弟姨叔舅婆爷奶戚友工女儿孙回他她别])家[里中]|屋里"
    r"|[我咱俺](?:们)?(?:[这那])?(?:边|里)?的?(?:楼[道梯上下]|过道|门洞|单元(?:大?门|楼))"
    r"|老地方|老位置|家门口|[我咱](?:们)?门口"
)
"""The speaker means where he lives; 娘家, 大家里, 我妹妹家里 do not count.

Bare stairs (楼道灯不亮) do not either: in a group they may be anybody's, so the bot asks (dialogue 4).
"""

_OUTDOORS = (
    r"(?<![家元栋楼户])大门|(?<![元家])[东南西北]大?门|门岗|岗亭|保安亭"
    r"|地下(?:车库|停车场|室)|地库|车库|停车[场位坪]|车棚|充电[桩站]|道闸|消防通道"
    r"|广场(?!舞)|花坛|绿化带|草坪|凉亭|池塘|喷泉|围墙|快递柜"
    r"|垃圾[站房亭屋池]|健身(?:器材|区)|游乐(?:场|设施)|滑梯|篮球场"
)
SPOT = re.compile(rf"^(?!.*(?:电梯|楼[道梯顶上下栋]|过道|单元|[栋幢])).*(?:{_OUTDOORS})", re.DOTALL)
"""One spot that the whole estate shares, and nothing inside a building: no building is missing."""

OWN = re.compile(r"[我咱俺](?:们)?(?:住的)?这?(?:一|个)?(?:单元|[栋幢])|本(?:单元|栋)")
"""One's own stairs or building, which is narrower than the estate that shares the thing in it."""

SHARED = re.compile(
    r"(?<!隔壁)(?<!别的)(?<!对面)(?<!那个)(?<!哪个)(?<!其他)(?<!人家)(?<!他们)(?:小区|院子|大院)"
    rf"|{_OUTDOORS}"
)
"""The whole estate is meant, not one building; somebody else's estate does not count."""
