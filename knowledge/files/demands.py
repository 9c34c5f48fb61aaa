"""Words that ask the reader for a code, a card number or money: nobody makes the bot say them."""

from __future__ import annotations

import re
import unicodedata

from knowledge.files.expression import Expression

_GIVE = r"(?:发|报|告诉|告知|回复|回|提供|填写?|转发|念|给|输入?|上传|登记|说|截图|拍照?|交)(?!了|过(?!来))"
_HERE = r"(?:给|到|至|我|过来|来|一下|上来|群里?|私聊)"
_WHOSE = r"(?:银行|社保|医保|存折|信用)?"
_SECRETS = {
    "验证码": r"(?:短信|手机)?(?:验证码|校验码|动态码|动态密码)"
    r"|(?:短信|手机)(?:上|里)?(?:收到)?(?:上|里)?的?.{0,3}(?:数字|号码串)",
    "卡号密码": rf"{_WHOSE}卡号|(?:{_WHOSE}卡|取款|支付|网银|手机银行|登录|存折)的?密码|cvv|卡?背面.{{0,4}}(?:数|位)"
    r"|身份证号?(?:码|照片)?(?:和|、|及|与)(?:银行卡|卡号)|身份证.{0,2}(?:正反面|照片)|(?:收|付)款码",
}
_ASKED_FOR = "|".join(
    rf"(?P<{name}>{_GIVE}{_HERE}{{0,3}}.{{0,6}}?(?:{what})(?!的)|(?:把|将).{{0,8}}?(?:{what}).{{0,6}}?{_GIVE}"
    rf"|(?:{what}).{{0,6}}?{_GIVE}{_HERE})"
    for name, what in _SECRETS.items()
)
_ACCOUNT = r"(?:账户|账号|卡号|卡上|卡里|微信(?!群|小程序|公众号)|支付宝|收款码|二维码|[\d ]{8,})"
_SUM = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十几])\s*(?:元|块|百|千|万)"
_PAY = r"(?:转账|转钱|打款|打钱|汇款|付款|充值|缴款)(?!的|了|码)"
_MOVE = r"(?:转|打|汇|付|交|充)"
_MONEY = (
    rf"(?P<转钱>(?:请(?!到|去)|麻烦|务必|尽快|马上|各位|大家|赶紧|先|今天|需|需要)[^,;:]{{0,12}}?(?:{_PAY}|扫码(?:支付|付|交|缴))"
    rf"|{_MOVE}(?:\s*{_SUM})?.{{0,4}}(?:钱|款|押金)?(?:到|给|至|进|入).{{0,10}}?{_ACCOUNT}"
    rf"|{_MOVE}(?:给)?我的?(?:微信|支付宝|卡)|(?:把|将)钱{_MOVE}|转(?:给)?我\s*{_SUM}|(?:钱|元|块|费|百|千).{{0,8}}转给我"
    rf"|收款(?:码|账号|账户|二维码)(?:是|为|:|如下)|{_PAY}(?:到|给|至)(?:我|他|她|以下|这个|下面|指定|[\d ]{{8,}}))"
)
_SCREEN = (
    r"(?P<共享屏幕>(?:请|麻烦|各位|大家|先|需要?)[^,;:]{0,14}(?:共享屏幕|屏幕共享|远程控制|投屏给))"
)
_DEMAND = re.compile(f"{_ASKED_FOR}|{_MONEY}|{_SCREEN}", re.IGNORECASE)
_HINTS = re.compile(
    r"[码密账款钱元块百千万费]|cvv|卡|身份证|充值|微信|支付宝|屏|远程|数字|背面|[\d ]{8}",
    re.IGNORECASE,
)
"""Without any of these nothing is demanded: most sentences are passed over quickly."""
_SENTENCE = re.compile(r"[。!?\n]")
_TOLD_OF = re.compile(
    "骗|冒充|自称|谎称|假装|假的|诈|陌生|对方|有人|不法|来电|他们|(?:让|叫|喊|要|要求|催)(?:您|你|人|老人|家长|大家)"
    "|凡是|谁要|遇到|如果|怎么办|吗$"
)
"""The sentence tells of somebody who asks for it: a warning, or a question."""
_NEVER = Expression("(?:不|别|勿|莫|未|没|已)[^,;:]{0,7}$")


def warns(text: str) -> bool:
    """Whether the text tells of somebody who asks for such things, rather than asking itself."""
    return _TOLD_OF.search(text) is not None


def demanded(text: str) -> str:
    """What the text asks its reader for: 验证码, 卡号密码, 转钱 or 共享屏幕; "" when it asks for none."""
    for sentence in _SENTENCE.split(unicodedata.normalize("NFKC", text)):
        if _HINTS.search(sentence) is None or warns(sentence):
            continue
        for found in _DEMAND.finditer(sentence):
            if not _NEVER.search(sentence[: found.start() + 1]):
                return found.lastgroup or ""
    return ""
