"""The form of a question, and the small talk that needs no answer."""

from __future__ import annotations

import re

from knowledge.community.wording import sign

_ASKING = re.compile(
    r"[?？]|(?<!井)([^\W\d])[不没]\1|([^\W\d])还是不\2|还是(?!不|没|很|好|要|老|会|想|得|那|这|有点|一样|买不|存|靠).{1,8}(?<![吧了的])$|怎么(?!.{0,4}[都也][不没])|怎样|如何|为什么|什么|哪里|哪儿|哪些|哪天|哪种|哪个(?![都也])|哪(?!个)|谁|多少|几(点|号|天|岁|时|年|块|成)"
    r"|多(久|长|大|高|远)|能不能|可不可以|能否|可否|要不要|有没有|是不是|需不需要|需要|行不行|会不会|该不该"
    r"|算不算|给不给|办不办|管不管|够不够|收不收|好不好|(吗|呢|么|嘛|啵|不|没|没有|否)[啊呀咯噻哦嘞]?$"
    r"|(吗|么|不|没)[,，。!！]|想(办|申请|问|了解|知道|领|交|查|开|补|换)|求(解答|科普|告知)|请教|咨询"
    r"|可以.{1,12}(不|吗|么)|(?<![可不])能.{1,12}(不|吗|么)|怎办|条件|流程|手续|材料|标准|规定|(什么|哪个|多少|几).{0,4}电话|电话(是|号码|好多|几号)|电话$"
)
_INDEFINITE = re.compile(
    r"(不晓得|不知道|不清楚|不管|听不清|看不清|讲不清)[^,，。!?！？]{0,6}?(谁|哪[个里层家]?|什么|怎么|好久|几)|(谁|什么.?|哪里|哪个)[都也]"
    r"|怎么.{0,4}[都也]|要.不.(?=[,，。]|$)|怎么(得了|又|还|这么|那么)|没.{0,2}没"
)
"""Words of asking that ask nothing: 不晓得哪个, 谁都能进, 要掉不掉."""
_GREETING = re.compile(
    r"(您|你|大家)?好[啊呀]?|早(上好|安)?|(中午|下午|晚上)好|在(不在|吗|么)?|hi|hello|嗨|喂|哈喽"
    r"|(小|社区小)?助手|你(是谁|叫什么|会(做|干)?什么|能(做|干)什么)|有人(吗|在吗)|帮助|菜单|功能|使用说明"
)
_SMALL_TALK = re.compile(
    r"((好的?|行|可以|嗯+|哦+|知道了|明白了?|收到|ok|谢谢.{0,4}|多谢.{0,4}|感谢.{0,6}|辛苦.{0,4}|不客气|没事了?|再见|拜拜?"
    r"|晚安|哈哈+|呵呵+|厉害.{0,3}|真好|不错|要得|好嘞|好咯|搞定|牛|赞|加油|\d{1,2})[了啦啊呀哦咯的!！。~,，]*)+"
)
_BARE_PLEA = re.compile(
    r"(?:请|麻烦|求|能不能|可不可以|可以|社区|物业|小?助手|你们?|给我|帮(?:忙|我们?|个忙|一下|下)?)*"
    r"(?:看|瞧|弄|处理|解决|管|搞|帮)(?:看|瞧|管|忙|一下|下|一看|一眼|个忙|我)*[吗么啊吧咯呗谢,，。!！?？~]*"
)
"""帮我看看: a plea that names neither the thing nor anybody to come."""
_TO_ANOTHER = re.compile(r"@(?!\S{0,4}助手)[\w·]{1,16}")
_EDGES = " ,，。.!！?？~、;；:"


def asks_something(text: str) -> bool:
    """Whether plain `text` has the form of a question."""
    found = _ASKING.search(text)
    if found is None or _INDEFINITE.search(text) is None:
        return found is not None
    return _ASKING.search(_INDEFINITE.sub("", text)) is not None


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
    return _GREETING.fullmatch(text.strip(_EDGES)) is not None or not text.strip(_EDGES)


def is_small_talk(text: str) -> bool:
    """Whether plain `text` is thanks, agreement or a bare number that waits for no answer."""
    return _SMALL_TALK.fullmatch(text.strip(_EDGES)) is not None


def is_bare_plea(text: str) -> bool:
    """Whether plain `text` asks to see to something and does not say to what."""
    return _BARE_PLEA.fullmatch(text.strip(_EDGES)) is not None
