"""Words that ask the reader for a code, a card number or money: nobody makes the bot say them."""

from __future__ import annotations

import re
import unicodedata

_GIVE = r"(?:发|报|告诉|回复|回|提供|填写?|转发|念|给|输入?|上传|登记)(?!了|过)"
_HERE = r"(?:给|到|至|我|过来|一下|上来|群里|私聊)"
_SECRETS = {
    "验证码": r"(?:短信|手机)?(?:验证码|校验码|动态码|动态密码)",
    "卡号密码": r"(?:(?:银行|社保|存折|信用)?卡号|(?:银行卡|取款|支付|网银|登录|存折)的?密码|cvv|身份证号?(?:码|照片)?"
    r"(?:和|、|及|与)(?:银行卡|卡号))",
}
_ASKED_FOR = "|".join(
    rf"(?P<{name}>{_GIVE}{_HERE}{{0,3}}.{{0,6}}?{what}(?!的)|(?:把|将)?.{{0,8}}?{what}.{{0,6}}?{_GIVE}{_HERE})"
    for name, what in _SECRETS.items()
)
_PAY = r"(?:转账|转钱|打款|打钱|汇款|付款|充值|缴款)(?!的|了|码)"
_MONEY = (
    r"(?P<转钱>(?:请|麻烦|务必|尽快|马上|各位|大家|赶紧|先|今天|需|需要).{{0,12}}?(?:{_PAY}|扫码(?:支付|付|交|缴))"
    r"|(?:转|打|汇|付|交|充)(?:\s*\d+(?:\.\d+)?\s*(?:元|块|万)?)?(?:钱|款)?(?:到|给|至|进|入).{0,10}?"
    r"(?:账户|账号|卡号|卡上|卡里|微信|支付宝|收款码|二维码|[\d ]{8,})"
    rf"|收款(?:码|账号|账户|二维码)(?:是|为|:|如下)|{_PAY}(?:到|给|至)(?:我|他|她|以下|这个|下面|指定))"
)
_DEMAND = re.compile(f"{_ASKED_FOR}|{_MONEY}", re.IGNORECASE)
_HINTS = re.compile(
    r"[码密账款钱]|cvv|卡[号上里]|身份证号|充值|微信|支付宝|[\d ]{8}", re.IGNORECASE
)
"""Without any of these nothing is demanded: most sentences are passed over quickly."""
_SENTENCE = re.compile(r"[。!?\n]")
_TOLD_OF = re.compile(
    "骗|冒充|自称|谎称|假装|假的|诈|陌生|对方|有人|不法|来电|他们|(?:让|叫|喊|要|要求|催)(?:您|你|人|老人|家长|大家)"
    "|凡是|谁要|遇到|如果|怎么办|吗$"
)
"""The sentence tells of somebody who asks for it: a warning, or a question."""
_NEVER = re.compile("(?:不|别|勿|莫|未|没|已)[^,;:]{0,7}$")


def warns(text: str) -> bool:
    """Whether the text tells of somebody who asks for such things, rather than asking itself."""
    return _TOLD_OF.search(text) is not None


def demanded(text: str) -> str:
    """What the text asks its reader for: 验证码, 卡号密码 or 转钱; "" when it asks for none."""
    for sentence in _SENTENCE.split(unicodedata.normalize("NFKC", text)):
        if _HINTS.search(sentence) is None or warns(sentence):
            continue
        for found in _DEMAND.finditer(sentence):
            if not _NEVER.search(sentence[: found.start() + 1]):
                return found.lastgroup or ""
    return ""
