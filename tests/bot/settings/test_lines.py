"""Where a setting stands in its file."""

from __future__ import annotations

from bot.settings.lines import line_of

TEXT = """\
# 设置
title.short = 1
[channels.hook."a b"]   # 通用接口
secret = "x = y"
  'out_url' = ""
[[lists]]
key = 1
"""


def test_a_key_is_found_in_its_table():
    assert line_of(TEXT, ("channels", "hook", "a b", "secret")) == 4


def test_quotes_and_indents_do_not_matter():
    assert line_of(TEXT, ("channels", "hook", "a b", "out_url")) == 5


def test_a_dotted_key_is_found():
    assert line_of(TEXT, ("title", "short")) == 2


def test_a_key_that_is_missing_is_looked_for_at_its_table():
    assert line_of(TEXT, ("channels", "hook", "a b", "nothing")) == 3


def test_what_is_not_written_has_no_line():
    assert line_of(TEXT, ("web", "port")) is None
