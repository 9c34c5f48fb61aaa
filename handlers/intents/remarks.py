"""A remark that asks nothing of anybody: 今天天气好好, 我刚吃完饭, 儿子回来了."""

from __future__ import annotations

from handlers.intents.weighing import find
from knowledge.community.words.leanings import leaning
from knowledge.files.expression import Expression

LONGEST = 20
"""Characters of a remark; a longer text tells something."""
TALK = 0.9
"""Share of talk in what may be a remark."""
_EDGES = " ,，。.！!~、;；:…"
_WHO = (
    r"(?:我们?|咱们?|俺|[你您他她]|我?[的屋家里]{0,2}(?:大|小|外)?(?:儿子|女儿|崽|妹子|孙子|孙女|老公|老婆|老伴|爱人|爸爸?|妈妈?|爹|娘|爷爷|奶奶|外婆|外公"
    r"|媳妇|女婿|妹妹?|弟弟?|哥哥?|姐姐?|孩子|小孩|家里人|一家人|全家))?"
)
_WHEN = r"(?:今天|今早|今晚|昨天|昨晚|明天|后天|早上|上午|中午|下午|晚上|周末|刚才?|现在|正|在|才|又|都|也|终于|总算|先|已经|准备|打算|就|等下|等会儿?|马上|要|家|外面|这边|长沙)*"
_DAY = (
    r"(?:今天|今早|今晚|昨天|昨晚|明天|后天|早上|上午|中午|下午|晚上|这几天|最近|外面|长沙|这里)+"
)
_VERY = r"(?:[好真蛮太很挺]|有点|特别|非常|这么|那么)*"
_END = r"(?:[了啦哒啊呀哦咯呢吧嘞哈嘛噢]|得很|死了|极了)*"
_SKY = r"(?:天气?|太阳|月亮|星星|空气|气温|桂花|景色)"
_WEATHER = r"(?:好|舒服|凉快|暖和|热|冷|晒|闷热|潮湿|晴|阴|大|圆|亮|香|美|漂亮|清新|高|低)"
_MEAL = r"(?:[早中午晚夜]?(?:饭|餐|饭菜|面|粉|粥|饺子|汤圆|月饼|火锅|水果|西瓜|茶|牛奶|汤|糖|零食|宵夜|点心|烧烤|米粉|菜))"
_PASTIME = (
    r"(?:买菜|散步|遛弯|溜达|跳舞|跳广场舞|打牌|打麻将|下棋|遛狗|接孙子|接孙女|接孩子|带孙子|带孙女|带孩子|上班|睡觉?|午睡|锻炼|跑步|打太极|唱歌|逛街|逛超市|旅游|钓鱼|爬山|走亲戚"
    r"|超市|菜场|菜市场|公园|看电视|看书|看戏|做饭|煮饭|炒菜|洗碗|洗衣服|洗澡|休息|晒太阳|喝茶|聊天|种花|浇花|织毛衣|拖地)"
)
_REMARK = Expression(
    "(?:"
    + "|".join(
        (
            rf"(?:{_DAY}|(?:{_DAY})?的?{_SKY}){_VERY}{_WEATHER}",
            rf"{_WHEN}(?:(?:下|落)(?:[大小毛]*雨|雪)|出太阳|降温|升温|变天|天晴|天黑|天亮|起风|打雷|入冬|立冬|花都?开(?:{_VERY}[香好])?)",
            rf"{_WHO}{_WHEN}(?:吃|吃完|吃过|吃好|吃饱|喝|喝完|煮|煮好|做|做好|炒|买){_END}{_MEAL}?",
            rf"{_WHO}{_WHEN}(?:去|来|出门|出去|上街|下楼|看|打|跳|洗|逛|遛|睡)?(?:完|过|好)?(?:了)?{_PASTIME}",
            rf"{_WHO}{_WHEN}(?:看完|打完|跳完|洗完|逛完|遛完|做完|忙完|走完){_END}(?:电视|牌|麻将|舞|澡|街|狗|作业|饭|碗|路)?",
            rf"{_WHO}{_WHEN}(?:回来|回家|回屋|到家|到屋|下班|放学|放假|起床|起来|睡醒|睡|退休|休息|毕业|结婚|订婚|怀孕|过生日|满月)",
            rf"{_WHO}{_WHEN}考(?:上|取|起)[^,，]{{0,6}}(?:大学|高中|研究生|学校|一中|公务员)?",
            rf"{_WHO}{_WHEN}(?:会|能)(?:走路|说话|叫人|爬|喊人)",
            rf"{_WHEN}是?{_WHO}的?(?:\d{{1,3}}岁)?生日",
            r"(?:大家)?(?:新年|中秋节?|国庆节?|端午节?|春节|元旦|节日|生日|周末|母亲节|父亲节|重阳节?|元宵节?|圣诞节?|过年|早上|中午|晚上)(?:好|快乐|愉快|安康)",
            rf"{_WHO}{_WHEN}(?:心情|精神|胃口|睡得|吃得|玩得|过得){_VERY}(?:好|不错|开心|高兴|舒服|香)",
            rf"{_WHO}{_WHEN}{_VERY}(?:开心|高兴|快活|热闹|好吃|好看|好玩)",
        )
    )
    + f"){_END}"
)


def is_remark(text: str) -> bool:
    """Whether plain `text` only tells of the weather, the day or the family."""
    said = text.strip(_EDGES)
    if not said or len(said) > LONGEST or any(find(said)):
        return False
    told = all(_REMARK.fullmatch(clause) for clause in said.split(",") if clause)
    return told and leaning(said).talk >= TALK
