"""Who says of themselves that they want to die, and nothing beside it that would make it a joke."""

from __future__ import annotations

from knowledge.community.tickets.categories import Mention, category
from knowledge.community.words.telling import Telling
from knowledge.files.expression import Expression

_WISH = (
    "(?:不想|不愿意?|没法)再?活(?:了|下去|着)*|活(?:够了|不下去|腻了)|(?<!你)(?<!们)(?:想|想要|想去)死(?![你您他她我心大各爸妈老])"
    "|(?:想|要|想要)(?:从(?:楼上|楼顶|这里?|阳台|窗户))?(?:往下)?跳(?:楼|河|江|下去)|想(?:要)?(?:自杀|解脱)|一了百了"
)
_BESIDE = (
    "(?:[讲说]|随便[讲说])(?:着玩|玩|说|讲|而已|一下)+|开个?句?玩笑|逗(?:你们?|大家)玩?|(?:别|莫|不要)(?:当真|担心)|没事"
    "|撑不(?:住|下去)|熬不下去|坚持不(?:住|下去)|受不了|没(?:意思|意义|希望)|没人(?:懂|管|要)我?|难[受过]|痛苦|孤单|失眠|睡不着|活着|日子|太?苦|累"
    "|(?:都|你们)*(?:不要|不用|莫|别)来?(?:劝|管|找|救)我?|对不[起住]|再见|谢谢|保重|大家|你们|各位|爸妈|妈妈|爸爸|老公|老婆"
    "|当我(?:没|什么都没|啥都没)(?:说|讲)过?|自己|就是|只是|其实|有时候?|偶尔|每天|天天|经常|现在|今[晚天]|晚上|半夜|突然|已经|总是?|老是?|一直|一个人|算了|好像|有点|真[的心]?|好|很|太|特别|非常"
    "|[我想又、也都就还的了啊呀啦吧呢唉哎嗯哒得着,!?~;:…。. ]"
)
_SAID = Expression(f"{_WISH}|{_BESIDE}")
WISHED = Telling(_WISH)


def despair(text: str) -> Mention | None:
    """Where plain `text` says it; None where it says anything else too (作业多得不想活了)."""
    wish, meant = WISHED.search(text), category("suicide")
    if wish is None or meant is None or _SAID.sub("", text):
        return None
    return Mention(meant, wish.start(), wish.end(), "", "", wish[0])
