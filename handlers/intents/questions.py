"""The form of a question, and the small talk that needs no answer."""

from __future__ import annotations

import re

from handlers.intents import itself
from knowledge.community.words.telling import Telling
from knowledge.community.words.wording import sign

ASKING = Telling(
    r"[?？]|(?<!井)([^\W\d])[不没]\1|([^\W\d])还是不\2|还是(?!不|没|很|好|要|老|会|想|得|那|这|有点|一样|买不|存|靠).{1,8}(?<![吧了的])$|怎么(?!.{0,4}[都也][不没])|怎样|如何|为什么|什么|哪里|哪儿|哪些|哪天|哪种|哪个(?![都也])|哪(?!个)|谁|多少|几(点|号|天|岁|时|年|块|成)"
    r"|多(久|长|大|高|远)|能不能|可不可以|能否|可否|要不要|有没有|是不是|需不需要|需要|行不行|会不会|该不该"
    r"|算不算|给不给|办不办|管不管|够不够|收不收|好不好|(吗|呢|么|嘛|啵|不|没|没有|否)[啊呀咯噻哦嘞]?$"
    r"|(吗|么|不|没)[,，。!！]|想(办|申请|问|了解|知道|领|交|查|开|补|换)|求(解答|科普|告知)|请教|咨询"
    r"|可以.{1,12}(不|吗|么)|(?<![可不])能.{1,12}(不|吗|么)|怎办|条件|流程|手续|材料|标准|规定|(什么|哪个|多少|几).{0,4}电话|电话(是|号码|好多|几号)|电话$"
)
_INDEFINITE = re.compile(
    r"(不晓得|不知道|不清楚|不管|听不清|看不清|讲不清)[^,，。!?！？]{0,6}?(谁|哪[个里层家]?|什么|怎么|好久|几)|(谁|什么.?|哪里|哪个)[都也]"
    r"|怎么.{0,4}[都也]|要.不.(?=[,，。]|$)|怎么(得了|又|还|这么|那么)|没.{0,2}没|几(天|年|个月)(都|也|就)?(没|冇|不)"
)
"""Words of asking that ask nothing: 不晓得哪个, 谁都能进, 要掉不掉, 几天没人收."""
_SMALL_TALK = re.compile(
    r"((好的?|行|可以|嗯+|哦+|知道了|明白了?|收到|ok|谢谢.{0,4}|多谢.{0,4}|感谢.{0,6}|辛苦.{0,4}|不客气|没事了?|再见|拜拜?"
    r"|是[的滴啰咯]|对的?|对头|没错|晓得[了哒]?|知道哒|[先就]?这样[子吧咯啦]+|[先就]这样|晚安|哈哈+|呵呵+|厉害.{0,3}|真好|不错|要得|好嘞|好咯|搞定|牛|赞|加油|\d{1,2})[了啦啊呀哦咯的!！。~,，]*)+"
)
_BARE_PLEA = re.compile(
    r"(?:请|麻烦|求|能不能|可不可以|可以|社区|物业|小?助手|你们?|给我|帮(?:忙|我们?|个忙|一下|下)?)*"
    r"(?:看|瞧|弄|处理|解决|管|搞|帮)(?:看|瞧|管|忙|一下|下|一看|一眼|个忙|我)*[吗么啊吧咯呗谢,，。!！?？~]*"
)
"""帮我看看: a plea that names neither the thing nor anybody to come."""
_SECRET = re.compile(
    r"(?:别|不要|莫|不能|千万)(?:跟|对|和|同|让|给)?(?:别人|人家|他们?|她们?|邻居|大家|楼上|楼下|物业)?(?:说|讲|透露|泄露|知道|晓得)(?:出去|是我|我|谁)"
    r"|(?:不会|会不会|会|别|不)(?:让|被)?(?:他们?|她们?|别人|人家|邻居|楼上|楼下|对方|物业)(?:知道|晓得|查到|看到)(?:是)?我"
    r"|(?:会不会|不会|会|别)(?:告诉|跟|和)(?:他们?|她们?|别人|人家|邻居|楼上|楼下|对方|物业)(?:说|讲)?是我|(?:他们?|她们?|别人|人家|对方)会(?:不会)?(?:知道|晓得|查到)是我"
    r"|(?:投诉|举报|反映|报|说)(?:了|的话)?会(?:不会)?(?:让|被)(?:人|人家|别人|他们?|对方)(?:知道|晓得|查到)(?:吗|么|不|啊)?$|(?:能不能|可不可以|可以|要|请|帮我|给我)(?:匿名|保密)|(?:匿名|保密)(?:吗|不|么|啊|哈)"
)
"""不要说是我讲的: who reports wants to stay unknown."""
_ASKED_OF_IT = re.compile(
    r"那|请问|还|要|需要|得|该|怎么|如何|怎样|哪里|哪儿|哪些|哪天|哪个|什么|多少|好多|几|多久|好久|多长时间|吗|呢|么|不|没|咯|啊|呀|啵"
    r"|办|领|交|报|申请|去|到|在|带|拿|查|填|用|走|来|找|能|可以|可不可以|行|会|有|是|就|也|都|的|了|人|钱|块|元|卡|证件?|材料|资料|手续|流程|条件|时间|地方|地址|电话|窗口"
    r"|才|得|好|完|成|拿到|下来|批|网上|手机上?|本人|自己|别人|代|帮|家里人|过期|丢|补|续|换|先|后|一下|时候|周末|工作日|[一两几]?个?月|[一两几]?年|每|\d+岁?|我|你|他|她|咱|们|婆婆|公公|妈|爸|爹|娘|崽|女儿|儿子|孩子|老人|老公|老婆|外地|本地|农村|租房|[\s,，。?？!！、]"
)
"""Words that ask about something without saying about what."""
_LEFT_OUT = 14
"""Most characters of a question that says nothing of its own."""
_TO_ANOTHER = re.compile(r"@(?!\S{0,4}助手)[\w·]{1,16}")
_EDGES = " ,，。.!！?？~、;；:"


def asks_something(text: str) -> bool:
    """Whether plain `text` has the form of a question."""
    found = ASKING.search(text)
    if found is None or _INDEFINITE.search(text) is None:
        return found is not None
    return ASKING.search(_INDEFINITE.sub("", text)) is not None


def asks_for_secrecy(text: str) -> bool:
    """Whether plain `text` asks only that nobody learns who reported."""
    return len(text) <= _LEFT_OUT + 2 and _SECRET.search(text) is not None


def leaves_out_what(text: str) -> bool:
    """Whether plain `text` is a short question that does not say about what: 那要带什么."""
    asks = asks_something(text) or text.startswith("那")
    return asks and len(text) <= _LEFT_OUT and not _ASKED_OF_IT.sub("", text)


def is_between_neighbours(text: str, said: str) -> bool:
    """Whether a question, `text` as it came and `said` in plain words, is meant for a neighbour.

    Who asks how far a matter has come wants no rule either.
    """
    if _TO_ANOTHER.search(text) is not None or sign("邻里闲聊").search(said) is not None:
        return True
    return is_for_a_human(said)


def is_to_be_told(text: str) -> bool:
    """Whether plain `text` wants something told to everybody: no entry does that."""
    return sign("请转告").search(text) is not None


def is_for_a_human(text: str) -> bool:
    """Whether plain `text` wants something told, or asks how far a matter has come."""
    return is_to_be_told(text) or sign("问进展").search(text) is not None


def is_greeting(text: str) -> bool:
    """Whether plain `text` only says hello or asks what the bot can do."""
    asks = itself.asks_who_we_are(text) or itself.asks_what_we_do(text)
    return asks or itself.greets(text) or not text.strip(_EDGES)


def is_small_talk(text: str) -> bool:
    """Whether plain `text` is thanks, agreement or a bare number that waits for no answer."""
    return _SMALL_TALK.fullmatch(text.strip(_EDGES)) is not None


def is_bare_plea(text: str) -> bool:
    """Whether plain `text` asks to see to something and does not say to what."""
    return _BARE_PLEA.fullmatch(text.strip(_EDGES)) is not None
