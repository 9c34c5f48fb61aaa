"""What editors wrote as a question is one, whatever its words lean to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import knowledge.pack
from handlers.intents.read import read_intent
from handlers.thinking.considering import consider
from handlers.thinking.thought import Scene
from knowledge.community.days.zone import ZONE
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.tickets.ticket import Lane
from knowledge.faq.shelf import Shelf

NOW = datetime(2026, 11, 25, 10, tzinfo=ZONE)


def test_no_wording_of_the_pack_is_filed_because_it_sounds_like_a_request() -> None:
    view = Shelf(Path(knowledge.pack.__file__).parent / "faq").current
    scene = Scene(
        hood=Neighbourhood(), faq=view, now=NOW, addressed=True, chat=None, sender=None, mode="积极"
    )
    sounding = [
        (entry.id, wording)
        for entry in view.entries.values()
        for wording in (entry.question, *entry.variants)
        if (found := read_intent(wording)).category and found.lane is not Lane.P0
    ]
    thoughts = [(faq_id, wording, consider(wording, scene)) for faq_id, wording in sounding]

    assert sounding, "some do sound like one"
    assert [
        (wording, thought.why)
        for faq_id, wording, thought in thoughts
        if thought.faq_id != faq_id and thought.ticket is not None
    ] == []
