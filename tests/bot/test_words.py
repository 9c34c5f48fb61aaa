"""The Chinese for what click says by itself."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import bot.words

FOLDER = Path(bot.words.__file__).parent
SOURCE = FOLDER / "zh_CN/LC_MESSAGES/linli.po"
PAIR = re.compile(
    r'^msgid "(.+)"\n(?:msgid_plural "(.+)"\n)?msgstr(?:\[0\])? "(.+)"$', re.MULTILINE
)


def test_the_compiled_words_are_those_of_the_source():
    words = gettext.translation("linli", FOLDER, ["zh_CN"])
    text = SOURCE.read_text("utf-8").replace("\\n", "\n").replace("\\t", "\t")

    pairs = PAIR.findall(text)

    assert len(pairs) > 40
    for english, plural, chinese in pairs:
        said = words.ngettext(english, plural, 2) if plural else words.gettext(english)
        assert said == chinese


def test_a_translation_needs_no_more_than_click_gives():
    for english, plural, chinese in PAIR.findall(SOURCE.read_text("utf-8")):
        given = set(re.findall(r"{(\w+)", english + plural))
        assert set(re.findall(r"{(\w+)", chinese)) <= given
