"""The forecast of a notice is what the paced sender then really needs."""

import pytest

from handlers.messages import Window
from handlers.phrases.notices import forecast
from scheduler.forecast import slowest, spread

A_SECOND = Window(30, 1, per_chat=False)
A_MINUTE = Window(20, 60, per_chat=False)
EACH_CHAT = Window(20, 60, per_chat=True)
TELEGRAM = (Window(1, 1, per_chat=True), EACH_CHAT, A_SECOND)


@pytest.mark.parametrize(
    ("windows", "messages", "seconds"),
    [
        ((), 50_000, 0),
        ((A_SECOND,), 0, 0),
        ((A_SECOND,), 30, 0),
        ((A_SECOND,), 31, 1),
        ((A_SECOND, A_MINUTE), 41, 120),
        ((EACH_CHAT,), 5_000, 0),
    ],
)
def test_the_last_message_goes_out_in_the_window_that_is_still_free(windows, messages, seconds):
    assert spread(windows, messages) == seconds


def test_fifty_thousand_groups_of_one_telegram_bot_take_28_minutes_and_the_page_says_so():
    waits = slowest({"web": 20_000, "telegram": 50_000}, {"web": (), "telegram": TELEGRAM})
    assert [(name, count) for name, count, _ in waits] == [("telegram", 50_000)]
    assert forecast(waits) == "Telegram 50,000 处，平台限速，发完约要 28 分钟"
    assert forecast([]) == ""
    assert forecast([("telegram", 60, 1.0)]) == "Telegram 60 处，平台限速，发完约要 1 秒"
