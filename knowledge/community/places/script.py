"""Traditional characters that addresses and names of places are made of, one for one.

Only these: whole sentences are turned by OpenCC, which costs more than finding the place.
"""

from __future__ import annotations

_PAIRS = (
    "棟栋號号樓楼單单區区園园門门層层東东廣广場场車车庫库電电廈厦壹壹貳贰參叁陸陆們们這这裡里裏里隻只個个"
    "龍龙鳳凤華华麗丽錦锦綠绿藍蓝銀银鐵铁鋼钢嶺岭灣湾橋桥陽阳雲云夢梦樂乐興兴榮荣慶庆鶴鹤蓮莲蘭兰蘇苏葉叶"
    "楊杨樺桦櫻樱楓枫鄉乡廠厂機机學学醫医產产業业農农資资運运輸输紡纺織织糧粮礦矿鍋锅爐炉舊旧濱滨瀏浏濤涛"
    "澤泽潤润滿满靜静寧宁寶宝財财貴贵賓宾順顺馬马駿骏長长開开關关閣阁際际國国聖圣壽寿實实寬宽崗岗島岛師师"
    "強强後后恆恒愛爱懷怀戶户時时書书會会歐欧氣气漢汉灘滩燈灯牆墙環环畫画盤盘禮礼紅红紀纪經经維维總总聯联"
    "臺台萬万藝艺親亲觀观訊讯設设誠诚豐丰貝贝軍军輝辉進进遠远鄰邻錢钱鎮镇間间陳陈雙双頂顶頤颐風风飛飞館馆"
    "黃黄齊齐莊庄衛卫鋪铺舖铺檯台閘闸網网絡络組组處处辦办離离對对邊边灑洒蕭萧羅罗鄧邓劉刘趙赵濕湿雞鸡鴨鸭"
)
SIMPLIFIED = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
"""Translation table, character for character: lengths and positions stay."""
