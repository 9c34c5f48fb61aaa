"""我们这栋的邻长是谁: whether somebody asks who is responsible for where he lives."""

from __future__ import annotations

from knowledge.files.expression import Expression

LONGEST = 26
"""Most characters of such a question; a longer one tells more than it asks."""
_POST = "(?:邻长|(?<!小)组长|片长|楼栋?长|单元长|网格(?:管理)?[员长])"
_WHO = "(?:是|叫|姓)?(?:谁|哪个|哪位|哪些?人|什么人|什么名字)(?![选定任评管投])"
_REACHED = "(?:的)?(?:电话|手机|号码|微信|联系方式)|怎么(?:联系|找|称呼)"
_HERE = "(?:我们|咱们?|本|这)(?:家)?(?:这)?(?:一|个)?(?:[栋幢楼片块里边]|单元|小区|网格)"
_ASKS = Expression(
    rf"{_POST}[^,，。!！]{{0,2}}?(?:{_WHO}|{_REACHED})"
    rf"|(?:谁|哪[个位])(?:是|当|做)[^,，。!！]{{0,9}}{_POST}"
    rf"|(?:找|联系)(?:一?下)?[^,，。!！]{{0,9}}{_POST}[^,，。!！]{{0,3}}(?:怎么|哪个|什么|多少)"
    rf"|^{_HERE}(?:的)?(?:是|归|由)?(?:谁|哪[个位])(?:来)?(?:管|负责)(?:的|啊|呀|呢)*[?？]*$"
    rf"|^(?:谁|哪[个位])(?:来)?(?:管|负责){_HERE}(?:的)?(?:啊|呀|呢)*[?？]*$"
)


_UNREACHED = Expression("打不通|没人接|不接|关机|联系不上|找不到|找都不|不理|不回")
_OURS = Expression(f"邻长|片长|网格|楼栋?长|单元长|{_HERE}")


def asks_for_leaders(text: str) -> bool:
    """Whether plain `text` asks who answers for a place, or how he is reached; not that he is not."""
    asked = len(text) <= LONGEST and _ASKS.search(text) is not None
    return asked and _UNREACHED.search(text) is None


def names_ours(text: str) -> bool:
    """Whether plain `text` can mean nobody but the leaders of a place; a class has a 组长 too."""
    return _OURS.search(text) is not None
