"""怎么还没人来: whether somebody who waits asks how a matter of his own stands."""

from __future__ import annotations

from handlers.intents.commands import without_call
from knowledge.files.expression import Expression

LONGEST = 80
"""Characters that are read; a longer text tells something."""
_END = (
    r"[啊呀呢吗嘛咯哦的了]*[?？。!！~…]*"
    r"(?:[\s,，]*(?:我|都|真|好|太|快)*(?:急|着急|等不及)(?:死|坏|得很|人|了|哒|啊)*[?？。!！~…]*)?"
)
_HOW_IT_STANDS = Expression(
    r".{0,4}(?:我|我们|我家|之前|前几天|上次|昨天)[^,，。?？]{0,8}(?:报(?!名|考|税|价|告|了?个?[班团驾])|登记|反映|投诉|申请|提)(?:修|过|上去|的|了)+[^,，。?？]{0,12}[,，]?"
    r"(?:怎么|什么时候|什么情况|几时|好久|还没|还冇|多久|到哪|进展|进度|有没有|有消息|处理|办得|结果|来修|来人|有人来|有人管|来吗|来没|(?:修|弄|搞|办|处理)好了?(?:没|吗|不)|来不来|到了吗)[^,，。]{0,12}[?？。!！]*"
)
"""我报的那个灯怎么还没修: how their own matter stands."""
_COMING = Expression(
    r"(?:都?等?了?(?:半天|好久|这么久|[一两几半\d]+个?[多半]?(?:分钟|小时|钟头|天))了?[,，]?)?(?:师傅|修的人|物业|邻长|人)?(?:到底)?(?:"
    r"(?:怎么|咋|为什么|何解)?[都就]?还是?(?:没|冇|不)[得有见]?(?:人|师傅)*(?:来|到|管|理|修|动静|消息|处理|上门|联系)(?:人|我|好|修|看|处理|管|上门)*"
    r"|(?:什么时候|啥时候|么子?时候|几时|好久|多久|几点)(?:才|能|会|可以|有)*(?:人|师傅)?(?:来人|来修|来看|上门|修好|搞好|到场|派人|过来)"
    r"|(?<=[傅人业长])(?:到底|今天|现在|大概|大约)*(?:什么时候|啥时候|么子?时候|几时|好久|几点)(?:才|能|会|可以|要)*(?:来|到)"
    r"|(?:一直|到现在|怎么)?都?没(?:有)?人[来管理]"
    r"|还?要等(?:多久|好久|到什么时候)"
    r"|(?:有没有人[来管理](?:修|看|处理)?|有人[来管理](?:修|看|处理)?(?:吗|没有?|冇|不))"
    rf"){_END}"
)
"""怎么还没人来啊, 师傅什么时候来修: the same, by who waits for somebody."""

_WHEN = "(?:什么时候|啥时候|么子?时候|几时|几点|好久|多久)"
_NEWS = Expression(
    rf"(?:(?:水|电|气)?(?:到底)?还?要?停(?:水|电|气)?(?:到{_WHEN}|{_WHEN})"
    rf"|{_WHEN}(?:才|能|会|可以|要)*(?:来|恢复|通|供)得?(?:水|电|气|供水|供电|供气)"
    rf"|(?:水|电|气){_WHEN}(?:才|能|会|可以|要)*(?:来|恢复|通|有)"
    rf"|{_WHEN}(?:才|能|会|可以|要)*(?:修|弄|搞|办|处理|换|通)?得?好"
    r"|(?:昨天|前天|上次|之前|前几天|上午|下午|早上)(?:报|说|讲)?的?[那这]?[个件盏]?[^,，。?？]{1,6}(?:修|弄|搞|办|处理|换|通|清)?好了?(?:没有?|冇|吗|不)"
    r"|(?:现在|目前|到底|今天)?(?:修|弄|搞|办|处理|换)(?:好|完)?了?(?:没有?|冇|吗|没得)"
    r"|(?:师傅|人|修的人|邻长|物业)(?:今天|现在|到底)?(?:来|到)了?(?:没有?|冇|吗|不)"
    r"|(?:师傅|人|修的人|邻长|物业)(?:现在|到底|今天)?走?[到在]哪[里儿]?来?了?|到哪[里儿]?来?了"
    r"|(?:进度|进展)(?:怎么样|咋样|如何|怎样|到哪(?:一步|里)?)|有(?:没有|冇)?(?:进展|消息)(?:没有?|冇|吗)?"
    r"|(?:现在)?(?:办|修|处理|弄|搞)(?:得|到)(?:怎么样|咋样|如何|哪(?:一步|里)?)|到哪(?:一)?步"
    rf"){_END}"
)
"""停到什么时候, 昨天那个灯好了没: asked of a matter that is open, else of anything."""


def asks_how_it_stands(text: str) -> bool:
    """Whether the whole of `text` asks how a matter of the speaker's own stands."""
    said = without_call(text[:LONGEST])
    return (_HOW_IT_STANDS.fullmatch(said) or _COMING.fullmatch(said)) is not None


def asks_after(text: str) -> bool:
    """Whether who waits for a matter that was just told asks for nothing but how it stands."""
    return asks_how_it_stands(text) or asks_for_news(text)


def asks_for_news(text: str) -> bool:
    """Whether the whole of plain `text` is what somebody asks who waits for a matter, if there is one."""
    return _NEWS.fullmatch(text[:LONGEST]) is not None
